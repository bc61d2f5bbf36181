import { allowedWindows, edgesClosed, edgeStates, partsOfPath, type CompiledRules, type RoadGraph, type RuleInterval, type VehicleTables } from '../../city/access/index.ts'
import { distanceMetres, type Point } from '../../base/geo.ts'
import type { RoadNetwork } from './network.ts'
import type { Closures } from './passage.ts'

/** Part of a road that lies in the same zones, shares (0–1) of its shape from its first point. */
export interface ZonedPart {
  readonly from: number
  readonly to: number
  /** the same zones are the same array */
  readonly zones: readonly number[]
}

/** Where the roads of a network run through the zones of a rule set. Made once for both; vehicles and hours come later. */
export interface ZonedRoads {
  readonly network: RoadNetwork
  readonly compiled: CompiledRules
  /** by shape */
  readonly parts: readonly (readonly ZonedPart[])[]
  /** by edge, as the rule engine's `edgesClosed` wants them */
  readonly zonesOfEdge: readonly (readonly (readonly number[])[])[]
}

/** Cuts every road, bends and all, where it goes in or out of zones. */
export function layZones(network: RoadNetwork, compiled: CompiledRules): ZonedRoads {
  const known = new Map<string, readonly number[]>()
  const same = (zones: readonly number[]): readonly number[] => known.get(zones.join()) ?? known.set(zones.join(), zones).get(zones.join())!
  const { shapeFirst, shapeLon, shapeLat } = network
  const parts = Array.from({ length: shapeFirst.length - 1 }, (_, shape) => {
    const path: Point[] = []
    for (let at = shapeFirst[shape]!; at < shapeFirst[shape + 1]!; at++) path.push({ lon: shapeLon[at]!, lat: shapeLat[at]! })
    return zonedParts(compiled, path, same)
  })
  const zonesOfShape = parts.map((each) => [...new Set(each.map((part) => part.zones))])
  return { network, compiled, parts, zonesOfEdge: Array.from(network.shapeOf, (shape) => zonesOfShape[shape]!) }
}

function zonedParts(compiled: CompiledRules, path: readonly Point[], same: (zones: readonly number[]) => readonly number[]): ZonedPart[] {
  const reached = [0]
  path.slice(1).forEach((point, at) => reached.push(reached[at]! + distanceMetres(path[at]!, point)))
  const total = reached.at(-1)! || 1
  const shareOf = (leg: number, share: number): number => (reached[leg]! + (reached[leg + 1]! - reached[leg]!) * share) / total
  const parts: ZonedPart[] = []
  for (const { leg, to, zones } of partsOfPath(compiled, path)) {
    const last = parts.at(-1)
    const shared = same(zones)
    if (last && last.zones === shared) parts[parts.length - 1] = { ...last, to: shareOf(leg, to) }
    else parts.push({ from: last?.to ?? 0, to: shareOf(leg, to), zones: shared })
  }
  return parts
}

/** What the rules close to a vehicle in each of some intervals in which they do not change. */
export function closuresIn({ network, compiled, parts, zonesOfEdge }: ZonedRoads, vehicle: VehicleTables, intervals: readonly RuleInterval[]): Closures[] {
  const distinct = [...new Set(parts.flatMap((each) => each.map((part) => part.zones)))]
  return edgesClosed(vehicle, compiled, { intervals, edges: zonesOfEdge }).map((states, index): Closures => {
    const { from: at } = intervals[index]!
    const open = new Map<readonly number[], boolean>()
    const isOpen = (zones: readonly number[]): boolean => open.get(zones) ?? open.set(zones, allowedWindows(vehicle, zones, at, at + 1).length > 0).get(zones)!
    const closed = states.map((state) => (state === edgeStates.closed ? 1 : 0))
    return {
      closed,
      key: distinct.map((zones) => (isOpen(zones) ? '1' : '0')).join(''),
      isPartOpen: (edge, from, to) => closed[edge] === 0 || partsDriven(network, parts, { edge, from, to }).every((part) => isOpen(part.zones)),
    }
  })
}

/** Parts of an edge between two shares, in driving order, in shares of the edge. */
export function partsDriven(network: RoadNetwork, parts: ZonedRoads['parts'], { edge, from, to }: { edge: number; from: number; to: number }): ZonedPart[] {
  const along = parts[network.shapeOf[edge]!]!
  const driven = network.isReversed[edge] ? along.map((part) => ({ ...part, from: 1 - part.to, to: 1 - part.from })).reverse() : along
  return driven.filter((part) => part.to > from && part.from < to).map((part) => ({ ...part, from: Math.max(part.from, from), to: Math.min(part.to, to) }))
}

/**
 * The network as the rule engine's street graph: every segment of every shape a straight half-edge, with the edge it belongs to.
 * For questions put to the engine itself (`zonesOfEdges`); our own way is `layZones`, which also knows where on the edge.
 */
export function segmentGraph(network: RoadNetwork): RoadGraph & { readonly edgeOf: Uint32Array } {
  const { shapeOf, shapeFirst, shapeLon, shapeLat, isReversed } = network
  const [lon, lat, first, head, edgeOf]: [number[], number[], number[], number[], number[]] = [[], [], [0], [], []]
  // Every edge gets points of its own: who meets whom does not matter here.
  for (let edge = 0; edge < shapeOf.length; edge++) {
    const [from, end] = [shapeFirst[shapeOf[edge]!]!, shapeFirst[shapeOf[edge]! + 1]!]
    for (let at = 0; at < end - from; at++) {
      const point = isReversed[edge] ? end - 1 - at : from + at
      lon.push(shapeLon[point]!)
      lat.push(shapeLat[point]!)
      if (at + 1 < end - from) {
        head.push(lon.length)
        edgeOf.push(edge)
      }
      first.push(head.length)
    }
  }
  return { lon: Float64Array.from(lon), lat: Float64Array.from(lat), first: Uint32Array.from(first), head: Uint32Array.from(head), edgeOf: Uint32Array.from(edgeOf) }
}
