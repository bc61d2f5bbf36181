import { dayKinds, type DayLookup } from './calendar.ts'
import { minutesFromClock, minutesOfDay, monthOf, weekdayOf } from './local-time.ts'
import type { TimeSpan } from './rule-set.ts'

/** A span as numbers: minutes of the day, and the days it may begin on as bits (3 kinds, 7 weekdays, 12 months). */
export interface PackedSpan {
  readonly from: number
  readonly to: number
  readonly days: number
}

const weekdayBit = dayKinds.length
const monthBit = weekdayBit + 7
const allKinds = 2 ** weekdayBit - 1
const allWeekdays = 2 ** monthBit - 2 ** weekdayBit
const allMonths = 2 ** (monthBit + 12) - 2 ** monthBit

const bits = (places: readonly number[] | undefined, all: number): number => (places ? places.reduce((sum, place) => sum | (1 << place), 0) : all)

export const packSpan = (span: TimeSpan): PackedSpan => ({
  from: minutesFromClock(span.from),
  to: minutesFromClock(span.to),
  days: bits(span.days?.map((each) => dayKinds.indexOf(each)), allKinds) | bits(span.weekdays?.map((each) => weekdayBit + each - 1), allWeekdays) | bits(span.months?.map((each) => monthBit + each - 1), allMonths),
})

/** The three bits of a day. */
export const bitsOfDay = (dayNumber: number, days: DayLookup): number => (1 << dayKinds.indexOf(days.kindOf(dayNumber))) | (1 << (weekdayBit + weekdayOf(dayNumber) - 1)) | (1 << (monthBit + monthOf(dayNumber) - 1))

export const asksWeekday = (span: PackedSpan): boolean => (span.days & allWeekdays) !== allWeekdays
export const asksMonth = (span: PackedSpan): boolean => (span.days & allMonths) !== allMonths

/** Minutes of a day that a span covers, half-open, told by the bits of the day and of the one before it: at most two windows. */
export function windowsOn({ from, to, days }: PackedSpan, today: number, yesterday: number): [number, number][] {
  const windows: [number, number][] = []
  // Over midnight: the early hours belong to the day before.
  if (to < from && (yesterday & ~days) === 0) windows.push([0, to])
  if (from !== to && (today & ~days) === 0) windows.push([from, to < from ? minutesOfDay : to])
  return windows
}
