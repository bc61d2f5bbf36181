import { expect } from 'vitest'
import { parseProblem } from '../../model/index.ts'
import { lcg } from '../../random-problem.fixture.ts'
import { compile } from '../instance/compile.ts'
import type { Instance } from '../instance/instance.ts'
import { Routes } from '../routes.ts'

export const orders = 120
const room = 40

/** A hundred and twenty orders in the plane; `isTimed`: with windows, duty limits and vehicles of two depots. */
export function plainInstance(seed: number, isTimed = false) {
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

/** The same number of orders close together, ways rounded to whole metres: not even the plane's obey the triangle inequality then. */
export function roundedInstance(seed: number): Instance {
  const draw = lcg(seed)
  const { problem } = parseProblem({
    format: 'lvpei-planning/1',
    loads: ['pallets'],
    places: Array.from({ length: orders + 1 }, (_, at) => ({ id: `p${at}`, x: draw(8), y: draw(8) })),
    travel: [{ profile: 'plane', kind: 'euclidean', rounding: 'nearest' }],
    vehicles: [{ id: 'van', start: 'p0', capacity: [room], maxStops: 30, shift: { earliest: 0, latest: 150 } }],
    orders: Array.from({ length: orders }, (_, at) => {
      const from = 20 + draw(80)
      return { id: `o${at + 1}`, load: [1 + draw(3)], delivery: { place: `p${at + 1}`, windows: [[from, from + 4] as [number, number]] } }
    }),
  })
  return compile(problem!)
}

/** Loads, sizes and arcs of the routes from scratch; every task once. */
export function recounted(routes: Routes) {
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

/** Every route in time, with the duty it is kept with. */
export function expectDrivable(routes: Routes): void {
  for (const route of routes.active.subarray(0, routes.activeCount)) {
    const before = routes.duration[route]!
    routes.refresh(route)
    expect(routes.isDrivable(route)).toBe(true)
    expect(routes.duration[route]).toBeCloseTo(before, 6)
  }
}

/** A plan with a route for each order, vehicles of the two kinds in turns when there are two. */
export function oneRouteEach(instance: Instance): Routes {
  const routes = new Routes(instance)
  for (let task = 0; task < orders; task++) {
    const route = routes.openRoute(task % instance.fleet.kinds)
    routes.insert(task, routes.startOf(route))
    routes.refresh(route)
  }
  routes.commit()
  return routes
}
