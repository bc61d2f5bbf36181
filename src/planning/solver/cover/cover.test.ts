import { beforeAll, describe, expect, it } from 'vitest'
import { parseProblem } from '../../model/index.ts'
import { lcg } from '../../random-problem.fixture.ts'
import { compile } from '../instance/compile.ts'
import { coverTasks, type CoverTask } from './cover.ts'
import { taskKind, type Instance } from '../instance/instance.ts'
import { loadMip, MipThread, solveModel, type MipSolver } from './mip.ts'
import { RoutePool, type PooledRoute } from './route-pool.ts'
import { Recombination } from './recombination.ts'
import { Regions } from './regions.ts'
import { Random } from '../random.ts'
import { Routes, type Packed } from '../routes.ts'

const orders = 12
let mip: MipSolver

beforeAll(async () => {
  const loaded = await loadMip()
  mip = { solve: (model) => solveModel(loaded, model) }
})

function city(more: object = {}, count = orders): Instance {
  const draw = lcg(7)
  const { problem } = parseProblem({
    format: 'lvpei-planning/1',
    loads: ['pallets'],
    places: Array.from({ length: count + 1 }, (_, at) => ({ id: `p${at}`, x: draw(1000), y: draw(1000) })),
    travel: [{ profile: 'plane', kind: 'euclidean', rounding: 'nearest' }],
    vehicles: [{ id: 'small', count: 4, capacity: [3], start: 'p0' }, { id: 'large', count: 2, capacity: [6], fixedCost: 400, start: 'p0' }],
    orders: Array.from({ length: count }, (_, at) => ({ id: `o${at + 1}`, load: [1], ...(at === 0 ? { penalty: 50 } : {}), delivery: { place: `p${at + 1}` } })),
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

/** Everything may change, and nothing is short of time. */
const whole = (pool: RoutePool, best: Packed, more: Partial<CoverTask> = {}): CoverTask => ({ present: pool.routesOf(best)!, kept: [], absent: [], pool: pool.list(), perVehicle: 0, mostVehicles: Infinity, limits: { most: 10_000 }, isCancelled: () => false, ...more })
const packedOf = (routes: readonly PooledRoute[]): Packed => Int32Array.from(routes.flatMap((each) => [each.kind, each.tasks.length, ...each.tasks]))
const moneyOf = (routes: readonly PooledRoute[]): number => routes.reduce((sum, each) => sum + each.cost, 0)

const penaltyOf = (instance: Instance, routes: Routes): number => instance.penalty.reduce((sum, penalty, task) => sum + (routes.routeOf[task]! < 0 ? penalty : 0), 0)

describe('set partitioning over the pool', () => {
  it('finds the cheapest plan the routes allow, within the fleet, leaving out what does not pay', () => {
    const instance = city()
    const { routes, pool, best } = pooled(instance, 40)
    routes.load(packedOf(coverTasks(mip, instance, whole(pool, best))!))
    expect(routes.cost + penaltyOf(instance, routes)).toBe(bruteForce(instance, pool.list()))
    routes.load(best)
    expect(bruteForce(instance, pool.list())).toBeLessThan(routes.cost + penaltyOf(instance, routes))
  })

  it('finds the same among the columns that their reduced costs promise, of more than it takes', () => {
    const instance = city()
    const { pool, best } = pooled(instance, 400)
    const all = coverTasks(mip, instance, whole(pool, best))!
    const few = coverTasks(mip, instance, whole(pool, best, { limits: { most: 150 } }))!
    expect(pool.size).toBeGreaterThan(300)
    expect(moneyOf(few)).toBe(moneyOf(all))
  })

  it('puts a part together anew with the vehicles that the other routes leave', () => {
    const instance = city()
    const { pool, best } = pooled(instance, 400)
    const present = pool.routesOf(best)!
    const [region, kept] = [present.slice(0, 3), present.slice(3)]
    const found = coverTasks(mip, instance, whole(pool, best, { present: region, kept }))!
    expect(found.flatMap((each) => [...each.tasks]).sort()).toEqual(region.flatMap((each) => [...each.tasks]).sort())
    expect(moneyOf(found)).toBeLessThan(moneyOf(region))
    for (const kind of [0, 1]) expect([...found, ...kept].filter((each) => each.kind === kind).length).toBeLessThanOrEqual(instance.fleet.count[kind]!)
  })

  it('brings an absent task in where that is cheaper than its penalty', () => {
    const instance = city()
    const { pool, best } = pooled(instance, 40)
    const present = pool.routesOf(best)!
    const absent = [...present[0]!.tasks]
    const found = coverTasks(mip, instance, whole(pool, best, { present: present.slice(1), absent }))!
    expect(found.flatMap((each) => [...each.tasks])).toEqual(expect.arrayContaining(absent.filter((task) => instance.isMandatory[task] === 1)))
  })

  it('brings both ends of an absent carried order in', () => {
    const instance = city({ orders: [{ id: 'o1', load: [1], pickup: { place: 'p1' }, delivery: { place: 'p2' } }, { id: 'o2', load: [1], delivery: { place: 'p3' } }] })
    const routes = new Routes(instance)
    const pool = new RoutePool(instance, routes)
    const pickup = instance.kind.indexOf(taskKind.carryPickup)
    const alone = instance.kind.indexOf(taskKind.delivery)
    routes.load(Int32Array.of(0, 2, pickup, instance.mate[pickup]!, 0, 1, alone))
    pool.collect(routes.cost)
    const found = coverTasks(mip, instance, whole(pool, Int32Array.of(0, 1, alone), { absent: [pickup] }))!
    expect(found.flatMap((each) => [...each.tasks]).sort()).toEqual([pickup, instance.mate[pickup]!, alone].sort())
  })

  it('prefers fewer vehicles when they are priced', () => {
    const instance = city()
    const { pool, best } = pooled(instance, 40)
    expect(coverTasks(mip, instance, whole(pool, best, { perVehicle: 1e5 }))).toHaveLength(3)
  })

  it('takes no more vehicles than it may, though more were cheaper', () => {
    const instance = city({ vehicles: [{ id: 'small', count: 4, capacity: [3], start: 'p0' }, { id: 'large', count: 2, capacity: [6], fixedCost: 5000, start: 'p0' }] })
    const { pool } = pooled(instance, 40)
    const ofThree = packedOf(coverTasks(mip, instance, whole(pool, new Int32Array(), { absent: Array.from({ length: orders }, (_, task) => task), mostVehicles: 3 }))!)
    expect(coverTasks(mip, instance, whole(pool, ofThree))).toHaveLength(4)
    expect(coverTasks(mip, instance, whole(pool, ofThree, { mostVehicles: 3 }))).toBeNull()
  })
})

describe('the thread of its own', () => {
  it('gives the same answer as in the calling thread, and is left behind on cancel', () => {
    const instance = city()
    const { pool, best } = pooled(instance, 40)
    const task = whole(pool, best)
    const thread = new MipThread()
    expect(coverTasks(thread, instance, task)).toEqual(coverTasks(mip, instance, task))
    expect(thread.ranSeconds).toBeGreaterThan(0)
    thread.end()
    const late = new MipThread()
    expect(coverTasks(late, instance, { ...task, isCancelled: () => true })).toBeNull()
    late.end()
  })
})

describe('regions', () => {
  const line = (count: number): Instance => city({ vehicles: [{ id: 'small', count, capacity: [1], start: 'p0' }] })
  const alone = (task: number): PooledRoute => ({ kind: 0, tasks: Int32Array.of(task), cost: 1, seenIn: 1 })

  it('are all routes of a small plan, and never the same twice', () => {
    const plan = Array.from({ length: orders }, (_, task) => alone(task))
    const regions = new Regions(line(orders), new Random(1, 0))
    expect(new Set(regions.draw(plan))).toEqual(new Set(plan))
    expect(regions.draw(plan)).toBeNull()
    const changed = [...plan.slice(1), alone(0)]
    expect(new Set(regions.draw(changed))).toEqual(new Set(changed))
  })
})

describe('a large plan', () => {
  const many = 300
  const fleet = { vehicles: [{ id: 'small', count: 70, capacity: [5], start: 'p0' }] }

  /** Plans in which random pairs of routes exchange stops at random: one is cheaper here, another there. */
  function gathered(seed: number): { routes: Routes; recombination: Recombination; best: { packed: Packed; cost: number } } {
    const instance = city(fleet, many)
    const routes = new Routes(instance)
    const recombination = new Recombination(instance, routes, { random: new Random(seed, 0), mip, budget: { iterations: 100_000 }, outside: { now: () => 0, isCancelled: () => false } })
    const draw = lcg(seed)
    let best = { packed: new Int32Array() as Packed, cost: Infinity }
    for (let plan = 0; plan < 200; plan++) {
      const order = Array.from({ length: many }, (_, task) => task)
      for (let pair = 0; pair < many; pair += 10) if (draw(2) < 1) order.splice(pair, 10, ...order.slice(pair, pair + 10).map((task) => ({ task, key: draw(1e6) })).sort((x, y) => x.key - y.key).map(({ task }) => task))
      routes.load(Int32Array.from(Array.from({ length: many / 5 }, (_, at) => [0, 5, ...order.slice(5 * at, 5 * at + 5)]).flat()))
      recombination.pool.collect(routes.cost)
      if (routes.cost < best.cost) best = { packed: routes.pack(), cost: routes.cost }
    }
    return { routes, recombination, best }
  }

  it('is put together anew part by part, every stop once, the same for the same seed', () => {
    const { routes, recombination, best } = gathered(5)
    const packed = recombination.cover({ packed: best.packed, objective: best.cost, vehicles: 60, absent: 0, unserved: 0 }, { share: 1, isVehiclesFirst: true })!
    routes.load(packed)
    expect(routes.cost).toBeLessThan(best.cost - 1)
    expect(routes.activeCount).toBeLessThanOrEqual(60)
    expect(Array.from({ length: many }, (_, task) => routes.routeOf[task]!).every((route) => route >= 0)).toBe(true)
    const again = gathered(5)
    expect(again.recombination.cover({ packed: again.best.packed, objective: again.best.cost, vehicles: 60, absent: 0, unserved: 0 }, { share: 1, isVehiclesFirst: true })).toEqual(packed)
  })

  it('is put together anew where there is more than one part, time for it, and nothing that routes share', () => {
    const instance = city(fleet, many)
    expect(Recombination.isFor(instance, { iterations: 1000 })).toBe(true)
    expect(Recombination.isFor(instance, { seconds: 60 })).toBe(true)
    expect(Recombination.isFor(instance, { seconds: 10 })).toBe(false)
    expect(Recombination.isFor(city(fleet, 100), { seconds: 60 })).toBe(false)
    expect(Recombination.isFor({ ...instance, schedule: {} as Instance['schedule'] }, { seconds: 60 })).toBe(false)
  })

  it('stays as it is when somebody cancels, or no share of the time is left', () => {
    const { recombination, best } = gathered(5)
    expect(recombination.cover({ packed: best.packed, objective: best.cost, vehicles: 60, absent: 0, unserved: 0 }, { share: 1, isVehiclesFirst: false })).not.toBeNull()
    const instance = city(fleet, many)
    const routes = new Routes(instance)
    routes.load(best.packed)
    for (const [budget, isCancelled] of [[{ iterations: 1000 }, true], [{ seconds: 0 }, false]] as const) {
      const idle = new Recombination(instance, routes, { random: new Random(1, 0), mip, budget, outside: { now: () => 0, isCancelled: () => isCancelled } })
      idle.pool.merge(recombination.pool.list())
      expect(idle.cover({ packed: best.packed, objective: best.cost, vehicles: 60, absent: 0, unserved: 0 }, { share: 1, isVehiclesFirst: false })).toBeNull()
    }
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
    expect(pool.routesOf(Int32Array.of(0, 3, 2, 0, 1))?.map(({ cost }) => cost)).toEqual([Math.min(...costs)])
    expect(pool.routesOf(Int32Array.of(0, 2, 0, 1))).toBeNull()
  })

  it('passes over routes that did not change when only changes are asked for', () => {
    const instance = city()
    const routes = new Routes(instance)
    const pool = new RoutePool(instance, routes)
    routes.load(Int32Array.of(0, 3, 0, 1, 2, 0, 3, 3, 4, 5))
    pool.collect(100)
    routes.remove(5)
    pool.collectChanged(50)
    expect(pool.list().map(({ tasks, seenIn }) => [[...tasks], seenIn])).toEqual([[[3, 4], 50], [[0, 1, 2], 100], [[3, 4, 5], 100]])
  })
})
