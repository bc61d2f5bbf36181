import type { PlanningProblem } from '../model/index.ts'
import { compile } from '../solver/instance/compile.ts'
import { ExactSimulation } from '../solver/judges/exact-simulation.ts'
import type { Instance } from '../solver/instance/instance.ts'
import { Random } from '../solver/random.ts'
import { Recreate } from '../solver/moves/recreate.ts'
import { Routes, type Packed } from '../solver/routes.ts'
import { Ruin } from '../solver/moves/ruin.ts'
import type { Budget, Surroundings } from '../solver/budget.ts'
import type { Supply } from './supply.ts'
import type { Tier } from './schema.ts'

/** Temperatures as shares of the mean arc of the first plan. */
const hottest = 1.5
const coldest = 0.01
/** Iterations a task below which the start is cooler in proportion. */
const unhurried = 1000
/** A route to another facility; all routes of a facility to others: shares of the iterations. */
const moveChance = 0.04
const closeChance = 0.002
const clockEvery = 32
/** Absent tasks retried an iteration. */
const retried = 12

/** What the search of a tier found: its routes, what passes each facility, and all money together. */
export interface EchelonBest {
  readonly packed: Packed
  readonly loads: Float64Array
  readonly cost: number
  readonly absent: number
}

/**
 * The last tier's search with the tier above in its price: the ordinary ruin and recreate, where a place in a route carries the route's
 * facility, and moves of whole routes between facilities; one acceptance over both levels (as in Breunig, Schmid, Hartl & Vidal 2016, with
 * annealing). The level above is planned anew for the loads of every plan that may be kept.
 */
export class EchelonSearch {
  readonly instance: Instance
  readonly routes: Routes
  iterations = 0
  best: EchelonBest
  /** cancelled before every task was tried */
  readonly isCut: boolean
  readonly #tier: Tier
  readonly #supply: Supply
  readonly #random: Random
  readonly #ruin: Ruin
  readonly #recreate: Recreate
  readonly #budget: Budget
  readonly #outside: Surroundings
  readonly #began: number
  readonly #loads: Float64Array
  readonly #present: Float64Array
  readonly #list: Int32Array
  readonly #kindsEach: number
  readonly #meanArc: number
  #absent = new Int32Array(0)
  #penalties = 0
  #upper = 0
  #fraction = 0

  constructor(problem: PlanningProblem, options: { tier: Tier; supply: Supply; seed: number; budget: Budget; outside: Surroundings }) {
    const instance = compile(problem, () => options.outside.isCancelled())
    this.instance = instance
    this.routes = new Routes(instance)
    const exact = ExactSimulation.when(instance, this.routes)
    this.routes.exact = exact
    this.#tier = options.tier
    this.#supply = options.supply
    this.#random = new Random(options.seed)
    this.#ruin = new Ruin(instance, this.routes, this.#random)
    this.#recreate = new Recreate(instance, this.routes, this.#random, exact)
    this.#budget = options.budget
    this.#outside = options.outside
    this.#began = options.outside.now()
    this.#loads = new Float64Array(options.tier.facilities.length * instance.dimensions)
    this.#present = new Float64Array(this.#loads.length)
    this.#list = new Int32Array(2 * instance.tasks)
    this.#kindsEach = options.tier.vehicles.length
    this.#meanArc = this.#construct()
    this.isCut = this.#recreate.wasStopped
    this.#recreate.wasStopped = false
    this.best = this.#snapshot()
  }

