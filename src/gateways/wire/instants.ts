import { msFromHours, msFromSeconds } from '../../base/units.ts'

/** Device time is Beijing time without a zone: GMT+8 all year (JT/T 808 §8.18, GB/T 32960.3 §7.2). */
const beijingOffsetMs = msFromHours(8)

const two = (value: number): string => (value < 10 ? `0${value}` : String(value))

/** The parts of a six-part device time; year with two digits of this century. */
export type DeviceTimeParts = readonly [year: number, month: number, day: number, hour: number, minute: number, second: number]

/** `2020-07-07T19:23:59`: the wall clock as sent, even when it names no real moment. */
export const textOfParts = ([year, month, day, hour, minute, second]: DeviceTimeParts): string =>
  `20${two(year)}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:${two(second)}`

const digits = (text: string, start: number, count: number): number => {
  let value = 0
  for (let at = start; at < start + count; at++) {
    const digit = text.charCodeAt(at) - 48
    if (!(digit >= 0 && digit <= 9)) return Number.NaN
    value = value * 10 + digit
  }
  return value
}

/**
 * Epoch milliseconds of a wall clock text `2020-07-07T19:23:59` (a `+08:00` behind it is allowed); undefined when there is
 * no such moment. Read by hand: `Date.parse` would turn 31 February into March, and this runs for every position.
 */
export function findEpochMs(wallClock: string): number | undefined {
  const month = digits(wallClock, 5, 2)
  const day = digits(wallClock, 8, 2)
  const midnight = Date.UTC(digits(wallClock, 0, 4), month - 1, day)
  const date = new Date(midnight)
  const hour = digits(wallClock, 11, 2)
  const minute = digits(wallClock, 14, 2)
  const second = digits(wallClock, 17, 2)
  const isMoment = date.getUTCMonth() === month - 1 && date.getUTCDate() === day && hour < 24 && minute < 60 && second < 60
  return isMoment ? midnight + msFromSeconds((hour * 60 + minute) * 60 + second) - beijingOffsetMs : undefined
}

/** The wall clock text in Beijing of an instant. */
export const wallClockOf = (epochMs: number): string => new Date(epochMs + beijingOffsetMs).toISOString().slice(0, 19)

/** The six parts of a wall clock text. */
export function partsOfText(wallClock: string): DeviceTimeParts {
  const part = (start: number) => Number(wallClock.slice(start, start + 2))
  return [part(2), part(5), part(8), part(11), part(14), part(17)]
}
