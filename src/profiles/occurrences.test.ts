import { describe, expect, it } from 'vitest'
import { occurrencesOf, type Deadline } from './index.ts'

const recurring = (over: Partial<Extract<Deadline, { kind: 'recurring' }>>): Deadline => ({ kind: 'recurring', text: '…', every: 'year', months: null, boundary: 'within', ...over })
const period = { from: '2024', to: '2025-06' }

describe('dated occasions of a deadline', () => {
  it('a month is over when the next begins', () => {
    expect(occurrencesOf({ kind: 'date', text: '2024年6月', by: '2024-06' }, period)).toEqual([{ label: '2024年6月', opens: null, dueBefore: '2024-07-01' }])
  })
  it('每年2月前 ends with January', () => {
    expect(occurrencesOf(recurring({ months: [2], boundary: 'before' }), period).map((each) => each.dueBefore)).toEqual(['2024-02-01', '2025-02-01'])
  })
  it('每年1、7月 stays inside the period', () => {
    expect(occurrencesOf(recurring({ every: 'half-year', months: [1, 7] }), period)).toEqual([
      { label: '2024年1月', opens: '2024-01-01', dueBefore: '2024-02-01' },
      { label: '2024年7月', opens: '2024-07-01', dueBefore: '2024-08-01' },
      { label: '2025年1月', opens: '2025-01-01', dueBefore: '2025-02-01' },
    ])
  })
  it('每季度第一周 is days 1 to 7', () => {
    const weeks = occurrencesOf(recurring({ every: 'quarter', months: [1, 4, 7, 10], firstDays: 7 }), { from: '2025-01', to: '2025-06' })
    expect(weeks).toEqual([
      { label: '2025年1月1日至7日', opens: '2025-01-01', dueBefore: '2025-01-08' },
      { label: '2025年4月1日至7日', opens: '2025-04-01', dueBefore: '2025-04-08' },
    ])
  })
  it('a year without a named month is the whole year, cut by nothing that was not said', () => {
    expect(occurrencesOf(recurring({}), { from: '2023', to: '2025' }).map((each) => each.label)).toEqual(['2023年', '2024年', '2025年'])
  })
  it('an unknown beginning needs a window', () => {
    const open = { from: null, to: '2025-06' }
    expect(occurrencesOf(recurring({ months: [1] }), open)).toEqual([])
    expect(occurrencesOf(recurring({ months: [1] }), open, { from: '2024-06-01', to: '2025-06-01' }).map((each) => each.dueBefore)).toEqual(['2025-02-01'])
  })
  it('a yearly split is due at each year’s end and at the end of the period', () => {
    expect(occurrencesOf({ kind: 'yearly-split', text: '…' }, period).map((each) => each.dueBefore)).toEqual(['2025-01-01', '2025-07-01'])
  })
  it('a period end that is not stated gives no date', () => {
    expect(occurrencesOf({ kind: 'period-end', text: '到期末' }, { from: null, to: null })).toEqual([])
    expect(occurrencesOf({ kind: 'period-end', text: '到期末' }, period)).toEqual([{ label: '2025年6月（期末）', opens: null, dueBefore: '2025-07-01' }])
  })
  it.each(['ongoing', 'undated'] as const)('%s has none', (kind) => {
    expect(occurrencesOf({ kind, text: '持续推进' }, period)).toEqual([])
  })
})
