import { Absences } from './absences.ts'
import { isBetter, rankOf, type Best, type Rank } from './best.ts'
import type { Budget, Progress, Surroundings } from './budget.ts'
import { Cooling, drawAllowance } from './cooling.ts'
import { coverShare, Recombination } from './cover/recombination.ts'
import { ExactSimulation } from './judges/exact-simulation.ts'
import { areAlike, type Instance } from './instance/instance.ts'
import { EjectionChain } from './moves/ejection-chain.ts'
import { Exchanges } from './moves/exchanges.ts'
import { FleetMinimisation, type FleetRun } from './moves/minimise-fleet.ts'
import type { MipSolver } from './cover/mip.ts'
import { Pace } from './pace.ts'
import { Random } from './random.ts'
import { Recreate } from './moves/recreate.ts'
import type { PooledRoute } from './cover/route-pool.ts'
import { Routes, type Packed } from './routes.ts'
import { Ruin } from './moves/ruin.ts'
import { VehicleChange } from './moves/vehicle-change.ts'

/** A plan to begin with, and the tasks in it that stay where they are. */
export interface Start {
  readonly packed: Packed
  readonly frozen: Int32Array
}

/** Share of the budget after which a vehicles-first search stops removing routes. */
const fleetShare = 0.35
/** While vehicles are saved, the temperature in mean arcs: what a plan costs hardly matters then, but one melted away would need long to set. */
const fleetHeat = 0.1
/** Plans are gathered from this depth of a descent on; what is hotter has no routes worth keeping. */
const gathersFrom = 0.2
/** Iterations between two tries to give a whole route to another vehicle. */
const vehiclesEvery = 8
/** Iterations between two ejection chains: one takes about two thirds of the time of one of them. */
const chainsEvery = 6
const clockEvery = 32
/** First plans with the fewest vehicles that are tried by a short descent, its iterations a task, its share of the budget at most, and its heat in mean arcs. */
const firstPlans = 4
const trial = { iterations: 100, share: 0.02, from: 0.3, to: 0.03 } as const
/** Price of an absence when annealing with the fewest vehicles begins, in mean arcs. */
const dearAbsence = 30
/** Absent tasks retried an iteration: all of a few, a sample of many. */
const retried = 12

/** One worker's search: SISR's ruin and recreate under simulated annealing, and its fleet minimisation before it when vehicles come first. */
export class Search {
  readonly instance: Instance
  readonly routes: Routes
  iterations = 0
  best: Best
  /** cancelled before every task was tried */
  readonly isCut: boolean
  readonly #random: Random
  readonly #ruin: Ruin
  readonly #recreate: Recreate
  readonly #exchanges: Exchanges
  readonly #chain: EjectionChain | null
  readonly #budget: Budget
  readonly #outside: Surroundings
  readonly #began: number
  readonly #isVehiclesFirst: boolean
  readonly #isAlone: boolean
  #absent: Int32Array
  #absentCount = 0
  #penalties = 0
  #meanArc = 1
  readonly #cooling: Cooling
  /** where routes are put together anew */
  readonly #recombination: Recombination | null
  #fraction = 0
  readonly #list: Int32Array
  readonly #vehicles: VehicleChange | null
  /** kinds differ in depot and shift, not in size */
  readonly #areAlike: boolean
  readonly #fleet: FleetMinimisation
  #isFleetDone: boolean
  /** every task must be served, and no plan is followed yet */
  readonly #mayLeaveOut: boolean
  /** while annealing with the fewest vehicles */
  #absences: Absences | null = null
  /** since annealing began */
  #pace: Pace | null = null
  /** tasks no vehicle can serve even alone; never tried */
  readonly #hopeless: Uint8Array

