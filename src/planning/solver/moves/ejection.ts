import { durationAt, tolerance, type Instance } from '../instance/instance.ts'
import type { Routes } from '../routes.ts'

/** What may leave a route so that an absent task fits in. */
export interface EjectionSearch {
  /** the set found by the last search: `ejected[0 … count)` out of `route`; of a carried order the pickup stands for both ends */
  readonly ejected: Int32Array
  readonly count: number
  readonly route: number
  /** Searches all routes, from the `first` on, for the set of the least sum of counters below `limit`; false when there is none. */
  find(task: number, limit: number, first: number): boolean
}

const mostEjected = 4
/** Steps of the enumeration a search; what is left of very long routes then is not looked at. */
const stepLimit = 4_000

/**
 * Ejection (Nagata & Bräysy 2009): the few tasks to throw out of one route so that an absent task fits in, of all such sets the one whose
 * tasks are the easiest to place again, by the sum of their counters. Sets are enumerated along the routes with two instants: when the
 * vehicle is free without the absent task, and with it placed somewhere before. Earlier is never worse, so no position need be tried. For deliveries with time windows.
 */
export class Ejection implements EjectionSearch {
  readonly ejected = new Int32Array(mostEjected)
  count = 0
  route = -1
  readonly #instance: Instance
  readonly #routes: Routes
  readonly #counter: Float64Array
  readonly #chosen = new Int32Array(mostEjected)
  /** by how much the route's goods pass the room, with the absent task and without the chosen ones */
  readonly #excess: Float64Array
  #least = 0
  #steps = 0
  #task = 0
  #candidate = 0

  constructor(instance: Instance, routes: Routes, counter: Float64Array) {
    this.#instance = instance
    this.#routes = routes
    this.#counter = counter
    this.#excess = new Float64Array(instance.dimensions)
  }

  find(task: number, limit: number, first: number): boolean {
    const { fleet, tasks, dimensions, amount } = this.#instance
    const routes = this.#routes
    this.#least = limit
    this.#task = task
    this.#steps = 0
    this.route = -1
    for (let at = 0; at < routes.activeCount && this.#steps < stepLimit; at++) {
      const route = routes.active[(at + first) % routes.activeCount]!
      const kind = routes.kindOf[route]!
      if (fleet.mayServe[kind * tasks + task] === 0) continue
      this.#candidate = route
      for (let dimension = 0; dimension < dimensions; dimension++) this.#excess[dimension] = routes.deliveries[route * dimensions + dimension]! + amount[task * dimensions + dimension]! - fleet.capacity[kind * dimensions + dimension]!
      const start = routes.startOf(route)
      this.#extend(start, routes.depart[start]!, Infinity, routes.next[start]!, 0, 0)
    }
    return this.route >= 0
  }

  /** Goes on from `node`, where the vehicle is free at `free` without the task and at `loaded` with it, and `chosen[0 … count)` are out. */
  #extend(node: number, free: number, loaded: number, next: number, count: number, sum: number): void {
    const instance = this.#instance
    const routes = this.#routes
    const { location, late, close, service, frozen } = routes
    const task = this.#task
    const base = instance.fleet.durationBase[routes.kindOf[this.#candidate]!]!
    const here = location[task]!
    let left = node
    for (let right = next; ; right = routes.next[right]!) {
      this.#steps++
      let arrival = loaded + durationAt(instance, base, location[left]!, location[right]!)
      if (frozen[right] === 0) {
        const begin = routes.nextOpen(task, free + durationAt(instance, base, location[left]!, here))
        if (begin <= close[task]! + tolerance) arrival = Math.min(arrival, begin + service[task]! + durationAt(instance, base, here, location[right]!))
      }
      if (arrival <= late[right]! + tolerance && this.#hasRoom()) return this.#record(count, sum)
      if (routes.next[right]! < 0 || this.#steps > stepLimit) return
      const grown = sum + 1 + this.#counter[right]!
      if (count < mostEjected && frozen[right] === 0 && grown < this.#least) {
        this.#choose(right, count, -1)
        this.#extend(left, free, loaded, routes.next[right]!, count + 1, grown)
        this.#choose(right, count, 1)
      }
      free = routes.nextOpen(right, free + durationAt(instance, base, location[left]!, location[right]!))
      free = free > close[right]! + tolerance ? Infinity : free + service[right]!
      loaded = routes.nextOpen(right, arrival)
      loaded = loaded > close[right]! + tolerance ? Infinity : loaded + service[right]!
      if (free === Infinity && loaded === Infinity) return
      left = right
    }
  }

  #choose(task: number, count: number, sign: number): void {
    const { dimensions, amount, kind } = this.#instance
    this.#chosen[count] = task
    if (kind[task] === 0) for (let dimension = 0; dimension < dimensions; dimension++) this.#excess[dimension]! += sign * amount[task * dimensions + dimension]!
  }

  #hasRoom(): boolean {
    for (let dimension = 0; dimension < this.#excess.length; dimension++) if (this.#excess[dimension]! > tolerance) return false
    return true
  }

  #record(count: number, sum: number): void {
    this.#least = sum
    this.route = this.#candidate
    this.count = count
    this.ejected.set(this.#chosen)
  }
}
