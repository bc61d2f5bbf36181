import { arcAt, durationAt, tolerance, type Instance } from '../instance/instance.ts'
import type { Placement } from './placement.ts'
import type { Random } from '../random.ts'
import type { Routes } from '../routes.ts'
import type { Ruin } from './ruin.ts'

/**
 * Whole routes under another kind of vehicle: larger or smaller, dearer or cheaper, from another depot, in another shift. Insertion gives a
 * route a larger vehicle of the same movement only; everything else about who drives a route is decided here (the assignment of depots and
 * types that Vidal et al. 2014, "Implicit depot assignments", fold into their neighbourhoods, as a move of its own).
 */
export class VehicleChange {
  readonly #instance: Instance
  readonly #routes: Routes
  readonly #random: Random
  readonly #placement: Placement

  constructor(instance: Instance, routes: Routes, random: Random, placement: Placement) {
    this.#instance = instance
    this.#routes = routes
    this.#random = random
    this.#placement = placement
  }

  /** Nothing to change with one kind; where the whole route is judged, its price elsewhere is not known from its arcs. */
  static when(instance: Instance, routes: Routes, random: Random, placement: Placement): VehicleChange | null {
    return instance.has.oneKind ? null : new VehicleChange(instance, routes, random, placement)
  }

  /** Gives a route to the cheapest kind with a vehicle left, when that is below `limit` more than now; true when it did. The caller commits. */
  settle(route: number, limit: number): boolean {
    const { fleet } = this.#instance
    const routes = this.#routes
    const kind = routes.kindOf[route]!
    let best = limit
    let chosen = -1
    for (let other = 0; other < fleet.kinds; other++) {
      if (other === kind || !routes.mayOpen(other)) continue
      const delta = this.#price(route, other)
      if (delta >= best || !this.#mayDrive(route, other)) continue
      best = delta
      chosen = other
    }
    return chosen >= 0 && this.#change(route, chosen, -1, limit)
  }

  /** Where vehicles differ in size, routes that lost stops go to the cheapest vehicle that still fits. */
  settleRuined({ ruined, ruinedCount }: Pick<Ruin, 'ruined' | 'ruinedCount'>): void {
    for (let at = 0; at < ruinedCount; at++) if (this.#routes.size[ruined[at]!]! > 0) this.settle(ruined[at]!, 0)
  }

  /** What is left of a ruined route says little about its depot, what it becomes does: the whole route goes to the depot that is best for it. */
  settleTouched(): void {
    this.#routes.forTouched((route) => this.settle(route, 0))
  }

  /** One route drawn at random: to another kind, or in exchange for the vehicle of another route when none is left. The caller commits. */
  step(limit: number): boolean {
    const routes = this.#routes
    const { activeCount, active, kindOf } = routes
    if (activeCount === 0) return false
    const route = active[this.#random.below(activeCount)]!
    if (this.settle(route, limit)) return true
    const other = active[this.#random.below(activeCount)]!
    const [kind, its] = [kindOf[route]!, kindOf[other]!]
    if (kind === its || this.#price(route, its) + this.#price(other, kind) >= limit) return false
    return this.#mayDrive(route, its) && this.#mayDrive(other, kind) && this.#change(route, its, other, limit)
  }

  /** Changes one route, or two in exchange, and takes it back when the whole price is not below the limit after all. */
  #change(route: number, to: number, other: number, limit: number): boolean {
    const routes = this.#routes
    const kind = routes.kindOf[route]!
    const before = routes.cost
    this.#retype(route, to)
    if (other >= 0) this.#retype(other, kind)
    if (routes.cost - before < limit && routes.isDrivable(route) && (other < 0 || routes.isDrivable(other))) return true
    this.#retype(route, kind)
    if (other >= 0) this.#retype(other, to)
    return false
  }

  #retype(route: number, kind: number): void {
    this.#routes.retype(route, kind)
    this.#routes.refresh(route)
  }

  /** What the arcs and the vehicle cost more than now. */
  #price(route: number, kind: number): number {
    const instance = this.#instance
    const { fleet } = instance
    const { kindOf, arcSum, next, prev, location, edge } = this.#routes
    const now = kindOf[route]!
    const start = this.#routes.startOf(route)
    const last = prev[this.#routes.endOf(route)]!
    const first = next[start]!
    const base = fleet.arcBase[kind]!
    let arcs = arcAt(instance, base, fleet.start[kind]!, location[first]!) + arcAt(instance, base, location[last]!, fleet.end[kind]!)
    if (base === fleet.arcBase[now]!) arcs += arcSum[route]! - edge[start]! - edge[last]!
    else for (let node = first; node !== last; node = next[node]!) arcs += arcAt(instance, base, location[node]!, location[next[node]!]!)
    return fleet.fixedCost[kind]! - fleet.fixedCost[now]! + fleet.factor[kind]! * arcs - fleet.factor[now]! * arcSum[route]!
  }

  /** Room, skills, number of stops, and in time from the kind's own start to its own end. */
  #mayDrive(route: number, kind: number): boolean {
    const instance = this.#instance
    const { fleet, has } = instance
    const routes = this.#routes
    const { next, location, close, service } = routes
    if (routes.size[route]! > fleet.maxStops[kind]! || !this.#placement.mayTakeOver(route, kind)) return false
    if (!has.time || fleet.movement[kind] === fleet.movement[routes.kindOf[route]!]) return true
    const base = fleet.durationBase[kind]!
    let free = fleet.shiftEarliest[kind]!
    let at = fleet.start[kind]!
    for (let node = next[routes.startOf(route)]!; next[node]! >= 0; node = next[node]!) {
      const begin = routes.nextOpen(node, free + durationAt(instance, base, at, location[node]!))
      if (begin > close[node]! + tolerance) return false
      free = begin + service[node]!
      at = location[node]!
    }
    return free + durationAt(instance, base, at, fleet.end[kind]!) <= fleet.shiftLatest[kind]! + tolerance
  }
}
