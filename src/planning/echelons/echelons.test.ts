import { describe, expect, it } from 'vitest'
import { checkEchelons } from '../checker/index.ts'
import { lcg } from '../random-problem.fixture.ts'
import { randomTiers, randomTiersOfAnyShape } from '../random-tiers.fixture.ts'
import { compile } from '../solver/instance/compile.ts'
import { supplyProblem } from './compose.ts'
import { FirstEchelon } from './first-echelon.ts'
import { parseEchelons, searchEchelons, solveEchelons, type EchelonInput, type EchelonPlan, type EchelonProblem } from './index.ts'
import { TourSupply } from './tour-supply.ts'

function parsed(input: unknown): EchelonProblem {
  const { problem, problems } = parseEchelons(input)
  expect(problems).toEqual([])
  return problem!
}

const outside = { now: () => 0, isCancelled: () => false }
const planned = (problem: EchelonProblem, iterations = 3000): EchelonPlan => searchEchelons(problem, { budget: { iterations }, seed: 1, outside })

/** Customers around two centres, the depot between them. */
const small: EchelonInput = {
  format: 'lvpei-echelons/1',
  loads: ['pallets'],
  places: [{ id: 'depot', x: 0, y: 0 }, { id: 'west', x: -10, y: 0 }, { id: 'east', x: 10, y: 0 }, { id: 'a', x: -11, y: 0 }, { id: 'b', x: -12, y: 0 }, { id: 'c', x: 11, y: 0 }],
  travel: [{ profile: 'plane', kind: 'euclidean' }],
  vehicles: [{ id: 'truck', count: 3, capacity: [10], start: 'depot' }],
  tiers: [{ facilities: [{ place: 'west' }, { place: 'east' }], vehicles: [{ id: 'van', count: 4, capacity: [5] }] }],
  orders: ['a', 'b', 'c'].map((id) => ({ id, load: [2], delivery: { place: id } })),
}

