import { CarriedPlacement } from './carried-placement.ts'
import type { ExactRoute } from '../judges/exact-route.ts'
import { arcAt, taskKind, type Instance } from '../instance/instance.ts'
import { Placement } from './placement.ts'
import type { Random } from '../random.ts'
import type { Routes } from '../routes.ts'

/** Sort keys of the greedy insertion and their weights: SISR's four, and the three of its time-window variant. */
const weights = { random: 4, demand: 4, far: 2, close: 1, windowLength: 2, windowStart: 2, windowEnd: 2 } as const

/** Tasks of a first plan between two looks at the flag of a cancel; judged routes take their time for each. */
const stopEvery = 8

/** Greedy insertion with blinks: tasks in a drawn order, each at its cheapest place, a place now and then overlooked. */
export class Recreate {
  readonly single: Placement
  readonly carried: CarriedPlacement
  /** tasks left over by the last run */
  readonly absent: Int32Array
  absentCount = 0
  /** price of each task that stays out */
  penalty: Float64Array
  /** cost from which on a plan will not be kept: when insertions can only add to it, the rest need not be placed */
  highest = Infinity
  /** asked now and then while a first plan is made: whether the tasks left stay absent */
  isStopped: (() => boolean) | null = null
  wasStopped = false
  readonly #instance: Instance
  readonly #routes: Routes
  readonly #random: Random
  readonly #key: Float64Array
  readonly #orders: Float64Array[]
  readonly #weights: number[]
  readonly #weightSum: number

  constructor(instance: Instance, routes: Routes, random: Random, exact: ExactRoute | null) {
    this.#instance = instance
    this.penalty = instance.penalty
    this.#routes = routes
    this.#random = random
    this.single = new Placement(instance, routes, random, exact)
    this.carried = new CarriedPlacement(instance, routes, random, exact)
    this.absent = new Int32Array(instance.tasks)
    this.#key = new Float64Array(instance.tasks)
    const keys = sortKeys(instance)
    const rows: [number, Float64Array | null][] = [[weights.random, null], [instance.dimensions ? weights.demand : 0, keys.demand], [weights.far, keys.far], [weights.close, keys.close]]
    if (instance.has.time) rows.push([weights.windowLength, keys.length], [weights.windowStart, instance.open], [weights.windowEnd, keys.end])
    this.#orders = rows.map((row) => row[1] ?? new Float64Array(0))
    this.#weights = rows.map((row) => row[0])
    this.#weightSum = this.#weights.reduce((sum, each) => sum + each, 0)
  }

  set mayOpenRoutes(isAllowed: boolean) {
    this.single.mayOpenRoutes = isAllowed
    this.carried.mayOpenRoutes = isAllowed
  }

  set thoroughness(chance: number) {
    this.single.thoroughness = chance
    this.carried.thoroughness = chance
  }

