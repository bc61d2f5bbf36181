import { describe, expect, test } from 'vitest'
import { mayBeAt } from './answers.ts'
import { compile, wholeOf } from './compile.ts'
import { ruleSetSchema } from './rule-set.ts'
import { vehicleFactsSchema } from './vehicle-match.ts'

const square = (lon: number) => ({ type: 'Polygon', coordinates: [[[lon, 34], [lon + 0.1, 34], [lon + 0.1, 34.1], [lon, 34.1], [lon, 34]]] })
const ruleSet = ruleSetSchema.parse({
  code: 'passes', title: '通行证', cityCode: null, status: 'made-up', source: '手算', calendar: '-', effectiveFrom: '2026-01-01T00:00:00+08:00', notices: [{ code: 'n', number: '1', title: '1', authority: '1', source: '1' }],
  passes: [{ code: 'fresh', title: '生鲜' }, { code: 'old', title: '旧证' }], vehicleClasses: [{ code: 'any', title: '任意', facts: {} }],
  zones: [{ code: 'a', title: '甲区', geometry: square(120) }, { code: 'b', title: '乙区', geometry: square(121) }, { code: 'c', title: '丙区', geometry: square(122) }],
  rules: [
    { code: 'pass', title: '凭证通行', zones: ['a', 'b'], times: [{}], vehicles: [{}], effect: 'pass-needed', passes: ['fresh'], priority: 1, notice: { code: 'n', text: '凭证' } },
    { code: 'ban', title: '无旧证禁行', zones: ['c'], times: [{}], vehicles: [{}], exceptions: [{ passes: ['old'] }], effect: 'no-go', priority: 1, notice: { code: 'n', text: '禁行' } },
  ],
})
const compiled = compile([wholeOf(ruleSet)], null)
const at = (text: string): number => Date.parse(`${text}:00+08:00`)
const ask = (passes: unknown[], lon: number, text: string) => mayBeAt(compiled, compiled.vehicle(vehicleFactsSchema.parse({ passes })), { lon, lat: 34.05 }, at(text))

describe('passes held', () => {
  test('a kind alone is valid always and everywhere', () => {
    expect(ask(['fresh'], 120.05, '2026-05-01T10:00')).toMatchObject({ allowed: true, effect: 'pass-needed', passes: ['fresh'], until: null })
    expect(ask(['old'], 120.05, '2026-05-01T10:00')).toMatchObject({ allowed: false, decidedBy: { rule: 'pass' } })
  })

  test('from its first minute to its last: until, from and next allowed see it begin and end', () => {
    const held = [{ pass: 'fresh', from: '2026-05-01T08:00:00+08:00', to: '2026-05-03T00:00:00+08:00' }]
    expect(ask(held, 120.05, '2026-05-01T07:59')).toMatchObject({ allowed: false, until: at('2026-05-01T08:00'), nextAllowed: at('2026-05-01T08:00') })
    expect(ask(held, 120.05, '2026-05-01T08:00')).toMatchObject({ allowed: true, from: at('2026-05-01T08:00'), until: at('2026-05-03T00:00') })
    expect(ask(held, 120.05, '2026-05-02T23:59').allowed).toBe(true)
    expect(ask(held, 120.05, '2026-05-03T00:00')).toMatchObject({ allowed: false, nextAllowed: null })
  })

  test('for the zones it was issued for, and no other', () => {
    const held = [{ pass: 'fresh', zones: ['b'] }]
    expect(ask(held, 120.05, '2026-05-01T10:00').allowed).toBe(false)
    expect(ask(held, 121.05, '2026-05-01T10:00').allowed).toBe(true)
  })

  test('an exception for holders ends with the pass', () => {
    const held = [{ pass: 'old', to: '2026-05-01T10:30:00+08:00' }]
    expect(ask(held, 122.05, '2026-05-01T10:00')).toMatchObject({ allowed: true, decidedBy: null, until: at('2026-05-01T10:30') })
    expect(ask(held, 122.05, '2026-05-01T10:30').allowed).toBe(false)
  })
})
