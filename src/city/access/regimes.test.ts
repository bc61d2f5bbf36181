import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { checkRuleSet, type CheckContext } from './engine/check-rule-set.ts'
import { knowPlaces } from './engine/check-coordinates.ts'
import { findCityRules, readCalendars, readKnownLines, readRuleFile } from './rule-files.ts'
import { surveyPoint } from '../../base/coordinates.ts'
import { randomFrom } from './engine/random-rules.fixture.ts'
import gcoordModule from 'gcoord'
import type { RuleSet } from './engine/rule-set.ts'
import { factNames } from './fact-names.ts'

const root = join(import.meta.dirname, '../../..')
const demo = join(root, 'cities/demo')
const calendar = readCalendars(join(root, 'cities/calendar')).get('china')!
const known = knowPlaces(readKnownLines(join(demo, 'world')))
const context: CheckContext = { calendar, known, now: Date.parse('2026-03-01T00:00:00+08:00'), factNames }
const codesOf = (findings: ReturnType<typeof checkRuleSet>['findings'], severity = 'error') => [...new Set(findings.filter((each) => each.severity === severity).map((each) => each.problem.code))].sort()

const demoValue = () => structuredClone(findCityRules(demo)!.value) as { zones: RuleSet['zones']; rules: RuleSet['rules'] } & Record<string, unknown>
/** The demo rules with one thing changed, and what the checks say then. */
const after = (change: (value: ReturnType<typeof demoValue>) => void, at: Partial<CheckContext> = {}) => {
  const value = demoValue()
  change(value)
  return checkRuleSet(value, { ...context, ...at })
}
const coordinatesOf = (value: ReturnType<typeof demoValue>, zone = 0): number[][][] => (value.zones[zone]!.geometry as unknown as { coordinates: number[][][] }).coordinates
const ringOf = (value: ReturnType<typeof demoValue>, zone = 0): number[][] => coordinatesOf(value, zone)[0]!
const squareHole = (lon: number, side: number, lat = 34.65): number[][] => [[lon, lat], [lon, lat + side], [lon + side, lat + side], [lon + side, lat], [lon, lat]]

describe('the demo city', () => {
  test('its rules can be published; every rule has examples that hold; gaps are listed', () => {
    const file = findCityRules(demo)!
    expect(file.problems).toEqual([])
    const { findings, publishable } = checkRuleSet(file.value, context)
    expect(codesOf(findings)).toEqual([])
    expect(publishable).toBe(true)
    const gaps = findings.filter((each) => each.problem.code === 'access-gap').map((each) => each.problem.message)
    expect(gaps).toContain('区域“内环限行区”对新能源轻型货车在工作日 00:00—07:00、09:00—17:00、18:30—24:00 没有规定')
    expect(codesOf(findings, 'note')).toContain('access-time-over-midnight')
  })

  test('a calendar about to end is warned of', () => {
    expect(codesOf(after(() => undefined, { now: Date.parse('2026-11-20T00:00:00+08:00') }).findings, 'warning')).toEqual(['access-calendar-ending'])
  })
})