  constructor(instance: Instance, options: { seed: number; stream: number; budget: Budget; outside: Surroundings; isVehiclesFirst: boolean; isAlone?: boolean; began?: number; start?: Start | null; mip?: MipSolver | null }) {
    this.instance = instance
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
    this.#isAlone = options.isAlone ?? true
    this.#isFleetDone = !options.isVehiclesFirst
    this.#mayLeaveOut = options.start == null && instance.isMandatory.every((each) => each === 1)
    this.#recombination = options.start != null || !options.mip || !Recombination.isFor(instance, options.budget) ? null : new Recombination(instance, this.routes, { random: this.#random, mip: options.mip, budget: options.budget, outside: options.outside })
    this.#cooling = new Cooling(instance, { isReplanning: options.start != null, isVehiclesFirst: options.isVehiclesFirst, covers: this.#recombination ? coverShare : 0 })
    this.#absent = new Int32Array(instance.tasks)
    this.#list = new Int32Array(instance.tasks + instance.tasks)
    this.#hopeless = Uint8Array.from({ length: instance.tasks }, (_, task) => (this.#recreate.canServe(task) ? 0 : 1))
    this.#vehicles = VehicleChange.when(instance, this.routes, this.#random, this.#recreate.single)
    this.#areAlike = areAlike(instance)
    this.#fleet = new FleetMinimisation({ instance, routes: this.routes, random: this.#random, ruin: this.#ruin, recreate: this.#recreate, hopeless: this.#hopeless })
    for (const task of options.start?.frozen ?? []) this.routes.frozen[task] = 1
    this.#recreate.isStopped = () => options.outside.isCancelled()
    this.#construct(options.start?.packed)
    this.isCut = this.#recreate.wasStopped
    this.#recreate.isStopped = null
    const meanStops = instance.tasks / Math.max(1, this.routes.activeCount)
    this.#exchanges = new Exchanges(instance, this.routes, this.#random, meanStops)
    this.#chain = EjectionChain.when(instance, this.routes, meanStops)
    this.best = this.#snapshot()
  }

  /** Share of the budget that is used, 0 … 1. */
  get fraction(): number {
    return this.#fraction
  }

  get isDone(): boolean {
    return this.#fraction >= 1
  }

