import { arcAt, durationAt, tolerance, type Instance } from '../instance/instance.ts'
import type { Routes } from '../routes.ts'
import { cutsSayAll, join, mayExchangeAcross } from './cuts.ts'

/** Likely neighbours a side of a stop that are looked at. */
const tried = 12
/** Chains that are followed further at each step: those that cost least so far. */
const beam = 10
/** Stops put out one after the other. */
const deepest = 3
/** How many stops from the one that comes the one that leaves for it may stand. */
const reach = 6

/** One step of a chain: `task` comes behind `after`, `ejected` leaves the same route for it. */
interface Link {
  parent: Link | null
  task: number
  after: number
  ejected: number
  /** money up to here, with `ejected` nowhere */
  sum: number
}

const emptyLink = (): Link => ({ parent: null, task: -1, after: -1, ejected: -1, sum: Infinity })

/**
 * Ejection chain over up to four routes (Glover 1996; cyclic transfers: Thompson & Psaraftis 1993): a stop comes into another route and one leaves it,
 * which comes into a third, and so on, until one finds room, takes the place that the first one left, or is left out. Where vehicles are full to the
 * last hundredth an exchange of two seldom balances, one of three or four does more often. A beam search from one stop. Positions are judged by
 * the times of the routes as they stand: what leaves elsewhere only makes room, so nothing is let in wrongly.
 */
export class EjectionChain {
  /** the task that the last chain left out, -1 when none */
  leftOut = -1
  readonly #instance: Instance
  readonly #routes: Routes
  readonly #root = emptyLink()
  /** [step]: links kept, the first `#counts[step]` of them in use */
  readonly #levels = Array.from({ length: deepest + 1 }, () => Array.from({ length: beam }, emptyLink))
  readonly #counts = new Int32Array(deepest + 1)
  #start = -1
  #startRoute = -1
  #price = Infinity
  #best = Infinity
  #last: Link | null = null
  /** where the last stop of the best chain goes, -1 when it is left out */
  #lastAfter = -1

  constructor(instance: Instance, routes: Routes) {
    this.#instance = instance
    this.#routes = routes
  }

  /** Not where longer duties cost money: a position would have to be priced by the duty, not only judged. */
  static when(instance: Instance, routes: Routes, meanStops: number): EjectionChain | null {
    const isFree = instance.fleet.costPerSecond.every((each) => each === 0)
    return isFree && cutsSayAll(instance, meanStops) && mayExchangeAcross(instance) ? new EjectionChain(instance, routes) : null
  }

  /**
   * Looks for a chain that begins with a stop of a route, or with an absent task, and costs less than `limit`; changes the routes and is true
   * when there is one. `price`: money for a task that is absent, Infinity when none may be. The caller commits.
   */
  step(task: number, limit: number, price: number): boolean {
    const { routeOf, size, frozen } = this.#routes
    const route = routeOf[task]!
    if (route >= 0 && (size[route]! < 2 || frozen[task] === 1)) return false
    this.#start = task
    this.#startRoute = route
    this.#price = price
    this.#best = limit
    this.#last = null
    this.#root.ejected = task
    this.#root.sum = route < 0 ? -price : -this.#saving(task)
    this.#counts.fill(0)
    this.#expand(this.#root, 0)
    for (let step = 1; step <= deepest; step++) for (let at = 0; at < this.#counts[step]!; at++) this.#expand(this.#levels[step]![at]!, step)
    return this.#last !== null && this.#apply(this.#last)
  }

  /** Money saved when a stop leaves its route. */
  #saving(task: number): number {
    const instance = this.#instance
    const { fleet } = instance
    const { prev, next, edge, location } = this.#routes
    const before = prev[task]!
    return fleet.factor[0]! * (edge[before]! + edge[task]! - arcAt(instance, fleet.arcBase[0]!, location[before]!, location[next[task]!]!))
  }

