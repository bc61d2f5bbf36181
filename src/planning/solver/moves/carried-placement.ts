import type { ExactRoute } from '../judges/exact-route.ts'
import { tolerance, type Instance } from '../instance/instance.ts'
import type { Random } from '../random.ts'
import type { Routes } from '../routes.ts'

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
  #blinkIn = 100
  readonly #detour: Float64Array
  readonly #leastDetour: Float64Array

  constructor(instance: Instance, routes: Routes, random: Random, exact: ExactRoute | null) {
    this.#instance = instance
    this.#routes = routes
    this.#random = random
    this.#exact = exact
    this.#stampOf = new Int32Array(routes.slots)
    this.#detour = new Float64Array(instance.tasks + 2)
    this.#leastDetour = new Float64Array(instance.tasks + 2)
  }

  /** `ceiling`: a place that costs this much or more is of no use; judged routes are spared the rest of a judgement from there on. */
  find(pickup: number, ceiling = Infinity): void {
    const { before, after, neighbourWidth, mate } = this.#instance
    const { routeOf } = this.#routes
    const delivery = mate[pickup]!
    this.delta = this.#exact ? ceiling : Infinity
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

  /**
   * All pairs of positions of a route. Apart, the two detours add up, so the least detour of the delivery from each position on bounds what
   * the pickup may cost there; that leaves few of the pairs.
   */
  #scan(route: number, pickup: number, delivery: number): void {
    if (this.#stampOf[route] === this.#stamp) return
    this.#stampOf[route] = this.#stamp
    const { arcs, arcsBack, durations, durationsBack, locations, locationOf, fleet, has, tasks } = this.#instance
    const routes = this.#routes
    const { next, location, edge, depart, close, service, late, frozen } = routes
    const kind = routes.kindOf[route]!
    if (fleet.mayServe[kind * tasks + pickup] === 0 || fleet.mayServe[kind * tasks + delivery] === 0 || routes.size[route]! + 2 > fleet.maxStops[kind]!) return
    const factor = fleet.factor[kind]!
    const base = fleet.arcBase[kind]!
    const row = base + locationOf[pickup]! * locations
    const deliveryRow = base + locationOf[delivery]! * locations
    const timeRow = (has.time ? fleet.durationBase[kind]! : 0) + locationOf[pickup]! * locations
    const between = arcs[row + locationOf[delivery]!]!
    this.#measureDetours(route, deliveryRow, factor)
    let position = 0
    for (let left = routes.startOf(route); next[left]! >= 0; left = next[left]!, position++) {
      const right = next[left]!
      const opened = arcsBack[row + location[left]!]! - edge[left]!
      const together = factor * (opened + between + arcs[deliveryRow + location[right]!]!)
      const apart = factor * (opened + arcs[row + location[right]!]!)
      const isApart = apart + this.#leastDetour[position + 1]! < this.delta
      if ((together >= this.delta && !isApart) || frozen[right] === 1 || !this.#hasRoomBehind(left, pickup, route, kind)) continue
      let leave = 0
      if (has.time) {
        if (depart[left]! > close[pickup]! + tolerance) return
        const begin = routes.nextOpen(pickup, depart[left]! + durationsBack[timeRow + location[left]!]!)
        if (begin > close[pickup]! + tolerance) continue
        leave = begin + service[pickup]!
      }
      if (--this.#blinkIn <= 0) {
        this.#blinkIn = 1 + Math.floor(Math.log(1 - this.#random.unit()) / Math.log(1 - blinkChance))
        continue
      }
      if (together < this.delta && this.#isInTimeTogether(kind, pickup, delivery, right, leave)) this.#take(route, kind, pickup, left, pickup, together)
      if (!isApart || apart >= this.delta) continue
      const arrival = has.time ? leave + durations[timeRow + location[right]!]! : 0
      if (!has.time || arrival <= late[right]! + tolerance) this.#scanLater(route, pickup, left, position + 1, apart, arrival)
    }
  }

  /** What the delivery adds behind each position of the route, and the least of that from each position on. */
  #measureDetours(route: number, deliveryRow: number, factor: number): void {
    const { arcs, arcsBack } = this.#instance
    const { next, location, edge, size } = this.#routes
    const count = size[route]! + 1
    let position = 0
    for (let node = this.#routes.startOf(route); next[node]! >= 0; node = next[node]!) this.#detour[position++] = factor * (arcsBack[deliveryRow + location[node]!]! + arcs[deliveryRow + location[next[node]!]!]! - edge[node]!)
    this.#leastDetour[count] = Infinity
    for (let at = count - 1; at >= 0; at--) this.#leastDetour[at] = Math.min(this.#detour[at]!, this.#leastDetour[at + 1]!)
  }

  /** Delivery directly behind the pickup. */
  #isInTimeTogether(kind: number, pickup: number, delivery: number, right: number, leave: number): boolean {
    const { durations, locations, locationOf, fleet, has } = this.#instance
    if (!has.time) return true
    const routes = this.#routes
    const timeBase = fleet.durationBase[kind]!
    const row = timeBase + locationOf[delivery]! * locations
    const begin = routes.nextOpen(delivery, leave + durations[timeBase + locationOf[pickup]! * locations + locationOf[delivery]!]!)
    return begin <= routes.close[delivery]! + tolerance && begin + routes.service[delivery]! + durations[row + routes.location[right]!]! <= routes.late[right]! + tolerance
  }

  /** Delivery behind a later stop: the pickup's delay is carried along until it no longer fits. `arrival` is at the stop of `first`. */
  #scanLater(route: number, pickup: number, left: number, first: number, apart: number, arrival: number): void {
    const { durations, durationsBack, locations, locationOf, fleet, has, mate } = this.#instance
    const routes = this.#routes
    const { next, location, late, service, close, edgeTime, frozen } = routes
    const kind = routes.kindOf[route]!
    const delivery = mate[pickup]!
    const timeBase = (has.time ? fleet.durationBase[kind]! : 0) + locationOf[delivery]! * locations
    let position = first
    for (let node = next[left]!; next[node]! >= 0; node = next[node]!, position++) {
      if (apart + this.#leastDetour[position]! >= this.delta || !this.#hasRoomBehind(node, pickup, route, kind)) return
      const following = next[node]!
      let leave = 0
      if (has.time) {
        const begin = routes.nextOpen(node, arrival)
        if (begin > late[node]! + tolerance) return
        leave = begin + service[node]!
        if (leave > close[delivery]! + tolerance) return
        arrival = leave + edgeTime[node]!
      }
      const delta = apart + this.#detour[position]!
      if (delta >= this.delta || frozen[following] === 1) continue
      if (has.time) {
        const begin = routes.nextOpen(delivery, leave + durationsBack[timeBase + location[node]!]!)
        if (begin > close[delivery]! + tolerance || begin + service[delivery]! + durations[timeBase + location[following]!]! > late[following]! + tolerance) continue
      }
      this.#take(route, kind, pickup, left, node, delta)
    }
  }

  #take(route: number, kind: number, pickup: number, left: number, mateLeft: number, fast: number): void {
    const mate = this.#instance.mate[pickup]!
    const delta = this.#exact ? this.#exact.priceInsertion({ route, kind, task: pickup, after: left, mate, mateAfter: mateLeft }, this.delta) : fast
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
