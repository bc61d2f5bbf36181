import { arcAt, durationAt, tolerance, type Instance } from '../instance/instance.ts'
import type { Random } from '../random.ts'
import type { Routes } from '../routes.ts'
import { cutsSayAll, join, mayExchangeAcross } from './cuts.ts'

/** How many likely successors of a stop are tried. */
const tried = 24
/** Stops of the longest segment: what is longer, strings and tails move. */
const longest = 3

/** Consecutive stops of one route. */
interface Segment {
  readonly stops: Int32Array
  count: number
}

/**
 * CROSS exchange (Taillard, Badeau, Gendreau, Guertin & Potvin 1997): a few stops behind `a` and a few from a likely successor `b` of another route
 * on change places, and keep their direction; with none behind `a` the others are moved. Where vehicles are full, a stop that leaves must make room
 * for the one that comes: taken out and put back one after the other, each at its cheapest place, they hardly ever meet so.
 */
export class CrossExchange {
  readonly #instance: Instance
  readonly #routes: Routes
  readonly #random: Random
  readonly #mayCross: boolean
  readonly #mine: Segment = { stops: new Int32Array(longest), count: 0 }
  readonly #theirs: Segment = { stops: new Int32Array(longest), count: 0 }
  #delta = Infinity
  #first = -1
  #count = 0

  constructor(instance: Instance, routes: Routes, random: Random) {
    this.#instance = instance
    this.#routes = routes
    this.#random = random
    this.#mayCross = mayExchangeAcross(instance)
  }

  static when(instance: Instance, routes: Routes, random: Random, meanStops: number): CrossExchange | null {
    return cutsSayAll(instance, meanStops) ? new CrossExchange(instance, routes, random) : null
  }

  /** Tries one stop with segments of random length; changes the routes and is true when the best exchange there costs less than `limit`. The caller commits. */
  step(limit: number): boolean {
    const routes = this.#routes
    const task = this.#random.below(this.#instance.tasks)
    if (routes.routeOf[task]! < 0 || routes.frozen[routes.next[task]!] === 1) return false
    this.#take(this.#mine, routes.next[task]!, this.#random.below(longest + 1))
    this.#delta = limit
    this.#first = -1
    this.#scan(task, 1 + this.#random.below(longest))
    if (this.#first < 0) return false
    this.#exchange(task)
    return true
  }

  /** Up to `wanted` stops from a node on. */
  #take(segment: Segment, from: number, wanted: number): void {
    const { tasks } = this.#instance
    const { next } = this.#routes
    segment.count = 0
    for (let node = from; segment.count < wanted && node < tasks; node = next[node]!) segment.stops[segment.count++] = node
  }

