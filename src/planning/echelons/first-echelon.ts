import { arcAt, type Instance } from '../solver/instance/instance.ts'
import type { Supply, Truck } from './supply.ts'

/** More facilities than this are supplied along one tour through all of them, cut into trucks. */
export const exactFacilities = 10
/** Facilities two trucks that share one of them may have together, where there are many. */
const pairLimit = 4
const least = 1e-9
/** Of that many quick answers one is worked out anew: what still holds is not always cheapest. */
const exactEvery = 64

/** Tours a lower bound is worked out for; with more trucks it is that of so many. */
const boundedTours = 6

/** Trucks that together hold the goods of a set of facilities. */
interface Limit {
  readonly set: number
  readonly kind: number
  readonly trucks: number
}

/** A partition into tours as far as it depends on the loads. */
interface Sets {
  readonly direct: number
  readonly set: number
  readonly cost: number
  readonly limits: readonly Limit[]
}

const nothing: Sets = { direct: -1, set: -1, cost: Infinity, limits: [] }

/**
 * What it costs to supply facilities with given loads: full trucks straight there, what is left by the best partition into tours, where two
 * tours may share a facility (split delivery; Dror & Trudeau 1990: in some optimal plan two routes share at most one customer). Exact tours
 * by dynamic programming over sets (Held & Karp 1962). `instance` has one task a facility, in the order of the loads.
 */
export class FirstEchelon implements Supply {
  readonly #instance: Instance
  readonly #count: number
  readonly #dimensions: number
  /** cost of a tour by kind and set of facilities, fixed cost included; the facility visited last, for reading the tour back */
  readonly #tour: Float64Array[] = []
  readonly #legs: Float64Array[] = []
  /** lower bounds by number of tours and set; the most room any kind has */
  readonly #bound: Float64Array[]
  readonly #room: Float64Array
  /** a kind with most room, and for each set the cheapest tour of such a kind: what exceeds its room goes in full trucks */
  readonly #largest: number
  readonly #bigTour: Float64Array
  readonly #bigKind: Int32Array
  readonly #trucks: number
  readonly #load: Float64Array
  readonly #rest: Float64Array
  readonly #part: Float64Array
  readonly #partKind: Int32Array
  /** second tour of a pair, 0 when one truck does it; the facility they share */
  readonly #partOther: Int32Array
  readonly #partShared: Int32Array
  readonly #best: Float64Array
  readonly #chosen: Int32Array
  readonly #used: Int32Array
  #perTruck = 0
  #last: Sets = nothing
  #kept: Sets = nothing
  #asked = 0

