import type { RoadNetwork } from './network.ts'
import type { SearchGraph } from './search-graph.ts'

/** What is made least: whole milliseconds or whole centimetres. */
export type Metric = 'time' | 'distance'

/** A place on an edge: `share` (0–1) of it is behind. */
export interface EdgePlace {
  readonly edge: number
  readonly share: number
}

export const unreached = 0x7fff_ffff

/** Edges more than this far apart in cost go to different buckets: about the time of a short street. */
const bucketBits: Readonly<Record<Metric, number>> = { time: 12, distance: 13 }
/** Places one search may begin at: both ways of a road, or every road at a crossing. */
const sourceSlots = 64

/** Costs of an edge in both currencies, whole numbers, so that sums are exact and equal to anybody's. */
export interface EdgeCosts {
  readonly ms: Int32Array
  readonly cm: Int32Array
}

const costsKnown = new WeakMap<RoadNetwork, EdgeCosts>()

export function costsOf(network: RoadNetwork): EdgeCosts {
  const known = costsKnown.get(network)
  if (known) return known
  const costs: EdgeCosts = { ms: Int32Array.from(network.durationMs), cm: Int32Array.from(network.lengthMetres, (metres) => Math.max(1, Math.round(metres * 100))) }
  costsKnown.set(network, costs)
  return costs
}

/** Cost of the part of an edge between two shares. */
export const partOf = (cost: number, from: number, to: number): number => Math.round(cost * to) - Math.round(cost * from)

/**
 * Shortest ways from a place to everywhere (Dijkstra 1959 on directed edges, with the queue as buckets: Dial 1969, and inside a bucket as
 * in Meyer & Sanders 2003: a label may be set again there). The label of a state is the cost at which its edge is begun. Arrays are
 * used again from search to search: copy what is to be kept.
 */
export class Search {
  readonly graph: SearchGraph
  /** cost at which the edge of a state is begun; `unreached` */
  readonly label: Int32Array
  /** the other currency along the same way */
  readonly other: Int32Array
  /** state before; states from `graph.stateCount` on stand for the start */
  readonly parent: Int32Array
  readonly #cost: Int32Array
  readonly #otherCost: Int32Array
  readonly #from: Uint32Array
  readonly #to: Uint32Array
  readonly #buckets: number[][]
  readonly #bits: number
  #queued = 0

  constructor(graph: SearchGraph, costs: EdgeCosts, metric: Metric) {
    this.graph = graph
    const size = graph.stateCount + sourceSlots
    const [cost, other] = metric === 'time' ? [costs.ms, costs.cm] : [costs.cm, costs.ms]
    this.label = new Int32Array(size)
    this.other = new Int32Array(size)
    this.parent = new Int32Array(size)
    this.#cost = new Int32Array(size)
    this.#otherCost = new Int32Array(size)
    this.#from = new Uint32Array(size)
    this.#to = new Uint32Array(size)
    const closed = graph.passage.closures?.closed
    let largest = 0
    for (let state = 0; state < graph.stateCount; state++) {
      const edge = graph.edgeOf[state]!
      this.#cost[state] = cost[edge]!
      this.#otherCost[state] = other[edge]!
      this.#from[state] = graph.first[state]!
      // On an edge that the rules close somewhere a way may end, if it ends before; it leads no further.
      this.#to[state] = closed?.[edge] ? graph.first[state]! : graph.first[state + 1]!
      if (cost[edge]! > largest) largest = cost[edge]!
    }
    this.#bits = bucketBits[metric]
    // A ring as long as the longest edge and two more: no two costs in the queue share a bucket by accident.
    this.#buckets = Array.from({ length: 2 ** Math.ceil(Math.log2((largest >> this.#bits) + 3)) }, () => [])
  }

  /** Searches from a place; stops when all targets' labels are final, if any are given. */
  run(starts: readonly EdgePlace[], targets?: readonly number[]): void {
    this.label.fill(unreached)
    this.parent.fill(-1)
    for (const bucket of this.#buckets) bucket.length = 0
    this.#queued = 0
    starts.slice(0, sourceSlots).forEach((place, slot) => this.#start(place, this.graph.stateCount + slot))
    this.#spread(targets)
  }

  /** A start is a state of its own: the rest of its edge, then what follows the edge. */
  #start({ edge, share }: EdgePlace, state: number): void {
    this.label[state] = 0
    this.other[state] = 0
    this.#cost[state] = partOf(this.#cost[edge]!, share, 1)
    this.#otherCost[state] = partOf(this.#otherCost[edge]!, share, 1)
    this.#from[state] = this.graph.first[edge]!
    this.#to[state] = this.graph.first[edge + 1]!
    this.#buckets[(this.#cost[state]! >> this.#bits) & (this.#buckets.length - 1)]!.push(state)
    this.#queued++
  }

  #spread(targets: readonly number[] | undefined): void {
    const { label, other, parent } = this
    const [cost, otherCost, from, to, buckets, bits] = [this.#cost, this.#otherCost, this.#from, this.#to, this.#buckets, this.#bits]
    const successor = this.graph.successor
    const mask = buckets.length - 1
    const open = targets?.slice()
    let queued = this.#queued
    for (let at = 0; queued > 0; at++) {
      const bucket = buckets[at & mask]!
      while (bucket.length > 0) {
        const state = bucket.pop()!
        queued--
        const arrival = label[state]! + cost[state]!
        // Labelled better since it was put here: it has been seen.
        if (arrival >> bits !== at) continue
        const otherArrival = other[state]! + otherCost[state]!
        for (let next = from[state]!, end = to[state]!; next < end; next++) {
          const follower = successor[next]!
          if (arrival >= label[follower]!) continue
          label[follower] = arrival
          other[follower] = otherArrival
          parent[follower] = state
          buckets[((arrival + cost[follower]!) >> bits) & mask]!.push(follower)
          queued++
        }
      }
      if (!open) continue
      // Labels below the next bucket are final; targets are looked at from the last on, each once.
      while (open.length > 0 && label[open.at(-1)!]! < (at + 1) << bits) open.pop()
      if (open.length === 0) break
    }
  }
}
