import type { Instance } from '../instance/instance.ts'
import { routesAround } from '../instance/routes-around.ts'
import type { Random } from '../random.ts'
import type { PooledRoute } from './route-pool.ts'

/** Stops of a small region: the relaxed problem of so many is solved in a tenth of a second, and few of its columns are worth a branch. */
export const regionStops = 130
/** Stops of a region, in turns. */
const sizes = [regionStops, 190] as const
const fewestRoutes = 4
/** Regions drawn before one is found that was not looked at as it stands. */
const draws = 30

/** Parts of a plan to be put together anew: routes that lie side by side. */
export class Regions {
  readonly #instance: Instance
  readonly #random: Random
  readonly #numbers = new Map<PooledRoute, number>()
  readonly #looked = new Set<string>()
  readonly #routeOf: Int32Array
  #turn = 0

  constructor(instance: Instance, random: Random) {
    this.#instance = instance
    this.#random = random
    this.#routeOf = new Int32Array(instance.tasks)
  }

  /** Routes around a random task that were not drawn together before; null when none are found any more. */
  draw(plan: readonly PooledRoute[]): PooledRoute[] | null {
    this.#routeOf.fill(-1)
    plan.forEach(({ tasks }, at) => {
      for (const task of tasks) this.#routeOf[task] = at
    })
    const size = sizes[this.#turn++ % sizes.length]!
    for (let draw = 0; draw < draws; draw++) {
      const region = this.#around(this.#random.below(this.#instance.tasks), plan, size)
      const key = region.map((each) => this.#numberOf(each)).sort((a, b) => a - b).join()
      if (region.length === 0 || this.#looked.has(key)) continue
      this.#looked.add(key)
      return region
    }
    return null
  }

  #numberOf(route: PooledRoute): number {
    const known = this.#numbers.get(route)
    if (known !== undefined) return known
    this.#numbers.set(route, this.#numbers.size)
    return this.#numbers.size - 1
  }

  #around(task: number, plan: readonly PooledRoute[], stops: number): PooledRoute[] {
    if (plan.length <= fewestRoutes) return [...plan]
    return routesAround(this.#instance, task, { routeOf: this.#routeOf, sizeOf: (route) => plan[route]!.tasks.length, stops, fewest: fewestRoutes }).map((route) => plan[route]!)
  }
}
