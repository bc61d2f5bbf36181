import { coverTasks } from '../cover/cover.ts'
import type { MipSolver } from '../cover/mip.ts'
import { RoutePool, type PooledRoute } from '../cover/route-pool.ts'
import { arcAt, type Instance } from '../instance/instance.ts'
import { Random } from '../random.ts'
import { isBetter, type Best } from '../best.ts'
import type { Budget, Progress, Surroundings } from '../budget.ts'
import { Search } from '../search.ts'
import { GeneticSearch } from './genetic-search.ts'
import { groundOf, isGround, packRoutes, routesOf, routesOn, toursOf } from './ground.ts'
import { Parts } from './parts.ts'
import { shareOfDescent, shareOfParts } from './shares.ts'

/** Fewer tasks than this need no population. */
const fewestTasks = 10
/** Plans of the descent that join the population, the first from this depth on; and random ones beside them. */
const descentPlans = 8
const descentDepth = 0.6
const firstPlans = 60
/** Share of the budget after which all good routes are put together anew, the number of routes, and what limits the search for a cover. */
const coversAt = 0.94
const coverRoutes = 2500
const coverShare = 0.05
const coverNodes = 50
/** Iterations between two looks at the clock: some milliseconds. */
const clockEvery = 800

export interface HybridOptions {
  readonly seed: number
  readonly stream: number
  readonly budget: Budget
  readonly outside: Surroundings
  readonly isVehiclesFirst: boolean
  readonly began?: number
  readonly mip?: MipSolver | null
}

/**
 * For problems of capacity alone: strings find a good plan fast, crossing finds what strings cannot. First a descent of ruin and recreate; then a
 * population of whole plans, and parts of the best plan, are crossed in turns. A child counts as many iterations as it has tasks, which is about
 * what it costs.
 */
export class HybridSearch {
  best: Best
  readonly #instance: Instance
  readonly #options: HybridOptions
  readonly #random: Random
  readonly #descent: Search
  readonly #descentShare: number
  readonly #partShare: number
  readonly #began: number
  readonly #all: Int32Array
  readonly #pool: RoutePool
  readonly #plans: Int32Array[] = []
  /** iterations that children of whole plans counted */
  #wholeWork = 0
  #fraction = 0
  #whole: GeneticSearch | null = null
  #parts: Parts | null = null
  /** the search after a descent that left tasks out, which crossing cannot mend */
  #rest: Search | null = null
  #isCovered = false
  /** iterations at which the clock is asked next */
  #asksAt = 0

  constructor(instance: Instance, options: HybridOptions) {
    this.#instance = instance
    this.#options = options
    this.#began = options.began ?? options.outside.now()
    this.#random = new Random(options.seed, 1000 + options.stream)
    this.#all = Int32Array.from({ length: instance.tasks }, (_, task) => task)
    this.#descentShare = shareOfDescent(instance.tasks, options.budget)
    this.#partShare = shareOfParts(instance.tasks, options.budget)
    this.#descent = new Search(instance, { ...options, began: this.#began, budget: scaled(options.budget, this.#descentShare), mip: null })
    this.#pool = new RoutePool(instance, this.#descent.routes)
    this.best = this.#descent.best
  }

  static isFor(instance: Instance): boolean {
    return instance.tasks >= fewestTasks && isGround(instance)
  }

  get isCut(): boolean {
    return this.#descent.isCut
  }

  get iterations(): number {
    return this.#descent.iterations + (this.#rest?.iterations ?? 0) + this.#wholeWork + (this.#parts?.work ?? 0)
  }

