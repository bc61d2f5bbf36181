import { useEffect, useState } from 'react'
import { addressOf } from '../../api/client.ts'
import type { LatestPositions, LivePosition } from '../../api/journeys.ts'
import { useRead } from '../reads.ts'

export interface LivePositions {
  readonly positions: readonly LivePosition[] | undefined
  readonly error: unknown
  readonly retry: () => void
  readonly connected: boolean
}

/** Newest position of every vehicle: read once, then kept by the server's event stream; at most one redraw a second. */
export function useLivePositions(): LivePositions {
  const first = useRead<LatestPositions>('/positions/latest', {}, { asOf: false })
  const [byVehicle, setByVehicle] = useState<ReadonlyMap<string, LivePosition>>(new Map())
  const [connected, setConnected] = useState(false)

  useEffect(() => {
    if (first.data) setByVehicle((before) => new Map([...before, ...first.data.items.map((each) => [each.vehicleId, each] as const)]))
  }, [first.data])

  useEffect(() => {
    const waiting = new Map<string, LivePosition>()
    const stream = new EventSource(addressOf('/stream/positions'))
    stream.addEventListener('open', () => setConnected(true))
    stream.addEventListener('error', () => setConnected(false))
    stream.addEventListener('positions', (event) => {
      for (const each of JSON.parse((event as MessageEvent<string>).data) as LivePosition[]) waiting.set(each.vehicleId, each)
    })
    const timer = setInterval(() => {
      if (waiting.size === 0) return
      const fresh = [...waiting]
      waiting.clear()
      setByVehicle((before) => new Map([...before, ...fresh]))
    }, 1000)
    return () => {
      clearInterval(timer)
      stream.close()
    }
  }, [])

  return { positions: first.data || byVehicle.size > 0 ? [...byVehicle.values()] : undefined, error: first.error, retry: () => void first.refetch(), connected }
}
