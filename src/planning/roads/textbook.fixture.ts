import type { RoadNetwork } from './network.ts'
import type { Passage } from './passage.ts'
import { costsOf, partOf, unreached, type EdgePlace, type Metric } from './search.ts'

/**
 * A plain textbook Dijkstra for tests and benches, sharing nothing with the search but the costs: nodes are whole histories that matter,
 * written as text; neighbours are found by looking at the rules each time; the queue is a binary heap of objects.
 */
interface Node {
  readonly cost: number
  readonly edge: number
  /** edges driven before this one, the latest last, as many as the longest rule wants */
  readonly before: readonly number[]
  readonly isArriving: boolean
}

export class Textbook {
  readonly #network: RoadNetwork
  readonly #passage: Passage
  readonly #cost: Int32Array
  readonly #memory: number

  constructor(network: RoadNetwork, passage: Passage, metric: Metric) {
    this.#network = network
    this.#passage = passage
    this.#cost = metric === 'time' ? costsOf(network).ms : costsOf(network).cm
    this.#memory = Math.max(1, ...passage.turns.map((turn) => network.turns[turn]!.edges.length)) - 1
  }

  /** Cost at which each edge can be begun, from any of some places; edges never begun are absent. */
  labels(starts: readonly EdgePlace[]): Map<number, number> {
    const { level } = this.#passage
    const labels = new Map<number, number>()
    const heap: Node[] = []
    const done = new Set<number | string>()
    for (const { edge, share } of starts) if (level[edge]! > 0) for (const next of this.#nextOf({ cost: 0, edge, before: [], isArriving: false })) this.#label(labels, heap, { ...next, cost: partOf(this.#cost[edge]!, share, 1) })
    for (let node = pop(heap); node; node = pop(heap)) {
      const key = node.before.length === 0 && !node.isArriving ? node.edge : `${node.edge}|${node.before.join()}|${node.isArriving}`
      if (done.has(key)) continue
      done.add(key)
      for (const next of this.#nextOf(node)) this.#label(labels, heap, { ...next, cost: node.cost + this.#cost[node.edge]! })
    }
    return labels
  }

  /** `cost` of a node is that of beginning its edge. */
  #label(labels: Map<number, number>, heap: Node[], node: Node): void {
    if (node.cost < (labels.get(node.edge) ?? unreached)) labels.set(node.edge, node.cost)
    push(heap, node)
  }

  /** Cost from the starts the labels were made for to any of some places; `unreached` when there is no way. */
  cost(labels: ReadonlyMap<number, number>, starts: readonly EdgePlace[], ends: readonly EdgePlace[]): number {
    const { level } = this.#passage
    let best = unreached
    for (const end of ends) {
      if (level[end.edge] === 0) continue
      best = Math.min(best, (labels.get(end.edge) ?? Infinity) + partOf(this.#cost[end.edge]!, 0, end.share))
      for (const start of starts) if (start.edge === end.edge && end.share >= start.share) best = Math.min(best, partOf(this.#cost[start.edge]!, start.share, end.share))
    }
    return best
  }

  #nextOf({ edge, before, isArriving }: Node): Omit<Node, 'cost'>[] {
    const { head, tail, twin, turns } = this.#network
    const { level, blockedVertices } = this.#passage
    const at = head[edge]!
    const out = this.#outOf(at)
    const driven = [...before, edge]
    return out.flatMap((next) => {
      if (level[next] === 0 || tail[next] !== at) return []
      const isRound = twin[edge] === next
      if (isRound && out.length > 1 && !blockedVertices.has(at)) return []
      if (!isRound && blockedVertices.has(at)) return []
      for (const turn of this.#passage.turns) {
        const { kind, edges } = turns[turn]!
        const isBegun = edges.slice(0, -1).every((each, index) => each === driven[driven.length - edges.length + 1 + index])
        if (isBegun && (kind === 'no') === (edges.at(-1) === next)) return []
      }
      if (isArriving && level[next] === 2) return []
      return [{ edge: next, before: this.#memory > 0 ? driven.slice(-this.#memory) : [], isArriving: level[next] === 1 && (isArriving || level[edge] === 2) }]
    })
  }

  #outOf(vertex: number): number[] {
    const found: number[] = []
    for (let edge = this.#network.first[vertex]!; edge < this.#network.first[vertex + 1]!; edge++) found.push(edge)
    return found
  }
}

function push(heap: Node[], node: Node): void {
  let at = heap.push(node) - 1
  while (at > 0 && heap[(at - 1) >> 1]!.cost > node.cost) {
    heap[at] = heap[(at - 1) >> 1]!
    at = (at - 1) >> 1
  }
  heap[at] = node
}

function pop(heap: Node[]): Node | undefined {
  const top = heap[0]
  const last = heap.pop()
  if (!top || !last || heap.length === 0) return top
  let at = 0
  for (;;) {
    let below = 2 * at + 1
    if (below >= heap.length) break
    if (below + 1 < heap.length && heap[below + 1]!.cost < heap[below]!.cost) below++
    if (heap[below]!.cost >= last.cost) break
    heap[at] = heap[below]!
    at = below
  }
  heap[at] = last
  return top
}
