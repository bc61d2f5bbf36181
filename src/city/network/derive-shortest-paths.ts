import type { StreetGraph } from './graph.ts'

/** All shortest paths from one vertex; `edgeInto[v]` is the half-edge by which v is reached, −1 at the source and where nothing leads. */
export interface PathTree {
  readonly source: number
  readonly cost: Float64Array
  readonly edgeInto: Int32Array
  readonly parent: Int32Array
}

/** Dijkstra with a binary heap. `costOf` gives the cost of a half-edge, at least 0 (seconds, metres …). */
export function shortestPathsFrom(graph: StreetGraph, source: number, costOf: (edge: number) => number): PathTree {
  const size = graph.lon.length
  const cost = new Float64Array(size).fill(Infinity)
  const edgeInto = new Int32Array(size).fill(-1)
  const parent = new Int32Array(size).fill(-1)
  const heap = new Heap(cost)
  cost[source] = 0
  heap.push(source)
  for (let vertex = heap.pop(); vertex !== undefined; vertex = heap.pop()) {
    for (let edge = graph.first[vertex]!; edge < graph.first[vertex + 1]!; edge++) {
      const head = graph.head[edge]!
      const through = cost[vertex]! + costOf(edge)
      if (through >= cost[head]!) continue
      cost[head] = through
      edgeInto[head] = edge
      parent[head] = vertex
      heap.push(head)
    }
  }
  return { source, cost, edgeInto, parent }
}

/** Half-edges from the source to `target` in driving order; undefined when it cannot be reached. */
export function pathTo(tree: PathTree, target: number): number[] | undefined {
  if (tree.cost[target] === Infinity) return undefined
  const edges: number[] = []
  for (let vertex = target; vertex !== tree.source; vertex = tree.parent[vertex]!) edges.push(tree.edgeInto[vertex]!)
  return edges.reverse()
}

/** A heap of vertices by their cost; a vertex whose cost fell moves up in place. */
class Heap {
  readonly #cost: Float64Array
  readonly #items: number[] = []
  readonly #place: Int32Array

  constructor(cost: Float64Array) {
    this.#cost = cost
    this.#place = new Int32Array(cost.length).fill(-1)
  }

  push(vertex: number): void {
    let at = this.#place[vertex]!
    if (at < 0) at = this.#items.push(vertex) - 1
    while (at > 0) {
      const above = (at - 1) >> 1
      if (this.#cost[this.#items[above]!]! <= this.#cost[vertex]!) break
      this.#put(at, this.#items[above]!)
      at = above
    }
    this.#put(at, vertex)
  }

  pop(): number | undefined {
    const top = this.#items[0]
    if (top === undefined) return undefined
    const last = this.#items.pop()!
    this.#place[top] = -1
    if (this.#items.length > 0) this.#sink(last)
    return top
  }

  #sink(vertex: number): void {
    let at = 0
    for (;;) {
      let below = 2 * at + 1
      if (below >= this.#items.length) break
      if (below + 1 < this.#items.length && this.#cost[this.#items[below + 1]!]! < this.#cost[this.#items[below]!]!) below++
      if (this.#cost[this.#items[below]!]! >= this.#cost[vertex]!) break
      this.#put(at, this.#items[below]!)
      at = below
    }
    this.#put(at, vertex)
  }

  #put(at: number, vertex: number): void {
    this.#items[at] = vertex
    this.#place[vertex] = at
  }
}
