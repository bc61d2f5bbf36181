import { ExactSimulation } from './judges/exact-simulation.ts'
import type { Instance } from './instance/instance.ts'
import { Random } from './random.ts'
import { Recreate } from './moves/recreate.ts'
import { Routes } from './routes.ts'
import { Ruin } from './moves/ruin.ts'
import { rankOf, type Best } from './best.ts'
import type { Budget, Progress, Surroundings } from './budget.ts'
import { Stability, type ChangePrices } from './stability.ts'
import type { GivenPlan } from './instance/start.ts'

/** How far around a task there is something to do: that many of its nearest. */
const reach = 40
/** Share of iterations that ruin around a focus itself, not around one of its near tasks. */
const focusShare = 0.3
/** Iterations without a better plan after which nothing more is expected, for each focus and in all. */
const patienceEach = 600
const patienceLeast = 2000
const patienceMost = 20_000
const clockEvery = 32
/** Absent tasks retried an iteration: all of a few, a sample of many. */
const retried = 12

/**
 * Re-planning in the day: ruin and recreate around what is new, gone or no longer possible, kept only when it pays for the changes it
 * makes (minimum perturbation: Sakkout & Wallace 2000; the disrupted VRP of Eglese & Zambirinis 2018). It ends when nothing better was found
 * for a while: most of a day's changes need a few thousand iterations.
 */
export class Replan {
  readonly routes: Routes
  iterations = 0
  best: Best
  readonly #instance: Instance
  readonly #random: Random
  readonly #ruin: Ruin
  /** cancelled before every new order had been tried */
  readonly isCut: boolean
  readonly #recreate: Recreate
  readonly #budget: Budget
  readonly #outside: Surroundings
  readonly #focus: Int32Array
  readonly #stability: Stability
  readonly #isVehiclesFirst: boolean
  readonly #list: Int32Array
  readonly #began: number
  #penalties = 0
  #absent: Int32Array
  #fraction = 0
  #foundAt = 0
  /** looking for room in the routes there are, with new orders left out for the time being */
  #isSqueezing = false
  #bestAbsent: Int32Array = new Int32Array(0)

  constructor(instance: Instance, options: { given: GivenPlan; prices: ChangePrices; seed: number; stream: number; budget: Budget; outside: Surroundings; isVehiclesFirst: boolean; began?: number }) {
    const { given, prices } = options
    this.#instance = instance
    this.routes = new Routes(instance)
    const exact = ExactSimulation.when(instance, this.routes)
    this.routes.exact = exact
    this.#random = new Random(options.seed, options.stream)
    this.#ruin = new Ruin(instance, this.routes, this.#random)
    this.#recreate = new Recreate(instance, this.routes, this.#random, exact)
    this.#budget = options.budget
    this.#outside = options.outside
    this.#began = options.began ?? options.outside.now()
    this.#isVehiclesFirst = options.isVehiclesFirst
    this.#focus = given.focus
    this.#list = new Int32Array(2 * instance.tasks)
    this.#absent = new Int32Array(0)
    for (const task of given.frozen) this.routes.frozen[task] = 1
    this.routes.load(given.packed)
    this.#stability = new Stability(this.routes, given, prices)
    this.best = this.#snapshot()
    this.#recreate.isStopped = () => options.outside.isCancelled()
    this.#placeNew()
    this.isCut = this.#recreate.wasStopped
    this.#recreate.isStopped = null
  }

