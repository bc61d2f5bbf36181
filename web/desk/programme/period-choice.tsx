import { useNavigate, useSearch } from '@tanstack/react-router'
import { dayText, nowMs } from '../../shared/format.ts'
import { useLanguage } from '../../shared/language.ts'
import { useProgrammeWords } from './words.ts'

/** `2026H1` → 2026年上半年. */
export function periodName(period: string, zh: boolean): string {
  const match = /^(\d{4})(?:H([12])|Q([1-4]))?$/.exec(period)
  if (!match || !zh) return period
  const [, year, half, quarter] = match
  return `${year}年${half ? (half === '1' ? '上半年' : '下半年') : quarter ? `第${'一二三四'[Number(quarter) - 1]}季度` : ''}`
}

/** The half-year an instant lies in. */
export const halfYearOf = (day: string): string => `${day.slice(0, 4)}H${Number(day.slice(5, 7)) <= 6 ? 1 : 2}`

/** Half-years from the one asked for back, newest first. */
export function halfYearsBack(day: string, count: number): string[] {
  const [year, half] = [Number(day.slice(0, 4)), Number(day.slice(5, 7)) <= 6 ? 0 : 1]
  return Array.from({ length: count }, (_, index) => {
    const number = year * 2 + half - index
    return `${Math.floor(number / 2)}H${(number % 2) + 1}`
  })
}

/** Which half-year the page is about; part of the address. */
export function PeriodChoice() {
  const t = useProgrammeWords()
  const zh = useLanguage() === 'zh'
  const search = useSearch({ strict: false }) as { period?: string; asOf?: string }
  const navigate = useNavigate()
  const today = search.asOf ?? dayText(nowMs())
  const periods = halfYearsBack(today, 6)
  return (
    <label>
      {t('period')}
      <select className="plain-select" style={{ display: 'block' }} value={search.period ?? periods[0]} onChange={(event) => void navigate({ to: '.', search: (before: object) => ({ ...before, period: event.target.value === periods[0] ? undefined : event.target.value }) })}>
        {periods.map((period) => <option key={period} value={period}>{periodName(period, zh)}</option>)}
      </select>
    </label>
  )
}

export const usePeriod = (): string | undefined => (useSearch({ strict: false }) as { period?: string }).period