describe('two echelons', () => {
  it('is the optimum a hand can check', () => {
    // trucks: to west and back 20, to east and back 20; or both on one tour of 40; vans: 2·2 in the west, 2·1 in the east
    const plan = planned(parsed(small))
    expect(plan.cost).toBeCloseTo(46, 9)
    expect(plan.facilities.map(({ place, load }) => [place, load[0]])).toEqual([['west', 4], ['east', 2]])
  })

  it('hundreds of addresses, whose ways stand in no table, are supplied all the same', () => {
    for (const more of [{ facilities: 3 }, { facilities: 12 }, { facilities: 3, rich: true }, { facilities: 2, stations: 5 }]) {
      const input = randomTiers(11, { customers: 320, ...more })
      const problem = parsed({ ...input, vehicles: input.vehicles.map((each) => ({ ...each, count: 60 })) })
      const plan = planned(problem, 200)
      expect(checkEchelons(problem, plan).violations).toEqual([])
      expect(plan.cost).toBeCloseTo(plan.levels.reduce((sum, level) => sum + level.plan.cost, 0) + plan.facilities.reduce((sum, each) => sum + each.cost, 0), 6)
      expect(plan.levels[0]!.plan.vehicles).toBeGreaterThan(0)
    }
  })

  it('what the facilities have no room for stays out, also when departures follow the arrivals', () => {
    for (const seed of [1, 3, 6, 8]) {
      const problem = parsed(randomTiers(seed, { customers: 60, rich: true, ...(seed % 3 === 0 ? { facilities: 2, stations: 4 } : {}) }))
      const plan = planned(problem, 200)
      expect([seed, checkEchelons(problem, plan).violations]).toEqual([seed, []])
      expect(plan.levels.at(-1)!.plan.routes.reduce((sum, route) => sum + route.stops.length, 0) + plan.levels.at(-1)!.plan.unassigned.length).toBe(60)
    }
  })

  it('tiers of any shape, often with too few trucks or too little room, pass the independent checker', () => {
    let left = 0
    for (let seed = 1; seed <= 20; seed++) {
      const problem = parsed(randomTiersOfAnyShape(seed))
      const plan = planned(problem, 60)
      expect([seed, checkEchelons(problem, plan).violations]).toEqual([seed, []])
      left += plan.levels.at(-1)!.plan.unassigned.length > 0 ? 1 : 0
    }
    // the draw must be tight to say anything, and not so tight that nothing is served
    expect(left).toBeGreaterThan(3)
    expect(left).toBeLessThan(17)
  })

  it('more trucks than facilities: all of them may go to one', () => {
    const orders = ['a', 'b'].map((id) => ({ id, load: [5], delivery: { place: id } }))
    for (const count of [5, undefined]) {
      const problem = parsed({ ...small, orders, tiers: [{ ...small.tiers[0]!, facilities: [{ place: 'west' }] }], vehicles: [{ id: 'truck', capacity: [2], start: 'depot', ...(count ? { count } : {}) }] })
      const plan = planned(problem)
      expect(checkEchelons(problem, plan).violations).toEqual([])
      expect([plan.levels[0]!.plan.vehicles, plan.levels[0]!.plan.unassigned]).toEqual([5, []])
    }
  })

  it('opening a facility must pay', () => {
    const problem = parsed({ ...small, tiers: [{ ...small.tiers[0]!, facilities: [{ place: 'west' }, { place: 'east', openingCost: 1000 }] }] })
    const plan = planned(problem)
    expect(checkEchelons(problem, plan).violations).toEqual([])
    expect(plan.facilities[1]).toMatchObject({ place: 'east', load: [0], cost: 0 })
  })

  it('a facility that needs more than a truck is supplied by two', () => {
    const problem = parsed({ ...small, orders: small.orders.slice(0, 2).map((order) => ({ ...order, load: [5] })), vehicles: [{ ...small.vehicles[0]!, capacity: [6] }] })
    const plan = planned(problem)
    expect(checkEchelons(problem, plan).violations).toEqual([])
    expect(plan.levels[0]!.shipments.map((each) => [each.facility, each.load[0]])).toEqual([['west', 6], ['west', 4]])
  })

  it.each([1, 2, 3, 4, 5, 6])('random city %i passes the independent checker and serves everybody', (seed) => {
    const problem = parsed(randomTiers(seed))
    const plan = planned(problem)
    expect(checkEchelons(problem, plan).violations).toEqual([])
    expect(plan.levels.flatMap((level) => level.plan.unassigned)).toEqual([])
  })

  it('the same seed gives the same plan', () => expect(planned(parsed(randomTiers(7)), 800)).toEqual(planned(parsed(randomTiers(7)), 800)))

  it('in a thread, with progress and cancel', async () => {
    const problem = parsed(randomTiers(8, { customers: 60 }))
    const solving = solveEchelons(problem, { seconds: 600 })
    while (solving.progress().iterations < 100) await new Promise((resolve) => setTimeout(resolve, 5))
    solving.cancel()
    const plan = await solving.plan
    expect(plan.levels[1]!.plan.unassigned).toEqual([])
    expect(checkEchelons(problem, plan).violations).toEqual([])
  })

  it('cancelled at once, before there is a plan, it leaves everything out and says so', async () => {
    for (const [seed, more] of [[8, {}], [9, { rich: true }], [10, { facilities: 2, stations: 4 }]] as const) {
      const problem = parsed(randomTiers(seed, { customers: 60, ...more }))
      const solving = solveEchelons(problem, { seconds: 600 })
      solving.cancel()
      const plan = await solving.plan
      expect(checkEchelons(problem, plan).violations).toEqual([])
      expect(plan.levels.at(-1)!.plan.unassigned.map((each) => each.reason)).toEqual(problem.orders.map(() => 'cancelled'))
    }
  })

  it('cancelled while the last tier is begun, orders not tried yet are not given another reason', () => {
    const problem = parsed(randomTiers(8, { customers: 60 }))
    let asked = 0
    const plan = searchEchelons(problem, { budget: { iterations: 100 }, seed: 1, outside: { now: () => 0, isCancelled: () => ++asked > 7 } })
    expect(checkEchelons(problem, plan).violations).toEqual([])
    const { routes, unassigned } = plan.levels.at(-1)!.plan
    expect(routes.length).toBeGreaterThan(0)
    expect(unassigned.length).toBeGreaterThan(0)
    expect(unassigned.every((each) => each.reason === 'cancelled')).toBe(true)
  })

  it('orders whose goods nobody can bring stay out and are told so', () => {
    // the truck is back from the west at 20 at the earliest
    const problem = parsed({ ...small, vehicles: [{ ...small.vehicles[0]!, shift: { earliest: 0, latest: 15 } }], tiers: [{ ...small.tiers[0]!, facilities: [{ place: 'west' }] }] })
    const plan = planned(problem, 100)
    expect(checkEchelons(problem, plan).violations).toEqual([])
    expect(plan.levels[0]!.plan.unassigned.map((each) => each.reason)).toEqual(['unreachable-in-time'])
    expect(plan.levels[1]!.plan.unassigned.map((each) => [each.order, each.reason])).toEqual(['a', 'b', 'c'].map((order) => [order, 'goods-not-brought']))
  })
})

