/**
 * Calendar words of the programme. An instant is epoch milliseconds; a day, month, quarter, half or year is a word of
 * Asia/Shanghai (UTC+8 without daylight saving since 1991), and every range is half-open.
 */
const shanghaiOffsetMs = 8 * 3_600_000
export const dayMs = 86_400_000

/** `2025-03-31` of an instant in Asia/Shanghai. */
export const dayOf = (instant: number): string => new Date(instant + shanghaiOffsetMs).toISOString().slice(0, 10)

/** Instant at which a calendar day begins. */
export const startOfDay = (day: string): number => Date.parse(`${day}T00:00:00+08:00`)

/** The calendar day `days` after `day`. */
export const addDays = (day: string, days: number): string => new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10)

/** RFC 3339 with the offset people here live in: `2025-03-31T09:30:00+08:00` (milliseconds only when there are any). */
export function formatInstant(instant: number): string {
  const text = new Date(instant + shanghaiOffsetMs).toISOString()
  return `${text.endsWith('.000Z') ? text.slice(0, 19) : text.slice(0, 23)}+08:00`
}

/** Epoch ms of an RFC 3339 text with an offset, `24:00` included; undefined when it is none. */
export function parseInstant(text: string): number | undefined {
  const match = /^(\d{4}-\d{2}-\d{2})[Tt ](\d{2}):(\d{2})(?::(\d{2}(?:\.\d{1,9})?))?(Z|z|[+-]\d{2}:\d{2})$/.exec(text)
  if (!match) return undefined
  const [, day, hour, minute, second, offset] = match as unknown as [string, string, string, string, string | undefined, string]
  const isDayEnd = hour === '24' && minute === '00' && (second === undefined || Number(second) === 0)
  if (Number(hour) > 23 && !isDayEnd) return undefined
  const value = Date.parse(`${day}T${isDayEnd ? '00' : hour}:${minute}:${second ?? '00'}${offset.toUpperCase()}`)
  if (Number.isNaN(value) || new Date(Date.parse(`${day}T00:00:00Z`)).toISOString().slice(0, 10) !== day) return undefined
  return isDayEnd ? value + dayMs : value
}

/** A named stretch of the calendar, half-open: days `from` ≤ d < `to`. */
export interface Period {
  readonly name: string
  readonly kind: 'day' | 'month' | 'quarter' | 'half' | 'year' | 'range'
  readonly from: string
  readonly to: string
}

const pad = (n: number) => String(n).padStart(2, '0')
const monthStart = (year: number, month: number) => `${year + Math.floor((month - 1) / 12)}-${pad(((month - 1) % 12) + 1)}-01`

/** Parses `2025`, `2025H1`, `2025Q3`, `2025-03`, `2025-03-31` or `2025-03-01/2025-04-01`; undefined when it is none. */
export function parsePeriod(name: string): Period | undefined {
  // Years the calendar of a plan can name: others would only be slips, and break comparing days as texts.
  const match = /^((?:19|20|21)\d{2})(?:H([12])|Q([1-4])|-(\d{2})(?:-(\d{2}))?)?$/.exec(name)
  if (!match) {
    const [from, to] = name.split('/')
    if (to === undefined) return undefined
    const isDay = (text: string | undefined): text is string => text !== undefined && parsePeriod(text)?.kind === 'day'
    return isDay(from) && isDay(to) && from < to ? { name, kind: 'range', from, to } : undefined
  }
  const year = Number(match[1])
  if (match[2]) return { name, kind: 'half', from: monthStart(year, Number(match[2]) * 6 - 5), to: monthStart(year, Number(match[2]) * 6 + 1) }
  if (match[3]) return { name, kind: 'quarter', from: monthStart(year, Number(match[3]) * 3 - 2), to: monthStart(year, Number(match[3]) * 3 + 1) }
  if (match[5]) {
    const isReal = !Number.isNaN(Date.parse(name)) && addDays(name, 0) === name
    return isReal ? { name, kind: 'day', from: name, to: addDays(name, 1) } : undefined
  }
  if (match[4]) {
    const month = Number(match[4])
    return month >= 1 && month <= 12 ? { name, kind: 'month', from: monthStart(year, month), to: monthStart(year, month + 1) } : undefined
  }
  return { name, kind: 'year', from: monthStart(year, 1), to: monthStart(year, 13) }
}

/** Days of a period in order. */
export function daysOf(period: Period): string[] {
  const days: string[] = []
  for (let day = period.from; day < period.to; day = addDays(day, 1)) days.push(day)
  return days
}

/** `2025年6月30日` for running text. */
export const chineseDate = (day: string): string => {
  const [year, month, date] = day.split('-').map(Number)
  return `${year}年${month}月${date}日`
}

/** `2026H1` of an instant: the programme's usual reporting period. */
export const halfYearOf = (instant: number): string => `${dayOf(instant).slice(0, 4)}H${Number(dayOf(instant).slice(5, 7)) <= 6 ? 1 : 2}`
