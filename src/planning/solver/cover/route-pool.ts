import type { Instance } from '../instance/instance.ts'
import { bookedKind, type Packed, type Routes } from '../routes.ts'

/** A route of some good plan. */
export interface PooledRoute {
  readonly kind: number
  readonly tasks: Int32Array
  readonly cost: number
  /** objective of the best plan it was seen in */
  readonly seenIn: number
}

const roomiest = 100_000
const kept = 60_000

/**
 * Routes of plans the search went through, each set of tasks and vehicle kind once, in its cheapest sequence. When it grows too large, the
 * routes of the best plans stay.
 */
export class RoutePool {
  readonly #routes: Routes
  #entries = new Map<number, PooledRoute>()
  readonly #token: Float64Array
  readonly #kindToken: Float64Array
  /** arcs of the route that was last collected from each slot: a route that has the same is hardly another one */
  readonly #collected: Float64Array

  constructor(instance: Instance, routes: Routes) {
    this.#routes = routes
    this.#token = tokens(instance.tasks, 0x9e3779b1)
    this.#kindToken = tokens(instance.fleet.kinds, 0x85ebca6b)
    this.#collected = new Float64Array(routes.slots)
  }

  get size(): number {
    return this.#entries.size
  }

  /** The routes of the present plan, whose objective is given. */
  collect(objective: number): void {
    const { active, activeCount } = this.#routes
    for (let at = 0; at < activeCount; at++) this.#collectRoute(active[at]!, objective)
    if (this.#entries.size > roomiest) this.#prune()
  }

  /** Those of them that changed since they were collected last: quick, but an old route is not noted as part of a better plan. */
  collectChanged(objective: number): void {
    const { active, activeCount, arcSum } = this.#routes
    for (let at = 0; at < activeCount; at++) if (arcSum[active[at]!] !== this.#collected[active[at]!]) this.#collectRoute(active[at]!, objective)
    if (this.#entries.size > roomiest) this.#prune()
  }

  /** Another worker's routes. */
  merge(others: readonly PooledRoute[]): void {
    for (const each of others) this.#keep(this.#keyOf(each.kind, each.tasks), each)
    if (this.#entries.size > roomiest) this.#prune()
  }

  /** Routes of the best plans first. */
  list(limit = Infinity): PooledRoute[] {
    const all = [...this.#entries.values()].sort((a, b) => a.seenIn - b.seenIn)
    return all.length > limit ? all.slice(0, limit) : all
  }

  /** The routes of a plan that was collected, each in its cheapest sequence; null when one is not here any more. */
  routesOf(packed: Packed): PooledRoute[] | null {
    const routes: PooledRoute[] = []
    for (let at = 0; at < packed.length && packed[at] !== bookedKind; at += 2 + packed[at + 1]!) {
      const route = this.#entries.get(this.#keyOf(packed[at]!, packed.subarray(at + 2, at + 2 + packed[at + 1]!)))
      if (!route) return null
      routes.push(route)
    }
    return routes
  }

  #keyOf(kind: number, tasks: Int32Array): number {
    let key = this.#kindToken[kind]!
    for (const task of tasks) key += this.#token[task]!
    return key
  }

  #collectRoute(route: number, objective: number): void {
    const { next, kindOf, size, arcSum } = this.#routes
    this.#collected[route] = arcSum[route]!
    const kind = kindOf[route]!
    let key = this.#kindToken[kind]!
    const first = next[this.#routes.startOf(route)]!
    for (let node = first; next[node]! >= 0; node = next[node]!) key += this.#token[node]!
    const cost = this.#routes.costOf(route)
    const known = this.#entries.get(key)
    if (known && known.seenIn <= objective && known.cost <= cost + 1e-9) return
    const tasks = new Int32Array(size[route]!)
    let length = 0
    for (let node = first; next[node]! >= 0; node = next[node]!) tasks[length++] = node
    this.#keep(key, { kind, tasks, cost, seenIn: objective })
  }

  #keep(key: number, route: PooledRoute): void {
    const known = this.#entries.get(key)
    if (!known) return void this.#entries.set(key, route)
    const cheaper = known.cost < route.cost ? known : route
    this.#entries.set(key, { ...cheaper, seenIn: Math.min(known.seenIn, route.seenIn) })
  }

  #prune(): void {
    this.#entries = new Map([...this.#entries].sort(([, a], [, b]) => a.seenIn - b.seenIn).slice(0, kept))
  }
}

/** Whole numbers of 42 bits: a sum of a thousand of them is exact, and two sets of tasks do not share it in practice. */
function tokens(count: number, seed: number): Float64Array {
  let state = seed
  const bits = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return (mixed ^ (mixed >>> 14)) >>> 0
  }
  return Float64Array.from({ length: count }, () => bits() * 1024 + (bits() >>> 22))
}
