import { arcAt, durationAt, tolerance, type Instance } from '../instance/instance.ts'
import type { Random } from '../random.ts'
import type { Routes } from '../routes.ts'
import { cutsSayAll, join, mayExchangeAcross } from './cuts.ts'

/** How many likely successors of a stop are tried. */
const tried = 24

/**
 * Exchange of route tails (2-opt*: Potvin & Rousseau 1995): the stop `a` is followed by a likely successor `b` of another route, and what followed `a`
 * goes where `b` was; vehicles of two depots keep each its own end. With nothing behind `a` and nothing before `b` two routes become one; with an
 * empty route one becomes two. Ruin and recreate moves ten stops at a time and cannot do this to long routes.
 */
export class Tails {
  readonly #instance: Instance
  readonly #routes: Routes
  readonly #random: Random
  readonly #mayCross: boolean
  /** the shortest way from each task to where any vehicle ends; empty when vehicles of different ends exchange nothing */
  readonly #nearestEnd: Float64Array
  #delta = Infinity
  #before = -1

  constructor(instance: Instance, routes: Routes, random: Random) {
    this.#instance = instance
    this.#routes = routes
    this.#random = random
    this.#mayCross = mayExchangeAcross(instance)
    this.#nearestEnd = this.#mayCross ? nearestEnds(instance) : new Float64Array(0)
  }

  /** Without time tails take a fifth of the iterations, and strings make nearly the same exchanges of short routes. */
  static when(instance: Instance, routes: Routes, random: Random, meanStops: number): Tails | null {
    return cutsSayAll(instance, meanStops) ? new Tails(instance, routes, random) : null
  }

