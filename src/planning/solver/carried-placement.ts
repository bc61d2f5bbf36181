import type { ExactRoute } from './exact-route.ts'
import { tolerance, type Instance } from './instance.ts'
import type { Random } from './random.ts'
import type { Routes } from './routes.ts'

const blinkChance = 0.01

/** Finds where a carried order costs least: pickup behind `after`, delivery behind `mateAfter` (the pickup itself when directly behind it). */
export class CarriedPlacement {
  delta = Infinity
  after = -1
  mateAfter = -1
  openKind = -1
  width = 40
  mayOpenRoutes = true
  /** chance that an order which no neighbour takes is tried everywhere when no new route is possible either */
  thoroughness = 1
  readonly #instance: Instance
  readonly #routes: Routes
  readonly #random: Random
  readonly #exact: ExactRoute | null
  readonly #stampOf: Int32Array
  #stamp = 0

  constructor(instance: Instance, routes: Routes, random: Random, exact: ExactRoute | null) {
    this.#instance = instance
    this.#routes = routes
    this.#random = random
    this.#exact = exact
    this.#stampOf = new Int32Array(routes.slots)
  }

  find(pickup: number): void {
    const { before, after, neighbourWidth, mate } = this.#instance
    const { routeOf } = this.#routes
    const delivery = mate[pickup]!
    this.delta = Infinity
    this.after = -1
    this.openKind = -1
    this.#stamp++
    if (this.mayOpenRoutes) this.#priceNewRoute(pickup, delivery)
    const width = Math.min(this.width, neighbourWidth)
    for (const task of [pickup, delivery])
      for (let rank = 0; rank < width; rank++) {
        const left = before[task * neighbourWidth + rank]!
        if (left >= 0 && routeOf[left]! >= 0) this.#scan(routeOf[left]!, pickup, delivery)
        const right = after[task * neighbourWidth + rank]!
        if (right >= 0 && routeOf[right]! >= 0) this.#scan(routeOf[right]!, pickup, delivery)
      }
    if (this.after < 0 && (this.thoroughness >= 1 || this.openKind >= 0 || this.#random.unit() < this.thoroughness)) for (let at = 0; at < this.#routes.activeCount; at++) this.#scan(this.#routes.active[at]!, pickup, delivery)
  }

  /** The cheapest place in one route. */
  findIn(pickup: number, route: number): void {
    this.delta = Infinity
    this.after = -1
    this.openKind = -1
    this.#stamp++
    this.#scan(route, pickup, this.#instance.mate[pickup]!)
  }

  #scan(route: number, pickup: number, delivery: number): void {
    if (this.#stampOf[route] === this.#stamp) return
    this.#stampOf[route] = this.#stamp
    const { arcs, arcsBack, durations, durationsBack, locations, locationOf, fleet, has, tasks } = this.#instance
    const routes = this.#routes
    const kind = routes.kindOf[route]!
    if (fleet.mayServe[kind * tasks + pickup] === 0 || fleet.mayServe[kind * tasks + delivery] === 0 || routes.size[route]! + 2 > fleet.maxStops[kind]!) return
    const factor = fleet.factor[kind]!
    const row = fleet.arcBase[kind]! + locationOf[pickup]! * locations
    const timeRow = (has.time ? fleet.durationBase[kind]! : 0) + locationOf[pickup]! * locations
    for (let left = routes.startOf(route); routes.next[left]! >= 0; left = routes.next[left]!) {
      const right = routes.next[left]!
      if (routes.frozen[right] === 1) continue
      const toLeft = routes.location[left]!
      const toRight = routes.location[right]!
      const delta = factor * (arcsBack[row + toLeft]! + arcs[row + toRight]! - routes.edge[left]!)
      if (!this.#hasRoomBehind(left, pickup, route, kind)) continue
      let leave = 0
      if (has.time) {
        if (routes.depart[left]! > routes.close[pickup]!) break
        const begin = routes.nextOpen(pickup, routes.depart[left]! + durationsBack[timeRow + toLeft]!)
        if (begin > routes.close[pickup]! + tolerance) continue
        leave = begin + routes.service[pickup]!
      }
      if (this.#random.unit() < blinkChance) continue
      this.#scanDelivery({ route, kind, pickup, delivery, left, leave, openDelta: factor * (arcsBack[row + toLeft]! - routes.edge[left]!) })
      if (delta >= this.delta) continue
      if (has.time && leave + durations[timeRow + toRight]! > routes.late[right]! + tolerance) continue
      this.#scanLater({ route, kind, pickup, delivery, left, delta, leave: has.time ? leave + durations[timeRow + toRight]! : 0 })
    }
  }

  /** Delivery directly behind the pickup. */
  #scanDelivery(at: { route: number; kind: number; pickup: number; delivery: number; left: number; leave: number; openDelta: number }): void {
    const { arcs, durations, locations, locationOf, fleet, has } = this.#instance
    const routes = this.#routes
    const right = routes.next[at.left]!
    const toPickup = locationOf[at.pickup]! * locations + locationOf[at.delivery]!
    const onward = locationOf[at.delivery]! * locations + routes.location[right]!
    const base = fleet.arcBase[at.kind]!
    const delta = at.openDelta + fleet.factor[at.kind]! * (arcs[base + toPickup]! + arcs[base + onward]!)
    if (delta >= this.delta) return
    if (has.time) {
      const timeBase = fleet.durationBase[at.kind]!
      const begin = routes.nextOpen(at.delivery, at.leave + durations[timeBase + toPickup]!)
      if (begin > routes.close[at.delivery]! + tolerance) return
      if (begin + routes.service[at.delivery]! + durations[timeBase + onward]! > routes.late[right]! + tolerance) return
    }
    this.#take(at.route, at.kind, at.pickup, at.left, at.delivery, at.pickup, delta)
  }

  /** Delivery behind a later stop: the pickup's delay is carried along until it no longer fits. `leave` is the arrival at the next stop. */
  #scanLater(at: { route: number; kind: number; pickup: number; delivery: number; left: number; delta: number; leave: number }): void {
    const { arcs, arcsBack, durations, durationsBack, locations, locationOf, fleet, has } = this.#instance
    const routes = this.#routes
    const row = locationOf[at.delivery]! * locations
    const base = fleet.arcBase[at.kind]! + row
    const timeBase = (has.time ? fleet.durationBase[at.kind]! : 0) + row
    let arrival = at.leave
    for (let node = routes.next[at.left]!; routes.next[node]! >= 0; node = routes.next[node]!) {
      const following = routes.next[node]!
      if (!this.#hasRoomOn(node, at.pickup, at.route, at.kind)) return
      let leave = 0
      if (has.time) {
        const begin = routes.nextOpen(node, arrival)
        if (begin > routes.late[node]! + tolerance) return
        leave = begin + routes.service[node]!
        if (leave > routes.close[at.delivery]!) return
        arrival = leave + routes.edgeTime[node]!
      }
      const delta = at.delta + fleet.factor[at.kind]! * (arcsBack[base + routes.location[node]!]! + arcs[base + routes.location[following]!]! - routes.edge[node]!)
      if (delta >= this.delta || routes.frozen[following] === 1) continue
      if (has.time) {
        const begin = routes.nextOpen(at.delivery, leave + durationsBack[timeBase + routes.location[node]!]!)
        if (begin > routes.close[at.delivery]! + tolerance) continue
        if (begin + routes.service[at.delivery]! + durations[timeBase + routes.location[following]!]! > routes.late[following]! + tolerance) continue
      }
      this.#take(at.route, at.kind, at.pickup, at.left, at.delivery, node, delta)
    }
  }

  #take(route: number, kind: number, pickup: number, left: number, delivery: number, mateLeft: number, fast: number): void {
    const delta = this.#exact ? this.#exact.priceInsertion({ route, kind, task: pickup, after: left, mate: delivery, mateAfter: mateLeft }, this.delta) : fast
    if (delta >= this.delta) return
    this.delta = delta
    this.after = left
    this.mateAfter = mateLeft
    this.openKind = -1
  }

  #hasRoomBehind(left: number, pickup: number, route: number, kind: number): boolean {
    const { dimensions, amount, fleet, has } = this.#instance
    // with several trips the judge counts what is on board, a trip at a time
    if (has.trips) return true
    const routes = this.#routes
    for (let dimension = 0; dimension < dimensions; dimension++)
      if (routes.deliveries[route * dimensions + dimension]! + routes.running[left * dimensions + dimension]! + amount[pickup * dimensions + dimension]! > fleet.capacity[kind * dimensions + dimension]! + tolerance) return false
    return true
  }

  #hasRoomOn(node: number, pickup: number, route: number, kind: number): boolean {
    return this.#hasRoomBehind(node, pickup, route, kind)
  }

