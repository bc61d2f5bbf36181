import { describe, expect, it } from 'vitest'
import { parseProblem } from './index.ts'

const good = {
  format: 'lvpei-planning/1',
  loads: ['massKg'],
  places: [{ id: 'depot', x: 0, y: 0 }, { id: 'a', x: 1, y: 0 }],
  travel: [{ profile: 'plane', kind: 'euclidean' }],
  vehicles: [{ id: 'van', capacity: [10], start: 'depot' }],
  orders: [{ id: 'o1', load: [1], delivery: { place: 'a' } }],
}
type Good = Record<string, unknown>
const withOrder = (order: object): Good => ({ ...good, orders: [{ ...good.orders[0], ...order }] })
const withVehicle = (vehicle: object): Good => ({ ...good, vehicles: [{ ...good.vehicles[0], ...vehicle }] })
const matrix = (rows: unknown): Good => ({ ...good, travel: [{ profile: 'plane', kind: 'matrix', distanceMetres: rows }] })

const bad: [string, unknown, string][] = [
  ['a negative demand', withOrder({ load: [-1] }), 'plan-field-invalid'],
  ['NaN as a demand', withOrder({ load: [Number.NaN] }), 'plan-field-invalid'],
  ['a load vector of the wrong length', withOrder({ load: [1, 2] }), 'load-size-wrong'],
  ['a window that ends before it begins', withOrder({ delivery: { place: 'a', windows: [[9, 3]] } }), 'window-impossible'],
  ['an empty list of windows', withOrder({ delivery: { place: 'a', windows: [] } }), 'plan-field-invalid'],
  ['an order that wants nothing', { ...good, orders: [{ id: 'o1' }] }, 'plan-field-invalid'],
  ['an unknown place', withOrder({ delivery: { place: 'nowhere' } }), 'plan-reference-unknown'],
  ['the same id twice', { ...good, orders: [...good.orders, ...good.orders] }, 'identifier-duplicate'],
  ['a matrix with too few rows', matrix([[0, 1]]), 'matrix-size-wrong'],
  ['a matrix with a short row', matrix([[0, 1], [1]]), 'matrix-size-wrong'],
  ['NaN in a matrix', matrix([[0, Number.NaN], [1, 0]]), 'number-not-finite'],
  ['text in a matrix', matrix([[0, '1'], [1, 0]]), 'number-not-finite'],
  ['an infinite coordinate', { ...good, places: [{ id: 'depot', x: 0, y: Infinity }, { id: 'a', x: 1, y: 0 }] }, 'plan-field-invalid'],
  ['a place without a position', { ...good, places: [{ id: 'depot', x: 0, y: 0 }, { id: 'a' }] }, 'place-without-position'],
  ['berths, which are not built', { ...good, berths: [] }, 'feature-unsupported'],
  ['a vehicle field nobody knows', withVehicle({ refrigerated: true }), 'feature-unsupported'],
  ['a pair of constraints not built together', withVehicle({ reload: { place: 'depot' }, maxDistanceMetres: 5 }), 'feature-unsupported'],
  ['a million orders', { ...good, orders: Array.from({ length: 1_000_000 }) }, 'problem-too-large'],
  ['nothing at all', undefined, 'plan-field-invalid'],
]

describe('bad problems', () => {
  it('the good one is good', () => expect(parseProblem(good).problems).toEqual([]))

  it.each(bad)('%s is a problem with cause and action', (_, input, code) => {
    const began = performance.now()
    const { problem, problems } = parseProblem(input)
    expect(problem).toBeNull()
    expect(problems.map((each) => each.code)).toContain(code)
    for (const each of problems) expect([each.message, each.cause, each.action].every((text) => text.length > 0 && !text.includes('—'))).toBe(true)
    expect(performance.now() - began).toBeLessThan(2000)
  })
})
