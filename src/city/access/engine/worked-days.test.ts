import { describe, expect, test } from 'vitest'
import { answer } from './answers.ts'
import type { WorkCalendar } from './calendar.ts'
import { compile, wholeOf, zonesNamed } from './compile.ts'
import { ruleSetSchema, type TimeSpan } from './rule-set.ts'

/** 2028 is a leap year: 28 and 29 February are Monday and Tuesday. Made-up holidays, so that a reader can check with a pencil. */
const calendar: WorkCalendar = {
  code: 'pencil', title: '手算用', from: '2028-01-01', to: '2029-01-01', sources: [{ number: '无', title: '手算用', issuedOn: '2027-12-01' }],
  holidays: [{ day: '2028-02-29', name: '闰日' }], makeUpWorkdays: [{ day: '2028-02-27', name: '闰日调休' }],
}

const hours = (span: Partial<TimeSpan>) => {
  const ruleSet = ruleSetSchema.parse({
    code: 'pencil', title: '手算', cityCode: null, status: 'made-up', source: '手算', calendar: 'pencil', effectiveFrom: '2028-01-01T00:00:00+08:00', notices: [{ code: 'n', number: '1', title: '1', authority: '1', source: '1' }],
    vehicleClasses: [{ code: 'any', title: '任意', facts: {} }], zones: [{ code: 'z', title: '区', geometry: null }],
    rules: [{ code: 'r', title: '规则', zones: ['z'], times: [span], vehicles: [{}], effect: 'no-go', priority: 1, notice: { code: 'n', text: '禁止' } }],
  })
  const compiled = compile([wholeOf(ruleSet)], calendar)
  return (text: string): boolean => !answer(compiled, compiled.vehicle(ruleSet.vehicleClasses[0]!.facts), zonesNamed(compiled, 'z')!, Date.parse(`${text}+08:00`)).allowed
}

describe('days and hours by hand', () => {
  test.each<[what: string, span: Partial<TimeSpan>, barred: string[], free: string[]]>([
    ['half-open hours', { from: '07:00', to: '09:00' }, ['2028-02-28T07:00:00', '2028-02-28T08:59:59.999'], ['2028-02-28T06:59:59.999', '2028-02-28T09:00:00']],
    ['until 24:00', { from: '22:00', to: '24:00' }, ['2028-02-28T23:59:59'], ['2028-02-29T00:00:00', '2028-02-28T21:59:59']],
    ['over midnight, every day', { from: '22:00', to: '06:00' }, ['2028-02-28T22:00:00', '2028-02-29T00:00:00', '2028-02-29T05:59:59'], ['2028-02-29T06:00:00']],
    ['a workday night runs into the holiday, a holiday night does not begin', { days: ['workday'], from: '22:00', to: '06:00' }, ['2028-02-28T23:00:00', '2028-02-29T05:00:00'], ['2028-02-29T23:00:00', '2028-03-01T05:00:00']],
    ['the leap day is a holiday', { days: ['holiday'] }, ['2028-02-29T00:00:00', '2028-02-29T23:59:00'], ['2028-02-28T23:59:00', '2028-03-01T00:00:00']],
    ['a make-up Sunday is a workday', { days: ['workday'] }, ['2028-02-27T12:00:00'], ['2028-02-26T12:00:00', '2028-02-29T12:00:00']],
    ['by weekday a Sunday stays a Sunday', { weekdays: [7] }, ['2028-02-27T12:00:00'], ['2028-02-28T12:00:00']],
    ['a month ends with its leap day', { months: [2] }, ['2028-02-29T23:59:00'], ['2028-03-01T00:00:00', '2028-01-31T23:59:00']],
    ['the night of 31 December belongs to December', { months: [12], from: '23:00', to: '01:00' }, ['2028-12-31T23:30:00', '2029-01-01T00:59:00'], ['2029-01-01T01:00:00', '2029-01-01T23:30:00', '2028-12-01T00:30:00']],
    ['beyond the calendar the weekday is all there is', { days: ['workday'] }, ['2029-10-01T12:00:00'], ['2029-10-06T12:00:00']],
  ])('%s', (_what, span, barred, free) => {
    const isBarred = hours(span)
    for (const each of barred) expect(isBarred(each), each).toBe(true)
    for (const each of free) expect(isBarred(each), each).toBe(false)
  })
})