describe('synchronised tiers', () => {
  it.each([11, 12, 13, 14, 15, 16])('rich random city %i: no vehicle leaves before its goods', (seed) => {
    const problem = parsed(randomTiers(seed, { rich: true }))
    const plan = planned(problem)
    expect(checkEchelons(problem, plan).violations).toEqual([])
    expect(plan.levels[1]!.plan.unassigned.length).toBeLessThan(problem.orders.length / 2)
  })

  it('the checker sees a vehicle that leaves too early', () => {
    const problem = parsed({ ...randomTiers(11), isSynchronised: true })
    const plan = planned(problem)
    expect(checkEchelons(problem, plan).violations).toEqual([])
    const early: EchelonPlan = { ...plan, levels: plan.levels.map((level, at) => (at === 0 ? level : { ...level, plan: { ...level.plan, routes: level.plan.routes.map((route) => ({ ...route, departure: 0 })) } })) }
    expect(checkEchelons(problem, early).violations.map((each) => each.code)).toContain('goods-not-there')
  })
})

describe('three tiers', () => {
  it.each([21, 22, 23])('random city %i: hub, centres, stations, customers', (seed) => {
    const problem = parsed(randomTiers(seed, { stations: 6 }))
    const plan = planned(problem)
    expect(plan.levels.length).toBe(3)
    expect(checkEchelons(problem, plan).violations).toEqual([])
    expect(plan.levels.flatMap((level) => level.plan.unassigned)).toEqual([])
  })
})

describe('the checker of levels', () => {
  const problem = parsed(randomTiers(3))
  const plan = planned(problem)
  const codes = (changed: EchelonPlan): string[] => checkEchelons(problem, changed).violations.map((each) => each.code)

  it('sees goods that were never brought, wrong money and wrong loads', () => {
    const [supply, last] = plan.levels as [EchelonPlan['levels'][number], EchelonPlan['levels'][number]]
    expect(codes({ ...plan, levels: [{ ...supply, shipments: supply.shipments.map((each) => ({ ...each, load: each.load.map((amount) => amount / 2) })) }, last] })).toContain('goods-not-there')
    expect(codes({ ...plan, cost: plan.cost + 1 })).toEqual(['cost-wrong'])
    expect(codes({ ...plan, facilities: plan.facilities.map((each) => ({ ...each, load: [0, 0] })) })).toContain('facility-wrong')
    expect(codes({ ...plan, levels: [supply] })).toContain('levels-wrong')
  })
})

