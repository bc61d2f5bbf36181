import type { Best } from '../best.ts'
import type { Budget, Surroundings } from '../budget.ts'
import type { Instance } from '../instance/instance.ts'
import type { Packed, Routes } from '../routes.ts'
import { coverTasks } from './cover.ts'
import type { MipSolver } from './mip.ts'
import { RoutePool } from './route-pool.ts'

/** Iterations between two plans that are gathered on the way; small problems wait as many as they have tasks, at most this. */
const gathersEvery = 100
/** Routes a cover is looked for among, and the share of the budget that may take. */
const coverRoutes = 2500
const coverShare = 0.05
/** Branches of a search whose budget is iterations; the clock must not decide there. */
const coverNodes = 50

/** Routes of good plans, and plans put together from them. */
export class Recombination {
  readonly pool: RoutePool
  readonly #instance: Instance
  readonly #mip: MipSolver
  readonly #budget: Budget
  readonly #outside: Surroundings
  /** cheapest plan gathered in the present descent */
  #lowest = Infinity

  constructor(instance: Instance, routes: Routes, { mip, budget, outside }: { mip: MipSolver; budget: Budget; outside: Surroundings }) {
    this.#instance = instance
    this.#mip = mip
    this.#budget = budget
    this.#outside = outside
    this.pool = new RoutePool(instance, routes)
  }

  /** Keeps the routes of each new lowest plan of a descent, and of the plan it goes through now and then. */
  gather(cost: number, iteration: number): void {
    const isLowest = cost < this.#lowest - 1e-7
    if (isLowest) this.#lowest = cost
    if (isLowest || iteration % Math.min(this.#instance.tasks, gathersEvery) === 0) this.pool.collect(cost)
  }

  /** The cheapest plan among the routes of all good plans so far; null when none is cheaper than the best. Another descent begins after it. */
  cover(best: Best, isVehiclesFirst: boolean): Packed | null {
    const { seconds, iterations } = this.#budget
    this.#lowest = Infinity
    return coverTasks(this.#mip, this.#instance, {
      routes: this.pool.list(coverRoutes),
      best: best.packed,
      perVehicle: isVehiclesFirst ? (10 * best.objective) / Math.max(1, best.vehicles) : 0,
      limits: iterations === undefined ? { seconds: coverShare * (seconds ?? 1) } : { nodes: coverNodes },
      isCancelled: () => this.#outside.isCancelled(),
    })
  }
}
