import type { RoadNetwork } from './network.ts'

/**
 * Edges of the largest part of the network within which every vertex can be reached from every other (Tarjan 1972, without recursion),
 * over the edges of which `level` is not 0. A place is snapped to these only: from an island no truck comes back.
 */
export function mainEdges({ first, head, tail }: RoadNetwork, level: Uint8Array): Uint8Array {
  const component = components(first, head, level)
  const sizes = new Map<number, number>()
  for (const each of component) sizes.set(each, (sizes.get(each) ?? 0) + 1)
  const [largest] = [...sizes].reduce((best, each) => (each[1] > best[1] ? each : best), [-1, 0])
  return Uint8Array.from(head, (to, edge) => (level[edge]! > 0 && component[to] === largest && component[tail[edge]!] === largest ? 1 : 0))
}

function components(first: Uint32Array, head: Uint32Array, level: Uint8Array): Int32Array {
  const count = first.length - 1
  const component = new Int32Array(count).fill(-1)
  const order = new Int32Array(count).fill(-1)
  const low = new Int32Array(count)
  const next = first.slice(0, count)
  const open: number[] = []
  const path: number[] = []
  let seen = 0
  const enter = (vertex: number): void => {
    order[vertex] = low[vertex] = seen++
    open.push(vertex)
    path.push(vertex)
  }
  const leave = (vertex: number): void => {
    path.pop()
    const above = path.at(-1)
    if (above !== undefined) low[above] = Math.min(low[above]!, low[vertex]!)
    if (low[vertex] !== order[vertex]) return
    for (let member = open.pop()!; ; member = open.pop()!) {
      component[member] = vertex
      if (member === vertex) return
    }
  }
  for (let start = 0; start < count; start++) {
    if (order[start]! >= 0) continue
    enter(start)
    for (let vertex = path.at(-1); vertex !== undefined; vertex = path.at(-1)) {
      const edge = next[vertex]!
      if (edge === first[vertex + 1]) {
        leave(vertex)
        continue
      }
      next[vertex] = edge + 1
      const to = head[edge]!
      if (level[edge] === 0) continue
      if (order[to]! < 0) enter(to)
      else if (component[to]! < 0) low[vertex] = Math.min(low[vertex]!, order[to]!)
    }
  }
  return component
}
