import { least, type LinkedRoutes } from './linked-routes.ts'

/** A task is exchanged with a route that holds one of so many nearest neighbours. */
const near = 10

/**
 * SWAP* (Vidal 2022): two tasks of different routes change places, each going wherever it costs least in the other's route, not only where the
 * other stood. For each task and route the three cheapest places are kept, so a pair is priced in constant time.
 */
export class SwapStar {
  readonly #search: LinkedRoutes
  /** [(route * tasks + task) * 3 + rank] */
  readonly #price: Float64Array
  readonly #behind: Int32Array
  /** moves made when the prices were worked out */
  readonly #pricedAt: Int32Array
  readonly #triedAt: Int32Array
  readonly #gain: Float64Array
  readonly #marks: Int32Array
  readonly #fromFirst: Int32Array
  readonly #fromSecond: Int32Array
  #stamp = 0
  #place = -1

  constructor(search: LinkedRoutes) {
    const { tasks, vehicles } = search.ground
    this.#search = search
    this.#price = new Float64Array(tasks * vehicles * 3)
    this.#behind = new Int32Array(tasks * vehicles * 3)
    this.#pricedAt = new Int32Array(tasks * vehicles)
    this.#triedAt = new Int32Array(vehicles)
    this.#gain = new Float64Array(tasks)
    this.#marks = new Int32Array(vehicles)
    this.#fromFirst = new Int32Array(tasks)
    this.#fromSecond = new Int32Array(tasks)
  }

  reset(): void {
    this.#pricedAt.fill(-1)
    this.#triedAt.fill(-1)
  }

