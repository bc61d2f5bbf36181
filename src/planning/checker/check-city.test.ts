import { describe, expect, it } from 'vitest'
import { parseProblem, type Plan, type PlanningProblem, type PlanRoute, type PlanStop } from '../model/index.ts'
import { checkPlan } from './index.ts'

/** Two shops and a station on a line; the road to the shops is closed from 100 to 200, a longer one is open. Every figure can be checked by hand. */
const { problem, problems } = parseProblem({
  format: 'lvpei-planning/1',
  loads: ['ambient', 'chilled'],
  places: [
    { id: 'depot' },
    { id: 'a', berths: [{ id: 'dock', count: 1, slotSeconds: 100, serviceFactor: 0.5 }] },
    { id: 'b' },
    { id: 'station', chargers: { points: 1, slotSeconds: 100, pricePerKwh: [[0, 2], [300, 1]] } },
  ],
  travel: [{
    profile: 'truck',
    kind: 'timetable',
    distanceMetres: [[0, 40, 60, 30], [40, 0, 20, 10], [60, 20, 0, 30], [30, 10, 30, 0]],
    durationSeconds: [[0, 40, 60, 30], [40, 0, 20, 10], [60, 20, 0, 30], [30, 10, 30, 0]],
    exceptions: [{ from: 'depot', to: 'a', options: [{ distanceMetres: 40, departures: [[0, 40], [100, null], [200, 50]] }, { distanceMetres: 70, departures: [[0, 70]] }] }],
  }],
  vehicles: [{
    id: 'van',
    count: 2,
    capacity: [5, 5],
    costPerMetre: 1,
    start: 'depot',
    shift: { earliest: 0, latest: 1000 },
    serviceFactor: 2,
    energy: { batteryKwh: 100, kwhPerMetre: 1, chargingCurve: [{ upToKwh: 80, secondsPerKwh: 1 }, { upToKwh: 100, secondsPerKwh: 4 }], recharge: 'partial', stations: ['station'] },
  }],
  orders: [
    { id: 'first', load: [2, 0], delivery: { place: 'a', serviceSeconds: 30, windows: [[0, 300], { from: 120, to: 400, cost: 7 }] } },
    { id: 'second', load: [0, 3], delivery: { place: 'b', serviceSeconds: 10, serviceSecondsByVehicle: { van: 15 } } },
  ],
})

// depot → a at 200 by the short way (50 s), served 250–280 at the dock (30 × 2 × 0.5), → b 300–315, → station 345, 20 kWh from 10 to 30, → depot
const stops: readonly PlanStop[] = [
  { kind: 'delivery', order: 'first', place: 'a', arrival: 250, start: 250, departure: 280, leg: { departure: 200, option: 0 }, window: 1, berth: 'dock' },
  { kind: 'delivery', order: 'second', place: 'b', arrival: 300, start: 300, departure: 315 },
  { kind: 'charge', order: '', place: 'station', arrival: 345, start: 345, departure: 365, energyKwh: 20 },
]
const route: PlanRoute = { vehicle: 'van', number: 1, departure: 0, return: 395, distanceMetres: 120, cost: 147, stops }
const planOf = (routes: readonly PlanRoute[]): Plan => ({
  format: 'lvpei-plan/1', cost: routes.reduce((sum, each) => sum + each.cost, 0), distanceMetres: 0, vehicles: routes.length, iterations: 0, seconds: 0, seed: 1, workers: 1, routes, unassigned: [],
})
const codes = (changed: PlanRoute, of: PlanningProblem = problem!): string[] => checkPlan(of, planOf([changed])).violations.map((each) => each.code)
const withStop = (at: number, change: Partial<PlanStop>): PlanRoute => ({ ...route, stops: stops.map((stop, index) => (index === at ? { ...stop, ...change } : stop)) })
const without = (at: number, key: keyof PlanStop): PlanRoute => ({ ...route, stops: stops.map((stop, index) => (index === at ? (Object.fromEntries(Object.entries(stop).filter(([name]) => name !== key)) as unknown as PlanStop) : stop)) })

