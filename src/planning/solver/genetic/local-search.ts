// The moves of one neighbourhood in one file: they share their reasons and their bounds.
import type { Random } from '../random.ts'
import type { Ground, Tours } from './ground.ts'
import { least, LinkedRoutes } from './linked-routes.ts'
import { SwapStar } from './swap-star.ts'

/**
 * Local search over plans that may carry too much at a penalty (Vidal 2022), in the neighbourhoods of Vidal, Crainic, Gendreau, Lahrichi & Rei 2012.
 */
export class LocalSearch {
  readonly ground: Ground
  readonly routes: LinkedRoutes
  readonly #testedAt: Int32Array
  readonly #order: Int32Array
  readonly #random: Random
  readonly #swapStar: SwapStar

  constructor(ground: Ground, random: Random) {
    this.ground = ground
    this.routes = new LinkedRoutes(ground)
    this.#random = random
    this.#testedAt = new Int32Array(ground.tasks)
    this.#order = Int32Array.from({ length: ground.tasks }, (_, task) => task)
    this.#swapStar = new SwapStar(this.routes)
  }

  /**
   * Improves a plan until no move does. `origins` gives `origin` of each route: between two routes of one earlier result nothing is left to find.
   */
  run(tours: Tours, origins?: Uint8Array): void {
    this.routes.set(tours, origins)
    this.#testedAt.fill(-1)
    this.#swapStar.reset()
    this.#shuffle()
    const order = this.#order
    for (let isFirst = true, isBetter = true; isFirst || isBetter; isFirst = false) {
      isBetter = false
      for (let at = 0; at < order.length; at++) if (this.#improve(order[at]!, isFirst)) isBetter = true
      if (!isBetter && !isFirst && this.#swapStar.run()) isBetter = true
    }
  }

  #shuffle(): void {
    const order = this.#order
    for (let at = order.length - 1; at > 0; at--) {
      const other = this.#random.below(at + 1)
      const task = order[at]!
      order[at] = order[other]!
      order[other] = task
    }
  }

  /**
   * All moves of a task with its neighbours, whose routes or its own have changed since it was last tried. The link that comes must be shorter
   * than one of the two that go (gain criterion: Lin & Kernighan 1973), unless a load is too much; neighbours come nearest first, so most lists end early.
   */
  #improve(task: number, isFirst: boolean): boolean {
    const { tasks, before, beforeArc, width, size, arc, fixedCost } = this.ground
    const { routeOf, prev, changedAt, penalty } = this.routes
    const tested = this.#testedAt[task]!
    this.#testedAt[task] = this.routes.moves
    const to = (task + 1) * width
    let isBetter = false
    let reach = this.#reach(task)
    let isNearDepot = arc[tasks * size + task]! - fixedCost < reach
    for (let at = this.#nextWorth(task * width, to, task, tested, reach, isNearDepot); at < to; at = this.#nextWorth(at + 1, to, task, tested, reach, isNearDepot)) {
      const other = before[at]!
      const isNear = beforeArc[at]! - fixedCost < reach
      const isOver = penalty[routeOf[task]!]! + penalty[routeOf[other]!]! > 0
      if (((isNear || isOver) && this.#pair(task, other)) || (prev[other]! >= tasks && (isNearDepot || isOver) && this.#pair(task, prev[other]!))) {
        isBetter = true
        reach = this.#reach(task)
        isNearDepot = arc[tasks * size + task]! - fixedCost < reach
      }
    }
    // a vehicle of its own is tried when the routes there are had their chance
    if (!isFirst && tested < changedAt[routeOf[task]!]! && (isNearDepot || penalty[routeOf[task]!]! > 0)) {
      const empty = this.routes.stops.indexOf(0)
      if (empty >= 0 && this.#pair(task, tasks + empty)) isBetter = true
    }
    return isBetter
  }

  /** The next neighbour worth trying, from one place in the list on. A short loop without calls, which the compiler makes fast. */
  #nextWorth(from: number, to: number, task: number, tested: number, reach: number, isNearDepot: boolean): number {
    const { before, beforeArc, fixedCost } = this.ground
    const { routeOf, changedAt, origin, penalty, overloaded } = this.routes
    const route = routeOf[task]!
    const own = tested < 0 ? origin[route]! : 0
    const isUnchanged = tested >= 0 && changedAt[route]! <= tested
    const isAsked = isNearDepot || penalty[route]! > 0
    for (let at = from; at < to; at++) {
      const other = before[at]!
      if (other < 0) return to
      const its = routeOf[other]!
      if (!isAsked && beforeArc[at]! - fixedCost >= reach && penalty[its]! <= 0) {
        if (overloaded === 0) return to
        continue
      }
      if ((own & origin[its]!) === 0 && !(isUnchanged && changedAt[its]! <= tested)) return at
    }
    return to
  }

  /** The longer of the two links of a task. */
  #reach(task: number): number {
    const { tasks, size, arc } = this.ground
    const { next, prev } = this.routes
    return Math.max(arc[Math.min(prev[task]!, tasks) * size + task]!, arc[task * size + Math.min(next[task]!, tasks)]!)
  }

