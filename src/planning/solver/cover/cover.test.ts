import { beforeAll, describe, expect, it } from 'vitest'
import { parseProblem } from '../../model/index.ts'
import { lcg } from '../../random-problem.fixture.ts'
import { compile } from '../instance/compile.ts'
import { coverTasks } from './cover.ts'
import type { Instance } from '../instance/instance.ts'
import { loadMip, MipThread, solveModel, type MipSolver } from './mip.ts'
import { RoutePool, type PooledRoute } from './route-pool.ts'
import { Routes, type Packed } from '../routes.ts'

const orders = 12
let mip: MipSolver

beforeAll(async () => {
  const loaded = await loadMip()
  mip = { solve: (model) => solveModel(loaded, model) }
})

function city(more: object = {}): Instance {
  const draw = lcg(7)
  const { problem } = parseProblem({
    format: 'lvpei-planning/1',
    loads: ['pallets'],
    places: Array.from({ length: orders + 1 }, (_, at) => ({ id: `p${at}`, x: draw(1000), y: draw(1000) })),
    travel: [{ profile: 'plane', kind: 'euclidean', rounding: 'nearest' }],
    vehicles: [{ id: 'small', count: 4, capacity: [3], start: 'p0' }, { id: 'large', count: 2, capacity: [6], fixedCost: 400, start: 'p0' }],
    orders: Array.from({ length: orders }, (_, at) => ({ id: `o${at + 1}`, load: [1], ...(at === 0 ? { penalty: 50 } : {}), delivery: { place: `p${at + 1}` } })),
    ...more,
  })
  return compile(problem!)
}

/** Plans that cut random orders of the tasks into routes of three, or of six, as many as there are vehicles. */
function pooled(instance: Instance, plans: number): { routes: Routes; pool: RoutePool; best: Packed } {
  const routes = new Routes(instance)
  const pool = new RoutePool(instance, routes)
  const draw = lcg(3)
  let best: Packed = new Int32Array()
  let lowest = Infinity
  for (let plan = 0; plan < plans; plan++) {
    const tasks = Array.from({ length: orders }, (_, task) => task).sort(() => draw(2) - 0.5)
    const sizes = plan % 2 ? [3, 3, 3, 3] : [3, 6, 3]
    routes.load(Int32Array.from(sizes.flatMap((size) => [size === 6 ? 1 : 0, size, ...tasks.splice(0, size)])))
    pool.collect(routes.cost)
    if (routes.cost >= lowest) continue
    lowest = routes.cost
    best = routes.pack()
  }
  return { routes, pool, best }
}

/** Cheapest exact cover by trying every route for the first task not covered yet. */
function bruteForce(instance: Instance, routes: readonly PooledRoute[]): number {
  let best = Infinity
  const used = [0, 0]
  const covered = new Uint8Array(orders)
  const go = (cost: number) => {
    if (cost >= best) return
    const next = covered.indexOf(0)
    if (next < 0) {
      best = cost
      return
    }
    for (const route of routes) {
      if (!route.tasks.includes(next) || route.tasks.some((task) => covered[task] === 1) || used[route.kind]! >= instance.fleet.count[route.kind]!) continue
      for (const task of route.tasks) covered[task] = 1
      used[route.kind]!++
      go(cost + route.cost)
      used[route.kind]!--
      for (const task of route.tasks) covered[task] = 0
    }
    if (instance.isMandatory[next] === 1) return
    covered[next] = 1
    go(cost + instance.penalty[next]!)
    covered[next] = 0
  }
  go(0)
  return best
}

const penaltyOf = (instance: Instance, routes: Routes): number => instance.penalty.reduce((sum, penalty, task) => sum + (routes.routeOf[task]! < 0 ? penalty : 0), 0)

describe('set partitioning over the pool', () => {
  it('finds the cheapest plan the routes allow, within the fleet, leaving out what does not pay', () => {
    const instance = city()
    const { routes, pool, best } = pooled(instance, 40)
    const list = pool.list(1000)
    const packed = coverTasks(mip, instance, { routes: list, best, perVehicle: 0, limits: {}, isCancelled: () => false })!
    routes.load(packed)
    expect(routes.cost + penaltyOf(instance, routes)).toBe(bruteForce(instance, list))
    routes.load(best)
    expect(bruteForce(instance, list)).toBeLessThan(routes.cost + penaltyOf(instance, routes))
  })

  it('prefers fewer vehicles when they are priced', () => {
    const instance = city()
    const { routes, pool, best } = pooled(instance, 40)
    routes.load(coverTasks(mip, instance, { routes: pool.list(1000), best, perVehicle: 1e5, limits: {}, isCancelled: () => false })!)
    expect(routes.activeCount).toBe(3)
  })
})

describe('the thread of its own', () => {
  it('gives the same answer as in the calling thread, and is left behind on cancel', () => {
    const instance = city()
    const { pool, best } = pooled(instance, 40)
    const task = { routes: pool.list(1000), best, perVehicle: 0, limits: {}, isCancelled: () => false }
    const thread = new MipThread()
    expect(coverTasks(thread, instance, task)).toEqual(coverTasks(mip, instance, task))
    expect(thread.ranSeconds).toBeGreaterThan(0)
    thread.end()
    const late = new MipThread()
    expect(coverTasks(late, instance, { ...task, isCancelled: () => true })).toBeNull()
    late.end()
  })
})

describe('the route pool', () => {
  it('keeps each set of tasks and kind once, in its cheapest sequence', () => {
    const instance = city()
    const routes = new Routes(instance)
    const pool = new RoutePool(instance, routes)
    const costs = [[0, 1, 2], [1, 0, 2], [2, 1, 0]].map((tasks) => {
      routes.load(Int32Array.of(0, 3, ...tasks))
      pool.collect(routes.cost)
      return routes.cost
    })
    routes.load(Int32Array.of(1, 3, 0, 1, 2))
    pool.collect(routes.cost)
    expect(pool.list(10).map(({ kind, cost }) => [kind, cost])).toEqual([[0, Math.min(...costs)], [1, routes.cost]].sort((a, b) => a[1]! - b[1]!))
  })
})
