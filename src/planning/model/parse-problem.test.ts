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
const withPlace = (place: object): Good => ({ ...good, places: [good.places[0], { ...good.places[1], ...place }] })
const exception = { from: 'depot', to: 'a', options: [{ distanceMetres: 1, departures: [[0, 1]] }] }
const steps = (...departures: [number, number][]): object => ({ ...exception, options: [{ distanceMetres: 1, departures }] })
const timetable = (exceptions: unknown, rows: unknown = [[0, 1], [1, 0]]): Good => ({ ...good, travel: [{ profile: 'plane', kind: 'timetable', distanceMetres: rows, durationSeconds: rows, exceptions }] })
const energy = { batteryKwh: 10, kwhPerMetre: 1, recharge: 'partial', stations: ['a'] }
const deep: unknown = JSON.parse('['.repeat(200_000) + ']'.repeat(200_000))
const skills = Array.from({ length: 200_000 }, (_, at) => `s${at}`)

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
  ['bans as their own list, which is not how they are said', { ...good, bans: [] }, 'feature-unsupported'],
  ['a vehicle field nobody knows', withVehicle({ refrigerated: true }), 'feature-unsupported'],
  ['a priced window that ends before it begins', withOrder({ delivery: { place: 'a', windows: [{ from: 9, to: 3, cost: 1 }] } }), 'window-impossible'],
  ['a window with a negative price', withOrder({ delivery: { place: 'a', windows: [{ from: 3, to: 9, cost: -1 }] } }), 'plan-field-invalid'],
  ['NaN in a window', withOrder({ delivery: { place: 'a', windows: [[Number.NaN, 3]] } }), 'plan-field-invalid'],
  ['service seconds for an unknown vehicle', withOrder({ delivery: { place: 'a', serviceSecondsByVehicle: { lorry: 3 } } }), 'plan-reference-unknown'],
  ['a negative service factor', withVehicle({ serviceFactor: -1 }), 'plan-field-invalid'],
  ['a timetable with a small matrix', timetable([], [[0]]), 'matrix-size-wrong'],
  ['a timetable from an unknown place', timetable([{ ...exception, from: 'nowhere' }]), 'plan-reference-unknown'],
  ['a timetable from a place to itself', timetable([{ ...exception, to: 'depot' }]), 'plan-field-invalid'],
  ['the same pair twice in a timetable', timetable([exception, exception]), 'identifier-duplicate'],
  ['an option without departures', timetable([{ ...exception, options: [{ distanceMetres: 1, departures: [] }] }]), 'plan-field-invalid'],
  ['departures that go back in time', timetable([steps([5, 10], [3, 10])]), 'steps-not-ascending'],
  ['two departures at one instant', timetable([steps([5, 10], [5, 20])]), 'steps-not-ascending'],
  ['a negative duration', timetable([steps([5, -10])]), 'plan-field-invalid'],
  ['NaN as a duration', timetable([steps([5, Number.NaN])]), 'plan-field-invalid'],
  ['a berth without room', withPlace({ berths: [{ id: 'b', count: 0 }] }), 'plan-field-invalid'],
  ['two berths of one id', withPlace({ berths: [{ id: 'b', count: 1 }, { id: 'b', count: 2 }] }), 'identifier-duplicate'],
  ['a service over a million slots', { ...withPlace({ berths: [{ id: 'b', count: 1 }] }), orders: [{ id: 'o1', delivery: { place: 'a', serviceSeconds: 9e8 } }] }, 'plan-field-invalid'],
  ['a tariff that goes back in time', withPlace({ chargers: { pricePerKwh: [[9, 1], [3, 2]] } }), 'steps-not-ascending'],
  ['neither rate nor curve', withVehicle({ energy }), 'plan-field-invalid'],
  ['a curve that gets faster', withVehicle({ energy: { ...energy, chargingCurve: [{ upToKwh: 5, secondsPerKwh: 9 }, { upToKwh: 10, secondsPerKwh: 3 }] } }), 'plan-field-invalid'],
  ['a curve that ends too low', withVehicle({ energy: { ...energy, chargingCurve: [{ upToKwh: 5, secondsPerKwh: 9 }] } }), 'plan-field-invalid'],
  ['a curve that goes back', withVehicle({ energy: { ...energy, chargingCurve: [{ upToKwh: 10, secondsPerKwh: 3 }, { upToKwh: 5, secondsPerKwh: 9 }] } }), 'steps-not-ascending'],
  ['a million orders', { ...good, orders: Array.from({ length: 1_000_000 }) }, 'problem-too-large'],
  ['more skills than anybody names', withOrder({ skills }), 'plan-field-invalid'],
  ['more skills of a vehicle than anybody names', withVehicle({ skills }), 'plan-field-invalid'],
  ['lists in each other without end in place of a field', withOrder({ load: deep }), 'plan-field-invalid'],
  ['lists in each other without end in a matrix', matrix([[0, deep], [1, 0]]), 'number-not-finite'],
  ['nothing at all', undefined, 'plan-field-invalid'],
]

describe('bad problems', () => {
  it.each([
    ['the plain one', good],
    ['a pair that nobody may drive', timetable([{ ...exception, options: [{ distanceMetres: 1, departures: [[0, null]] }] }])],
    ['both forms of windows', withOrder({ delivery: { place: 'a', windows: [[0, 3], { from: 5, to: 9, cost: 2 }] } })],
    ['berths, points and a curve', { ...withPlace({ berths: [{ id: 'b', count: 1 }], chargers: { points: 2, pricePerKwh: [[0, 1], [9, 2]] } }), vehicles: [{ ...good.vehicles[0], energy: { ...energy, chargingCurve: [{ upToKwh: 5, secondsPerKwh: 3 }, { upToKwh: 10, secondsPerKwh: 9 }] } }] }],
    ['constraints that the quick judges do not know together', withVehicle({ reload: { place: 'depot' }, maxDistanceMetres: 5 })],
  ])('%s is good', (_, input) => expect(parseProblem(input).problems).toEqual([]))

  it.each(bad)('%s is a problem with cause and action', (_, input, code) => {
    const began = performance.now()
    const { problem, problems } = parseProblem(input)
    expect(problem).toBeNull()
    expect(problems.map((each) => each.code)).toContain(code)
    for (const each of problems) expect([each.message, each.cause, each.action].every((text) => text.length > 0 && !text.includes('—'))).toBe(true)
    expect(performance.now() - began).toBeLessThan(2000)
  })
})
