import type { Best } from '../best.ts'
import type { Budget, Surroundings } from '../budget.ts'
import { taskKind, type Instance } from '../instance/instance.ts'
import type { Random } from '../random.ts'
import type { Packed, Routes } from '../routes.ts'
import { coverTasks } from './cover.ts'
import type { MipSolver } from './mip.ts'
import { regionStops, Regions } from './regions.ts'
import { RoutePool, type PooledRoute } from './route-pool.ts'

/** Iterations between two plans that are gathered whole on the way. */
const gathersEvery = 100
/** Iterations between two looks for routes that changed. */
const looksEvery = 2
/** Share of the budget for covering, and for a single region. */
export const coverShare = 0.08
const regionShare = 0.01
/** In less time annealing finds as much: starting HiGHS alone takes some tenths of a second, and keeping routes a part of each iteration. */
const fewestSeconds = 20
/** Columns that a search for whole numbers takes. */
const coverColumns = 800
/** Where the budget is iterations the clock must not decide: branches of a search for whole numbers, and iterations that a region counts as. */
const coverNodes = 50
const iterationsPerRegion = 10_000

/** Routes of good plans, and plans put together from them. */
export class Recombination {
  readonly pool: RoutePool
  readonly #instance: Instance
  readonly #random: Random
  readonly #mip: MipSolver
  readonly #budget: Budget
  readonly #outside: Surroundings
  /** cheapest plan gathered in the present descent */
  #lowest = Infinity

  constructor(instance: Instance, routes: Routes, { random, mip, budget, outside }: { random: Random; mip: MipSolver; budget: Budget; outside: Surroundings }) {
    this.#instance = instance
    this.#random = random
    this.#mip = mip
    this.#budget = budget
    this.#outside = outside
    this.pool = new RoutePool(instance, routes)
  }

  /** For more than one region, where there is time for it, and where routes do not share berths or chargers: those cannot be put together at will. */
  static isFor({ tasks, schedule }: Instance, { seconds, iterations }: Budget): boolean {
    return tasks > regionStops && schedule === null && (iterations !== undefined || (seconds ?? 1) >= fewestSeconds)
  }

  /** What was the lowest plan of one descent says nothing about the next. */
  beginDescent(): void {
    this.#lowest = Infinity
  }

  /** Keeps the routes of each new lowest plan of a descent, of the plan it goes through now and then, and in between those that changed. */
  gather(cost: number, iteration: number): void {
    const isLowest = cost < this.#lowest - 1e-7
    if (isLowest) this.#lowest = cost
    if (isLowest || iteration % gathersEvery === 0) this.pool.collect(cost)
    else if (iteration % looksEvery === 0) this.pool.collectChanged(cost)
  }

  /**
   * The cheapest plan that was found by covering one part of the city after the other with routes of the pool; null when none is cheaper than the
   * best, whose routes the pool must have. `share` of the budget may be used.
   */
  cover(best: Best, { share, isVehiclesFirst }: { share: number; isVehiclesFirst: boolean }): Packed | null {
    const { seconds, iterations } = this.#budget
    const ends = iterations === undefined ? this.#outside.now() + share * (seconds ?? 1) : Infinity
    const pool = this.pool.list()
    let plan: readonly PooledRoute[] | null = this.pool.routesOf(best.packed)
    if (!plan) return null
    const regions = new Regions(this.#instance, this.#random)
    const most = iterations === undefined ? Infinity : Math.ceil((share * iterations) / iterationsPerRegion)
    let isBetter = false
    for (let tried = 0; tried < most && !this.#outside.isCancelled(); tried++) {
      const left = ends - this.#outside.now()
      const region = left > 0 ? regions.draw(plan) : null
      if (!region) break
      const isChosen = new Set(region)
      const kept: readonly PooledRoute[] = plan.filter((each) => !isChosen.has(each))
      const found = coverTasks(this.#mip, this.#instance, {
        present: region,
        kept,
        absent: listAbsent(this.#instance, plan),
        pool,
        perVehicle: 0,
        mostVehicles: isVehiclesFirst ? region.length : Infinity,
        limits: { most: coverColumns, ...(iterations === undefined ? { seconds: Math.min(left, regionShare * (seconds ?? 1)) } : { nodes: coverNodes }) },
        isCancelled: () => this.#outside.isCancelled(),
      })
      if (!found) continue
      isBetter = true
      plan = [...kept, ...found]
    }
    return isBetter ? pack(plan) : null
  }
}

function listAbsent(instance: Instance, plan: readonly PooledRoute[]): number[] {
  const isPlaced = new Uint8Array(instance.tasks)
  for (const each of plan) for (const task of each.tasks) isPlaced[task] = 1
  return Array.from(isPlaced.keys()).filter((task) => isPlaced[task] === 0 && instance.kind[task] !== taskKind.carryDelivery)
}

const pack = (routes: readonly PooledRoute[]): Packed => Int32Array.from(routes.flatMap((each) => [each.kind, each.tasks.length, ...each.tasks]))