  /** Searches until a share of the budget is used, nothing better is found any more, or somebody cancels. */
  advance(until: number): void {
    const { routes } = this
    const patience = Math.min(patienceMost, Math.max(patienceLeast, patienceEach * this.#focus.length))
    if (this.#focus.length === 0 || routes.activeCount === 0) this.#fraction = 1
    while (this.#fraction < until && this.#tick()) {
      if (this.#isSqueezing && (this.#absent.length === 0 || this.iterations > patience)) this.#openRoutes()
      if (this.iterations - this.#foundAt > patience && !this.#isSqueezing) this.#fraction = 1
      this.iterations++
      const before = this.#objective(this.#penalties)
      const penalties = this.#step()
      if (penalties === Infinity || !(this.#objective(penalties) < before - 1e-7)) {
        routes.rollback()
        continue
      }
      routes.commit()
      this.#keepAbsent(penalties)
      if (!this.#isSqueezing) this.#allowRoutes()
      this.#foundAt = this.iterations
      if (this.#objective(penalties) >= this.best.objective) continue
      this.best = this.#snapshot()
      this.#bestAbsent = this.#absent
    }
    this.#outside.report?.(this.progress())
  }

  progress(): Progress {
    return { iterations: this.iterations, cost: this.best.objective, vehicles: this.best.vehicles, unassigned: this.best.absent }
  }

  /**
   * New orders at their cheapest places. What fits into no route opens one; that plan is kept for the case that the search finds no room, which
   * it looks for first: a vehicle more costs more than a few stops moved.
   */
  #placeNew(): void {
    const { tasks, kind } = this.#instance
    let count = 0
    for (let task = 0; task < tasks; task++) if (this.routes.routeOf[task]! < 0 && kind[task] !== 3) this.#list[count++] = task
    this.#insert(count, false)
    const squeezed = { packed: this.routes.pack(), absent: this.#absent }
    this.#list.set(squeezed.absent)
    if (squeezed.absent.length > 0) this.#insert(squeezed.absent.length, true)
    this.best = this.#snapshot()
    this.#bestAbsent = this.#absent
    if (squeezed.absent.length === 0) return this.#openRoutes()
    this.#isSqueezing = true
    this.#setPlan(squeezed.packed, squeezed.absent)
    this.#recreate.mayOpenRoutes = false
  }

  #insert(count: number, mayOpenRoutes: boolean): void {
    this.#recreate.mayOpenRoutes = mayOpenRoutes
    this.#keepAbsent(this.#recreate.run(this.#list, count))
    this.routes.commit()
  }

  /** Ends the search for room: from here on a new route is a place like any other; where vehicles come first, only as long as somebody waits who must be served. */
  #openRoutes(): void {
    if (this.#isSqueezing && this.#objective(this.#penalties) > this.best.objective) this.#setPlan(this.best.packed, this.#bestAbsent)
    this.#isSqueezing = false
    this.#allowRoutes()
  }

  #allowRoutes(): void {
    const { isMandatory } = this.#instance
    this.#recreate.mayOpenRoutes = !this.#isVehiclesFirst || this.#absent.some((task) => isMandatory[task] === 1 && this.#recreate.canServe(task))
  }

  #setPlan(packed: Best['packed'], absent: Int32Array): void {
    this.routes.load(packed)
    this.#absent = absent.slice()
    this.#penalties = absent.reduce((sum, task) => sum + this.#instance.penalty[task]!, 0)
  }

  #step(): number {
    const { near, nearWidth, tasks } = this.#instance
    const focus = this.#focus[this.#random.below(this.#focus.length)]!
    const around = near[focus * nearWidth + this.#random.below(Math.min(reach, nearWidth, tasks))]!
    this.#ruin.run(around < 0 || this.#random.unit() < focusShare ? focus : around)
    if (!this.#ruin.leavesDrivable()) return Infinity
    this.#list.set(this.#ruin.removed.subarray(0, this.#ruin.count))
    // of many absent tasks a sample is tried; the rest stays absent
    for (let at = 0; at < Math.min(retried, this.#absent.length); at++) this.#swapAbsent(at, at + this.#random.below(this.#absent.length - at))
    const tried = this.#absent.subarray(0, retried)
    this.#list.set(tried, this.#ruin.count)
    let penalties = this.#recreate.run(this.#list, this.#ruin.count + tried.length)
    for (const task of this.#absent.subarray(retried)) {
      this.#recreate.absent[this.#recreate.absentCount++] = task
      penalties += this.#instance.penalty[task]!
    }
    return penalties
  }

  #swapAbsent(one: number, other: number): void {
    const task = this.#absent[one]!
    this.#absent[one] = this.#absent[other]!
    this.#absent[other] = task
  }

  #keepAbsent(penalties: number): void {
    this.#absent = this.#recreate.absent.slice(0, this.#recreate.absentCount)
    this.#penalties = penalties
  }

  #objective(penalties: number): number {
    return this.routes.cost + penalties + this.#stability.price()
  }

  #snapshot(): Best {
    return { packed: this.routes.pack(), ...rankOf(this.routes, this.#absent, this.#objective(this.#penalties)) }
  }

  #tick(): boolean {
    const { seconds, iterations } = this.#budget
    if (iterations !== undefined) this.#fraction = Math.max(this.#fraction, Math.min(1, this.iterations / iterations))
    if (this.iterations % clockEvery === 0 || this.#instance.has.exact) {
      if (this.#outside.isCancelled()) this.#fraction = 1
      if (iterations === undefined) this.#fraction = Math.max(this.#fraction, Math.min(1, (this.#outside.now() - this.#began) / (seconds ?? 1)))
      if (this.iterations % (clockEvery * 4) === 0) this.#outside.report?.(this.progress())
    }
    return this.#fraction < 1
  }
}
