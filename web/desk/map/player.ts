import { useEffect, useState } from 'react'

export const rates = [30, 120, 600] as const
export type Rate = (typeof rates)[number]

export interface Player {
  /** epoch ms of the moment shown */
  readonly at: number
  readonly playing: boolean
  readonly rate: Rate
  readonly setAt: (at: number) => void
  readonly setRate: (rate: Rate) => void
  readonly toggle: () => void
}

const frameMs = 100

/** A clock of the replayed day, `rate` times as fast; stops at the end and starts over from there. */
export function usePlayer(from: number, to: number): Player {
  const [at, setAt] = useState(from)
  const [playing, setPlaying] = useState(false)
  const [rate, setRate] = useState<Rate>(120)
  useEffect(() => {
    setAt(from)
    setPlaying(false)
  }, [from, to])
  useEffect(() => {
    if (!playing) return
    const timer = setInterval(() => setAt((before) => Math.min(to, before + frameMs * rate)), frameMs)
    return () => clearInterval(timer)
  }, [playing, rate, to])
  useEffect(() => {
    if (at >= to) setPlaying(false)
  }, [at, to])
  const toggle = () => {
    if (at >= to) setAt(from)
    setPlaying(!playing)
  }
  return { at, playing, rate, setAt, setRate, toggle }
}
