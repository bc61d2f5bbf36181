import type { Ground, Tours } from './ground.ts'

/** Sums of a few hundred floats; a difference below this is none. */
export const least = 1e-7

/**
 * A plan as linked routes, and what each route knows of itself. Nodes: tasks 0 … tasks-1, then a start for each vehicle, then an end for each
 * vehicle. A route may carry too much, at a penalty.
 */
export class LinkedRoutes {
  perUnit = 1
  readonly ground: Ground
  readonly next: Int32Array
  readonly prev: Int32Array
  readonly routeOf: Int32Array
  readonly position: Int32Array
  /** load of the route up to and with the node */
  readonly carried: Float64Array
  /** what driving the route backwards up to the node costs more */
  readonly backwards: Float64Array
  readonly load: Float64Array
  readonly stops: Int32Array
  readonly penalty: Float64Array
  /** routes that carry too much */
  overloaded = 0
  /** number of moves made when the route last changed */
  readonly changedAt: Int32Array
  moves = 0
  /** money and penalties that the moves of this run saved */
  gained = 0
  /** a bit for each earlier result the route comes from as it is, 0 once it changed */
  readonly origin: Uint8Array

  constructor(ground: Ground) {
    const { tasks, vehicles } = ground
    this.ground = ground
    const nodes = tasks + 2 * vehicles
    this.next = new Int32Array(nodes)
    this.prev = new Int32Array(nodes)
    this.routeOf = new Int32Array(nodes)
    this.position = new Int32Array(nodes)
    this.carried = new Float64Array(nodes)
    this.backwards = new Float64Array(ground.isSymmetric ? 0 : nodes)
    this.load = new Float64Array(vehicles)
    this.stops = new Int32Array(vehicles)
    this.penalty = new Float64Array(vehicles)
    this.changedAt = new Int32Array(vehicles)
    this.origin = new Uint8Array(vehicles)
  }

  /** Begins anew with a plan. `origins` gives `origin` of each of its routes. */
  set({ sequence, starts }: Tours, origins?: Uint8Array): void {
    const { tasks, vehicles } = this.ground
    const { next, prev } = this
    for (let route = 0; route < vehicles; route++) {
      const end = tasks + vehicles + route
      let last = tasks + route
      if (route + 1 < starts.length)
        for (let at = starts[route]!; at < starts[route + 1]!; at++) {
          next[last] = sequence[at]!
          prev[sequence[at]!] = last
          last = sequence[at]!
        }
      next[last] = end
      prev[end] = last
      next[end] = -1
      prev[tasks + route] = -1
      this.update(route)
    }
    this.moves = 0
    this.gained = 0
    this.changedAt.fill(0)
    if (origins) this.origin.set(origins)
  }

  /** The plan as it stands. */
  tours(): Tours {
    const { tasks, vehicles } = this.ground
    const sequence = new Int32Array(tasks)
    const starts = [0]
    let to = 0
    for (let route = 0; route < vehicles; route++) {
      if (this.stops[route] === 0) continue
      for (let node = this.next[tasks + route]!; node < tasks; node = this.next[node]!) sequence[to++] = node
      starts.push(to)
    }
    return { sequence, starts: Int32Array.from(starts) }
  }

  /** Penalty of a load. */
  excess(load: number): number {
    const more = load - this.ground.capacity
    return more > least ? more * this.perUnit : 0
  }

  /** Takes a node out of its route and puts it behind another. */
  move(node: number, behind: number): void {
    const { next, prev } = this
    next[prev[node]!] = next[node]!
    prev[next[node]!] = prev[node]!
    const following = next[behind]!
    next[behind] = node
    prev[node] = behind
    next[node] = following
    prev[following] = node
  }

  /** Recomputes what a route knows of itself. */
  update(route: number): void {
    const { tasks, size, arc, amount, isSymmetric } = this.ground
    const { next, routeOf, position, carried, backwards } = this
    const start = tasks + route
    let load = 0
    let back = 0
    let at = 0
    let from = tasks
    routeOf[start] = route
    position[start] = 0
    carried[start] = 0
    for (let node = next[start]!; ; node = next[node]!) {
      const here = Math.min(node, tasks)
      load += amount[here]!
      carried[node] = load
      position[node] = ++at
      routeOf[node] = route
      if (!isSymmetric) {
        back += arc[here * size + from]! - arc[from * size + here]!
        backwards[node] = back
      }
      from = here
      if (node >= tasks) break
    }
    this.stops[route] = at - 1
    this.load[route] = load
    const excess = this.excess(load)
    this.overloaded += (excess > 0 ? 1 : 0) - (this.penalty[route]! > 0 ? 1 : 0)
    this.penalty[route] = excess
    this.changedAt[route] = ++this.moves
    this.origin[route] = 0
  }

  /** Turns x … v round, between u and y. */
  reverse(u: number, x: number, v: number, y: number): void {
    const { next, prev } = this
    for (let node = x, following = 0; ; node = following) {
      following = next[node]!
      next[node] = prev[node]!
      prev[node] = following
      if (node === v) break
    }
    next[u] = v
    prev[v] = u
    next[x] = y
    prev[y] = x
  }

  /** u's head goes on with v's head driven backwards; the two tails, u's driven backwards, are the other route. */
  joinHeads(u: number, v: number): void {
    const { tasks, vehicles } = this.ground
    const { next, prev, routeOf } = this
    const x = next[u]!
    const y = next[v]!
    const ru = routeOf[u]!
    const rv = routeOf[v]!
    const endU = tasks + vehicles + ru
    const startV = tasks + rv
    let last = u
    for (let node = v, before = 0; node !== startV; node = before) {
      before = prev[node]!
      next[last] = node
      prev[node] = last
      last = node
    }
    let tail = startV
    const lastOfU = x === endU ? -1 : prev[endU]!
    next[last] = endU
    prev[endU] = last
    if (lastOfU >= 0)
      for (let node = lastOfU, before = 0; ; node = before) {
        before = prev[node]!
        next[tail] = node
        prev[node] = tail
        tail = node
        if (node === x) break
      }
    next[tail] = y
    prev[y] = tail
  }

  /** The two routes go on with each other's tails. */
  exchangeTails(u: number, v: number): void {
    const { tasks, vehicles } = this.ground
    const { next, prev, routeOf } = this
    const x = next[u]!
    const y = next[v]!
    const endU = tasks + vehicles + routeOf[u]!
    const endV = tasks + vehicles + routeOf[v]!
    const lastU = x === endU ? v : prev[endU]!
    const lastV = y === endV ? u : prev[endV]!
    if (y !== endV) {
      next[u] = y
      prev[y] = u
    }
    next[lastV] = endU
    prev[endU] = lastV
    if (x !== endU) {
      next[v] = x
      prev[x] = v
    }
    next[lastU] = endV
    prev[endV] = lastU
  }
}
