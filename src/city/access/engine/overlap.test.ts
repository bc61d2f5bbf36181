import { expect, test } from 'vitest'
import { meetsArea } from './overlap.ts'
import { ruleSetSchema, type ZoneGeometry } from './rule-set.ts'

type Ring = number[][]
const polygon = (...coordinates: Ring[]): ZoneGeometry => ({ type: 'Polygon', coordinates })
const road = (...line: Ring): ZoneGeometry => ({ type: 'RoadList', reachMetres: 10, roads: [{ name: '路', line }] })
const box = (west: number, south: number, east: number, north: number): Ring => [[west, south], [east, south], [east, north], [west, north], [west, south]]
const circle = (radius: number, count: number): Ring => {
  const ring = Array.from({ length: count }, (_, at) => [120.8 + radius * Math.cos((2 * Math.PI * at) / count), 34.6 + radius * Math.sin((2 * Math.PI * at) / count)])
  return [...ring, ring[0]!]
}

/** Whether a rule of one zone and a rule of another can meet. */
function meet(first: ZoneGeometry, second: ZoneGeometry): boolean {
  const rule = (zone: string) => ({ code: zone, title: zone, zones: [zone], times: [{}], vehicles: [{}], effect: 'no-go', priority: 1, notice: { code: 'N', text: '条文' } })
  const ruleSet = ruleSetSchema.parse({
    code: 'x', title: 'x', cityCode: null, status: 'made-up', source: 'x', calendar: 'x', effectiveFrom: '2026-01-01T00:00:00+08:00', notices: [{ code: 'N', number: null, title: 'N', authority: 'N', source: 'N' }],
    vehicleClasses: [{ code: 'any', title: 'any', facts: {} }], zones: [{ code: 'A', title: 'A', geometry: first }, { code: 'B', title: 'B', geometry: second }], rules: [rule('A'), rule('B')],
  })
  return meetsArea(ruleSet)(ruleSet.rules[0]!, ruleSet.rules[1]!) !== undefined
}

const square = box(120.7, 34.6, 120.8, 34.7)
test.each<[string, ZoneGeometry, ZoneGeometry, boolean]>([
  ['the same border', polygon(square), polygon(square), true],
  ['the same border with one more point on it', polygon(square), polygon([[120.7, 34.6], [120.75, 34.6], ...square.slice(1)]), true],
  ['the same border, drawn half a metre off', polygon(square), polygon(square.map(([lon, lat]) => [lon! + 5e-6, lat!])), true],
  ['the same border with the same hole', polygon(square, box(120.74, 34.64, 120.76, 34.66)), polygon(square, box(120.74, 34.64, 120.76, 34.66)), true],
  ['one with a hole the other has not', polygon(square, box(120.74, 34.64, 120.76, 34.66)), polygon(square), true],
  ['one fills the hole of the other', polygon(square, box(120.74, 34.64, 120.76, 34.66)), polygon(box(120.74, 34.64, 120.76, 34.66)), false],
  ['half of the other', polygon(square), polygon(box(120.7, 34.6, 120.75, 34.7)), true],
  ['side by side', polygon(square), polygon(box(120.8, 34.6, 120.9, 34.7)), false],
  ['corner to corner', polygon(square), polygon(box(120.8, 34.7, 120.9, 34.8)), false],
  ['one within the other', polygon(square), polygon(box(120.73, 34.63, 120.75, 34.65)), true],
  ['the same road', road([120.7, 34.6], [120.8, 34.7]), road([120.7, 34.6], [120.8, 34.7]), true],
  ['roads that cross', road([120.7, 34.6], [120.8, 34.7]), road([120.7, 34.7], [120.8, 34.6]), true],
  ['roads side by side', road([120.7, 34.6], [120.8, 34.6]), road([120.7, 34.601], [120.8, 34.601]), false],
  ['a road through a zone', road([120.6, 34.65], [120.9, 34.65]), polygon(square), true],
  ['a road past a zone', road([120.6, 34.59], [120.9, 34.59]), polygon(square), false],
])('%s: %#', (_what, first, second, expected) => {
  expect([meet(first, second), meet(second, first)]).toEqual([expected, expected])
})

test('two borders of ten thousand points that touch all along are told apart without trying every pair of sides', () => {
  const inner = circle(0.05, 10_000)
  expect(meet(polygon(circle(0.1, 10_000), inner.toReversed()), polygon(inner))).toBe(false)
}, 4000)