  /** Searches until a share of the budget is used (a sync point), the budget ends, or somebody cancels. */
  advance(until: number): void {
    if (this.instance.tasks === 0) this.#fraction = 1
    if (!this.#isFleetDone) this.#minimiseFleet(Math.min(until, fleetShare))
    if (this.#isFleetDone) this.#anneal(until)
    this.#outside.report?.(this.progress())
  }

  /** Continues from another worker's plan, if one is given, with the routes of all. */
  adopt(best: Best | null, routes: readonly PooledRoute[]): void {
    this.#recombination?.pool.merge(routes)
    if (!best) return
    this.#setPlan(best.packed)
    if (isBetter(best, this.best, this.#isVehiclesFirst)) this.best = best
  }

  /** Routes worth giving to other workers. */
  listRoutes(limit: number): PooledRoute[] {
    return this.#recombination?.pool.list(limit) ?? []
  }

  progress(): Progress {
    return { iterations: this.iterations, cost: this.best.objective, vehicles: this.best.vehicles, unassigned: this.best.absent }
  }

  #construct(packed?: Packed): void {
    if (packed) this.#setPlan(packed)
    else this.#collectAbsent()
    const list = this.#list
    list.set(this.#absent.subarray(0, this.#absentCount))
    this.#recreate.mayOpenRoutes = true
    this.#keepAbsent(this.#recreate.run(list, this.#absentCount))
    this.routes.commit()
    let arcs = 0
    for (let at = 0; at < this.routes.activeCount; at++) arcs += this.instance.fleet.factor[this.routes.kindOf[this.routes.active[at]!]!]! * this.routes.arcSum[this.routes.active[at]!]!
    this.#meanArc = Math.max(1e-6, arcs / Math.max(1, this.instance.tasks + this.routes.activeCount))
  }

  #setPlan(packed: Packed): void {
    this.routes.load(packed)
    this.#collectAbsent()
  }

  #collectAbsent(): void {
    const { tasks, kind } = this.instance
    this.#absentCount = 0
    this.#penalties = 0
    for (let task = 0; task < tasks; task++) {
      if (this.routes.routeOf[task]! >= 0 || kind[task] === 3 || this.#hopeless[task] === 1) continue
      this.#absent[this.#absentCount++] = task
      this.#penalties += this.#recreate.penalty[task]!
    }
  }

  #keepAbsent(penalties: number): void {
    this.#absentCount = this.#recreate.absentCount
    this.#absent.set(this.#recreate.absent.subarray(0, this.#absentCount))
    this.#penalties = penalties
  }

  #snapshot(): Best {
    return { packed: this.routes.pack(), ...this.#rank() }
  }

  #rank(): Rank {
    return rankOf(this.routes, this.#absent.subarray(0, this.#absentCount), this.routes.cost + this.#penalties)
  }

  /** Used share of the budget; the clock is asked now and then only. */
  #tick(): boolean {
    const { seconds, iterations } = this.#budget
    if (iterations !== undefined) this.#fraction = Math.min(1, this.iterations / iterations)
    if (this.iterations % clockEvery === 0 || this.instance.has.exact) {
      if (this.#outside.isCancelled()) {
        this.#fraction = 1
        return false
      }
      if (iterations === undefined) this.#fraction = Math.min(1, (this.#outside.now() - this.#began) / (seconds ?? 1))
      if (this.iterations % (clockEvery * 4) === 0) this.#outside.report?.(this.progress())
    }
    return this.#fraction < 1
  }

  /** One ruin and recreate; the caller commits or rolls back. Returns the new penalties. */
  #step(): number {
    this.#ruin.run()
    if (!this.#ruin.leavesDrivable()) return Infinity
    if (this.#vehicles && !this.#areAlike) this.#vehicles.settleRuined(this.#ruin)
    const list = this.#list
    list.set(this.#ruin.removed.subarray(0, this.#ruin.count))
    let count = this.#ruin.count
    let waiting = 0
    if (this.#absentCount <= retried) {
      for (let at = 0; at < this.#absentCount; at++) list[count++] = this.#absent[at]!
    } else {
      // the sample is swapped to the front of the absent list; the rest stays absent without being tried
      for (let at = 0; at < retried; at++) {
        const other = at + this.#random.below(this.#absentCount - at)
        const task = this.#absent[other]!
        this.#absent[other] = this.#absent[at]!
        this.#absent[at] = task
        list[count++] = task
      }
      for (let at = retried; at < this.#absentCount; at++) waiting += this.#recreate.penalty[this.#absent[at]!]!
    }
    const penalties = this.#recreate.run(list, count)
    // what will not be kept need not be driven from the best depot
    if (this.#vehicles && this.#areAlike && penalties < Infinity) this.#vehicles.settleTouched()
    if (this.#absentCount > retried) {
      const { absent } = this.#recreate
      for (let at = retried; at < this.#absentCount; at++) absent[this.#recreate.absentCount++] = this.#absent[at]!
    }
    return penalties + waiting
  }

  #anneal(until: number): void {
    while (this.#fraction < until && this.#tick()) {
      this.iterations++
      this.#iterate(this.#cool())
      if (this.#recombination) this.#gather(this.#recombination)
    }
  }

  /** One ruin and recreate with all that follows it, under one temperature in money. */
  #iterate(temperature: number): void {
    const { routes } = this
    const limit = this.#isSavingVehicles ? this.best.vehicles : Infinity
    const before = routes.cost + this.#penalties
    this.#recreate.mayOpenRoutes = routes.activeCount < limit
    const highest = before + this.#allowance(temperature)
    this.#recreate.highest = highest
    const penalties = this.#step()
    this.#recreate.highest = Infinity
    const isKept = routes.activeCount <= limit && routes.cost + penalties < highest
    if (isKept) {
      routes.commit()
      this.#keepAbsent(penalties)
    } else routes.rollback()
    this.#exchanges.run(temperature, limit)
    if (this.#chain && this.#absences && this.iterations % chainsEvery === 0) this.#followChain(this.#chain, this.#absences, temperature)
    if (this.iterations % vehiclesEvery === 0 && this.#vehicles?.step(this.#allowance(temperature))) routes.commit()
    if (this.#absences) this.#followAbsences(this.#absences)
    if ((this.#absences === null || this.#absentCount === 0) && this.#isBest()) this.best = this.#snapshot()
  }

  /** A vehicle more may be needed for what must be served and is not yet. */
  get #isSavingVehicles(): boolean {
    return this.#isVehiclesFirst && this.best.unserved === 0
  }

  /** Whether the plan in the routes is better than the best. While vehicles are saved no plan of more of them is ever kept. */
  #isBest(): boolean {
    const cost = this.routes.cost + this.#penalties + 1e-7
    return !this.#isVehiclesFirst || this.#isSavingVehicles ? cost < this.best.objective : isBetter({ ...this.#rank(), objective: cost }, this.best, true)
  }

  /** A chain from an absent task, or from any stop, which may end in another absent one. */
  #followChain(chain: EjectionChain, { price }: Absences, temperature: number): void {
    const { routes } = this
    const at = this.#absentCount > 0 && this.#random.below(2) === 0 ? this.#random.below(this.#absentCount) : -1
    const task = at >= 0 ? this.#absent[at]! : this.#random.below(this.instance.tasks)
    if ((at < 0 && routes.routeOf[task]! < 0) || !chain.step(task, this.#allowance(temperature), price)) return
    routes.commit()
    if (at >= 0) this.#absent[at] = this.#absent[--this.#absentCount]!
    if (chain.leftOut >= 0) this.#absent[this.#absentCount++] = chain.leftOut
    this.#penalties = this.#absentCount * price
  }

  /** Temperature in money; after the last descent the routes of all are put together anew. */
  #cool(): number {
    const cooling = this.#cooling
    const { descent } = cooling
    const pace = (this.#pace ??= new Pace(this.#fraction, this.iterations))
    const { iterations } = this.#budget
    cooling.move(pace.share(this.#fraction), iterations === undefined ? pace.expect(this.#fraction, this.iterations) : pace.rest(iterations))
    if (cooling.descent === descent) return cooling.temperature * this.#meanArc
    this.#recombination?.beginDescent()
    if (cooling.isPolishing) {
      if (this.#recombination) this.#recombine(this.#recombination)
      this.#setPlan(this.best.packed)
    }
    return cooling.temperature * this.#meanArc
  }

  /** Keeps routes for a cover, once they are worth keeping. */
  #gather(recombination: Recombination): void {
    if (this.#cooling.depth >= gathersFrom) recombination.gather(this.routes.cost + this.#penalties, this.iterations)
  }

  /** Looks for a better plan among the routes of all good plans so far. */
  #recombine(recombination: Recombination): void {
    this.#setPlan(this.best.packed)
    recombination.pool.collect(this.best.objective)
    const packed = recombination.cover(this.best, { share: coverShare, isVehiclesFirst: this.#isSavingVehicles })
    if (!packed) return
    this.#setPlan(packed)
    const found = this.#snapshot()
    if (isBetter(found, this.best, this.#isVehiclesFirst)) this.best = found
  }

  /** What the next change may cost, drawn beforehand. */
  #allowance(temperature: number): number {
    return drawAllowance(this.#random, temperature)
  }

  /** Fewest vehicles first; what it leaves in the routes is its best plan. */
  #minimiseFleet(until: number): void {
    this.best = this.#fleet.run(this.#fleetRun(until, this.best))
    this.#isFleetDone = this.#fraction < until || this.#fraction >= fleetShare
    if (!this.#isFleetDone) return
    if (this.best.absent === 0 && this.#mayLeaveOut) {
      const { has } = this.instance
      // for one kind of vehicle and deliveries in windows, where it was measured; several workers begin apart anyway
      if (this.#isAlone && has.time && has.oneKind && !has.carried && !has.exact && this.#fraction < until) this.best = this.#chooseFirst(until)
      this.#allowAbsences()
    }
    this.#setPlan(this.best.packed)
  }

  #fleetRun(until: number, best: Best): FleetRun {
    const goesOn = () => {
      if (this.#fraction >= until || !this.#tick()) return false
      this.iterations++
      return true
    }
    return { best, goesOn, temperature: fleetHeat * this.#meanArc }
  }

  /** The best of what short descents make of several first plans: how a first plan divides the tasks is seldom undone later. */
  #chooseFirst(until: number): Best {
    const given = this.best
    const most = 2 * this.#fraction
    const began = this.iterations
    let best = this.#descendShortly(given)
    // where a trial ends for want of time it tells too little to choose by
    if (this.iterations - began < trial.iterations * this.instance.tasks) return best
    for (let at = 1; at < firstPlans && this.#fraction < until; at++) {
      this.#recreate.penalty = this.instance.penalty
      const found = this.#fleet.runAnew(this.#fleetRun(Math.min(until, this.#fraction + most), given))
      const descended = found && this.#descendShortly(found)
      if (descended && isBetter(descended, best, true)) best = descended
    }
    return best
  }

  #descendShortly(first: Best): Best {
    const [begins, from, most] = [this.#fraction, this.iterations, trial.iterations * this.instance.tasks]
    this.#allowAbsences()
    this.best = first
    this.#setPlan(first.packed)
    while (this.#fraction < begins + trial.share && this.iterations < from + most && this.#tick()) {
      const depth = Math.max((this.#fraction - begins) / trial.share, (this.iterations++ - from) / most)
      this.#iterate(trial.from * (trial.to / trial.from) ** depth * this.#meanArc)
    }
    return this.best
  }

  #allowAbsences(): void {
    this.#absences = new Absences(this.instance.tasks, dearAbsence * this.#meanArc)
    this.#recreate.penalty = this.#absences.penalty
  }

  /** Takes up the best plan again when absences led astray. */
  #followAbsences(absences: Absences): void {
    if (absences.note(this.#absentCount)) this.#setPlan(this.best.packed)
    this.#penalties = this.#absentCount * absences.price
  }
}
