import type { Instance } from '../instance/instance.ts'
import { routesAround } from '../instance/routes-around.ts'
import { Random } from '../random.ts'
import { GeneticSearch } from './genetic-search.ts'
import { groundOf, routesOn, toursOf } from './ground.ts'

/** Tasks of a part at first; when a whole round of parts yields nothing they grow. */
const smallest = 80
const growth = 1.5
/** Random plans a part begins with beside its own, and children without success a task after which it is left. */
const firstPlans = 12
const patience = 3
/** Parts drawn before one is found that was not looked at as it stands. */
const draws = 30

/** A part of a plan: routes side by side. */
interface Part {
  readonly routes: readonly number[]
  readonly key: string
}

/**
 * A plan improved part by part: some routes that lie side by side are a small problem, which the genetic search solves nearly to its end, and
 * the plan takes what is better (POPMUSIC: Taillard & Voß 2002; for vehicle routing Queiroga, Sadykov & Uchoa 2021; parts by closeness:
 * Santini, Schneider, Vidal & Vigo 2023).
 */
export class Parts {
  /** children in all, each counted by the tasks of its part */
  work = 0
  cost = Infinity
  readonly #instance: Instance
  readonly #random: Random
  readonly #seed: number
  /** vehicles a part may use beyond its own */
  readonly #spare: number
  #routes: Int32Array[] = []
  readonly #routeOf: Int32Array
  /** number of each route, which changes when the route does */
  #numbers: number[] = []
  #lastNumber = 0
  readonly #looked = new Set<string>()
  #size = smallest
  #begun = 0

  constructor(instance: Instance, random: Random, { seed, spare }: { seed: number; spare: number }) {
    this.#instance = instance
    this.#random = random
    this.#seed = seed
    this.#spare = spare
    this.#routeOf = new Int32Array(instance.tasks)
  }

  get routes(): readonly Int32Array[] {
    return this.#routes
  }

  /** Goes on with another plan. Routes it shares with the present one keep their number, so what was looked at stays known. */
  setPlan(routes: readonly Int32Array[], cost: number): void {
    const known = new Map(this.#routes.map((each, at) => [each.join(), this.#numbers[at]!]))
    this.#routes = [...routes]
    this.#numbers = routes.map((each) => known.get(each.join()) ?? ++this.#lastNumber)
    this.cost = cost
    this.#index()
  }

  /** Improves one part while `goesOn`; true when the plan became cheaper. */
  step(goesOn: () => boolean): boolean {
    const part = this.#draw()
    const chosen = part.routes.map((at) => this.#routes[at]!)
    const { sequence: list, starts } = toursOf(chosen)
    const spare = Math.max(0, Math.min(this.#spare, this.#instance.fleet.count[0]! - this.#routes.length))
    const search = new GeneticSearch(groundOf(this.#instance, list, chosen.length + spare), new Random(this.#seed, ++this.#begun), firstPlans)
    search.seed({ sequence: list.map((_, at) => at), starts })
    const before = search.best!.cost
    let best = before
    let idle = 0
    while (idle < patience * list.length && goesOn()) {
      search.step()
      this.work += list.length
      idle++
      if (search.best!.cost >= best - 1e-7) continue
      best = search.best!.cost
      idle = 0
    }
    if (idle >= patience * list.length) this.#looked.add(part.key)
    if (best >= before - 1e-7) return false
    this.#replace(part, routesOn(search.best!.tours, list))
    this.cost += best - before
    return true
  }

  #replace(part: Part, routes: readonly Int32Array[]): void {
    const stays = this.#routes.map((_, at) => !part.routes.includes(at))
    this.#routes = [...this.#routes.filter((_, at) => stays[at]), ...routes]
    this.#numbers = [...this.#numbers.filter((_, at) => stays[at]), ...routes.map(() => ++this.#lastNumber)]
    this.#index()
  }

  /** Routes around a task drawn at random, not looked at before if there are such. */
  #draw(): Part {
    for (let draw = 0; ; draw++) {
      const part = this.#around(this.#random.below(this.#instance.tasks))
      if (!this.#looked.has(part.key)) return part
      if (draw < draws) continue
      this.#size = Math.min(this.#instance.tasks, this.#size * growth)
      return part
    }
  }

  #around(task: number): Part {
    const routes = routesAround(this.#instance, task, { routeOf: this.#routeOf, sizeOf: (route) => this.#routes[route]!.length, stops: this.#size, fewest: 2 })
    return { routes, key: routes.map((each) => this.#numbers[each]!).sort((a, b) => a - b).join() }
  }

  #index(): void {
    this.#routes.forEach((route, at) => {
      for (const task of route) this.#routeOf[task] = at
    })
  }
}
