import { addDays, parsePeriod } from '../base/time.ts'
import type { Deadline, Recurrence } from './schema-task.ts'
import type { StatedDate } from './schema-words.ts'
import { dayAfter, firstDay } from './stated-date.ts'

/** One dated occasion of a deadline, half-open calendar days of Asia/Shanghai. */
export interface Occurrence {
  /** `2024年1月`, `2024年2月前`, `2024年6月` */
  readonly label: string
  /** first day on which it can be done in its turn; null when the document names only an end */
  readonly opens: string | null
  /** the first day on which it is overdue */
  readonly dueBefore: string
}

/** Both ends may be unknown; nothing is assumed for an unknown one. */
export interface Range {
  readonly from: StatedDate | null
  readonly to: StatedDate | null
}

/**
 * Dated occasions of a deadline within a creation period. Recurring ones need a beginning: when the period has none,
 * `window` bounds them (days, half-open), and without either there are none. Ongoing and undated deadlines have none.
 */
export function occurrencesOf(deadline: Deadline, period: Range, window?: { from: string; to: string }): Occurrence[] {
  const from = period.from ? firstDay(period.from) : window?.from
  const to = period.to ? dayAfter(period.to) : window?.to
  switch (deadline.kind) {
    case 'date':
      return [{ label: deadline.text, opens: null, dueBefore: dayAfter(deadline.by) }]
    case 'period-end':
      return period.to ? [{ label: `${wordOf(period.to)}（期末）`, opens: null, dueBefore: dayAfter(period.to) }] : []
    case 'yearly-split':
      return from && to ? yearsBetween(from, to).map((year) => ({ label: `${year}年`, opens: later(`${year}-01-01`, from), dueBefore: earlier(`${year + 1}-01-01`, to) })) : []
    case 'recurring': {
      if (!from || !to) return []
      const bounds = { from: later(from, window?.from ?? from), to: earlier(to, window?.to ?? to) }
      return yearsBetween(bounds.from, bounds.to).flatMap((year) => inYear(deadline, year)).filter((each) => each.dueBefore > bounds.from && each.dueBefore <= bounds.to)
    }
    case 'ongoing':
    case 'undated':
      return []
  }
}

const later = (a: string, b: string) => (a > b ? a : b)
const earlier = (a: string, b: string) => (a < b ? a : b)

const yearsBetween = (from: string, to: string): number[] => {
  const first = Number(from.slice(0, 4))
  const last = Number(addDays(to, -1).slice(0, 4))
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index)
}

/** Stretches of a year a recurrence without named months stands for: the whole half or quarter is its turn. */
const wholeStretches: Record<Recurrence['every'], (year: number) => { name: string; label: string }[]> = {
  year: (year) => [{ name: `${year}`, label: `${year}年` }],
  'half-year': (year) => [1, 2].map((half) => ({ name: `${year}H${half}`, label: `${year}年${half === 1 ? '上' : '下'}半年` })),
  quarter: (year) => [1, 2, 3, 4].map((quarter) => ({ name: `${year}Q${quarter}`, label: `${year}年第${'一二三四'[quarter - 1]}季度` })),
  unspecified: () => [],
}

function inYear(recurrence: Recurrence, year: number): Occurrence[] {
  if (recurrence.months === null) {
    return wholeStretches[recurrence.every](year).map(({ name, label }) => {
      const stretch = parsePeriod(name)!
      return { label, opens: stretch.from, dueBefore: stretch.to }
    })
  }
  return recurrence.months.map((month) => {
    const stretch = parsePeriod(`${year}-${String(month).padStart(2, '0')}`)!
    if (recurrence.boundary === 'before') return { label: `${year}年${month}月前`, opens: `${year}-01-01`, dueBefore: stretch.from }
    if (recurrence.firstDays === undefined) return { label: `${year}年${month}月`, opens: stretch.from, dueBefore: stretch.to }
    return { label: `${year}年${month}月1日至${recurrence.firstDays}日`, opens: stretch.from, dueBefore: addDays(stretch.from, recurrence.firstDays) }
  })
}

/** `2025年9月` of `2025-09`. */
export const wordOf = (stated: StatedDate): string => {
  const [year, month, day] = stated.split('-').map(Number)
  return `${year}年${month ? `${month}月` : ''}${day ? `${day}日` : ''}`
}