  /** Tries all pairs of routes side by side of which one changed; true when something was exchanged. */
  run(): boolean {
    const { vehicles } = this.#search.ground
    const { stops, changedAt, moves, origin } = this.#search
    let isBetter = false
    for (let route = 0; route < vehicles; route++) {
      if (stops[route] === 0) continue
      const tried = this.#triedAt[route]!
      this.#triedAt[route] = this.#search.moves
      this.#markBeside(route)
      for (let other = 0; other < route; other++) {
        if (stops[other] === 0 || this.#marks[other] !== this.#stamp) continue
        if (tried < 0 ? (origin[route]! & origin[other]!) !== 0 : Math.max(changedAt[route]!, changedAt[other]!) <= tried) continue
        if (this.#exchange(route, other)) isBetter = true
      }
    }
    return isBetter && this.#search.moves > moves
  }

  #markBeside(route: number): void {
    const { tasks, before, width } = this.#search.ground
    const { next, routeOf } = this.#search
    this.#stamp++
    for (let node = next[tasks + route]!; node < tasks; node = next[node]!)
      for (let at = node * width; at < node * width + Math.min(near, width); at++) if (before[at]! >= 0) this.#marks[routeOf[before[at]!]!] = this.#stamp
  }

  /** Makes the best exchange of two routes, or the best move from one to the other. */
  #exchange(first: number, second: number): boolean {
    const search = this.#search
    const { tasks, amount } = search.ground
    const { load, penalty } = search
    const us = this.#fromFirst
    const vs = this.#fromSecond
    const countU = this.#prepare(first, second, us)
    const countV = this.#prepare(second, first, vs)
    let best = -least
    let bestU = -1
    let bestV = -1
    let placeU = -1
    let placeV = -1
    const now = penalty[first]! + penalty[second]!
    for (let i = 0; i < countU; i++) {
      const u = us[i]!
      const gainU = this.#gain[u]!
      for (let j = 0; j < countV; j++) {
        const v = vs[j]!
        const more = amount[v]! - amount[u]!
        const fixed = search.excess(load[first]! + more) + search.excess(load[second]! - more) - now - gainU - this.#gain[v]!
        // insertions cost nothing at best
        if (fixed >= best) continue
        const intoSecond = this.#priceInPlaceOf(u, v, second)
        const at = this.#place
        if (fixed + intoSecond >= best) continue
        const delta = fixed + intoSecond + this.#priceInPlaceOf(v, u, first)
        if (delta >= best) continue
        best = delta
        ;[bestU, bestV, placeU, placeV] = [u, v, at, this.#place]
      }
    }
    for (const [from, to, list, count] of [[first, second, us, countU], [second, first, vs, countV]] as const)
      for (let i = 0; i < count; i++) {
        const u = list[i]!
        const at = (to * tasks + u) * 3
        const delta = this.#price[at]! - this.#gain[u]! + search.excess(load[from]! - amount[u]!) + search.excess(load[to]! + amount[u]!) - now - (search.stops[from] === 1 ? search.ground.fixedCost : 0)
        if (delta >= best) continue
        best = delta
        ;[bestU, bestV, placeU, placeV] = [u, -1, this.#behind[at]!, -1]
      }
    if (bestU < 0) return false
    search.gained -= best
    search.move(bestU, placeU)
    if (bestV >= 0) search.move(bestV, placeV)
    search.update(first)
    search.update(second)
    return true
  }

  /** Lists the tasks of a route near another; what each saves where it is, and its three cheapest places in the other. */
  #prepare(route: number, other: number, list: Int32Array): number {
    const search = this.#search
    const { tasks, size, arc, before, width } = search.ground
    const { next, prev, changedAt, routeOf } = search
    const price = this.#price
    const behind = this.#behind
    const looked = Math.min(near, width)
    let count = 0
    for (let u = next[tasks + route]!; u < tasks; u = next[u]!) {
      let rank = u * width
      while (rank < u * width + looked && (before[rank]! < 0 || routeOf[before[rank]!] !== other)) rank++
      if (rank === u * width + looked) continue
      list[count++] = u
      const p = Math.min(prev[u]!, tasks)
      const x = Math.min(next[u]!, tasks)
      this.#gain[u] = arc[p * size + u]! + arc[u * size + x]! - arc[p * size + x]!
      const known = other * tasks + u
      if (this.#pricedAt[known]! >= changedAt[other]!) continue
      this.#pricedAt[known] = search.moves
      const at = known * 3
      let a = Infinity
      let b = Infinity
      let c = Infinity
      let behindA = -1
      let behindB = -1
      let behindC = -1
      for (let left = tasks + other; left < tasks || left === tasks + other; left = next[left]!) {
        const from = Math.min(left, tasks)
        const to = Math.min(next[left]!, tasks)
        const cost = arc[from * size + u]! + arc[u * size + to]! - arc[from * size + to]!
        if (cost >= c) continue
        if (cost < a) {
          c = b
          behindC = behindB
          b = a
          behindB = behindA
          a = cost
          behindA = left
        } else if (cost < b) {
          c = b
          behindC = behindB
          b = cost
          behindB = left
        } else {
          c = cost
          behindC = left
        }
      }
      price[at] = a
      price[at + 1] = b
      price[at + 2] = c
      behind[at] = behindA
      behind[at + 1] = behindB
      behind[at + 2] = behindC
    }
    return count
  }

  /** What u costs in v's route when v has left it: where v stood, or the cheapest place not beside v. */
  #priceInPlaceOf(u: number, v: number, route: number): number {
    const { tasks, size, arc } = this.#search.ground
    const { next, prev } = this.#search
    const before = prev[v]!
    const p = Math.min(before, tasks)
    const x = Math.min(next[v]!, tasks)
    let least = arc[p * size + u]! + arc[u * size + x]! - arc[p * size + x]!
    this.#place = before
    const at = (route * tasks + u) * 3
    for (let rank = at; rank < at + 3; rank++) {
      const behind = this.#behind[rank]!
      if (behind < 0 || behind === v || behind === before) continue
      if (this.#price[rank]! < least) {
        least = this.#price[rank]!
        this.#place = behind
      }
      break
    }
    return least
  }
}