describe('published regimes', () => {
  test.each(readdirSync(join(root, 'fixtures/regimes')).filter((name) => name.endsWith('.jsonc')))('%s: every example holds; what the source does not say stays open', (name) => {
    const file = readRuleFile(join(root, 'fixtures/regimes', name))
    const { ruleSet, findings } = checkRuleSet(file.value, context)
    const open = ['access-examples-missing', 'access-period-unset', 'access-zone-without-geometry']
    expect(findings.filter((each) => each.severity === 'error' && !open.includes(each.problem.code)).map((each) => each.problem.message)).toEqual([])
    expect(ruleSet!.rules.flatMap((each) => each.examples).length).toBeGreaterThan(0)
    expect(ruleSet!.status).toBe('example')
    // A rule without examples is one whose hours the source keeps to itself.
    for (const rule of ruleSet!.rules) if (rule.examples.length === 0) expect(rule.openQuestions.length).toBeGreaterThan(0)
    const unset = findings.find((each) => each.problem.code === 'access-zone-without-geometry')!
    expect(file.place(unset).details).toMatchObject({ file: `regimes/${name}`, line: expect.any(Number) })
  })

  test('say what the sources say: zones, kinds of passes, hours, and which kinds of vehicle they leave without a rule', () => {
    const regime = (name: string) => checkRuleSet(readRuleFile(join(root, `fixtures/regimes/${name}.jsonc`)).value, context)
    const hours = (name: string) => regime(name).ruleSet!.rules.flatMap((rule) => rule.times.filter(({ from, to }) => from !== '00:00' || to !== '24:00').map(({ from, to }) => `${rule.code} ${from}—${to}`))
    const zones = (name: string) => regime(name).ruleSet!.zones.map((zone) => zone.code)
    expect([zones('suzhou'), zones('foshan'), zones('zhengzhou'), zones('tangshan')]).toEqual([['core', 'control', 'rest'], ['demo', 'low-carbon', 'coverage'], ['restricted'], ['restricted']])
    expect(regime('foshan').ruleSet!.passes.map((pass) => pass.title)).toEqual(['全天候通行证', '夜间通行证', '固定时段通行证'])
    expect([hours('suzhou'), hours('foshan'), hours('zhengzhou'), hours('tangshan')]).toEqual([[], ['demo-fuel 06:00—22:00'], ['nev-peak 07:00—09:00', 'nev-peak 17:30—19:30'], []])
    // Fuel trucks in Suzhou: graded and scarce, the source says no more; the gap is listed.
    expect(regime('suzhou').findings.filter((each) => each.problem.code === 'access-gap').map((each) => each.problem.message).filter((message) => /示范区.*燃油货车.*全天 没有规定/.test(message))).toHaveLength(1)
    for (const name of ['suzhou', 'foshan', 'zhengzhou', 'tangshan']) for (const { source, number } of regime(name).ruleSet!.notices) expect([source.length > 5, number]).toEqual([true, null])
  })
})

