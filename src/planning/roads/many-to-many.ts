import { metresFromCentimetres, secondsFromMs } from '../../base/units.ts'
import type { RoadNetwork } from './network.ts'
import { costsOf, partOf, Search, unreached, type EdgePlace, type Metric } from './search.ts'
import type { SearchGraph } from './search-graph.ts'
import type { Snapped } from './snap.ts'

/** One row a source, one column a target; Infinity where no way leads. */
export interface Matrix {
  readonly durationSeconds: Float64Array
  readonly distanceMetres: Float64Array
}

/** The best end of a way: its cost in what is made least and in the other currency, and how it ends. */
export interface Ended {
  readonly cost: number
  readonly other: number
  /** last state; −1: the start's own edge, driven from start to end */
  readonly state: number
  readonly end: EdgePlace
  /** the start, when `state` is −1 */
  readonly start: EdgePlace | null
}

/** Searches one source after another over the same graph. */
export class WayFinder {
  readonly network: RoadNetwork
  readonly graph: SearchGraph
  readonly metric: Metric
  readonly search: Search
  readonly #cost: Int32Array
  readonly #otherCost: Int32Array
  /** of the source searched last: all its places, and those a way may begin at */
  #sources: readonly EdgePlace[] = []
  #starts: readonly EdgePlace[] = []

  constructor(network: RoadNetwork, graph: SearchGraph, metric: Metric) {
    this.network = network
    this.graph = graph
    this.metric = metric
    const { ms, cm } = costsOf(network)
    this.#cost = metric === 'time' ? ms : cm
    this.#otherCost = metric === 'time' ? cm : ms
    this.search = new Search(graph, costsOf(network), metric)
  }

  /** Searches from a place; `targets` lets it stop early. */
  from(source: Snapped, targets?: readonly Snapped[]): this {
    const { passage } = this.graph
    this.#starts = source.places.filter(({ edge, share }) => passage.level[edge]! > 0 && (passage.closures?.isPartOpen(edge, share, 1) ?? true))
    const states = targets?.flatMap((each) => each.places.flatMap(({ edge }) => this.graph.statesOf.get(edge) ?? [edge]))
    this.search.run(this.#starts, states)
    this.#sources = source.places
    return this
  }

  /** Best way from the source searched last; undefined when there is none. */
  to(target: Snapped): Ended | undefined {
    const { closures, level } = this.graph.passage
    const { label, other } = this.search
    let best: Ended | undefined
    for (const end of target.places) {
      const { edge, share } = end
      if (level[edge] === 0) continue
      for (const start of this.#sources) {
        if (start.edge !== edge || start.share > share || (closures && !closures.isPartOpen(edge, start.share, share))) continue
        const cost = partOf(this.#cost[edge]!, start.share, share)
        if (!best || cost < best.cost) best = { cost, other: partOf(this.#otherCost[edge]!, start.share, share), state: -1, end, start }
      }
      if (closures && !closures.isPartOpen(edge, 0, share)) continue
      for (const state of this.graph.statesOf.get(edge) ?? [edge]) {
        if (label[state] === unreached) continue
        const cost = label[state]! + partOf(this.#cost[edge]!, 0, share)
        if (!best || cost < best.cost) best = { cost, other: other[state]! + partOf(this.#otherCost[edge]!, 0, share), state, end, start: null }
      }
    }
    return best
  }

  /** Edges of a way found, first and last with the shares that are driven. */
  wayOf(ended: Ended): Way {
    if (ended.start) return { edges: [ended.end.edge], startShare: ended.start.share, endShare: ended.end.share }
    const edges: number[] = []
    let state = ended.state
    for (; state < this.graph.stateCount; state = this.search.parent[state]!) edges.push(this.graph.edgeOf[state]!)
    const start = this.#starts[state - this.graph.stateCount]!
    return withoutEmptyEnds({ edges: [...edges, start.edge].reverse(), startShare: start.share, endShare: ended.end.share })
  }
}

/** A way driven: the first edge from `startShare` on, the last up to `endShare`. */
export interface Way {
  readonly edges: readonly number[]
  readonly startShare: number
  readonly endShare: number
}

/** A place at a crossing is the end of one edge and the beginning of another: of an edge that is not driven nothing is kept. */
function withoutEmptyEnds(way: Way): Way {
  const [isStartEmpty, isEndEmpty] = [way.startShare === 1, way.endShare === 0]
  const edges = way.edges.slice(isStartEmpty ? 1 : 0, isEndEmpty ? -1 : undefined)
  return edges.length === 0 ? way : { edges, startShare: isStartEmpty ? 0 : way.startShare, endShare: isEndEmpty ? 1 : way.endShare }
}

/** Seconds and metres of an end, whichever was made least. */
export function measuresOfEnd(metric: Metric, { cost, other }: Pick<Ended, 'cost' | 'other'>): { durationSeconds: number; distanceMetres: number } {
  const [ms, cm] = metric === 'time' ? [cost, other] : [other, cost]
  return { durationSeconds: secondsFromMs(ms), distanceMetres: metresFromCentimetres(cm) }
}

/** All pairs; ways are least in `metric`, both times and distances are of those ways. */
export function manyToMany(finder: WayFinder, sources: readonly Snapped[], targets: readonly Snapped[]): Matrix {
  const durationSeconds = new Float64Array(sources.length * targets.length).fill(Infinity)
  const distanceMetres = new Float64Array(sources.length * targets.length).fill(Infinity)
  sources.forEach((source, row) => {
    finder.from(source, targets)
    targets.forEach((target, column) => {
      const ended = finder.to(target)
      if (!ended) return
      const found = measuresOfEnd(finder.metric, ended)
      durationSeconds[row * targets.length + column] = found.durationSeconds
      distanceMetres[row * targets.length + column] = found.distanceMetres
    })
  })
  return { durationSeconds, distanceMetres }
}