  /** Tries one stop; changes the routes and is true when the best exchange there costs less than `limit`. The caller commits. */
  step(limit: number, mayOpenRoutes: boolean): boolean {
    const routes = this.#routes
    const task = this.#random.below(this.#instance.tasks)
    const route = routes.routeOf[task]!
    const right = routes.next[task]!
    if (route < 0 || routes.frozen[right] === 1) return false
    this.#delta = limit
    this.#before = -1
    if (mayOpenRoutes) this.#priceSplit(task, right, route)
    this.#scan(task, right, route)
    if (this.#before < 0) return false
    this.#exchange(task, route)
    return true
  }

  /** The tail of `task` as a route of its own: a new vehicle of the same kind. */
  #priceSplit(task: number, right: number, route: number): void {
    const instance = this.#instance
    const { fleet, tasks, has } = instance
    const routes = this.#routes
    const kind = routes.kindOf[route]!
    if (right >= tasks || !routes.mayOpen(kind)) return
    const [start, end] = [fleet.start[kind]!, fleet.end[kind]!]
    const [head, tail] = [routes.location[task]!, routes.location[right]!]
    const base = fleet.arcBase[kind]!
    let delta = fleet.fixedCost[kind]! + fleet.factor[kind]! * (arcAt(instance, base, start, tail) + arcAt(instance, base, head, end) - routes.edge[task]!)
    if (delta >= this.#delta) return
    if (has.time) {
      const timeBase = fleet.durationBase[kind]!
      if (fleet.shiftEarliest[kind]! + durationAt(instance, timeBase, start, tail) > routes.late[right]! + tolerance) return
      if (routes.depart[task]! + durationAt(instance, timeBase, head, end) > fleet.shiftLatest[kind]! + tolerance) return
    }
    if (has.duration) {
      const { headDuration, headLate, tailDuration, tailEarly, duration } = routes
      const [onward, home] = [durationAt(instance, fleet.durationBase[kind]!, start, tail), durationAt(instance, fleet.durationBase[kind]!, head, end)]
      const first = join(headDuration[task]! + home, headLate[task]!, fleet.shiftEarliest[kind]!)
      const second = join(onward, fleet.shiftLatest[kind]!, tailEarly[right]!) + tailDuration[right]!
      if (Math.max(first, second) > fleet.maxDuration[kind]! + tolerance) return
      delta += fleet.costPerSecond[kind]! * (first + second - duration[route]!)
      if (delta >= this.#delta) return
    }
    this.#delta = delta
    this.#before = tasks + this.#routes.slots
  }

  #scan(task: number, right: number, route: number): void {
    const instance = this.#instance
    const { after, afterArc, afterTime, neighbourWidth, fleet, has } = instance
    const hasArcs = afterArc.length > 0
    const hasTimes = afterTime.length > 0
    const { routeOf, prev, location, edge, depart, late, kindOf, frozen } = this.#routes
    const kind = kindOf[route]!
    const base = fleet.arcBase[kind]!
    const timeBase = fleet.durationBase[kind]!
    const factor = fleet.factor[kind]!
    const here = location[task]!
    const there = location[right]!
    const from = task * neighbourWidth
    const to = from + Math.min(tried, neighbourWidth)
    for (let at = from; at < to; at++) {
      if (hasTimes) at = this.#skip(at, to, task, route)
      const next = at < to ? after[at]! : -1
      if (next < 0) return
      // one of the two new links is shorter than what it replaces; when this one is not, the exchange is found from its other end
      const link = hasArcs ? afterArc[at]! : arcAt(instance, base, here, location[next]!)
      if (hasArcs && !has.time && factor * (link - edge[task]!) >= this.#delta) return
      const other = routeOf[next]!
      if (other < 0 || other === route) continue
      const before = prev[next]!
      if (kindOf[other] !== kind) {
        if (this.#mayCross && frozen[next] !== 1) this.#priceAcross(task, right, before, next)
        continue
      }
      let delta = factor * (link + arcAt(instance, base, location[before]!, there) - edge[task]! - edge[before]!)
      if (delta >= this.#delta || frozen[next] === 1) continue
      if (has.time && (depart[task]! + durationAt(instance, timeBase, here, location[next]!) > late[next]! + tolerance || depart[before]! + durationAt(instance, timeBase, location[before]!, there) > late[right]! + tolerance)) continue
      if (has.duration) delta += this.#durationPrice(task, right, before, next)
      if (delta >= this.#delta || !this.#hasRoom(task, before, route, other)) continue
      this.#delta = delta
      this.#before = before
    }
  }

  /**
   * The next successor in the list that is in time and whose link is not too long for the two that go: no other can pass. Where the vehicles' ends
   * differ, the last ways may become shorter as well, at most to the nearest end there is. In a loop of its own for the compiler's sake.
   */
  #skip(from: number, to: number, task: number, route: number): number {
    const { after, afterArc, afterTime, fleet } = this.#instance
    const { routeOf, prev, edge, late, close, kindOf, depart } = this.#routes
    const nearest = this.#nearestEnd
    const kind = kindOf[route]!
    const longest = this.#delta / fleet.factor[kind]! + edge[task]!
    const ends = this.#routes.endOf(0)
    const last = prev[ends + route]!
    // where nothing follows the task one vehicle may be saved, whose fixed cost no way tells
    const mayCross = this.#mayCross
    const longestAcross = mayCross && last !== task ? longest + edge[last]! - nearest[last]! : Infinity
    const leaves = depart[task]! - tolerance
    let at = from
    for (; at < to; at++) {
      const next = after[at]!
      if (next < 0) break
      const other = routeOf[next]!
      if (other < 0 || other === route) continue
      const link = afterArc[at]! - edge[prev[next]!]!
      if (kindOf[other] === kind) {
        if (link < longest && leaves + afterTime[at]! <= late[next]!) break
        continue
      }
      if (!mayCross) continue
      const its = prev[ends + other]!
      if (link - edge[its]! + nearest[its]! < longestAcross && leaves + afterTime[at]! <= close[next]!) break
    }
    return at
  }

  /** The exchange between vehicles of different depots or shifts: each keeps its own end, so the last ways change as well. */
  #priceAcross(task: number, right: number, before: number, next: number): void {
    const instance = this.#instance
    const routes = this.#routes
    const { fleet, tasks, has } = instance
    const { location, edge, routeOf, kindOf, prev, duration } = routes
    const [route, other] = [routeOf[task]!, routeOf[next]!]
    const [kind, its] = [kindOf[route]!, kindOf[other]!]
    const base = fleet.arcBase[kind]!
    const [last, itsLast] = [prev[routes.endOf(route)]!, prev[routes.endOf(other)]!]
    let arcs = arcAt(instance, base, location[task]!, location[next]!) - edge[task]! + arcAt(instance, base, location[itsLast]!, fleet.end[kind]!) - edge[itsLast]! - edge[before]!
    const isMerged = before >= tasks && right >= tasks
    if (!isMerged) arcs += arcAt(instance, base, location[before]!, right < tasks ? location[right]! : fleet.end[its]!)
    if (right < tasks) arcs += arcAt(instance, base, location[last]!, fleet.end[its]!) - edge[last]!
    let delta = fleet.factor[kind]! * arcs - (isMerged ? fleet.fixedCost[its]! : 0)
    if (delta >= this.#delta || !this.#hasRoom(task, before, route, other)) return
    if (has.time) {
      const [first, second] = [this.#dutyOf(task, next, kind), isMerged ? 0 : this.#dutyOf(before, right, its)]
      if (first + second === Infinity) return
      if (has.duration) delta += fleet.costPerSecond[kind]! * (first - duration[route]!) + fleet.costPerSecond[its]! * (second - duration[other]!)
    }
    if (delta >= this.#delta) return
    this.#delta = delta
    this.#before = before
  }

  /** Duration of the head up to `from` and the tail from `to` on under a kind of vehicle, stop by stop; Infinity when it is late or too long. */
  #dutyOf(from: number, to: number, kind: number): number {
    const instance = this.#instance
    const { fleet, tasks, has } = instance
    const { location, next, depart, open, close, service, headDuration, headLate } = this.#routes
    const base = fleet.durationBase[kind]!
    let free = depart[from]!
    let at = location[from]!
    let span = has.duration ? headDuration[from]! : 0
    let late = has.duration ? headLate[from]! : Infinity
    for (let node = to; ; node = next[node]!) {
      const isEnd = node >= tasks
      const there = isEnd ? fleet.end[kind]! : location[node]!
      const [opens, closes] = isEnd ? [fleet.shiftEarliest[kind]!, fleet.shiftLatest[kind]!] : [open[node]!, close[node]!]
      const way = durationAt(instance, base, at, there)
      const begin = Math.max(opens, free + way)
      if (begin > closes + tolerance) return Infinity
      span = join(span + way, late, opens)
      if (isEnd) return span > fleet.maxDuration[kind]! + tolerance ? Infinity : span
      late = Math.min(late, closes - span)
      span += service[node]!
      free = begin + service[node]!
      at = there
    }
  }

  /** What the duties of both new routes cost more; Infinity when one is longer than allowed. */
  #durationPrice(task: number, right: number, before: number, next: number): number {
    const instance = this.#instance
    const { location, routeOf, kindOf, duration } = this.#routes
    const { headDuration, headLate, tailDuration, tailEarly } = this.#routes
    const kind = kindOf[routeOf[task]!]!
    const base = instance.fleet.durationBase[kind]!
    const first = join(headDuration[task]! + durationAt(instance, base, location[task]!, location[next]!), headLate[task]!, tailEarly[next]!) + tailDuration[next]!
    const second = join(headDuration[before]! + durationAt(instance, base, location[before]!, location[right]!), headLate[before]!, tailEarly[right]!) + tailDuration[right]!
    // two routes of which one takes all are one duty
    const isMerged = next < instance.tasks && before >= instance.tasks && right >= instance.tasks
    if (Math.max(first, isMerged ? 0 : second) > instance.fleet.maxDuration[kind]! + tolerance) return Infinity
    return instance.fleet.costPerSecond[kind]! * (first + (isMerged ? 0 : second) - duration[routeOf[task]!]! - duration[routeOf[next]!]!)
  }

  /** Both new routes within the vehicle's room and number of stops. */
  #hasRoom(task: number, before: number, route: number, other: number): boolean {
    const { dimensions, fleet } = this.#instance
    const routes = this.#routes
    const { size, deliveries, kindOf, loadUpTo, position } = routes
    const kind = kindOf[route]!
    routes.count(route)
    routes.count(other)
    for (let dimension = 0; dimension < dimensions; dimension++) {
      const room = fleet.capacity[kind * dimensions + dimension]! + tolerance
      const shift = loadUpTo[task * dimensions + dimension]! - loadUpTo[before * dimensions + dimension]!
      if (deliveries[other * dimensions + dimension]! + shift > room || deliveries[route * dimensions + dimension]! - shift > room) return false
    }
    const shift = position[task]! - position[before]!
    return size[other]! + shift <= fleet.maxStops[kind]! && size[route]! - shift <= fleet.maxStops[kind]!
  }

  #exchange(task: number, route: number): void {
    const routes = this.#routes
    const { tasks } = this.#instance
    const isSplit = this.#before >= tasks + routes.slots
    const before = isSplit ? routes.startOf(routes.openRoute(routes.kindOf[route]!)) : this.#before
    const other = routes.routeOf[before]!
    routes.exchangeTails(task, before)
    if (routes.size[route]! > 0) routes.refresh(route)
    if (routes.size[other]! > 0) routes.refresh(other)
  }
}

function nearestEnds(instance: Instance): Float64Array {
  const { tasks, locationOf, fleet } = instance
  const ends = [...new Set(fleet.end)]
  return Float64Array.from({ length: tasks }, (_, task) => ends.reduce((least, end) => Math.min(least, arcAt(instance, fleet.arcBase[0]!, locationOf[task]!, end)), Infinity))
}
