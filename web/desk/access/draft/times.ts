import { dayKinds, type DayKind, type TimeSpan } from '../../../api/access.ts'
import { dayKindNames, weekdayNames } from '../../../shared/rules/words.ts'

/** What was typed, read; or the words that could not be. */
export type Typed<Value> = { readonly value: Value } | { readonly wrong: string }

const kinds = new Map<string, DayKind>(dayKinds.flatMap((kind) => dayKindNames[kind].map((name) => [name.toLowerCase(), kind] as const)))
const weekdays = new Map<string, number>(weekdayNames.flatMap((names, at) => names.map((name) => [name.toLowerCase(), at + 1] as const)))
const clock = /^([01]?\d|2[0-4]):?([0-5]\d)$/
const hours = /^(\d{1,2}:?\d{2})[-–—~](\d{1,2}:?\d{2})$/
const month = /^(?:m(\d{1,2})|(\d{1,2})\u6708)$/

/** `7:00`, `0700` and `07:00` are the same clock; undefined: none. */
export function parseClock(text: string): string | undefined {
  const [, hour, minute] = clock.exec(text) ?? []
  const written = hour === undefined ? undefined : `${hour.padStart(2, '0')}:${minute}`
  return written !== undefined && written <= '24:00' ? written : undefined
}

const sorted = <Value extends string | number>(values: readonly Value[]): Value[] => [...new Set(values)].sort()

function parseSpan(text: string): Typed<TimeSpan> {
  const span: { days: DayKind[]; weekdays: number[]; months: number[]; hours?: readonly [string, string] } = { days: [], weekdays: [], months: [] }
  for (const word of text.normalize('NFKC').replace(/\s*[-–—~]\s*/g, '-').split(/[\s,、]+/).filter(Boolean)) {
    const low = word.toLowerCase()
    const [, from, to] = hours.exec(word) ?? []
    const [, first, second] = month.exec(low) ?? []
    const [start, end] = [from && parseClock(from), to && parseClock(to)]
    // `rest-day` and its like hold a dash of their own, so names come first
    if (kinds.has(low)) span.days.push(kinds.get(low)!)
    else if (weekdays.has(low)) span.weekdays.push(weekdays.get(low)!)
    else if (start && end && !span.hours) span.hours = [start, end]
    else if (Number(first ?? second) >= 1 && Number(first ?? second) <= 12) span.months.push(Number(first ?? second))
    else return { wrong: word }
  }
  const [from, to] = span.hours ?? ['00:00', '24:00']
  return { value: { ...(span.days.length > 0 && { days: sorted(span.days) }), ...(span.weekdays.length > 0 && { weekdays: sorted(span.weekdays) }), ...(span.months.length > 0 && { months: span.months.toSorted((a, b) => a - b) }), from, to } }
}

/** `工作日 7:00-9:00；工作日 17:00-18:30` and the like, Chinese or English; hours left out are the whole day. */
export function parseSpans(text: string): Typed<TimeSpan[]> {
  const spans: TimeSpan[] = []
  for (const part of text.split(/[；;\n]/).map((each) => each.trim()).filter(Boolean)) {
    const read = parseSpan(part)
    if ('wrong' in read) return read
    spans.push(read.value)
  }
  return { value: spans }
}