  /** Tries the stop that a link put out at its neighbours. */
  #expand(link: Link, step: number): void {
    if (link.sum >= this.#best) return
    const { before, after, neighbourWidth } = this.#instance
    const { prev, next, routeOf } = this.#routes
    const from = link.ejected * neighbourWidth
    const to = from + Math.min(tried, neighbourWidth)
    for (let at = from; at < to; at++) {
      const [left, right] = [before[at]!, after[at]!]
      if (left >= 0 && routeOf[left]! >= 0) this.#tryBetween(link, step, left, next[left]!, routeOf[left]!)
      if (right >= 0 && routeOf[right]! >= 0) this.#tryBetween(link, step, prev[right]!, right, routeOf[right]!)
    }
  }

  #tryBetween(link: Link, step: number, left: number, right: number, route: number): void {
    if (this.#routes.frozen[right] === 1) return
    if (route === this.#startRoute) {
      if (link !== this.#root) this.#tryHome(link, left, right)
      return
    }
    if (this.#isTaken(link, route)) return
    const instance = this.#instance
    const { tasks, fleet } = instance
    const { prev, next, location, edge, size, kindOf } = this.#routes
    const base = fleet.arcBase[0]!
    const factor = fleet.factor[0]!
    const task = link.ejected
    const here = location[task]!
    const toLeft = arcAt(instance, base, location[left]!, here)
    const toRight = arcAt(instance, base, here, location[right]!)
    if (this.#isInTime(left, task, right, route)) {
      const sum = link.sum + factor * (toLeft + toRight - edge[left]!)
      if (sum < this.#best && size[route]! < fleet.maxStops[kindOf[route]!]! && this.#fits(task, -1, route)) this.#end(link, left, sum)
      if (step < deepest) this.#offerAround(link, step, left, right, sum)
    }
    if (step >= deepest) return
    // in the place of one of the two
    if (right < tasks) {
      const sum = link.sum + factor * (toLeft + arcAt(instance, base, here, location[next[right]!]!) - edge[left]! - edge[right]!)
      if (sum < this.#best && this.#isInTime(left, task, next[right]!, route)) this.#offer(link, step, left, right, sum)
    }
    if (left < tasks) {
      const earlier = prev[left]!
      const sum = link.sum + factor * (arcAt(instance, base, location[earlier]!, here) + toRight - edge[earlier]! - edge[left]!)
      if (sum < this.#best && this.#isInTime(earlier, task, right, route)) this.#offer(link, step, earlier, left, sum)
    }
  }

  /** Stops near the position that may leave, but not its two neighbours. */
  #offerAround(link: Link, step: number, left: number, right: number, sum: number): void {
    const { tasks } = this.#instance
    const { prev, next } = this.#routes
    let node = left < tasks ? prev[left]! : tasks
    for (let away = 0; away < reach && node < tasks; away++, node = prev[node]!) this.#offer(link, step, left, node, sum - this.#saving(node))
    node = right < tasks ? next[right]! : tasks
    for (let away = 0; away < reach && node < tasks; away++, node = next[node]!) this.#offer(link, step, left, node, sum - this.#saving(node))
  }

  /** Back in the route that the first stop has left. */
  #tryHome(link: Link, before: number, behind: number): void {
    const instance = this.#instance
    const { fleet, tasks } = instance
    const { prev, next, location, edge } = this.#routes
    const start = this.#start
    const left = before === start ? prev[start]! : before
    const right = behind === start ? next[start]! : behind
    const base = fleet.arcBase[0]!
    const gone = next[left] === right ? edge[left]! : arcAt(instance, base, location[left]!, location[right]!)
    const task = link.ejected
    const sum = link.sum + fleet.factor[0]! * (arcAt(instance, base, location[left]!, location[task]!) + arcAt(instance, base, location[task]!, location[right]!) - gone)
    if (sum >= this.#best || this.#routes.frozen[right] === 1 || (left >= tasks && right >= tasks)) return
    if (this.#fits(task, start, this.#startRoute) && this.#isInTime(left, task, right, this.#startRoute)) this.#end(link, left, sum)
  }

  #end(link: Link, after: number, sum: number): void {
    this.#best = sum
    this.#last = link
    this.#lastAfter = after
  }

  /** A further link, kept when it is among the cheapest of its step, each stop put out once. */
  #offer(link: Link, step: number, after: number, ejected: number, sum: number): void {
    if (sum >= this.#best || this.#routes.frozen[ejected] === 1 || !this.#fits(link.ejected, ejected, this.#routes.routeOf[ejected]!)) return
    const kept = this.#slotFor(ejected, step + 1)
    if (kept.sum <= sum) return
    kept.parent = link
    kept.task = link.ejected
    kept.after = after
    kept.ejected = ejected
    kept.sum = sum
    // should a cheaper link take its place later, leaving out that one's stop costs less as well
    if (sum + this.#price < this.#best) this.#end(kept, -1, sum + this.#price)
  }

  /** The link that puts out the same stop, a free one, or the dearest. */
  #slotFor(ejected: number, step: number): Link {
    const level = this.#levels[step]!
    const count = this.#counts[step]!
    let dearest = level[0]!
    for (let at = 0; at < count; at++) {
      const each = level[at]!
      if (each.ejected === ejected) return each
      if (each.sum > dearest.sum) dearest = each
    }
    if (count === beam) return dearest
    this.#counts[step] = count + 1
    const free = level[count]!
    free.ejected = ejected
    free.sum = Infinity
    return free
  }

  /** Whether the chain up to here changes a route already. */
  #isTaken(link: Link, route: number): boolean {
    const { routeOf } = this.#routes
    for (let each: Link | null = link; each !== null && each !== this.#root; each = each.parent) if (routeOf[each.ejected] === route) return true
    return false
  }

  #fits(comes: number, leaves: number, route: number): boolean {
    const { dimensions, amount, fleet } = this.#instance
    const { deliveries, kindOf } = this.#routes
    const kind = kindOf[route]!
    for (let dimension = 0; dimension < dimensions; dimension++) {
      const load = deliveries[route * dimensions + dimension]! + amount[comes * dimensions + dimension]! - (leaves >= 0 ? amount[leaves * dimensions + dimension]! : 0)
      if (load > fleet.capacity[kind * dimensions + dimension]! + tolerance) return false
    }
    return true
  }

  #isInTime(left: number, task: number, right: number, route: number): boolean {
    const instance = this.#instance
    if (!instance.has.time) return true
    const { location, depart, late, open, close, service, kindOf } = this.#routes
    const base = instance.fleet.durationBase[kindOf[route]!]!
    const to = durationAt(instance, base, location[left]!, location[task]!)
    const onward = durationAt(instance, base, location[task]!, location[right]!)
    const begin = Math.max(open[task]!, depart[left]! + to)
    if (begin > close[task]! + tolerance || begin + service[task]! + onward > late[right]! + tolerance) return false
    return !instance.has.duration || this.#isShort(left, task, right, to, onward, kindOf[route]!)
  }

  /** Whether the duty is within its limit. */
  #isShort(left: number, task: number, right: number, to: number, onward: number, kind: number): boolean {
    const { open, close, service, headDuration, headLate, tailDuration, tailEarly } = this.#routes
    const driven = headDuration[left]! + to
    const span = join(driven, headLate[left]!, open[task]!) + service[task]! + onward
    const late = Math.min(headLate[left]!, close[task]! - driven)
    return join(span, late, tailEarly[right]!) + tailDuration[right]! <= this.#instance.fleet.maxDuration[kind]! + tolerance
  }

  /** Each stop that comes is out already; its route never stands empty in between. */
  #apply(last: Link): boolean {
    const routes = this.#routes
    const links: Link[] = []
    for (let each: Link | null = last; each !== null && each !== this.#root; each = each.parent) links.unshift(each)
    if (this.#startRoute >= 0) routes.remove(this.#start)
    for (const { task, after, ejected } of links) {
      routes.insert(task, after)
      routes.remove(ejected)
    }
    this.leftOut = this.#lastAfter < 0 ? last.ejected : -1
    if (this.#lastAfter >= 0) routes.insert(last.ejected, this.#lastAfter)
    let isDrivable = true
    routes.forTouched((route) => {
      routes.refresh(route)
      // where ways do not obey the triangle inequality, and rounded ones do not, a stop that leaves can make the rest late
      isDrivable &&= routes.isDrivable(route)
    })
    if (!isDrivable) routes.rollback()
    return isDrivable
  }
}
