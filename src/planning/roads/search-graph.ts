import type { RoadNetwork, TurnRule } from './network.ts'
import type { Passage } from './passage.ts'
import { levels } from './vehicle.ts'

/**
 * What the search walks: a state is a directed edge being driven, with what was driven before as far as it matters. State e (< edge
 * count) is edge e with no memory; further states remember the beginning of a turn rule over several edges, or that one has come to a
 * road for residents and may only end there. Turn rules, barriers and closed edges are all in the successors, so the search knows none.
 */
export interface SearchGraph {
  readonly passage: Passage
  readonly stateCount: number
  readonly edgeOf: Uint32Array
  /** successors of state s: successor[first[s]] … successor[first[s + 1] − 1] */
  readonly first: Uint32Array
  readonly successor: Uint32Array
  /** states of an edge, its own number first; only edges that have several */
  readonly statesOf: ReadonlyMap<number, readonly number[]>
}

/** A turn rule (its index) that was begun, and how many of its edges are driven. */
interface Begun {
  readonly turn: number
  readonly driven: number
}

interface State {
  readonly edge: number
  readonly begun: readonly Begun[]
  /** has come from an open road to one for residents */
  readonly isArriving: boolean
}

/** Lays out the states and successors for what a vehicle may drive at a moment. */
export function buildSearchGraph(network: RoadNetwork, passage: Passage): SearchGraph {
  const edges = network.head.length
  const numbered = numberStates(edges)
  const ground: Ground = { network, passage, begins: turnsByFirstEdge(network, passage) }
  const hasResidents = passage.level.includes(levels.destination)
  const firsts: number[] = [0]
  const successor: number[] = []
  for (let edge = 0; edge < edges; edge++) {
    if (passage.level[edge] !== levels.closed) {
      if (hasResidents || ground.begins.has(edge)) for (const next of nextStates({ edge, begun: [], isArriving: false }, ground)) successor.push(numbered.numberOf(next))
      else for (const next of nextEdges(edge, ground)) successor.push(next)
    }
    firsts.push(successor.length)
  }
  // `extra` grows while it is walked, until no new state is met.
  for (let at = 0; at < numbered.extra.length; at++) {
    for (const next of nextStates(numbered.extra[at]!, ground)) successor.push(numbered.numberOf(next))
    firsts.push(successor.length)
  }
  const { extra } = numbered
  const statesOf = new Map<number, number[]>()
  extra.forEach(({ edge }, at) => statesOf.set(edge, [...(statesOf.get(edge) ?? [edge]), edges + at]))
  const edgeOf = Uint32Array.from({ length: edges + extra.length }, (_, state) => (state < edges ? state : extra[state - edges]!.edge))
  return { passage, stateCount: edgeOf.length, edgeOf, first: Uint32Array.from(firsts), successor: Uint32Array.from(successor), statesOf }
}

interface Ground {
  readonly network: RoadNetwork
  readonly passage: Passage
  /** turn rules that begin with an edge */
  readonly begins: ReadonlyMap<number, readonly Begun[]>
}

function turnsByFirstEdge(network: RoadNetwork, { turns }: Passage): Map<number, Begun[]> {
  const begins = new Map<number, Begun[]>()
  for (const turn of turns) {
    const edge = network.turns[turn]!.edges[0]!
    begins.set(edge, [...(begins.get(edge) ?? []), { turn, driven: 1 }])
  }
  return begins
}

/** Numbers of states: the edge's own without memory, numbers after the edges in order of first sight with. */
function numberStates(edges: number) {
  const extra: State[] = []
  const known = new Map<string, number>()
  const numberOf = (state: State): number => {
    if (state.begun.length === 0 && !state.isArriving) return state.edge
    const key = `${state.edge}|${state.isArriving ? 1 : 0}|${state.begun.map(({ turn, driven }) => `${turn}:${driven}`).sort().join()}`
    const found = known.get(key)
    if (found !== undefined) return found
    known.set(key, edges + extra.length)
    extra.push(state)
    return edges + extra.length - 1
  }
  return { extra, numberOf }
}

/** Edges that can follow an edge on the ground: open ones, and round in the road only at dead ends and barriers. */
function* nextEdges(edge: number, { network: { first, head, twin }, passage: { level, blockedVertices } }: Ground): Generator<number> {
  const vertex = head[edge]!
  const isBlocked = blockedVertices.has(vertex)
  const isDeadEnd = first[vertex + 1] === first[vertex]! + 1
  for (let next = first[vertex]!; next < first[vertex + 1]!; next++) {
    if (level[next] === levels.closed) continue
    if (twin[edge] === next ? isDeadEnd || isBlocked : !isBlocked) yield next
  }
}

function* nextStates(state: State, ground: Ground): Generator<State> {
  const { network: { turns }, passage: { level }, begins } = ground
  const begun = [...state.begun, ...(begins.get(state.edge) ?? [])]
  for (const edge of nextEdges(state.edge, ground)) {
    if (!begun.every((each) => mayGoOn(turns[each.turn]!, each.driven, edge))) continue
    if (state.isArriving && level[edge] === levels.open) continue
    const isArriving = level[edge] === levels.destination && (state.isArriving || level[state.edge] === levels.open)
    yield { edge, isArriving, begun: begun.flatMap(({ turn, driven }) => (turns[turn]!.edges[driven] === edge && driven + 1 < turns[turn]!.edges.length ? [{ turn, driven: driven + 1 }] : [])) }
  }
}

/** A `no` rule must not end with this edge, an `only` rule whose edges but the last are driven must. */
function mayGoOn({ kind, edges }: TurnRule, driven: number, edge: number): boolean {
  if (driven + 1 < edges.length) return true
  return kind === 'no' ? edges[driven] !== edge : edges[driven] === edge
}
