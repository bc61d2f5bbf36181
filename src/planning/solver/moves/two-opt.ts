import { arcAt, tolerance, type Instance } from '../instance/instance.ts'
import type { Random } from '../random.ts'
import type { Routes } from '../routes.ts'

/** How many near stops are tried. */
const tried = 16

/**
 * Two links become two others with a part turned round. In one route the stops between them are driven backwards (2-opt: Croes 1958); of two
 * routes the beginnings become one route and the ends another (2-opt*, the form that turns: Potvin & Rousseau 1995). Strings of ten stops put
 * back greedily turn nothing round, and tails keep their direction.
 */
export class TwoOpt {
  readonly #instance: Instance
  readonly #routes: Routes
  readonly #random: Random
  #delta = Infinity
  #partner = -1

  constructor(instance: Instance, routes: Routes, random: Random) {
    this.#instance = instance
    this.#routes = routes
    this.#random = random
  }

  /** Only where a route may be driven backwards at the same price, and sums say all. */
  static when(instance: Instance, routes: Routes, random: Random): TwoOpt | null {
    const { has, arcs, arcsBack, fleet } = instance
    if (has.time || has.exact || has.carried || has.peaks || has.backhaulsLast || arcs !== arcsBack) return null
    return fleet.start.every((start, kind) => start === fleet.end[kind]) ? new TwoOpt(instance, routes, random) : null
  }

  /** Tries one stop; changes the routes and is true when the best exchange there costs less than `limit`. The caller commits. */
  step(limit: number): boolean {
    const routes = this.#routes
    const task = this.#random.below(this.#instance.tasks)
    const route = routes.routeOf[task]!
    if (route < 0 || routes.frozen[routes.next[routes.startOf(route)]!] === 1) return false
    const isForward = this.#random.unit() < 0.5
    this.#delta = limit
    this.#partner = -1
    this.#scan(task, isForward)
    if (this.#partner < 0) return false
    if (routes.routeOf[this.#partner] === route) this.#turn(task, this.#partner, isForward)
    else this.#join(task, this.#partner, isForward)
    return true
  }

  #scan(task: number, isForward: boolean): void {
    const instance = this.#instance
    const { before: near, beforeArc, neighbourWidth, fleet, tasks } = instance
    const hasArcs = beforeArc.length > 0
    const { routeOf, next, prev, location, edge, kindOf, frozen } = this.#routes
    const onward = isForward ? next : prev
    const route = routeOf[task]!
    const kind = kindOf[route]!
    const base = fleet.arcBase[kind]!
    const factor = fleet.factor[kind]!
    const behind = onward[task]!
    const there = location[behind]!
    const gone = isForward ? edge[task]! : edge[behind]!
    const from = task * neighbourWidth
    const to = from + Math.min(tried, neighbourWidth)
    for (let at = from; at < to; at++) {
      const other = near[at]!
      if (other < 0) return
      const link = hasArcs ? beforeArc[at]! : arcAt(instance, base, location[task]!, location[other]!)
      // one of the two new links is shorter than what it replaces; when this one is not, the exchange is found from its other end
      if (hasArcs && factor * (link - gone) >= this.#delta) return
      const otherRoute = routeOf[other]!
      if (otherRoute < 0 || kindOf[otherRoute] !== kind) continue
      const further = onward[other]!
      const alsoGone = isForward ? edge[other]! : edge[further]!
      if (factor * (link - gone - alsoGone) >= this.#delta) continue
      const delta = factor * (link + arcAt(instance, base, there, location[further]!) - gone - alsoGone)
      if (delta >= this.#delta || frozen[next[tasks + otherRoute]!] === 1) continue
      // the two links must not share a stop
      if (otherRoute === route ? further === task || behind === other : !this.#hasRoom(task, other, isForward)) continue
      this.#delta = delta
      this.#partner = other
    }
  }

  /** Both new routes within the vehicle's room and number of stops. */
  #hasRoom(task: number, other: number, isForward: boolean): boolean {
    const { dimensions, fleet, amount } = this.#instance
    const routes = this.#routes
    const { size, deliveries, kindOf, routeOf, position, loadUpTo } = routes
    const [a, b] = [routeOf[task]!, routeOf[other]!]
    const kind = kindOf[a]!
    routes.count(a)
    routes.count(b)
    // of the two beginnings; the cut lies behind both stops or before both
    const stops = position[task]! + position[other]! - (isForward ? 0 : 2)
    if (stops > fleet.maxStops[kind]! || size[a]! + size[b]! - stops > fleet.maxStops[kind]!) return false
    for (let dimension = 0; dimension < dimensions; dimension++) {
      let load = loadUpTo[task * dimensions + dimension]! + loadUpTo[other * dimensions + dimension]!
      if (!isForward) load -= amount[task * dimensions + dimension]! + amount[other * dimensions + dimension]!
      const room = fleet.capacity[kind * dimensions + dimension]! + tolerance
      if (load > room || deliveries[a * dimensions + dimension]! + deliveries[b * dimensions + dimension]! - load > room) return false
    }
    return true
  }

  /** In one route: the stops between the two links change their direction. */
  #turn(task: number, other: number, isForward: boolean): void {
    const routes = this.#routes
    routes.count(routes.routeOf[task]!)
    const [left, right] = routes.position[task]! < routes.position[other]! ? [task, other] : [other, task]
    routes.turn(isForward ? routes.next[left]! : left, isForward ? right : routes.prev[right]!)
  }

  /** The beginnings of both routes become one route, their ends another: with one route turned round these are exchanged tails. */
  #join(task: number, other: number, isForward: boolean): void {
    const routes = this.#routes
    const otherRoute = routes.routeOf[other]!
    routes.turn(routes.next[routes.startOf(otherRoute)]!, routes.prev[routes.endOf(otherRoute)]!)
    if (isForward) routes.exchangeTails(task, routes.prev[other]!)
    else routes.exchangeTails(routes.prev[task]!, other)
  }
}