  /** Searches until the budget ends or somebody cancels. */
  run(): void {
    const { routes } = this
    if (this.instance.tasks === 0) return
    while (this.#tick()) {
      this.iterations++
      const before = routes.cost + this.#penalties + this.#upper
      const penalties = this.#step()
      const temperature = this.#temperature()
      const limit = before - temperature * Math.log(this.#random.unit() + 1e-300)
      const upper = penalties === Infinity ? Infinity : this.#price(limit - routes.cost - penalties)
      if (!(routes.cost + penalties + upper < limit)) {
        routes.rollback()
        continue
      }
      routes.commit()
      this.#present.set(this.#loads)
      if (upper !== this.#upper) this.#supply.keep()
      this.#absent = this.#recreate.absent.slice(0, this.#recreate.absentCount)
      this.#penalties = penalties
      this.#upper = upper
      if (routes.cost + penalties + upper < this.best.cost - 1e-7) this.best = this.#snapshot()
    }
  }

  /** Everybody by greedy insertion; returns the mean arc. */
  #construct(): number {
    const { tasks, fleet } = this.instance
    for (let task = 0; task < tasks; task++) this.#list[task] = task
    this.#recreate.mayOpenRoutes = true
    this.#recreate.isStopped = () => this.#outside.isCancelled()
    this.#penalties = this.#recreate.run(this.#list, tasks)
    this.#recreate.isStopped = null
    this.#absent = this.#recreate.absent.slice(0, this.#recreate.absentCount)
    this.routes.commit()
    this.#upper = this.#makeRoom()
    this.#supply.keep()
    this.#present.set(this.#loads)
    let arcs = 0
    for (let at = 0; at < this.routes.activeCount; at++) arcs += fleet.factor[this.routes.kindOf[this.routes.active[at]!]!]! * this.routes.arcSum[this.routes.active[at]!]!
    return Math.max(1e-6, arcs / Math.max(1, tasks + this.routes.activeCount))
  }

  /** Takes routes out until no facility holds too much and the trucks suffice: insertion knows nothing of either. Returns what is above costs then. */
  #makeRoom(): number {
    const { routes } = this
    for (;;) {
      const upper = this.#price(Infinity)
      if (upper < Infinity || routes.activeCount === 0) return upper
      const full = this.#fullest()
      const route = routes.active.subarray(0, routes.activeCount).find((each) => this.#facilityOf(each) === full) ?? routes.active[0]!
      this.#ruin.removeRoute(route)
      const out = this.#ruin.removed.subarray(0, this.#ruin.count)
      for (const task of out) this.#penalties += this.instance.penalty[task]!
      this.#absent = Int32Array.from([...this.#absent, ...out])
      routes.commit()
    }
  }

  /** The facility with the most goods for its room; one without a limit counts as one that holds what all facilities hold. */
  #fullest(): number {
    const { dimensions } = this.instance
    const { facilities } = this.#tier
    const fill = (facility: number): number => Math.max(...Array.from({ length: dimensions }, (_, dimension) => {
      const all = facilities.reduce((sum, _, at) => sum + this.#loads[at * dimensions + dimension]!, 0)
      return this.#loads[facility * dimensions + dimension]! / Math.max(1e-9, facilities[facility]!.capacity?.[dimension] ?? all)
    }))
    return facilities.reduce((most, _, at) => (fill(at) > fill(most) ? at : most), 0)
  }

  #snapshot(): EchelonBest {
    return { packed: this.routes.pack(), loads: this.#loads.slice(), cost: this.routes.cost + this.#penalties + this.#upper, absent: this.#absent.length }
  }

  #temperature(): number {
    const { iterations } = this.#budget
    const expected = iterations ?? (this.#fraction > 0.005 ? this.iterations / this.#fraction : 0)
    const haste = Math.min(1, Math.max(0.03, expected / (unhurried * this.instance.tasks)))
    return hottest * this.#meanArc * haste * (coldest / hottest) ** this.#fraction
  }

  /** One change of the plan; the caller commits or rolls back. Returns the new penalties. */
  #step(): number {
    const draw = this.#random.unit()
    let count = 0
    if (draw < closeChance) return this.#closeFacility()
    if (draw < moveChance + closeChance) {
      const task = this.#moveRoute()
      if (task < 0) return Infinity
      if (this.#random.unit() < 0.5) this.#ruin.run(task)
      else this.#ruin.count = 0
    } else this.#ruin.run()
    if (!this.#ruin.leavesDrivable()) return Infinity
    this.#list.set(this.#ruin.removed.subarray(0, this.#ruin.count))
    count = this.#ruin.count
    return this.#insert(count)
  }

  /** Puts `list[0 … count)` and a sample of the absent tasks back. */
  #insert(count: number): number {
    // a number drawn anew: where facilities are full, absent tasks put back at the cheapest place are what fails
    const tried = Math.min(this.#random.below(retried + 1), this.#absent.length)
    for (let at = 0; at < tried; at++) {
      const other = at + this.#random.below(this.#absent.length - at)
      const task = this.#absent[other]!
      this.#absent[other] = this.#absent[at]!
      this.#absent[at] = task
      this.#list[count + at] = task
    }
    let penalties = this.#recreate.run(this.#list, count + tried)
    for (const task of this.#absent.subarray(tried)) {
      this.#recreate.absent[this.#recreate.absentCount++] = task
      penalties += this.instance.penalty[task]!
    }
    return penalties
  }

  /** A route as it is from another facility; returns one of its tasks, -1 when that cannot be. */
  #moveRoute(): number {
    const { routes } = this
    if (routes.activeCount === 0) return -1
    const route = routes.active[this.#random.below(routes.activeCount)]!
    const old = routes.kindOf[route]!
    const facility = this.#random.below(this.#tier.facilities.length)
    const kind = facility * this.#kindsEach + (old % this.#kindsEach)
    if (kind === old) return -1
    routes.usedOfKind[old]!--
    const isFree = routes.mayOpen(kind)
    routes.usedOfKind[old]!++
    if (!isFree) return -1
    routes.retype(route, kind)
    routes.refresh(route)
    return routes.isDrivable(route) ? routes.next[routes.startOf(route)]! : -1
  }

  /** Empties a facility and keeps it shut while its customers look for another. */
  #closeFacility(): number {
    const { routes } = this
    const { count } = this.instance.fleet
    if (routes.activeCount === 0) return Infinity
    const facility = this.#facilityOf(routes.active[this.#random.below(routes.activeCount)]!)
    let removed = 0
    for (let at = routes.activeCount - 1; at >= 0; at--) {
      const route = routes.active[at]!
      if (this.#facilityOf(route) !== facility) continue
      this.#ruin.removeRoute(route)
      this.#list.set(this.#ruin.removed.subarray(0, this.#ruin.count), removed)
      removed += this.#ruin.count
    }
    const kinds = count.subarray(facility * this.#kindsEach, (facility + 1) * this.#kindsEach)
    const open = kinds.slice()
    kinds.fill(0)
    const penalties = this.#insert(removed)
    kinds.set(open)
    return penalties
  }

  /** The facility a kind of vehicle stands at, in the order of the tier. */
  readonly facilityOf = (kind: number): number => Math.floor(kind / this.#kindsEach)

  #facilityOf(route: number): number {
    return this.facilityOf(this.routes.kindOf[route]!)
  }

  /** What the facilities and the level above cost with the routes as they are; Infinity when more than `atMost`, or not possible. */
  #price(atMost: number): number {
    const { routes } = this
    const { dimensions } = this.instance
    const loads = this.#loads.fill(0)
    for (let at = 0; at < routes.activeCount; at++) {
      const route = routes.active[at]!
      const to = this.#facilityOf(route) * dimensions
      for (let dimension = 0; dimension < dimensions; dimension++) loads[to + dimension]! += routes.deliveries[route * dimensions + dimension]!
    }
    let handling = 0
    let isSame = atMost < Infinity
    for (let at = 0; at < this.#tier.facilities.length; at++) {
      const { capacity, openingCost, handlingCost } = this.#tier.facilities[at]!
      const load = loads[at * dimensions]!
      if (load > 0) handling += openingCost + handlingCost * load
      for (let dimension = 0; dimension < dimensions; dimension++) {
        if (capacity && loads[at * dimensions + dimension]! > capacity[dimension]! + 1e-7) return Infinity
        isSame &&= Math.abs(loads[at * dimensions + dimension]! - this.#present[at * dimensions + dimension]!) < 1e-7
      }
    }
    if (isSame) return this.#upper
    if (handling + this.#supply.atLeast(loads) >= atMost) return Infinity
    return handling + (atMost === Infinity ? this.#supply.cost(loads) : this.#supply.quickCost(loads))
  }

  #tick(): boolean {
    const { seconds, iterations } = this.#budget
    if (iterations !== undefined) this.#fraction = Math.min(1, this.iterations / iterations)
    if (this.iterations % clockEvery === 0) {
      if (this.#outside.isCancelled()) this.#fraction = 1
      else if (iterations === undefined) this.#fraction = Math.min(1, (this.#outside.now() - this.#began) / (seconds ?? 1))
      if (this.iterations % (clockEvery * 4) === 0) this.#outside.report?.({ iterations: this.iterations, cost: this.best.cost, vehicles: this.routes.activeCount, unassigned: this.best.absent })
    }
    return this.#fraction < 1
  }
}