  /** Inserts the tasks of `list[0 … count)`; returns what the leftovers cost in penalties, Infinity when it stops at `highest`. */
  run(list: Int32Array, count: number): number {
    const { penalty } = this
    // narrow windows need many neighbours now and then; without time a few near ones hold the best place
    const width = 10 + this.#random.below(this.#instance.has.time ? 51 : 31)
    this.single.width = width
    this.carried.width = width
    this.#sort(list, count)
    this.absentCount = 0
    let penalties = 0
    const isLimited = this.highest < Infinity && this.#instance.has.metric
    for (let at = 0; at < count; at++) {
      const task = list[at]!
      // a route without a schedule costs infinitely much: that alone must not end a run that has no limit
      if (isLimited && this.#routes.cost + penalties >= this.highest) return Infinity
      if (this.isStopped !== null && (this.#instance.has.exact || at % stopEvery === 0)) this.wasStopped ||= this.isStopped()
      if (!this.wasStopped && this.#place(task, isLimited ? this.highest - this.#routes.cost - penalties : Infinity)) continue
      this.absent[this.absentCount++] = task
      penalties += penalty[task]!
    }
    return penalties
  }

  /** Places a task, or a carried order by its pickup, where that costs less than its penalty and than `most`; false when there is no such place. */
  #place(task: number, most: number): boolean {
    const penalty = this.penalty[task]!
    const isCarried = this.#instance.mate[task]! >= 0
    const placement = isCarried ? this.carried : this.single
    placement.find(task, Math.min(penalty, most))
    if (!(placement.delta < penalty) || (placement.after < 0 && placement.openKind < 0)) return false
    if (isCarried) this.#insertCarried(task)
    else this.#insertSingle(task)
    return this.#isScheduled(task)
  }

  /**
   * Judges keep only so many labels, and price a place from other labels than the whole route: now and then a place that had a price leaves a
   * route without a schedule. Such a task is taken out again.
   */
  #isScheduled(task: number): boolean {
    const routes = this.#routes
    const route = routes.routeOf[task]!
    if (routes.exact === null || routes.detour[route]! < Infinity) return true
    const mate = this.#instance.mate[task]!
    if (mate >= 0) routes.remove(mate)
    routes.remove(task)
    if (routes.size[route]! > 0) routes.refresh(route)
    routes.cost = routes.recount()
    return false
  }

  /** Whether a task, or a carried order by its pickup, has a place in one route. */
  fitsIn(task: number, route: number): boolean {
    if (this.#instance.mate[task]! < 0) {
      this.single.findIn(task, route)
      return this.single.after >= 0
    }
    this.carried.findIn(task, route)
    return this.carried.after >= 0
  }

  /** Places a task in one route, whatever it costs; false when it does not fit, or fits by its price only and was taken out again. */
  placeIn(task: number, route: number): boolean {
    if (!this.fitsIn(task, route)) return false
    if (this.#instance.mate[task]! < 0) this.#insertSingle(task)
    else this.#insertCarried(task)
    return this.#isScheduled(task)
  }

  /** Whether some vehicle can serve a task, or a carried order by its pickup, and nothing else. */
  canServe(task: number): boolean {
    const { mate, kind, fleet, tasks } = this.#instance
    if (kind[task] === taskKind.carryDelivery) return true
    const its = mate[task]!
    for (let vehicle = 0; vehicle < fleet.kinds; vehicle++) {
      const price = its >= 0 ? this.carried.priceAlone(task, its, vehicle) : this.single.priceAlone(task, vehicle)
      if (price < Infinity && fleet.mayServe[vehicle * tasks + task] === 1 && (its < 0 || fleet.mayServe[vehicle * tasks + its] === 1)) return true
    }
    return false
  }

  #insertSingle(task: number): void {
    const { single } = this
    const routes = this.#routes
    if (single.openKind >= 0) routes.insert(task, routes.startOf(routes.openRoute(single.openKind)))
    else {
      if (single.retype >= 0) routes.retype(routes.routeOf[single.after]!, single.retype)
      routes.insert(task, single.after)
      if (single.retype >= 0) routes.refresh(routes.routeOf[task]!)
    }
    routes.refreshAround(task)
  }

  #insertCarried(pickup: number): void {
    const { carried } = this
    const routes = this.#routes
    const delivery = this.#instance.mate[pickup]!
    const left = carried.openKind >= 0 ? routes.startOf(routes.openRoute(carried.openKind)) : carried.after
    routes.insert(pickup, left)
    routes.insert(delivery, carried.openKind >= 0 ? pickup : carried.mateAfter)
    routes.refresh(routes.routeOf[pickup]!)
  }

  #sort(list: Int32Array, count: number): void {
    let draw = this.#random.unit() * this.#weightSum
    let which = 0
    while (which < this.#weights.length - 1 && draw >= this.#weights[which]!) draw -= this.#weights[which++]!
    const key = this.#orders[which]!
    const keys = this.#key
    for (let at = 0; at < count; at++) keys[at] = which === 0 ? this.#random.unit() : key[list[at]!]!
    if (count > 64) return sortLong(list, keys, count)
    for (let at = 1; at < count; at++) {
      const task = list[at]!
      const value = keys[at]!
      let to = at - 1
      for (; to >= 0 && keys[to]! > value; to--) {
        keys[to + 1] = keys[to]!
        list[to + 1] = list[to]!
      }
      keys[to + 1] = value
      list[to + 1] = task
    }
  }
}

function sortLong(list: Int32Array, keys: Float64Array, count: number): void {
  const order = Array.from({ length: count }, (_, at) => at).sort((a, b) => keys[a]! - keys[b]! || a - b)
  const sorted = order.map((at) => list[at]!)
  list.set(sorted)
}

/** Smallest key first: large demands, far from or near to the nearest depot, short windows, late ends first. */
function sortKeys(instance: Instance): { demand: Float64Array; far: Float64Array; close: Float64Array; length: Float64Array; end: Float64Array } {
  const { tasks, dimensions, amount, locationOf, fleet, open, close, mate, kind } = instance
  const each = (value: (task: number) => number) => Float64Array.from({ length: tasks }, (_, task) => value(task))
  const depots = [...new Set(fleet.start)]
  const far = each((task) => -Math.min(...depots.map((depot) => arcAt(instance, 0, depot, locationOf[task]!))))
  const finite = (value: number) => (Number.isFinite(value) ? value : Math.sign(value) * 1e15)
  return {
    demand: each((task) => -Array.from({ length: dimensions }, (_, dimension) => amount[task * dimensions + dimension]! / Math.max(1e-9, fleet.capacity[dimension]!)).reduce((sum, part) => sum + part, 0)),
    far,
    close: far.map((value) => -value),
    length: each((task) => finite(close[task]! - open[task]!)),
    end: each((task) => -finite(close[kind[task] === taskKind.carryPickup ? mate[task]! : task]!)),
  }
}