  /** `trucks`: how many vehicles there are; the instance counts no more of a kind than it has tasks. */
  constructor(instance: Instance, trucks: number) {
    const { tasks, dimensions, fleet } = instance
    this.#instance = instance
    this.#count = tasks
    this.#dimensions = dimensions
    const room = (kind: number) => fleet.capacity.subarray(kind * dimensions, (kind + 1) * dimensions).reduce((sum, each) => sum + each, 0)
    this.#largest = Array.from({ length: fleet.kinds }, (_, kind) => kind).toSorted((a, b) => room(b) - room(a))[0]!
    this.#trucks = trucks
    const sets = 1 << tasks
    for (let kind = 0; kind < fleet.kinds; kind++) this.#tours(kind)
    this.#bigTour = new Float64Array(sets).fill(Infinity)
    this.#bigKind = new Int32Array(sets)
    for (let kind = 0; kind < fleet.kinds; kind++) {
      if (room(kind) < room(this.#largest)) continue
      for (let set = 0; set < sets; set++) {
        if (this.#tour[kind]![set]! >= this.#bigTour[set]!) continue
        this.#bigTour[set] = this.#tour[kind]![set]!
        this.#bigKind[set] = kind
      }
    }
    this.#room = Float64Array.from({ length: dimensions }, (_, dimension) => Array.from({ length: fleet.kinds }, (_, kind) => fleet.capacity[kind * dimensions + dimension]!).reduce((most, each) => Math.max(most, each), least))
    this.#bound = this.#bounds()
    this.#load = new Float64Array(sets * dimensions)
    this.#rest = new Float64Array(tasks * dimensions)
    this.#part = new Float64Array(sets)
    this.#partKind = new Int32Array(sets)
    this.#partOther = new Int32Array(sets)
    this.#partShared = new Int32Array(sets)
    this.#best = new Float64Array(sets)
    this.#chosen = new Int32Array(sets)
    this.#used = new Int32Array(sets)
  }

  /** As many tours as the goods fill, through everything that gets any: no plan costs less where detours do not pay. */
  atLeast(loads: Float64Array): number {
    const dimensions = this.#dimensions
    let set = 0
    let tours = 1
    for (let dimension = 0; dimension < dimensions; dimension++) {
      let sum = 0
      for (let each = 0; each < this.#count; each++) {
        sum += loads[each * dimensions + dimension]!
        if (loads[each * dimensions + dimension]! > least) set |= 1 << each
      }
      tours = Math.max(tours, Math.ceil(sum / this.#room[dimension]! - 1e-9))
    }
    return set === 0 ? 0 : this.#bound[Math.min(tours, this.#bound.length - 1)]![set]!
  }

  /** Least cost of covering each set by so many tours without a look at loads; tours too many are the shortest there are. */
  #bounds(): Float64Array[] {
    const sets = 1 << this.#count
    const cheapest = Float64Array.from({ length: sets }, (_, set) => (set === 0 ? 0 : this.#tour.reduce((lowest, tours) => Math.min(lowest, tours[set]!), Infinity)))
    const bounds = [new Float64Array(sets), cheapest]
    for (let tours = 2; tours <= Math.min(boundedTours, this.#trucks); tours++) {
      const fewer = bounds[tours - 1]!
      const bound = new Float64Array(sets)
      for (let set = 1; set < sets; set++) {
        let shortest = Infinity
        for (let left = set; left !== 0; left &= left - 1) shortest = Math.min(shortest, cheapest[left & -left]!)
        let lowest = fewer[set]! + shortest
        for (let part = (set - 1) & set; part > 0; part = (part - 1) & set) lowest = Math.min(lowest, cheapest[part]! + fewer[set ^ part]!)
        bound[set] = lowest
      }
      bounds.push(bound)
    }
    return bounds
  }

  quickCost(loads: Float64Array): number {
    const { direct, set, cost, limits } = this.#kept
    if (++this.#asked % exactEvery === 0) return this.cost(loads)
    const sent = this.#sendFull(loads)
    if (sent.direct !== direct || sent.set !== set) return this.cost(loads)
    for (const limit of limits) if (!this.#holds(limit.set, limit.kind, limit.trucks)) return this.cost(loads)
    this.#last = this.#kept
    return cost
  }

  keep(): void {
    this.#kept = this.#last
  }

  #holds(set: number, kind: number, trucks: number): boolean {
    const { capacity } = this.#instance.fleet
    for (let dimension = 0; dimension < this.#dimensions; dimension++) {
      let load = 0
      for (let left = set; left !== 0; left &= left - 1) load += this.#rest[(31 - Math.clz32(left & -left)) * this.#dimensions + dimension]!
      if (load > trucks * capacity[kind * this.#dimensions + dimension]! + least) return false
    }
    return true
  }

  /** Remembers which sets share trucks in the plan just found. */
  #remember(direct: number, set: number, cost: number): number {
    const limits: Limit[] = []
    for (let left = cost < Infinity ? set : 0; left !== 0; left ^= this.#chosen[left]!) {
      const part = this.#chosen[left]!
      const other = this.#partOther[part]!
      if (other === 0) limits.push({ set: part, kind: this.#partKind[part]!, trucks: 1 })
      else {
        const shared = this.#partShared[part]!
        limits.push({ set: part, kind: this.#largest, trucks: 2 }, { set: other ^ shared, kind: this.#largest, trucks: 1 }, { set: part ^ other, kind: this.#largest, trucks: 1 })
      }
    }
    this.#last = { direct, set, cost, limits }
    return cost
  }

  /** Cost of supplying the loads `[facility * dimensions + dimension]`; Infinity when the trucks do not suffice. */
  cost(loads: Float64Array): number {
    const { direct, set, full } = this.#sendFull(loads)
    if (direct === Infinity) return Infinity
    this.#perTruck = 0
    this.#partition(set)
    if (full + this.#used[set]! <= this.#trucks) return this.#remember(direct, set, direct + this.#best[set]!)
    // few trucks first, then money
    this.#perTruck = 1e6 * (1 + this.#bigTour.at(-1)!)
    this.#partition(set)
    return this.#remember(direct, set, full + this.#used[set]! <= this.#trucks ? direct + this.#best[set]! - this.#perTruck * this.#used[set]! : Infinity)
  }

  /** The tours behind the last `cost`. */
  trucks(loads: Float64Array): Truck[] {
    if (this.cost(loads) === Infinity) return []
    const { set } = this.#sendFull(loads)
    const trucks: Truck[] = []
    for (let each = 0; each < this.#count; each++) {
      const share = this.#fullShare(loads, each)
      for (let sent = 0; sent < this.#fullTrips(loads, each); sent++) trucks.push({ kind: this.#bigKind[1 << each]!, visits: [{ facility: each, share }] })
    }
    for (let left = set; left !== 0; left ^= this.#chosen[left]!) trucks.push(...this.#read(loads, this.#chosen[left]!))
    return trucks
  }

  #fullTrips(loads: Float64Array, facility: number): number {
    let trips = 0
    for (let dimension = 0; dimension < this.#dimensions; dimension++) {
      const room = this.#instance.fleet.capacity[this.#largest * this.#dimensions + dimension]!
      const load = loads[facility * this.#dimensions + dimension]!
      if (load > least) trips = Math.max(trips, Math.ceil(load / room - 1e-9) - 1)
    }
    return trips
  }

  /** Share of a facility's goods that fills the largest truck. */
  #fullShare(loads: Float64Array, facility: number): number {
    let share = 1
    for (let dimension = 0; dimension < this.#dimensions; dimension++) {
      const load = loads[facility * this.#dimensions + dimension]!
      if (load > least) share = Math.min(share, this.#instance.fleet.capacity[this.#largest * this.#dimensions + dimension]! / load)
    }
    return share
  }

  #sendFull(loads: Float64Array): { direct: number; set: number; full: number } {
    let [direct, set, full] = [0, 0, 0]
    for (let each = 0; each < this.#count; each++) {
      const trips = this.#fullTrips(loads, each)
      if (trips === Infinity) return { direct: Infinity, set: 0, full: 0 }
      const left = 1 - trips * this.#fullShare(loads, each)
      full += trips
      direct += trips === 0 ? 0 : trips * this.#bigTour[1 << each]!
      let isUsed = false
      for (let dimension = 0; dimension < this.#dimensions; dimension++) {
        const rest = loads[each * this.#dimensions + dimension]! * Math.max(0, left)
        this.#rest[each * this.#dimensions + dimension] = rest
        isUsed ||= rest > least
      }
      if (isUsed) set |= 1 << each
    }
    return { direct, set, full }
  }

  #partition(all: number): void {
    const best = this.#best
    best[0] = 0
    this.#used[0] = 0
    const many = this.#count > 6
    for (let set = 1; set <= all; set++) {
      if ((set & ~all) !== 0) continue
      this.#sumLoad(set)
      this.#price(set, many)
      const low = set & -set
      let lowest = Infinity
      const others = set ^ low
      for (let beside = others; ; beside = (beside - 1) & others) {
        const cost = this.#part[beside | low]! + best[others ^ beside]!
        if (cost < lowest) {
          lowest = cost
          this.#chosen[set] = beside | low
        }
        if (beside === 0) break
      }
      best[set] = lowest
      this.#used[set] = lowest === Infinity ? this.#trucks + 1 : this.#used[set ^ this.#chosen[set]!]! + (this.#partOther[this.#chosen[set]!]! > 0 ? 2 : 1)
    }
  }

  #sumLoad(set: number): void {
    const low = set & -set
    const facility = 31 - Math.clz32(low)
    for (let dimension = 0; dimension < this.#dimensions; dimension++) this.#load[set * this.#dimensions + dimension] = (set === low ? 0 : this.#load[(set ^ low) * this.#dimensions + dimension]!) + this.#rest[facility * this.#dimensions + dimension]!
  }

  /** One truck for a set, or two that share a facility. */
  #price(set: number, isLimited: boolean): void {
    this.#part[set] = Infinity
    this.#partOther[set] = 0
    for (let kind = 0; kind < this.#tour.length; kind++) {
      if (!this.#fits(set, kind, 1) || this.#tour[kind]![set]! + this.#perTruck >= this.#part[set]!) continue
      this.#part[set] = this.#tour[kind]![set]! + this.#perTruck
      this.#partKind[set] = kind
    }
    if (this.#part[set]! < Infinity || (isLimited && bits(set) > pairLimit) || !this.#fits(set, this.#largest, 2)) return
    const tours = this.#bigTour
    for (let shared = set & -set; shared <= set; shared <<= 1) {
      if ((set & shared) === 0) continue
      const others = set ^ shared
      for (let part = others; part > 0; part = (part - 1) & others) {
        const rest = others ^ part
        const cost = tours[part | shared]! + tours[rest | shared]! + 2 * this.#perTruck
        if (part < rest || cost >= this.#part[set]! || !this.#fits(part, this.#largest, 1) || !this.#fits(rest, this.#largest, 1)) continue
        this.#part[set] = cost
        this.#partOther[set] = rest | shared
        this.#partShared[set] = shared
      }
    }
  }

  #fits(set: number, kind: number, trucks: number): boolean {
    const { capacity } = this.#instance.fleet
    if (set === 0) return true
    for (let dimension = 0; dimension < this.#dimensions; dimension++) if (this.#load[set * this.#dimensions + dimension]! > trucks * capacity[kind * this.#dimensions + dimension]! + least) return false
    return true
  }

  #read(loads: Float64Array, set: number): Truck[] {
    const share = (facility: number): number => Math.max(0, 1 - this.#fullTrips(loads, facility) * this.#fullShare(loads, facility))
    const other = this.#partOther[set]!
    if (other === 0) return [this.#truck(this.#partKind[set]!, set, share)]
    const shared = 31 - Math.clz32(this.#partShared[set]!)
    const first = (set ^ other) | this.#partShared[set]!
    // the first truck takes as much of the shared goods as it has room for
    let fraction = 1
    for (let dimension = 0; dimension < this.#dimensions; dimension++) {
      const goods = this.#rest[shared * this.#dimensions + dimension]!
      const beside = first ^ this.#partShared[set]!
      const room = this.#instance.fleet.capacity[this.#largest * this.#dimensions + dimension]! - (beside === 0 ? 0 : this.#load[beside * this.#dimensions + dimension]!)
      if (goods > least) fraction = Math.min(fraction, Math.max(0, room) / goods)
    }
    const shareOf = (part: number) => (facility: number): number => share(facility) * (facility === shared ? part : 1)
    return [this.#truck(this.#bigKind[first]!, first, shareOf(fraction)), this.#truck(this.#bigKind[other]!, other, shareOf(1 - fraction))].filter((truck) => truck.visits.length > 0)
  }

  #truck(kind: number, set: number, share: (facility: number) => number): Truck {
    const legs = this.#legs[kind]!
    const tour: number[] = []
    for (let left = set, last = legs[set * (this.#count + 1) + this.#count]!; left !== 0;) {
      tour.unshift(last)
      const before = legs[left * (this.#count + 1) + last]!
      left ^= 1 << last
      last = before
    }
    return { kind, visits: tour.map((facility) => ({ facility, share: share(facility) })).filter((visit) => visit.share > least) }
  }

  /** Held & Karp: `legs[set][last]` is the facility before `last`, `legs[set][count]` the last one of the best tour. */
  #tours(kind: number): void {
    const { fleet, locationOf } = this.#instance
    const count = this.#count
    const sets = 1 << count
    const arc = (from: number, to: number): number => fleet.factor[kind]! * arcAt(this.#instance, fleet.arcBase[kind]!, from, to)
    const path = new Float64Array(sets * count).fill(Infinity)
    const legs = new Float64Array(sets * (count + 1)).fill(-1)
    const tours = new Float64Array(sets)
    for (let set = 1; set < sets; set++) {
      tours[set] = Infinity
      for (let last = 0; last < count; last++) {
        if ((set & (1 << last)) === 0) continue
        const before = set ^ (1 << last)
        if (before === 0) path[set * count + last] = arc(fleet.start[kind]!, locationOf[last]!)
        for (let from = 0; from < count; from++) {
          const cost = (before & (1 << from)) === 0 ? Infinity : path[before * count + from]! + arc(locationOf[from]!, locationOf[last]!)
          if (cost >= path[set * count + last]!) continue
          path[set * count + last] = cost
          legs[set * (count + 1) + last] = from
        }
        const whole = path[set * count + last]! + arc(locationOf[last]!, fleet.end[kind]!) + fleet.fixedCost[kind]!
        if (whole >= tours[set]!) continue
        tours[set] = whole
        legs[set * (count + 1) + count] = last
      }
    }
    this.#tour.push(tours)
    this.#legs.push(legs)
  }
}

function bits(set: number): number {
  let count = 0
  for (let left = set; left !== 0; left &= left - 1) count++
  return count
}