describe('supply of facilities', () => {
  function supply(points: [number, number][], room: number, trucks: number): [FirstEchelon, TourSupply] {
    const { problem } = parseEchelons({
      ...small, places: [{ id: 'depot', x: 0, y: 0 }, ...points.map(([x, y], at) => ({ id: `f${at}`, x, y }))], orders: [],
      vehicles: [{ id: 'truck', count: trucks, capacity: [room], start: 'depot' }],
      tiers: [{ ...small.tiers[0]!, facilities: points.map((_, at) => ({ place: `f${at}` })) }],
    })
    const instance = compile(supplyProblem(problem!, problem!.vehicles, points.map((_, at) => ({ id: `f${at}`, facility: `f${at}`, load: [0] }))))
    return [new FirstEchelon(instance, trucks), new TourSupply(instance, trucks)]
  }

  it('splits a load when that saves a truck', () => {
    // three facilities close together with 6 each and trucks for 9: two trucks suffice only when one facility is shared
    const [exact] = supply([[10, 0], [10, 1], [10, 2]], 9, 3)
    const loads = Float64Array.of(6, 6, 6)
    const trucks = exact.trucks(loads)
    expect(trucks.length).toBe(2)
    expect(exact.cost(loads)).toBeLessThan(43)
    for (const facility of [0, 1, 2]) expect(trucks.flatMap((truck) => truck.visits).filter((visit) => visit.facility === facility).reduce((sum, visit) => sum + visit.share, 0)).toBeCloseTo(1, 9)
    for (const truck of trucks) expect(truck.visits.reduce((sum, visit) => sum + visit.share * 6, 0)).toBeLessThan(9 + 1e-9)
  })

  it('never asks for more than there is, and is never dearer than the rough way', () => {
    const draw = lcg(5)
    for (let trial = 0; trial < 30; trial++) {
      const points = Array.from({ length: 2 + draw(6) }, (): [number, number] => [draw(50), draw(50)])
      const [exact, rough] = supply(points, 20, 40)
      const loads = Float64Array.from(points, () => draw(45))
      expect(exact.atLeast(loads)).toBeLessThanOrEqual(exact.cost(loads) + 1e-9)
      expect(exact.cost(loads)).toBeLessThanOrEqual(rough.cost(loads) * 1.25 + 1e-9)
      for (const each of [exact, rough]) for (const truck of each.trucks(loads)) expect(truck.visits.reduce((sum, visit) => sum + visit.share * loads[visit.facility]!, 0)).toBeLessThanOrEqual(20 + 1e-6)
    }
    expect(supply([[1, 1], [2, 2]], 10, 1)[0].cost(Float64Array.of(6, 6))).toBe(Infinity)
  })
})

describe('bad problems of several tiers', () => {
  const codes = (more: object): string[] => parseEchelons({ ...small, ...more }).problems.map((each) => each.code)

  it('each is a problem with a code', () => {
    expect(codes({ tiers: [] })).toEqual(['plan-field-invalid'])
    expect(codes({ tiers: [{ facilities: [{ place: 'nowhere' }], vehicles: [{ id: 'van', capacity: [1] }] }] })).toContain('plan-reference-unknown')
    expect(codes({ tiers: [{ facilities: [{ place: 'west' }, { place: 'west' }], vehicles: [{ id: 'van', capacity: [1] }] }] })).toContain('identifier-duplicate')
    expect(codes({ tiers: [{ facilities: [{ place: 'west', capacity: [1, 2] }], vehicles: [{ id: 'van', capacity: [1] }] }] })).toContain('load-size-wrong')
    expect(codes({ orders: [{ id: 'a', load: [-1], delivery: { place: 'a' } }] })).toEqual(['plan-field-invalid'])
    expect(codes({ orders: [{ id: 'a', load: [1], pickup: { place: 'a' } }] })).toContain('feature-unsupported')
    expect(codes({ surprise: 1 })).toEqual(['feature-unsupported'])
    expect(parseEchelons(undefined).problems.map((each) => each.code)).toEqual(['plan-field-invalid'])
  })
})
