import { describe, expect, it } from 'vitest'
import { checkPlan } from '../../checker/index.ts'
import { parseProblem, type Plan, type ProblemInput } from '../../model/index.ts'
import { solveHere } from '../index.ts'

type Parts = { places?: object; travel?: object; van?: object; more?: readonly object[]; orders?: readonly object[]; loads?: readonly string[] }

/** A depot, a shop 40 s away and one 60 s away, a station between; each test adds the one thing it is about. */
function plan({ places = {}, travel = {}, van = {}, more = [], orders, loads = ['pallets'] }: Parts): Plan {
  const rows = [[0, 40, 60, 20], [40, 0, 20, 20], [60, 20, 0, 40], [20, 20, 40, 0]]
  const input = {
    format: 'lvpei-planning/1',
    loads,
    places: ['depot', 'a', 'b', 'station'].map((id) => ({ id, ...(places as Record<string, object>)[id] })),
    travel: [{ profile: 'truck', kind: 'timetable', distanceMetres: rows, durationSeconds: rows, ...travel }],
    vehicles: [{ id: 'van', capacity: loads.map(() => 9), start: 'depot', shift: { earliest: 0, latest: 1000 }, ...van }, ...more],
    orders: orders ?? [{ id: 'o', load: [1], delivery: { place: 'a', serviceSeconds: 10 } }],
  }
  const { problem, problems } = parseProblem(input as unknown as ProblemInput)
  expect(problems).toEqual([])
  const solved = solveHere(problem!, { iterations: 300, seed: 1 })
  expect(checkPlan(problem!, solved).violations).toEqual([])
  return solved
}

const window = (place: string, windows: unknown, more: object = {}) => ({ id: 'o', load: [1], delivery: { place, serviceSeconds: 10, windows, ...more } })

