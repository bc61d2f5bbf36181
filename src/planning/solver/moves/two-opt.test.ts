import { describe, expect, it } from 'vitest'
import { parseProblem } from '../../model/index.ts'
import { lcg } from '../../random-problem.fixture.ts'
import { compile } from '../instance/compile.ts'
import { Random } from '../random.ts'
import { Routes } from '../routes.ts'
import { Tails } from './tails.ts'
import { TwoOpt } from './two-opt.ts'

const orders = 120
const room = 40

function plainInstance(seed: number, isTimed = false) {
  const draw = lcg(seed)
  const van = { capacity: [room], fixedCost: 10, maxStops: 30 }
  const shift = { earliest: 0, latest: 4000, maxDurationSeconds: 3500 }
  const { problem } = parseProblem({
    format: 'lvpei-planning/1',
    loads: ['pallets'],
    places: Array.from({ length: orders + 1 }, (_, at) => ({ id: `p${at}`, x: draw(1000), y: draw(1000) })),
    travel: [{ profile: 'plane', kind: 'euclidean', metresPerSecond: 8 }],
    vehicles: isTimed ? [{ ...van, id: 'east', start: 'p0', shift }, { ...van, id: 'west', start: 'p1', shift }] : [{ ...van, id: 'van', start: 'p0' }],
    orders: Array.from({ length: orders }, (_, at) => {
      const from = draw(2000)
      return { id: `o${at + 1}`, load: [1 + draw(3)], delivery: { place: `p${at + 1}`, ...(isTimed ? { serviceSeconds: 20, windows: [[from, from + 1500] as [number, number]] } : {}) } }
    }),
  })
  return compile(problem!)
}

/** Loads, sizes and arcs of the routes from scratch; every task once. */
function recounted(routes: Routes) {
  const { instance } = routes
  const rows = Array.from(routes.active.subarray(0, routes.activeCount), (route) => {
    const stops: number[] = []
    for (let node = routes.next[routes.startOf(route)]!; routes.next[node]! >= 0; node = routes.next[node]!) {
      expect(routes.prev[routes.next[node]!]).toBe(node)
      expect(routes.routeOf[node]).toBe(route)
      stops.push(node)
    }
    const load = stops.reduce((sum, task) => sum + instance.amount[task]!, 0)
    expect(routes.size[route]).toBe(stops.length)
    expect(routes.deliveries[route]).toBeCloseTo(load, 6)
    expect(load).toBeLessThanOrEqual(room)
    expect(stops.length).toBeGreaterThan(0)
    expect(stops.length).toBeLessThanOrEqual(30)
    return stops
  })
  expect(rows.flat().toSorted((a, b) => a - b)).toEqual(Array.from({ length: orders }, (_, at) => at))
  return { cost: routes.cost, again: routes.recount() }
}

describe('exchanged links and tails', () => {
  it.each([1, 2, 3])('keep every stop, every load and the cost, with worse plans let through as well (problem %i)', (seed) => {
    const instance = plainInstance(seed)
    const routes = new Routes(instance)
    for (let task = 0; task < orders; task++) routes.insert(task, routes.startOf(routes.openRoute(0)))
    routes.commit()
    const random = new Random(seed)
    const twoOpt = TwoOpt.when(instance, routes, random)!
    const tails = Tails.when(instance, routes, random, 100)!
    const [began, changed] = [routes.cost, [0, 0]]
    for (let round = 0; round < 4000; round++) {
      // the last thousand only downhill
      const limit = round < 3000 && round % 3 === 0 ? 60 : -1e-9
      if (twoOpt.step(limit)) changed[0]!++
      routes.commit()
      if (tails.step(limit, true)) changed[1]!++
      routes.commit()
      if (round % 40 > 0) continue
      const { cost, again } = recounted(routes)
      expect(cost).toBeCloseTo(again, 4)
    }
    expect(Math.min(...changed)).toBeGreaterThan(100)
    expect(routes.cost).toBeLessThan(began / 2)
  })

  it.each([4, 5])('keep time, depots and cost as well where vehicles of two depots have windows (problem %i)', (seed) => {
    const instance = plainInstance(seed, true)
    const routes = new Routes(instance)
    for (let task = 0; task < orders; task++) {
      const route = routes.openRoute(task % 2)
      routes.insert(task, routes.startOf(route))
      routes.refresh(route)
    }
    routes.commit()
    const tails = Tails.when(instance, routes, new Random(seed), 100)!
    let across = 0
    for (let round = 0; round < 6000; round++) {
      const depots = routes.usedOfKind.join()
      if (tails.step(round < 4000 && round % 3 === 0 ? 60 : -1e-9, true) && routes.usedOfKind.join() !== depots) across++
      routes.commit()
      if (round % 40 > 0) continue
      const { cost, again } = recounted(routes)
      expect(cost).toBeCloseTo(again, 4)
      for (const route of routes.active.subarray(0, routes.activeCount)) {
        const { duration } = routes
        const before = duration[route]!
        routes.refresh(route)
        expect(routes.isDrivable(route)).toBe(true)
        expect(duration[route]).toBeCloseTo(before, 6)
      }
    }
    expect(across).toBeGreaterThan(20)
  })
})
