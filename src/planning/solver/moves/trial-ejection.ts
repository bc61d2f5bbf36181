import type { EjectionSearch } from './ejection.ts'
import type { Instance } from '../instance/instance.ts'
import type { Recreate } from './recreate.ts'
import type { Routes } from '../routes.ts'

const mostEjected = 3
/** Sets tried a search. */
const trialLimit = 150

/**
 * Ejection where a route must be asked as a whole: carried orders, chargers, breaks. Each set of few tasks is taken out, the absent task is
 * tried in what is left, and all is put back. A carried order leaves with both ends and counts once.
 */
export class TrialEjection implements EjectionSearch {
  readonly ejected = new Int32Array(mostEjected)
  count = 0
  route = -1
  readonly #instance: Instance
  readonly #routes: Routes
  readonly #recreate: Recreate
  readonly #counter: Float64Array
  readonly #members: Int32Array
  #memberCount = 0
  readonly #chosen = new Int32Array(mostEjected)
  #least = 0
  #trials = 0

  constructor(instance: Instance, routes: Routes, recreate: Recreate, counter: Float64Array) {
    this.#instance = instance
    this.#routes = routes
    this.#recreate = recreate
    this.#counter = counter
    this.#members = new Int32Array(instance.tasks)
  }

  find(task: number, limit: number, first: number): boolean {
    const { fleet, tasks } = this.#instance
    const routes = this.#routes
    this.#least = limit
    this.#trials = 0
    this.route = -1
    for (let at = 0; at < routes.activeCount && this.#trials < trialLimit; at++) {
      const route = routes.active[(at + first) % routes.activeCount]!
      if (fleet.mayServe[routes.kindOf[route]! * tasks + task] === 0) continue
      this.#list(route)
      this.#extend(task, route, 0, 0, 0)
    }
    return this.route >= 0
  }

  /** Tasks of a route that may leave it, easiest first: cheap sets are met early and bound the rest. */
  #list(route: number): void {
    const { kind } = this.#instance
    const { next, frozen } = this.#routes
    this.#memberCount = 0
    for (let node = next[this.#routes.startOf(route)]!; next[node]! >= 0; node = next[node]!) if (kind[node] !== 3 && frozen[node] === 0) this.#members[this.#memberCount++] = node
    this.#members.subarray(0, this.#memberCount).sort((a, b) => this.#counter[a]! - this.#counter[b]! || a - b)
  }

  #extend(task: number, route: number, from: number, count: number, sum: number): void {
    for (let at = from; at < this.#memberCount; at++) {
      const member = this.#members[at]!
      const grown = sum + 1 + this.#counter[member]!
      // the rest has been absent at least as often
      if (grown >= this.#least || this.#trials >= trialLimit) return
      this.#chosen[count] = member
      if (this.#fitsWithout(task, route, count + 1)) {
        this.#least = grown
        this.route = route
        this.count = count + 1
        this.ejected.set(this.#chosen)
      } else if (count + 1 < mostEjected) this.#extend(task, route, at + 1, count + 1, grown)
    }
  }

  #fitsWithout(task: number, route: number, count: number): boolean {
    const { mate } = this.#instance
    const routes = this.#routes
    // a route that loses all its stops is closed; it is no place then
    let left = routes.size[route]!
    for (let each = 0; each < count; each++) left -= mate[this.#chosen[each]!]! >= 0 ? 2 : 1
    if (left <= 0) return false
    this.#trials++
    for (let each = 0; each < count; each++) {
      const out = this.#chosen[each]!
      if (mate[out]! >= 0) routes.remove(mate[out]!)
      routes.remove(out)
    }
    routes.refresh(route)
    const fits = routes.isDrivable(route) && this.#recreate.fitsIn(task, route)
    routes.rollback()
    return fits
  }
}