  #priceNewRoute(pickup: number, delivery: number): void {
    const { fleet, tasks } = this.#instance
    for (let kind = 0; kind < fleet.kinds; kind++) {
      if (fleet.mayServe[kind * tasks + pickup] === 0 || fleet.mayServe[kind * tasks + delivery] === 0 || fleet.maxStops[kind]! < 2 || !this.#routes.mayOpen(kind)) continue
      const price = this.priceAlone(pickup, delivery, kind)
      if (price >= this.delta) continue
      this.delta = price
      this.openKind = kind
    }
  }

  /** Cost of a vehicle of a kind that carries this order only; Infinity when it cannot. */
  priceAlone(pickup: number, delivery: number, kind: number): number {
    const { arcs, durations, locations, locationOf, fleet, has } = this.#instance
    const routes = this.#routes
    const legs = [fleet.start[kind]! * locations + locationOf[pickup]!, locationOf[pickup]! * locations + locationOf[delivery]!, locationOf[delivery]! * locations + fleet.end[kind]!] as const
    const price = fleet.fixedCost[kind]! + fleet.factor[kind]! * legs.reduce((sum, leg) => sum + arcs[fleet.arcBase[kind]! + leg]!, 0)
    if (has.time) {
      const base = fleet.durationBase[kind]!
      const first = routes.nextOpen(pickup, fleet.shiftEarliest[kind]! + durations[base + legs[0]]!)
      if (first > routes.close[pickup]! + tolerance) return Infinity
      const second = routes.nextOpen(delivery, first + routes.service[pickup]! + durations[base + legs[1]]!)
      if (second > routes.close[delivery]! + tolerance || second + routes.service[delivery]! + durations[base + legs[2]]! > fleet.shiftLatest[kind]! + tolerance) return Infinity
    }
    return this.#exact ? this.#exact.priceAlone(kind, pickup, delivery) : price
  }
}