  advance(until: number): void {
    if (!this.#descent.isDone) this.#descend(until)
    if (this.#descent.isDone && !this.#rest && !this.#parts) this.#begin()
    if (this.#rest) this.#goOn(this.#rest, until)
    else if (this.#parts) this.#cross(until, this.#parts)
    this.#options.outside.report?.(this.progress())
  }

  adopt(best: Best | null, routes: readonly PooledRoute[]): void {
    this.#pool.merge(routes)
    if (this.#rest) this.#rest.adopt(best, routes)
    // on the way down workers go apart: what crosses later must differ
    if (!best) return
    if (this.#parts && best.absent === 0) {
      this.#whole?.seed(toursOf(routesOf(best.packed)))
      this.#parts.setPlan(routesOf(best.packed), best.objective)
    }
    if (isBetter(best, this.best, this.#options.isVehiclesFirst)) this.best = best
  }

  listRoutes(limit: number): PooledRoute[] {
    this.#gather()
    return this.#pool.list(limit)
  }

  progress(): Progress {
    return { iterations: this.iterations, cost: this.best.objective, vehicles: this.best.vehicles, unassigned: this.best.absent }
  }

  #tick(): boolean {
    const { budget, outside } = this.#options
    const { iterations } = this
    if (this.#fraction > 0 && iterations < this.#asksAt) return this.#fraction < 1
    this.#asksAt = iterations + clockEvery
    if (outside.isCancelled()) this.#fraction = 1
    else this.#fraction = Math.min(1, budget.iterations !== undefined ? iterations / budget.iterations : (outside.now() - this.#began) / (budget.seconds ?? 1))
    outside.report?.(this.progress())
    return this.#fraction < 1
  }

  /** Strings; their plans on the way down become the first of the population. */
  #descend(until: number): void {
    const share = this.#descentShare
    while (this.#plans.length < descentPlans) {
      const depth = descentDepth + ((1 - descentDepth) * this.#plans.length) / descentPlans
      this.#descent.advance(Math.min(depth, until / share))
      this.best = this.#descent.best
      if (this.#descent.isDone || depth > until / share) break
      this.#plans.push(this.#descent.routes.pack())
    }
    if (this.#plans.length === descentPlans) this.#descent.advance(Math.min(1, until / share))
    this.best = this.#descent.best
  }

  #begin(): void {
    const { seed, stream, isVehiclesFirst } = this.#options
    // cancelled on the way down
    if (!this.#tick()) return
    if (this.best.absent > 0) {
      const { budget } = this.#options
      this.#rest = new Search(this.#instance, { ...this.#options, stream: stream + 500, began: this.#began + this.#descentShare * (budget.seconds ?? 0), budget: scaled(budget, 1 - this.#descentShare) })
      this.#rest.adopt(this.best, [])
      return
    }
    this.#parts = new Parts(this.#instance, this.#random, { seed: seed + 7919 * (stream + 1), spare: isVehiclesFirst ? 0 : 1 })
    this.#parts.setPlan(routesOf(this.best.packed), this.best.objective)
    if (this.#partShare >= 1) return
    const most = isVehiclesFirst ? this.best.vehicles : Math.max(...[...this.#plans, this.best.packed].map((each) => routesOf(each).length)) + 3
    this.#whole = new GeneticSearch(groundOf(this.#instance, this.#all, most), new Random(seed, 2000 + stream), firstPlans)
    for (const each of [...this.#plans, this.best.packed]) this.#seed(this.#whole, routesOf(each), most)
  }

  /** Only plans of all tasks can be crossed, and only with the vehicles there are. */
  #seed(whole: GeneticSearch, routes: readonly Int32Array[], most: number): void {
    if (routes.length <= most && routes.reduce((sum, each) => sum + each.length, 0) === this.#instance.tasks) whole.seed(toursOf(routes))
  }

  #goOn(rest: Search, until: number): void {
    rest.advance(Math.max(0, (until - this.#descentShare) / (1 - this.#descentShare)))
    if (isBetter(rest.best, this.best, this.#options.isVehiclesFirst)) this.best = rest.best
    this.#tick()
  }

  /** Whole plans and parts in turns, by the work each has had. */
  #cross(until: number, parts: Parts): void {
    const goesOn = () => this.#tick() && this.#fraction < until && (this.#isCovered || this.#fraction < coversAt)
    while (this.#tick() && this.#fraction < until) {
      if (!this.#isCovered && this.#fraction >= coversAt) this.#cover(parts)
      else if (this.#whole && this.#wholeWork * this.#partShare <= parts.work * (1 - this.#partShare)) this.#crossWhole(this.#whole, parts)
      else if (parts.step(goesOn)) {
        this.#take(parts.routes, parts.cost)
        this.#whole?.seed(toursOf(parts.routes))
      }
    }
  }

  #crossWhole(whole: GeneticSearch, parts: Parts): void {
    whole.step()
    this.#wholeWork += this.#instance.tasks
    if (!whole.best || whole.best.cost >= this.best.objective - 1e-7) return
    const routes = routesOn(whole.best.tours, this.#all)
    parts.setPlan(routes, whole.best.cost)
    this.#take(routes, whole.best.cost)
  }

  #take(routes: readonly Int32Array[], cost: number): void {
    if (cost < this.best.objective - 1e-7) this.best = { packed: packRoutes(routes), objective: cost, vehicles: routes.length, absent: 0, unserved: 0 }
  }

  /** Looks for a better plan among the routes of all good plans. */
  #cover(parts: Parts): void {
    this.#isCovered = true
    const { mip, budget, isVehiclesFirst, outside } = this.#options
    if (!mip) return
    this.#gather()
    const present = this.#pool.routesOf(this.best.packed)
    if (!present) return
    const found = coverTasks(mip, this.#instance, {
      present,
      kept: [],
      absent: [],
      pool: this.#pool.list(coverRoutes),
      perVehicle: isVehiclesFirst ? (10 * this.best.objective) / Math.max(1, this.best.vehicles) : 0,
      mostVehicles: Infinity,
      limits: { most: coverRoutes, ...(budget.iterations === undefined ? { seconds: coverShare * (budget.seconds ?? 1) } : { nodes: coverNodes }) },
      isCancelled: () => outside.isCancelled(),
    })
    if (!found) return
    const routes = found.map((each) => each.tasks)
    const cost = routes.reduce((sum, each) => sum + this.#priceOf(each), 0)
    if (routes.length > this.best.vehicles && isVehiclesFirst) return
    this.#take(routes, cost)
    if (cost < parts.cost) parts.setPlan(routes, cost)
  }

  /** The routes of the best plan and of the population. */
  #gather(): void {
    const note = (routes: readonly Int32Array[], seenIn: number) => this.#pool.merge(routes.map((tasks) => ({ kind: 0, tasks, cost: this.#priceOf(tasks), seenIn })))
    if (this.best.absent === 0) note(routesOf(this.best.packed), this.best.objective)
    for (const { tours, cost } of this.#whole?.feasible() ?? []) note(routesOn(tours, this.#all), cost)
  }

  #priceOf(route: Int32Array): number {
    const { fleet, locationOf } = this.#instance
    let at = fleet.start[0]!
    let arcs = 0
    for (const task of route) {
      arcs += arcAt(this.#instance, fleet.arcBase[0]!, at, locationOf[task]!)
      at = locationOf[task]!
    }
    return fleet.fixedCost[0]! + fleet.factor[0]! * (arcs + arcAt(this.#instance, fleet.arcBase[0]!, at, fleet.end[0]!))
  }
}

const scaled = ({ seconds, iterations }: Budget, share: number): Budget => (iterations === undefined ? { seconds: (seconds ?? 1) * share } : { iterations: Math.max(1, Math.round(iterations * share)) })