  #scan(task: number, wanted: number): void {
    const instance = this.#instance
    const { after, afterArc, afterTime, neighbourWidth, fleet, has, tasks } = instance
    const hasTimes = afterTime.length > 0
    const hasArcs = afterArc.length > 0
    const { routeOf, prev, next, location, edge, kindOf, frozen } = this.#routes
    const mine = this.#mine
    const theirs = this.#theirs
    const route = routeOf[task]!
    const kind = kindOf[route]!
    const base = fleet.arcBase[kind]!
    const factor = fleet.factor[kind]!
    const mineFirst = mine.stops[0]!
    const mineLast = mine.count > 0 ? mine.stops[mine.count - 1]! : task
    const behind = next[mineLast]!
    const gone = edge[task]! + (mine.count > 0 ? edge[mineLast]! : 0)
    const from = task * neighbourWidth
    const to = from + Math.min(tried, neighbourWidth)
    for (let at = from; at < to; at++) {
      if (hasTimes) at = this.#skip(at, to, task, wanted, gone)
      const first = at < to ? after[at]! : -1
      if (first < 0) return
      const link = hasArcs ? afterArc[at]! : arcAt(instance, base, location[task]!, location[first]!)
      const other = routeOf[first]!
      if (other < 0 || other === route || frozen[first] === 1) continue
      const its = kindOf[other]!
      if (its !== kind && !this.#mayCross) continue
      this.#take(theirs, first, wanted)
      const last = theirs.stops[theirs.count - 1]!
      const before = prev[first]!
      const further = next[last]!
      let arcs = link - gone - edge[before]! - edge[last]!
      if (factor * arcs >= this.#delta) continue
      arcs += arcAt(instance, base, location[last]!, location[behind]!)
      if (factor * arcs >= this.#delta) continue
      const isEmptied = mine.count === 0 && before >= tasks && further >= tasks
      if (mine.count > 0) arcs += arcAt(instance, base, location[before]!, location[mineFirst]!) + arcAt(instance, base, location[mineLast]!, location[further]!)
      else if (!isEmptied) arcs += arcAt(instance, base, location[before]!, location[further]!)
      let delta = factor * arcs - (isEmptied ? fleet.fixedCost[its]! : 0)
      if (delta >= this.#delta || !this.#hasRoom(route, other)) continue
      if (has.time && !(this.#isInTime(task, theirs, behind, kind) && (isEmptied || this.#isInTime(before, mine, further, its)))) continue
      if (has.duration) {
        delta += this.#dutyPrice(task, theirs, behind, route) + (isEmptied ? -fleet.costPerSecond[its]! * this.#routes.duration[other]! : this.#dutyPrice(before, mine, further, other))
        if (delta >= this.#delta) continue
      }
      this.#delta = delta
      this.#first = first
      this.#count = theirs.count
    }
  }

  /** The next successor in the list that is in time and whose link is not too long for the ways that go. In a loop of its own for the compiler's sake. */
  #skip(from: number, to: number, task: number, wanted: number, gone: number): number {
    const { after, afterArc, afterTime, fleet, tasks } = this.#instance
    const { routeOf, next, prev, edge, close, kindOf, depart } = this.#routes
    const route = routeOf[task]!
    const most = this.#delta / fleet.factor[kindOf[route]!]! + gone
    const leaves = depart[task]! - tolerance
    let at = from
    for (; at < to; at++) {
      const first = after[at]!
      if (first < 0) break
      const other = routeOf[first]!
      if (other < 0 || other === route) continue
      let last = first
      if (wanted > 1 && next[last]! < tasks) last = next[last]!
      if (wanted > 2 && next[last]! < tasks) last = next[last]!
      if (afterArc[at]! - edge[prev[first]!]! - edge[last]! < most && leaves + afterTime[at]! <= close[first]!) break
    }
    return at
  }

  /** Both new routes within the vehicles' room and number of stops. */
  #hasRoom(route: number, other: number): boolean {
    const { dimensions, fleet, amount } = this.#instance
    const { size, deliveries, kindOf } = this.#routes
    const [mine, theirs] = [this.#mine, this.#theirs]
    const [kind, its] = [kindOf[route]!, kindOf[other]!]
    const grown = theirs.count - mine.count
    if (size[route]! + grown > fleet.maxStops[kind]! || size[other]! - grown > fleet.maxStops[its]!) return false
    for (let dimension = 0; dimension < dimensions; dimension++) {
      let shift = 0
      for (let at = 0; at < theirs.count; at++) shift += amount[theirs.stops[at]! * dimensions + dimension]!
      for (let at = 0; at < mine.count; at++) shift -= amount[mine.stops[at]! * dimensions + dimension]!
      if (deliveries[route * dimensions + dimension]! + shift > fleet.capacity[kind * dimensions + dimension]! + tolerance) return false
      if (deliveries[other * dimensions + dimension]! - shift > fleet.capacity[its * dimensions + dimension]! + tolerance) return false
    }
    return true
  }

  /** Whether a segment between two nodes of a route, and what follows it there, is in time. */
  #isInTime(left: number, { stops, count }: Segment, right: number, kind: number): boolean {
    const instance = this.#instance
    const { location, depart, late, open, close, service } = this.#routes
    const base = instance.fleet.durationBase[kind]!
    let free = depart[left]!
    let place = location[left]!
    for (let at = 0; at < count; at++) {
      const stop = stops[at]!
      const begin = Math.max(open[stop]!, free + durationAt(instance, base, place, location[stop]!))
      if (begin > close[stop]! + tolerance) return false
      free = begin + service[stop]!
      place = location[stop]!
    }
    return free + durationAt(instance, base, place, location[right]!) <= late[right]! + tolerance
  }

  /** What the duty of a route costs more with a segment between two of its nodes; Infinity when it is longer than allowed. */
  #dutyPrice(left: number, { stops, count }: Segment, right: number, route: number): number {
    const instance = this.#instance
    const { fleet } = instance
    const { location, open, close, service, headDuration, headLate, tailDuration, tailEarly, kindOf, duration } = this.#routes
    const kind = kindOf[route]!
    const base = fleet.durationBase[kind]!
    let span = headDuration[left]!
    let late = headLate[left]!
    let place = location[left]!
    for (let at = 0; at < count; at++) {
      const stop = stops[at]!
      span = join(span + durationAt(instance, base, place, location[stop]!), late, open[stop]!)
      late = Math.min(late, close[stop]! - span)
      span += service[stop]!
      place = location[stop]!
    }
    span = join(span + durationAt(instance, base, place, location[right]!), late, tailEarly[right]!) + tailDuration[right]!
    return span > fleet.maxDuration[kind]! + tolerance ? Infinity : fleet.costPerSecond[kind]! * (span - duration[route]!)
  }

  /** Mine go first, so that their route never stands empty in between unless all of it is taken. */
  #exchange(task: number): void {
    const routes = this.#routes
    const [mine, theirs] = [this.#mine, this.#theirs]
    this.#take(theirs, this.#first, this.#count)
    const [route, other] = [routes.routeOf[task]!, routes.routeOf[this.#first]!]
    this.#move(mine, routes.prev[this.#first]!)
    this.#move(theirs, task)
    routes.refresh(route)
    if (routes.size[other]! > 0) routes.refresh(other)
  }

  #move({ stops, count }: Segment, after: number): void {
    const routes = this.#routes
    for (let at = 0, left = after; at < count; left = stops[at++]!) {
      routes.remove(stops[at]!)
      routes.insert(stops[at]!, left)
    }
  }
}