describe('planning in a city', () => {
  const exceptions = [{ from: 'depot', to: 'a', options: [{ distanceMetres: 40, departures: [[0, null], [300, 40]] }, { distanceMetres: 90, departures: [[0, 90]] }] }]

  it('waits for the end of a ban when there is time, and takes the long way when there is not', () => {
    const patient = plan({ travel: { exceptions }, orders: [window('a', [[0, 600]])] })
    expect(patient).toMatchObject({ cost: 80, routes: [{ stops: [{ leg: { departure: 300, option: 0 }, start: 340 }] }] })
    const urgent = plan({ travel: { exceptions }, orders: [window('a', [[0, 200]])] })
    expect(urgent).toMatchObject({ cost: 130, routes: [{ stops: [{ leg: { option: 1 } }] }] })
  })

  it('does not wait when waiting on duty costs more than the long way', () => {
    expect(plan({ travel: { exceptions }, van: { costPerSecond: 1 }, orders: [window('a', [[100, 600]])] })).toMatchObject({ routes: [{ stops: [{ leg: { option: 0 }, start: 340 }], departure: 300 }] })
    // a service before 200 s keeps the vehicle on the road from early on
    const early = [window('b', [[60, 60]]), { ...window('a', [[150, 700]]), id: 'p' }]
    expect(plan({ travel: { exceptions }, van: { costPerSecond: 1 }, orders: early }).unassigned).toEqual([])
  })

  it('pays for the night window only when the free one cannot be had', () => {
    const windows = [[200, 210], { from: 600, to: 800, cost: 25 }]
    expect(plan({ orders: [window('a', windows)] })).toMatchObject({ cost: 80, routes: [{ stops: [{ start: 200, window: 0 }] }] })
    expect(plan({ van: { shift: { earliest: 400, latest: 1000 } }, orders: [window('a', windows)] })).toMatchObject({ cost: 105, routes: [{ stops: [{ window: 1 }] }] })
  })

  it('sends the vehicle whose service is fast enough', () => {
    const orders = [window('a', [[40, 40]], { serviceSecondsByVehicle: { slow: 500 } }), { id: 'p', load: [1], delivery: { place: 'b', serviceSeconds: 10, windows: [[0, 80]] } }]
    const solved = plan({ van: { id: 'slow', count: 1, fixedCost: 1, serviceFactor: 1 }, more: [{ id: 'quick', capacity: [9], start: 'depot', fixedCost: 5, serviceFactor: 0.5, shift: { earliest: 0, latest: 1000 } }], orders })
    expect(solved.routes.map((route) => [route.vehicle, route.stops.length])).toEqual([['quick', 2]])
    expect(solved.routes[0]!.stops[0]).toMatchObject({ start: 40, departure: 45 })
  })

  it('lets one vehicle wait where there is one berth', () => {
    const orders = ['o', 'p'].map((id) => ({ id, load: [6], delivery: { place: 'a', serviceSeconds: 50, windows: [[100, 300]] } }))
    const free = plan({ orders })
    expect(free.routes.map((route) => route.stops[0]!.start)).toEqual([100, 100])
    const crowded = plan({ places: { a: { berths: [{ id: 'dock', count: 1, slotSeconds: 100 }] } }, orders })
    expect(crowded.routes.map((route) => route.stops[0]!.start).toSorted((x, y) => x - y)).toEqual([100, 200])
  })

  it('says that berths are taken when that is why an order stays', () => {
    const orders = ['o', 'p'].map((id) => ({ id, load: [6], delivery: { place: 'a', serviceSeconds: 50, windows: [[100, 140]] } }))
    const { unassigned } = plan({ places: { a: { berths: [{ id: 'dock', count: 1, slotSeconds: 100 }] } }, orders })
    expect(unassigned).toMatchObject([{ reason: 'slots-taken' }])
  })

  const electric = { batteryKwh: 100, kwhPerMetre: 1, chargeSecondsPerKwh: 1, recharge: 'partial', stations: ['station'] }

  it('charges when energy is cheap, as much as it needs, and no more than one vehicle a point', () => {
    const tariff = { chargers: { points: 1, slotSeconds: 60, pricePerKwh: [[0, 5], [400, 1]] } }
    const solved = plan({ places: { station: tariff }, van: { energy: electric }, orders: [window('b', [[0, 900]])] })
    // 120 m on a battery of 100 kWh: 20 kWh after 400 at a price of 1
    expect(solved).toMatchObject({ cost: 140, routes: [{ stops: expect.arrayContaining([expect.objectContaining({ kind: 'charge', energyKwh: 20 })]) }] })
    expect(solved.routes[0]!.stops.find((stop) => stop.kind === 'charge')!.start).toBeGreaterThanOrEqual(400)
    const rush = plan({ places: { station: { chargers: { points: 1, slotSeconds: 60 } } }, van: { energy: electric, capacity: [1], shift: { earliest: 0, latest: 250 } }, orders: ['o', 'p'].map((id) => ({ ...window('b', undefined), id })) })
    const slots = rush.routes.map((route) => Math.floor(route.stops.find((stop) => stop.kind === 'charge')!.start / 60))
    expect(new Set(slots).size).toBe(2)
  })

  it('takes a bent charging curve at its word', () => {
    const curve = { batteryKwh: 100, kwhPerMetre: 1, chargingCurve: [{ upToKwh: 60, secondsPerKwh: 1 }, { upToKwh: 100, secondsPerKwh: 5 }], recharge: 'full', stations: ['station'] }
    const { routes } = plan({ van: { energy: curve }, orders: [window('b', undefined)] })
    const charge = routes[0]!.stops.find((stop) => stop.kind === 'charge')!
    const missing = charge.energyKwh!
    expect(charge.departure - charge.start).toBeCloseTo(Math.max(0, missing - 40) + 5 * Math.min(40, missing), 6)
  })

  it('keeps ambient, chilled and frozen goods in their own compartments', () => {
    const loads = ['ambient', 'chilled', 'frozen']
    const order = (id: string, load: readonly number[]) => ({ id, load, delivery: { place: 'a' } })
    const orders = [order('dry', [9, 0, 0]), order('cold', [0, 4, 0]), order('ice', [0, 0, 2]), order('ice-2', [0, 0, 2])]
    const roomy = plan({ loads, van: { capacity: [9, 4, 4] }, orders })
    expect(roomy.routes).toHaveLength(1)
    const small = plan({ loads, van: { capacity: [9, 4, 3] }, orders })
    expect(small.routes).toHaveLength(2)
    // empty room in one compartment is of no use to goods of another
    expect(plan({ loads, van: { capacity: [20, 4, 1] }, orders }).unassigned.map((each) => [each.order, each.reason])).toEqual([['ice', 'load-too-large'], ['ice-2', 'load-too-large']])
  })

  it('obeys all of it in one problem: hours, prices, berths, a break, duty, two trips, a battery, frozen stops', () => {
    const orders = [
      { id: 'o', load: [5], delivery: { place: 'a', serviceSeconds: 20, windows: [[100, 400], { from: 500, to: 900, cost: 3 }] } },
      { id: 'p', load: [6], releaseAt: 120, delivery: { place: 'b', serviceSeconds: 20, windows: [[350, 800]] } },
    ]
    const solve = (routes?: object) => parts(orders, exceptions, electric, routes)
    const first = solve()
    expect(first.unassigned).toEqual([])
    expect(new Set(first.routes.flatMap((route) => route.stops.map((stop) => stop.kind)))).toEqual(new Set(['delivery', 'break', 'reload', 'charge']))
    const again = solve([{ vehicle: 'van', stops: first.routes[0]!.stops.flatMap((stop) => (stop.order ? [stop.order] : [])), frozenStops: 1 }])
    expect(again.unassigned).toEqual([])
  })
})

function parts(orders: readonly object[], exceptions: readonly object[], energy: object, routes?: object): Plan {
  const rows = [[0, 40, 60, 20], [40, 0, 20, 20], [60, 20, 0, 40], [20, 20, 40, 0]]
  const { problem, problems } = parseProblem({
    format: 'lvpei-planning/1',
    loads: ['pallets'],
    places: [{ id: 'depot' }, { id: 'a', berths: [{ id: 'dock', count: 1 }] }, { id: 'b' }, { id: 'station', chargers: { points: 1, pricePerKwh: [[0, 1], [300, 2]] } }],
    travel: [{ profile: 'truck', kind: 'timetable', distanceMetres: rows, durationSeconds: rows, exceptions }],
    vehicles: [{
      id: 'van', count: 1, capacity: [9], start: 'depot', costPerSecond: 0.1, serviceFactor: 1.5, energy, reload: { place: 'depot', durationSeconds: 15 },
      shift: { earliest: 0, latest: 1000, maxDurationSeconds: 900 }, breaks: [{ earliestStart: 200, latestStart: 330, durationSeconds: 30 }],
    }],
    orders,
    ...(routes ? { routes } : {}),
  })
  expect(problems).toEqual([])
  const solved = solveHere(problem!, { iterations: 300, seed: 1 })
  expect(checkPlan(problem!, solved).violations).toEqual([])
  return solved
}
