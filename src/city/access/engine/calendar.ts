import { z } from 'zod'
import { addDays, dayOf } from '../../../base/time.ts'
import { dayNumberOf, weekdayOf } from './local-time.ts'

const day = z.iso.date()
const named = z.strictObject({ day, to: day.optional().describe('截止日（不含）'), name: z.string().min(1) })

/** Days off and make-up workdays as the State Council announces them year by year; known for days from ≤ d < to. */
export const calendarSchema = z.strictObject({
  code: z.string().min(1),
  title: z.string().min(1),
  from: day,
  to: day,
  sources: z.array(z.strictObject({ number: z.string().min(1), title: z.string().min(1), issuedOn: day })).min(1),
  holidays: z.array(named),
  makeUpWorkdays: z.array(named),
})
export type WorkCalendar = z.infer<typeof calendarSchema>

/** Days before its end at which a calendar is asked to be continued. */
export const calendarWarningDays = 60

export const isCalendarEnding = ({ to }: Pick<WorkCalendar, 'to'>, now: number): boolean => to <= addDays(dayOf(now), calendarWarningDays)

export const dayKinds = ['workday', 'rest-day', 'holiday'] as const
export type DayKind = (typeof dayKinds)[number]
export const dayKindNames: Readonly<Record<DayKind, string>> = { workday: '工作日', 'rest-day': '休息日', holiday: '法定节假日' }

export interface DayLookup {
  kindOf(dayNumber: number): DayKind
  /** false outside the calendar: there only the weekday is known, and holidays are not */
  isKnown(dayNumber: number): boolean
  nameOf(dayNumber: number): string | null
}

/** Days as a lookup: holiday (statutory days off), make-up workday, else by the weekday. */
export function lookupDays(calendar: WorkCalendar | null): DayLookup {
  const spread = (entries: WorkCalendar['holidays']): Map<number, string> => {
    const days = new Map<number, string>()
    for (const entry of entries) for (let each = dayNumberOf(entry.day); each < dayNumberOf(entry.to ?? addDays(entry.day, 1)); each++) days.set(each, entry.name)
    return days
  }
  const holidays = spread(calendar?.holidays ?? [])
  const workdays = spread(calendar?.makeUpWorkdays ?? [])
  const [from, to] = calendar ? [dayNumberOf(calendar.from), dayNumberOf(calendar.to)] : [0, 0]
  return {
    kindOf: (dayNumber) => (holidays.has(dayNumber) ? 'holiday' : workdays.has(dayNumber) || weekdayOf(dayNumber) <= 5 ? 'workday' : 'rest-day'),
    isKnown: (dayNumber) => dayNumber >= from && dayNumber < to,
    nameOf: (dayNumber) => holidays.get(dayNumber) ?? workdays.get(dayNumber) ?? null,
  }
}
