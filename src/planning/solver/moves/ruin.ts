import type { Instance } from '../instance/instance.ts'
import type { Random } from '../random.ts'
import type { Routes } from '../routes.ts'

/** Settings of the adjacent string removal, as published. */
const meanRemoved = 10
const longestString = 10
const splitChance = 0.5
const longerGapChance = 0.01
/** Long routes without time want wider ruins: their strings lie in few routes. */
const meanRemovedOfLong = 15
const longRoute = 30
/** A whole route now and then, which is ours. */
const wholeChance = 0.01
const longestWhole = 30

/**
 * Adjacent string removal (Christiaens & Vanden Berghe 2020, SISR): strings of consecutive stops, one a route, around a random task.
 * The tasks taken out stand in `removed[0 … count)`; of a carried order the pickup stands for both ends.
 */
export class Ruin {
  readonly removed: Int32Array
  count = 0
  /** routes that lost tasks in the last run; those of size 0 no longer exist */
  readonly ruined: Int32Array
  ruinedCount = 0
  readonly #instance: Instance
  readonly #routes: Routes
  readonly #random: Random
  readonly #stampOf: Int32Array
  #stamp = 0
  readonly #string = new Int32Array(4 * longestString + 8)

  constructor(instance: Instance, routes: Routes, random: Random) {
    this.#instance = instance
    this.#routes = routes
    this.#random = random
    this.removed = new Int32Array(instance.tasks)
    this.ruined = new Int32Array(routes.slots)
    this.#stampOf = new Int32Array(routes.slots)
  }

  /** Around a task: a random one unless it is named. */
  run(named = -1): void {
    const seed = named >= 0 ? named : this.#random.below(this.#instance.tasks)
    const { near, nearWidth, tasks } = this.#instance
    const routes = this.#routes
    const random = this.#random
    this.count = 0
    this.ruinedCount = 0
    this.#stamp++
    if (routes.activeCount === 0) return
    if (named < 0 && random.unit() < wholeChance && this.#removeWhole(routes.routeOf[seed]!)) return
    const meanSize = Math.max(1, tasks / routes.activeCount)
    const stringLimit = Math.min(longestString, meanSize)
    const wanted = meanSize >= longRoute && !this.#instance.has.time ? meanRemovedOfLong : meanRemoved
    const stringCount = Math.floor(random.unit() * ((4 * wanted) / (1 + stringLimit) - 1)) + 1
    for (let rank = -1; rank < nearWidth && this.ruinedCount < stringCount; rank++) {
      const task = rank < 0 ? seed : near[seed * nearWidth + rank]!
      if (task < 0) break
      const route = routes.routeOf[task]!
      if (route < 0 || this.#stampOf[route] === this.#stamp || routes.frozen[task] === 1) continue
      this.#stampOf[route] = this.#stamp
      this.ruined[this.ruinedCount++] = route
      this.#removeString(task, route, 1 + Math.floor(random.unit() * Math.min(routes.size[route]!, stringLimit)))
    }
    this.#refreshRuined()
  }

  /** A short route goes as a whole: strings leave the rest of it standing, and one vehicle too many is dear where routes are long. */
  #removeWhole(route: number): boolean {
    const routes = this.#routes
    if (route < 0 || routes.size[route]! > longestWhole || routes.frozen[routes.next[routes.startOf(route)]!] === 1) return false
    this.removeRoute(route)
    return true
  }

  /** Takes every task of a route out. */
  removeRoute(route: number): void {
    const routes = this.#routes
    this.count = 0
    this.ruinedCount = 0
    this.#stamp++
    while (routes.size[route]! > 0) this.#take(routes.next[routes.startOf(route)]!)
    this.#refreshRuined()
  }

  /** A string of `length` around `task`, or a longer one with a part in its middle preserved (split string). */
  #removeString(task: number, route: number, length: number): void {
    const routes = this.#routes
    const random = this.#random
    const size = routes.size[route]!
    let preserved = 0
    if (length > 1 && length < size && random.unit() < splitChance) {
      preserved = 1
      while (length + preserved < size && random.unit() < longerGapChance) preserved++
    }
    const span = Math.min(length + preserved, this.#string.length)
    let before = 0
    let first = task
    const back = random.below(span)
    while (before < back && routes.prev[routes.prev[first]!]! >= 0) {
      first = routes.prev[first]!
      before++
    }
    const string = this.#string
    let found = 0
    for (let node = first; found < span && routes.next[node]! >= 0; node = routes.next[node]!) string[found++] = node
    for (let node = routes.prev[first]!; found < span && routes.prev[node]! >= 0; node = routes.prev[node]!) string[found++] = node
    const gap = preserved > 0 ? 1 + random.below(Math.max(1, found - preserved - 1)) : 0
    for (let at = 0; at < found; at++) {
      if (preserved > 0 && at >= gap && at < gap + preserved) continue
      const node = string[at]!
      if (routes.frozen[node] === 0 && routes.routeOf[node]! >= 0) this.#take(node)
    }
  }

  #take(node: number): void {
    const { mate, kind } = this.#instance
    const routes = this.#routes
    const other = mate[node]!
    if (other >= 0) {
      if (routes.frozen[other] === 1) return
      routes.remove(other)
    }
    routes.remove(node)
    this.removed[this.count++] = other >= 0 && kind[node] === 3 ? other : node
  }

  /** Whether every route that lost tasks can still be driven. */
  leavesDrivable(): boolean {
    for (let at = 0; at < this.ruinedCount; at++) if (this.#routes.size[this.ruined[at]!]! > 0 && !this.#routes.isDrivable(this.ruined[at]!)) return false
    return true
  }

  #refreshRuined(): void {
    for (let at = 0; at < this.ruinedCount; at++) if (this.#routes.size[this.ruined[at]!]! > 0) this.#routes.refresh(this.ruined[at]!)
  }
}
