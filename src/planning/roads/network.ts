import type { Point } from '../../base/geo.ts'
import type { Condition } from './conditions.ts'
import type { Signs, TruckClass } from './vehicle.ts'

/**
 * A road network as flat arrays. Vertex v has the directed edges first[v] … first[v + 1] − 1, sorted by vertex. The line of an edge is the
 * shape shapeOf[edge] (points shapeFirst … shapeFirst + 1, both ends included), backwards where isReversed: both directions share one.
 */
export interface RoadNetwork {
  readonly lon: Float64Array
  readonly lat: Float64Array
  readonly first: Uint32Array
  readonly tail: Uint32Array
  readonly head: Uint32Array
  /** the same road the other way; −1: one-way */
  readonly twin: Int32Array
  readonly lengthMetres: Float64Array
  /** driving time on the empty road, whole milliseconds, at least 1 */
  readonly durationMs: Uint32Array
  /** index into highwayClasses' codes, see `classCodes` */
  readonly roadClass: Uint8Array
  readonly isRoundabout: Uint8Array
  /** index into names; '' where the road has none */
  readonly nameOf: Uint32Array
  /** index into signs */
  readonly signsOf: Uint32Array
  readonly shapeOf: Uint32Array
  readonly isReversed: Uint8Array
  readonly shapeFirst: Uint32Array
  readonly shapeLon: Float64Array
  readonly shapeLat: Float64Array
  readonly names: readonly string[]
  readonly classCodes: readonly string[]
  /** distinct sets of signs; few */
  readonly signs: readonly Signs[]
  readonly barriers: readonly Barrier[]
  readonly turns: readonly TurnRule[]
  readonly source: NetworkSource
}

/** A gate, bollard or height bar at a vertex. */
export interface Barrier {
  readonly vertex: number
  readonly signs: number
}

/** `no`: the edges may not be driven one after another; `only`: who drives all but the last must go on to the last. */
export interface TurnRule {
  readonly kind: 'no' | 'only'
  readonly edges: readonly number[]
  readonly classes: readonly TruckClass[]
  readonly when: Condition | null
}

export interface NetworkSource {
  readonly file: string
  /** what must stand beside anything shown from it; null: ours */
  readonly attribution: string | null
  /** what was met and not understood, with how often */
  readonly leftOut: Readonly<Record<string, number>>
}

/** Points of an edge in driving order, both ends included. */
export function pointsOf(network: RoadNetwork, edge: number): Point[] {
  const shape = network.shapeOf[edge]!
  const points: Point[] = []
  for (let at = network.shapeFirst[shape]!; at < network.shapeFirst[shape + 1]!; at++) points.push({ lon: network.shapeLon[at]!, lat: network.shapeLat[at]! })
  return network.isReversed[edge] ? points.reverse() : points
}

/** Edges that stand for their road once: of two directions the first. */
export const isRoad = (network: RoadNetwork, edge: number): boolean => network.twin[edge]! < 0 || network.twin[edge]! > edge