describe('bad input', () => {
  const cases: readonly [what: string, code: string, change: (value: ReturnType<typeof demoValue>) => void][] = [
    ['unclosed ring', 'access-ring-unclosed', (value) => void ringOf(value).pop()],
    ['two points only', 'access-ring-too-short', (value) => void ringOf(value).splice(2)],
    ['bow tie', 'access-ring-crosses-itself', (value) => { const ring = ringOf(value); [ring[10], ring[40]] = [ring[40]!, ring[10]!] }],
    ['spike', 'access-ring-crosses-itself', (value) => { const ring = ringOf(value); ring.splice(5, 0, [ring[4]![0]! + 0.001, ring[4]![1]! - 0.02], ring[4]!) }],
    ['hole outside', 'access-hole-outside', (value) => void coordinatesOf(value).push([[121, 35], [121, 35.01], [121.01, 35.01], [121, 35]])],
    ['hole across the border', 'access-ring-crosses-itself', (value) => void coordinatesOf(value).push([[120.8, 34.65], [120.9, 34.65], [120.8, 34.66], [120.8, 34.65]])],
    ['hole left open', 'access-ring-unclosed', (value) => void coordinatesOf(value).push([[120.79, 34.64], [120.79, 34.65], [120.8, 34.65]])],
    ['two holes crossing', 'access-ring-crosses-itself', (value) => void coordinatesOf(value).push(squareHole(120.79, 0.01), squareHole(120.795, 0.01))],
    ['the same hole twice', 'access-ring-crosses-itself', (value) => void coordinatesOf(value).push(squareHole(120.79, 0.01), squareHole(120.79, 0.01))],
    ['hole in a hole', 'access-hole-in-hole', (value) => void coordinatesOf(value).push(squareHole(120.795, 0.002, 34.655), squareHole(120.79, 0.012))],
    ['hole that is the whole zone', 'access-ring-crosses-itself', (value) => void coordinatesOf(value).push(structuredClone(ringOf(value)))],
    ['infinite longitude', 'access-shape-invalid', (value) => { ringOf(value)[3]![0] = JSON.parse('1e999') as number }],
    ['no number at all', 'access-shape-invalid', (value) => { ringOf(value)[3]![0] = Number.NaN }],
    ['a whole feature collection pasted', 'access-shape-invalid', (value) => { value.zones[0]!.geometry = { type: 'FeatureCollection', features: [] } as never }],
    ['antimeridian', 'access-antimeridian', (value) => { value.zones[0]!.geometry = { type: 'Polygon', coordinates: [[[179.9, 34], [-179.9, 34], [-179.9, 35], [179.9, 35], [179.9, 34]]] } }],
    ['longitude and latitude swapped', 'access-position-invalid', (value) => { for (const position of ringOf(value)) position.reverse() }],
    ['another city', 'access-position-far', (value) => { for (const position of ringOf(value)) position[0]! -= 10 }],
    ['24:00 as a start', 'access-time-start-24', (value) => { value.rules[0]!.times[0]!.from = '24:00' }],
    ['25:00', 'access-shape-invalid', (value) => { value.rules[0]!.times[0]!.from = '25:00' }],
    ['no vehicles', 'access-shape-invalid', (value) => { value.rules[0]!.vehicles = [] }],
    ['no times', 'access-times-missing', (value) => { value.rules[0]!.times = [] }],
    ['a field nobody knows', 'access-shape-invalid', (value) => Object.assign(value.rules[0]!, { colour: 'red' })],
    ['a day there is not', 'access-shape-invalid', (value) => { value.rules[0]!.effectiveFrom = '2027-02-29T00:00:00+08:00' }],
    ['an instant without a zone', 'access-shape-invalid', (value) => { value.rules[0]!.effectiveFrom = '2027-01-01T00:00:00' }],
    ['two zones of one code', 'access-code-repeated', (value) => { value.zones[1]!.code = value.zones[0]!.code }],
    ['start equals end', 'access-time-empty', (value) => { value.rules[0]!.times[0]!.to = '07:00' }],
    ['a rule in the past', 'access-rule-past', (value) => { value.rules[0]!.effectiveTo = '2026-01-01T00:00:00+08:00' }],
    ['dates reversed', 'access-dates-reversed', (value) => Object.assign(value.rules[0]!, { effectiveFrom: '2027-01-01T00:00:00+08:00', effectiveTo: '2026-06-01T00:00:00+08:00' })],
    ['a zone that is not there', 'access-reference-unknown', (value) => void value.rules[0]!.zones.push('Z9')],
    ['the same code twice', 'access-code-repeated', (value) => { value.rules[1]!.code = value.rules[0]!.code }],
    ['pass needed, which?', 'access-passes-missing', (value) => { value.rules[2]!.passes = [] }],
    ['an example that fails', 'access-example-failed', (value) => { value.rules[0]!.times[0]!.to = '19:00' }],
    ['no examples', 'access-examples-missing', (value) => { value.rules[0]!.examples = [] }],
    ['a calendar nobody has', 'access-calendar-unknown', () => undefined],
  ]
  test.each(cases)('%s: %s', (what, code, change) => {
    const { findings, publishable } = after(change, what === 'a calendar nobody has' ? { calendar: null } : {})
    expect(codesOf(findings)).toContain(code)
    expect(publishable).toBe(false)
    const found = findings.find((each) => each.problem.code === code)!.problem
    for (const part of [found.message, found.cause, found.action]) expect(part).not.toMatch(/\{\w+\}|undefined/)
  })

  test('a clockwise ring is turned and said', () => {
    const { ruleSet, findings, publishable } = after((value) => void ringOf(value).reverse())
    expect(publishable).toBe(true)
    expect(codesOf(findings, 'note')).toContain('access-ring-clockwise')
    expect(ruleSet!.zones[0]!.geometry).toEqual(checkRuleSet(demoValue(), context).ruleSet!.zones[0]!.geometry)
  })

  test('GCJ-02 pasted as WGS-84 is told by the streets, and only then', () => {
    const gcoord = gcoordModule as unknown as typeof gcoordModule.default
    const shift = (value: ReturnType<typeof demoValue>) => {
      for (const position of ringOf(value)) [position[0], position[1]] = gcoord.transform([position[0]!, position[1]!], gcoord.WGS84, gcoord.GCJ02)
    }
    const told = after(shift)
    expect(codesOf(told.findings)).toContain('access-looks-gcj02')
    expect(told.findings.find((each) => each.problem.code === 'access-looks-gcj02')!.path).toEqual(['zones', 0, 'geometry'])
    // Without known places nothing is guessed; a border off the streets by something else is not called GCJ-02.
    expect(codesOf(after(shift, { known: null }).findings)).not.toContain('access-looks-gcj02')
    expect(codesOf(after((value) => { for (const position of ringOf(value)) position[1]! += 0.003 }).findings)).not.toContain('access-looks-gcj02')
    // Squares drawn freely, corners here and there near a street by chance, are not called shifted.
    const random = randomFrom(3)
    for (let round = 0; round < 60; round++) {
      const [lon, lat, side] = [120.72 + random.next() * 0.16, 34.58 + random.next() * 0.14, 0.005 + random.next() * 0.03]
      expect(codesOf(after((value) => { value.zones[0]!.geometry = { type: 'Polygon', coordinates: [squareHole(lon, side, lat).reverse()] } }).findings), `${lon} ${lat} ${side}`).not.toContain('access-looks-gcj02')
    }
    expect(surveyPoint({ system: 'GCJ-02', declaredLon: 120.8, declaredLat: 34.65 })).not.toMatchObject({ lon: 120.8 })
  })

  test('overlap without precedence is refused, with place, time and vehicle; precedence, other hours or other vehicles settle it', () => {
    const clash = (change: Partial<RuleSet['rules'][number]>) => codesOf(after((value) => void value.rules.push({ ...value.rules[0]!, code: 'X', title: '另一条', effect: 'allowed', examples: value.rules[1]!.examples, ...change })).findings.filter((each) => each.problem.code !== 'access-conflict' || each.problem.details['firstRule'] === 'Z1-fuel-day'))
    expect(clash({})).toContain('access-conflict')
    expect(clash({ zones: ['Z2'] })).toContain('access-conflict')
    expect(clash({ zones: ['*'] })).toContain('access-conflict')
    expect(clash({ zones: ['Z3'] })).not.toContain('access-conflict')
    expect(clash({ priority: 101 })).not.toContain('access-conflict')
    expect(clash({ effect: 'no-go' })).not.toContain('access-conflict')
    expect(clash({ times: [{ from: '20:00', to: '07:00' }] })).not.toContain('access-conflict')
    expect(clash({ times: [{ from: '20:00', to: '07:01' }] })).toContain('access-conflict')
    expect(clash({ vehicles: [{ energy: ['bev'] }] })).not.toContain('access-conflict')
    expect(clash({ exceptions: [{ energy: ['diesel', 'petrol', 'cng', 'lng', 'hybrid'] }] })).not.toContain('access-conflict')
    expect(clash({ effectiveFrom: '2026-05-01T00:00:00+08:00', effectiveTo: '2026-06-01T00:00:00+08:00' })).toContain('access-conflict')
    const conflict = after((value) => void value.rules.push({ ...value.rules[0]!, code: 'X', title: '另一条', effect: 'allowed', vehicles: [{ grossMassKgOver: 4500 }], times: [{ from: '19:00', to: '23:00' }] })).findings.find((each) => each.problem.code === 'access-conflict')!
    expect(conflict.problem.cause).toBe('同为优先级 100，在内环限行区、19:00—20:00对同一车辆（非插电混合动力 配送货车 总质量 4501 kg）一个禁止驶入、一个允许驶入')
  })

  test('a border of hundreds of thousands of points is one clear problem', () => {
    const { findings } = after((value) => { value.zones[0]!.geometry = { type: 'Polygon', coordinates: [Array.from({ length: 200_001 }, (_, at) => [120 + at / 1e6, 34])] } })
    expect(codesOf(findings)).toEqual(['access-geometry-too-large'])
  })
})
