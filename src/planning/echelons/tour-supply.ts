import { arcAt, type Instance } from '../solver/instance/instance.ts'
import type { Supply, Truck } from './supply.ts'

const least = 1e-9

/**
 * Supply of many facilities: one tour through all of them (nearest insertion, 2-opt), and the trucks are loaded along it; the last facility
 * of a truck is shared with the next truck when its goods do not fit whole. Where to begin is tried at every facility. Quick and rough: the
 * ordinary search plans the trucks at the end.
 */
export class TourSupply implements Supply {
  readonly #instance: Instance
  readonly #tour: Int32Array
  readonly #kind: number
  readonly #trucks: number

  /** `trucks`: how many vehicles there are; the instance counts no more of a kind than it has tasks. */
  constructor(instance: Instance, trucks: number) {
    const { fleet, dimensions } = instance
    this.#instance = instance
    const room = (kind: number) => fleet.capacity.subarray(kind * dimensions, (kind + 1) * dimensions).reduce((sum, each) => sum + each, 0)
    this.#kind = Array.from({ length: fleet.kinds }, (_, kind) => kind).toSorted((a, b) => room(b) - room(a))[0]!
    this.#trucks = trucks
    this.#tour = this.#makeTour()
  }

  atLeast(): number {
    return 0
  }

  cost(loads: Float64Array): number {
    let best = Infinity
    for (let first = 0; first < this.#tour.length; first++) best = Math.min(best, this.#load(loads, first, null))
    return best
  }

  quickCost(loads: Float64Array): number {
    return this.cost(loads)
  }

  keep(): void {}

  trucks(loads: Float64Array): Truck[] {
    let first = 0
    let best = Infinity
    for (let each = 0; each < this.#tour.length; each++) {
      const cost = this.#load(loads, each, null)
      if (cost < best) [best, first] = [cost, each]
    }
    const trucks: Truck[] = []
    this.#load(loads, first, trucks)
    return trucks
  }

  /** Loads trucks along the tour from a facility on; writes them down when asked. */
  #load(loads: Float64Array, first: number, trucks: Truck[] | null): number {
    const { fleet, dimensions, locationOf } = this.#instance
    const kind = this.#kind
    let cost = 0
    let used = 0
    let place = -1
    let free = 0
    let visits: Truck['visits'][number][] = []
    const close = () => {
      if (place < 0) return
      cost += this.#arc(place, fleet.end[kind]!)
      trucks?.push({ kind, visits })
      visits = []
      place = -1
    }
    for (let step = 0; step < this.#tour.length; step++) {
      const facility = this.#tour[(first + step) % this.#tour.length]!
      // a truck's room as the share of this facility's goods that fills it
      let whole = 0
      for (let dimension = 0; dimension < dimensions; dimension++) whole = Math.max(whole, loads[facility * dimensions + dimension]! / Math.max(least, fleet.capacity[kind * dimensions + dimension]!))
      for (let left = whole > least ? 1 : 0; left > least;) {
        if (place < 0) {
          cost += fleet.fixedCost[kind]! + this.#arc(fleet.start[kind]!, locationOf[facility]!)
          used++
          free = 1
        } else cost += this.#arc(place, locationOf[facility]!)
        place = locationOf[facility]!
        const share = Math.min(left, free / whole)
        visits.push({ facility, share })
        left -= share
        free -= share * whole
        if (used > this.#trucks) return Infinity
        if (free <= least) close()
      }
    }
    close()
    return cost
  }

  #arc(from: number, to: number): number {
    const { fleet } = this.#instance
    return fleet.factor[this.#kind]! * arcAt(this.#instance, fleet.arcBase[this.#kind]!, from, to)
  }

  #makeTour(): Int32Array {
    const { tasks, locationOf } = this.#instance
    const between = (a: number, b: number) => this.#arc(locationOf[a]!, locationOf[b]!)
    const tour: number[] = []
    for (let each = 0; each < tasks; each++) {
      let place = 0
      let least = Infinity
      for (let at = 0; at < tour.length; at++) {
        const detour = between(tour[at]!, each) + between(each, tour[(at + 1) % tour.length]!) - between(tour[at]!, tour[(at + 1) % tour.length]!)
        if (detour < least) [least, place] = [detour, at + 1]
      }
      tour.splice(place, 0, each)
    }
    for (let isBetter = true; isBetter;) {
      isBetter = false
      for (let i = 0; i < tasks - 1; i++) for (let j = i + 1; j < tasks; j++) {
        const [a, b, c, d] = [tour[i]!, tour[i + 1]!, tour[j]!, tour[(j + 1) % tasks]!]
        if (between(a, c) + between(b, d) >= between(a, b) + between(c, d) - 1e-9) continue
        tour.splice(i + 1, j - i, ...tour.slice(i + 1, j + 1).toReversed())
        isBetter = true
      }
    }
    return Int32Array.from(tour)
  }
}