  /** The moves of task `u` and what follows it with node `v` (a task or the start of a route) and what follows that. The first that pays is made. */
  #pair(u: number, v: number): boolean {
    return this.routes.routeOf[u] === this.routes.routeOf[v] ? this.#pairWithin(u, v) : this.#pairApart(u, v)
  }

  #pairApart(u: number, v: number): boolean {
    const { tasks, size, arc, amount, fixedCost } = this.ground
    const { next, prev, routeOf, penalty, load, stops } = this.routes
    const x = next[u]!
    const y = next[v]!
    const p = prev[u]!
    const lv = Math.min(v, tasks)
    const lx = Math.min(x, tasks)
    const ly = Math.min(y, tasks)
    const lp = Math.min(p, tasks)
    const ru = routeOf[u]!
    const rv = routeOf[v]!
    const rowP = lp * size
    const rowU = u * size
    const rowV = lv * size
    const rowX = lx * size
    const now = penalty[ru]! + penalty[rv]!
    const loadU = load[ru]!
    const loadV = load[rv]!
    const qu = amount[u]!
    const qx = amount[lx]!
    const pu = arc[rowP + u]!
    const ux = arc[rowU + lx]!
    const vy = arc[rowV + ly]!
    const opens = stops[rv] === 0 ? fixedCost : 0
    // u behind v
    let delta = arc[rowP + lx]! - pu - ux + arc[rowV + u]! + arc[rowU + ly]! - vy + opens - (stops[ru] === 1 ? fixedCost : 0) - now
    if (delta < -least) {
      delta += this.routes.excess(loadU - qu) + this.routes.excess(loadV + qu)
      if (delta < -least) {
        this.routes.move(u, v)
        return this.#changed(ru, rv, delta)
      }
    }
    const isPair = x < tasks
    const xx = isPair ? next[x]! : -1
    const lxx = isPair ? Math.min(xx, tasks) : 0
    if (isPair) {
      const leaves = arc[rowP + lxx]! - pu - arc[rowX + lxx]! - vy + opens - (stops[ru] === 2 ? fixedCost : 0) - now
      // u and x behind v
      delta = leaves + arc[rowV + u]! + arc[rowX + ly]!
      if (delta < -least) {
        delta += this.routes.excess(loadU - qu - qx) + this.routes.excess(loadV + qu + qx)
        if (delta < -least) {
          this.routes.move(u, v)
          this.routes.move(x, u)
          return this.#changed(ru, rv, delta)
        }
      }
      // x and u behind v
      delta = leaves - ux + arc[rowV + lx]! + arc[rowX + u]! + arc[rowU + ly]!
      if (delta < -least) {
        delta += this.routes.excess(loadU - qu - qx) + this.routes.excess(loadV + qu + qx)
        if (delta < -least) {
          this.routes.move(x, v)
          this.routes.move(u, x)
          return this.#changed(ru, rv, delta)
        }
      }
    }
    return (v < tasks && this.#exchangeApart(u, v, now)) || this.#tails(u, v, now)
  }

  /** One or two stops of one route for one or two of another; one for two is found from the other end. */
  #exchangeApart(u: number, v: number, now: number): boolean {
    const { tasks, size, arc, amount } = this.ground
    const { next, prev, routeOf, load } = this.routes
    const x = next[u]!
    const y = next[v]!
    const p = prev[u]!
    const lv = Math.min(v, tasks)
    const lx = Math.min(x, tasks)
    const ly = Math.min(y, tasks)
    const ru = routeOf[u]!
    const rv = routeOf[v]!
    const rowP = Math.min(p, tasks) * size
    const rowU = u * size
    const rowV = lv * size
    const rowX = lx * size
    const loadU = load[ru]!
    const loadV = load[rv]!
    const qu = amount[u]!
    const qx = amount[lx]!
    const pu = arc[rowP + u]!
    const ux = arc[rowU + lx]!
    const vy = arc[rowV + ly]!
    const pv = prev[v]!
    const lpv = Math.min(pv, tasks)
    const rowPV = lpv * size
    const qv = amount[lv]!
    const before = arc[rowPV + lv]!
    // u for v
    let delta = arc[rowP + lv]! + arc[rowV + lx]! - pu - ux + arc[rowPV + u]! + arc[rowU + ly]! - before - vy - now
    if (delta < -least) {
      delta += this.routes.excess(loadU + qv - qu) + this.routes.excess(loadV + qu - qv)
      if (delta < -least) {
        this.routes.move(u, v)
        this.routes.move(v, p)
        return this.#changed(ru, rv, delta)
      }
    }
    if (x >= tasks) return false
    const lxx = Math.min(next[x]!, tasks)
    const leaves = arc[rowP + lv]! - pu - arc[rowX + lxx]! + arc[rowPV + u]! - before - now
    // u and x for v
    delta = leaves + arc[rowV + lxx]! + arc[rowX + ly]! - vy
    if (delta < -least) {
      delta += this.routes.excess(loadU + qv - qu - qx) + this.routes.excess(loadV + qu + qx - qv)
      if (delta < -least) {
        this.routes.move(u, v)
        this.routes.move(x, u)
        this.routes.move(v, p)
        return this.#changed(ru, rv, delta)
      }
    }
    if (y >= tasks) return false
    // u and x for v and y
    const lyy = Math.min(next[y]!, tasks)
    delta = leaves + arc[ly * size + lxx]! + arc[rowX + lyy]! - arc[ly * size + lyy]!
    if (delta >= -least) return false
    const grown = amount[ly]! + qv - qu - qx
    delta += this.routes.excess(loadU + grown) + this.routes.excess(loadV - grown)
    if (delta >= -least) return false
    this.routes.move(u, y)
    this.routes.move(x, u)
    this.routes.move(v, p)
    this.routes.move(y, v)
    return this.#changed(ru, rv, delta)
  }

  /** Two routes exchange their tails, or their tail for the other's head driven backwards (2-opt*: Potvin & Rousseau 1995). */
  #tails(u: number, v: number, now: number): boolean {
    const { tasks, size, arc, fixedCost, isSymmetric } = this.ground
    const { next, routeOf, load, carried, stops } = this.routes
    const x = next[u]!
    const y = next[v]!
    const lv = Math.min(v, tasks)
    const lx = Math.min(x, tasks)
    const ly = Math.min(y, tasks)
    const ru = routeOf[u]!
    const rv = routeOf[v]!
    const headU = carried[u]!
    const headV = carried[v]!
    const removed = arc[u * size + lx]! + arc[lv * size + ly]! + now
    const used = fixedCost === 0 ? 0 : fixedCost * (1 + (stops[rv]! > 0 ? 1 : 0))
    let delta = arc[u * size + lv]! + arc[lx * size + ly]! - removed
    if (!isSymmetric) delta += this.routes.backwards[v]! + this.#backwardsFrom(x, ru)
    if (fixedCost > 0) delta += fixedCost * (1 + (x < tasks || y < tasks ? 1 : 0)) - used
    if (delta < -least) {
      delta += this.routes.excess(headU + headV) + this.routes.excess(load[ru]! + load[rv]! - headU - headV)
      if (delta < -least) {
        this.routes.joinHeads(u, v)
        return this.#changed(ru, rv, delta)
      }
    }
    delta = arc[u * size + ly]! + arc[lv * size + lx]! - removed
    if (fixedCost > 0) delta += fixedCost * (1 + (v < tasks || x < tasks ? 1 : 0)) - used
    if (delta >= -least) return false
    delta += this.routes.excess(headU + load[rv]! - headV) + this.routes.excess(headV + load[ru]! - headU)
    if (delta >= -least) return false
    this.routes.exchangeTails(u, v)
    return this.#changed(ru, rv, delta)
  }

  #backwardsFrom(node: number, route: number): number {
    const { tasks, vehicles } = this.ground
    return this.routes.backwards[tasks + vehicles + route]! - this.routes.backwards[node]!
  }

  #pairWithin(u: number, v: number): boolean {
    const { tasks, size, arc } = this.ground
    const { next, prev, routeOf, position } = this.routes
    const x = next[u]!
    const y = next[v]!
    const p = prev[u]!
    const lv = Math.min(v, tasks)
    const lx = Math.min(x, tasks)
    const ly = Math.min(y, tasks)
    const lp = Math.min(p, tasks)
    const route = routeOf[u]!
    const pu = arc[lp * size + u]!
    const ux = arc[u * size + lx]!
    const vy = arc[lv * size + ly]!
    let delta = 0
    if (u !== y) {
      delta = arc[lp * size + lx]! - pu - ux + arc[lv * size + u]! + arc[u * size + ly]! - vy
      if (delta < -least) {
        this.routes.move(u, v)
        return this.#changed(route, route, delta)
      }
      if (x !== v && x < tasks) {
        const xx = next[x]!
        const lxx = Math.min(xx, tasks)
        const leaves = arc[lp * size + lxx]! - pu - arc[lx * size + lxx]! - vy
        delta = leaves + arc[lv * size + u]! + arc[lx * size + ly]!
        if (delta < -least) {
          this.routes.move(u, v)
          this.routes.move(x, u)
          return this.#changed(route, route, delta)
        }
        delta = leaves - ux + arc[lv * size + lx]! + arc[lx * size + u]! + arc[u * size + ly]!
        if (delta < -least) {
          this.routes.move(x, v)
          this.routes.move(u, x)
          return this.#changed(route, route, delta)
        }
      }
    }
    if (v < tasks && this.#exchangeWithin(u, v)) return true
    // the way between the two driven backwards (2-opt)
    if (position[u]! > position[v]! || x === v) return false
    delta = arc[u * size + lv]! + arc[lx * size + ly]! - ux - vy
    if (!this.ground.isSymmetric) delta += this.routes.backwards[v]! - this.routes.backwards[x]!
    if (delta >= -least) return false
    this.routes.reverse(u, x, v, y)
    return this.#changed(route, route, delta)
  }

  #exchangeWithin(u: number, v: number): boolean {
    const { tasks, size, arc } = this.ground
    const { next, prev, routeOf } = this.routes
    const x = next[u]!
    const y = next[v]!
    const p = prev[u]!
    const pv = prev[v]!
    const lv = Math.min(v, tasks)
    const lx = Math.min(x, tasks)
    const ly = Math.min(y, tasks)
    const lp = Math.min(p, tasks)
    const lpv = Math.min(pv, tasks)
    const route = routeOf[u]!
    if (u === pv || u === y) return false
    const pu = arc[lp * size + u]!
    const before = arc[lpv * size + lv]!
    const vy = arc[lv * size + ly]!
    let delta = arc[lp * size + lv]! + arc[lv * size + lx]! - pu - arc[u * size + lx]! + arc[lpv * size + u]! + arc[u * size + ly]! - before - vy
    if (delta < -least) {
      this.routes.move(u, v)
      this.routes.move(v, p)
      return this.#changed(route, route, delta)
    }
    if (x >= tasks || x === pv) return false
    const xx = next[x]!
    const lxx = Math.min(xx, tasks)
    delta = arc[lp * size + lv]! + arc[lv * size + lxx]! - pu - arc[lx * size + lxx]! + arc[lpv * size + u]! + arc[lx * size + ly]! - before - vy
    if (delta < -least) {
      this.routes.move(u, v)
      this.routes.move(x, u)
      this.routes.move(v, p)
      return this.#changed(route, route, delta)
    }
    if (y >= tasks || y === p || x === v) return false
    const lyy = Math.min(next[y]!, tasks)
    delta = arc[lp * size + lv]! + arc[ly * size + lxx]! - pu - arc[lx * size + lxx]! + arc[lpv * size + u]! + arc[lx * size + lyy]! - before - arc[ly * size + lyy]!
    if (delta >= -least) return false
    this.routes.move(u, y)
    this.routes.move(x, u)
    this.routes.move(v, p)
    this.routes.move(y, v)
    return this.#changed(route, route, delta)
  }

  #changed(route: number, other: number, delta: number): true {
    this.routes.gained -= delta
    this.routes.update(route)
    if (other !== route) this.routes.update(other)
    return true
  }

}