describe('the checker in a city', () => {
  it('finds nothing wrong with the plan counted by hand', () => {
    expect(problems).toEqual([])
    expect(codes(route)).toEqual([])
  })

  it.each<[string, PlanRoute, string]>([
    ['a timed leg of which the plan says nothing', without(0, 'leg'), 'leg'],
    ['a path that does not exist', withStop(0, { leg: { departure: 200, option: 2 } }), 'leg'],
    ['a path begun while it is closed', withStop(0, { leg: { departure: 150, option: 0 } }), 'leg'],
    ['a leg begun before the vehicle was free', { ...route, departure: 210 }, 'leg'],
    ['a leg driven faster than its hour allows', withStop(0, { arrival: 245, start: 250 }), 'travel-too-fast'],
    ['a leg driven slower than its hour', withStop(1, { arrival: 302, start: 302, departure: 317 }), 'travel-too-slow'],
    ['a longer path at the price of the shorter', withStop(0, { leg: { departure: 180, option: 1 } }), 'cost-wrong'],
    ['a window that is not open at the start', withStop(0, { window: 5 }), 'window'],
    ['a priced stop that does not say what it pays', without(0, 'window'), 'window'],
    ['the free window, but the price of the other', withStop(0, { window: 0 }), 'cost-wrong'],
    ['a service shorter than this vehicle takes', withStop(1, { departure: 310 }), 'service-too-short'],
    ['a service shorter than at this berth', withStop(0, { departure: 275 }), 'service-too-short'],
    ['no berth where there are berths', without(0, 'berth'), 'berth-unknown'],
    ['a berth of another name', withStop(0, { berth: 'ramp' }), 'berth-unknown'],
    ['a charge that is too short', withStop(2, { departure: 360 }), 'charge-too-short'],
    ['more energy than was paid', withStop(2, { energyKwh: 25, departure: 370 }), 'cost-wrong'],
    ['energy that flows backwards', withStop(2, { energyKwh: -5 }), 'charge-negative'],
    ['a home way on an empty battery', withStop(2, { energyKwh: 15 }), 'battery-empty'],
  ])('%s is a violation', (_, changed, code) => expect(codes(changed)).toContain(code))

  it('pays the price of each period and follows the bent curve', () => {
    // at 290 the second kWh-hours cost 2 for ten seconds, then 1; above 80 kWh each takes four seconds
    const early = { ...problem!, orders: [problem!.orders[1]!], vehicles: [{ ...problem!.vehicles[0]!, energy: { ...problem!.vehicles[0]!.energy!, kwhPerMetre: 0.5 } }] }
    const charge: PlanStop = { kind: 'charge', order: '', place: 'station', arrival: 105, start: 290, departure: 335, energyKwh: 30 }
    const served: PlanStop = { kind: 'delivery', order: 'second', place: 'b', arrival: 60, start: 60, departure: 75 }
    // 100 − 30 − 15 = 55 kWh; 25 of them at 1 s, 5 at 4 s: 10 kWh before 300 at 2, 15 at 1, 5 at 1
    const plain = { ...route, return: 365, distanceMetres: 120, cost: 160, stops: [served, charge] }
    expect(codes(plain, early)).toEqual([])
    expect(codes({ ...plain, stops: [served, { ...charge, departure: 330 }] }, early)).toContain('charge-too-short')
  })

  it('counts vehicles at a dock and at a charging point slot by slot', () => {
    const twin = { ...problem!.orders[0]!, id: 'twin' }
    const two = { ...problem!, orders: [problem!.orders[0]!, twin] }
    const at = (order: string, number: number, start: number): PlanRoute => ({
      vehicle: 'van', number, departure: 0, return: start + 70, distanceMetres: 80, cost: 80,
      stops: [{ ...stops[0]!, order, start, arrival: start, departure: start + 30, leg: { departure: start - 50, option: 1 }, window: 0 }],
    })
    const verdict = (a: number, b: number) => checkPlan(two, planOf([at('first', 1, a), at('twin', 2, b)])).violations.map((each) => each.code).filter((code) => code.endsWith('overbooked'))
    expect(verdict(110, 150)).toEqual(['berth-overbooked'])
    expect(verdict(110, 210)).toEqual([])
    // 170 to 200 ends where the next slot begins
    expect(verdict(170, 200)).toEqual([])
    // one vehicle may be served twice in a slot
    const both = { ...at('first', 1, 110), stops: [at('first', 1, 110).stops[0]!, { ...at('twin', 1, 110).stops[0]!, start: 140, arrival: 140, departure: 170 }] }
    expect(checkPlan(two, planOf([both])).violations.map((each) => each.code)).not.toContain('berth-overbooked')
    const charging = (number: number, start: number): PlanRoute => ({ ...route, number, stops: [{ ...stops[2]!, arrival: start, start, departure: start + 20 }] })
    const crowd = (a: number, b: number) => checkPlan(problem!, planOf([charging(1, a), charging(2, b)])).violations.map((each) => each.code).filter((code) => code.endsWith('overbooked'))
    expect(crowd(310, 350)).toEqual(['charger-overbooked'])
    expect(crowd(310, 400)).toEqual([])
  })
})
