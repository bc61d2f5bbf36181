import { msFromHours } from '../../base/units.ts'

/** Device time is Beijing time without a zone: GMT+8 all year (JT/T 808 §8.18, GB/T 32960.3 §7.2). */
const beijingOffsetMs = msFromHours(8)

const two = (value: number): string => (value < 10 ? `0${value}` : String(value))

/** The parts of a six-part device time; year with two digits of this century. */
export type DeviceTimeParts = readonly [year: number, month: number, day: number, hour: number, minute: number, second: number]

/** `2020-07-07T19:23:59`: the wall clock as sent, even when it names no real moment. */
export const textOfParts = ([year, month, day, hour, minute, second]: DeviceTimeParts): string =>
  `20${two(year)}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:${two(second)}`

/** Epoch milliseconds of a wall clock text `2020-07-07T19:23:59` (a `+08:00` behind it is allowed); undefined when there is no such moment. */
export function findEpochMs(wallClock: string): number | undefined {
  const utc = Date.parse(`${wallClock.slice(0, 19)}Z`)
  if (Number.isNaN(utc)) return undefined
  // Date.parse turns 31 February into March; a device that says so has a broken clock.
  if (new Date(utc).toISOString().slice(0, 19) !== wallClock.slice(0, 19)) return undefined
  return utc - beijingOffsetMs
}

/** The wall clock text in Beijing of an instant. */
export const wallClockOf = (epochMs: number): string => new Date(epochMs + beijingOffsetMs).toISOString().slice(0, 19)

/** The six parts of a wall clock text. */
export function partsOfText(wallClock: string): DeviceTimeParts {
  const part = (start: number) => Number(wallClock.slice(start, start + 2))
  return [part(2), part(5), part(8), part(11), part(14), part(17)]
}
