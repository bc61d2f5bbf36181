import Flatbush from 'flatbush'
import { distanceMetres, type Point } from '../../base/geo.ts'
import { ProblemError } from '../../base/problems.ts'
import { highwayClasses } from './osm/highway-classes.ts'
import { isRoad, type RoadNetwork } from './network.ts'
import { roadProblem } from './problems.ts'
import type { EdgePlace } from './search.ts'

/** A point on the network: one place a direction that may be driven; at a crossing the beginning and end of every road there. */
export interface Snapped {
  readonly places: readonly EdgePlace[]
  /** on the road */
  readonly point: Point
  readonly offMetres: number
}

/** Further than this from a road a point is refused. */
export const snapLimitMetres = 1000
const firstReachMetres = 60
/** A point this near to a road where no truck may stop is a truck driving there, not a shop. */
const onRoadMetres = 10
/** Within this of a vertex a point is at it. */
const atVertexMetres = 0.5

/** Boxes of all segments of the shapes; made once a network. */
interface SegmentIndex {
  readonly boxes: Flatbush
  /** first point of the segment, index into shapeLon */
  readonly pointOf: Uint32Array
  readonly edgeOf: Uint32Array
  /** edges into vertex v: into[intoFirst[v]] … into[intoFirst[v + 1] − 1] */
  readonly intoFirst: Uint32Array
  readonly into: Uint32Array
}

const indices = new WeakMap<RoadNetwork, SegmentIndex>()

function indexOf(network: RoadNetwork): SegmentIndex {
  const known = indices.get(network)
  if (known) return known
  const { shapeFirst, shapeOf, shapeLon, shapeLat } = network
  const [pointOf, edgeOf]: [number[], number[]] = [[], []]
  for (let edge = 0; edge < shapeOf.length; edge++) {
    if (!isRoad(network, edge)) continue
    const shape = shapeOf[edge]!
    for (let at = shapeFirst[shape]!; at + 1 < shapeFirst[shape + 1]!; at++) {
      pointOf.push(at)
      edgeOf.push(edge)
    }
  }
  const boxes = new Flatbush(Math.max(1, pointOf.length))
  for (const at of pointOf) boxes.add(Math.min(shapeLon[at]!, shapeLon[at + 1]!), Math.min(shapeLat[at]!, shapeLat[at + 1]!), Math.max(shapeLon[at]!, shapeLon[at + 1]!), Math.max(shapeLat[at]!, shapeLat[at + 1]!))
  if (pointOf.length === 0) boxes.add(0, 0, 0, 0)
  boxes.finish()
  const index = { boxes, pointOf: Uint32Array.from(pointOf), edgeOf: Uint32Array.from(edgeOf), ...edgesInto(network) }
  indices.set(network, index)
  return index
}

function edgesInto({ first, head }: RoadNetwork): Pick<SegmentIndex, 'intoFirst' | 'into'> {
  const intoFirst = new Uint32Array(first.length)
  for (const vertex of head) intoFirst[vertex + 1] = intoFirst[vertex + 1]! + 1
  for (let vertex = 0; vertex + 1 < first.length; vertex++) intoFirst[vertex + 1] = intoFirst[vertex + 1]! + intoFirst[vertex]!
  const next = intoFirst.slice()
  const into = new Uint32Array(head.length)
  head.forEach((vertex, edge) => {
    into[next[vertex]!] = edge
    next[vertex] = next[vertex]! + 1
  })
  return { intoFirst, into }
}

interface Hit {
  readonly segment: number
  readonly share: number
  readonly point: Point
  readonly metres: number
}

const noStopping = new Set(highwayClasses.filter((each) => each.noStopping).map((each) => each.code))

/**
 * Finds the nearest road of each point, among the edges `usable` marks; roads where no truck may stop count only for points on them.
 * Throws `roads-too-far` naming every point that has none within `limitMetres`.
 */
export function snapAll(network: RoadNetwork, usable: Uint8Array, points: readonly Point[], limitMetres = snapLimitMetres): Snapped[] {
  const snapped = points.map((point) => snap(network, usable, point, limitMetres))
  const problems = snapped.flatMap((each, at) => (each ? [] : [roadProblem('roads-too-far', { ...points[at]!, limit: limitMetres, index: at })]))
  if (problems.length > 0) throw new ProblemError(problems)
  return snapped as Snapped[]
}

/** Nearest road of one point; undefined when none is within the limit. */
export function snap(network: RoadNetwork, usable: Uint8Array, point: Point, limitMetres = snapLimitMetres): Snapped | undefined {
  const index = indexOf(network)
  const { twin, roadClass, classCodes } = network
  const isUsable = (edge: number): boolean => usable[edge] === 1 || (twin[edge]! >= 0 && usable[twin[edge]!] === 1)
  const mayStop = (edge: number): boolean => !noStopping.has(classCodes[roadClass[edge]!]!)
  const metresPerLat = distanceMetres(point, { lon: point.lon, lat: point.lat + 0.01 }) / 0.01
  const metresPerLon = distanceMetres(point, { lon: point.lon + 0.01, lat: point.lat }) / 0.01
  for (let reach = Math.min(firstReachMetres, limitMetres); ; reach = Math.min(reach * 3, limitMetres)) {
    const [wide, high] = [reach / metresPerLon, reach / metresPerLat]
    let best: Hit | undefined
    for (const segment of index.boxes.search(point.lon - wide, point.lat - high, point.lon + wide, point.lat + high)) {
      if (index.pointOf.length === 0 || !isUsable(index.edgeOf[segment]!)) continue
      const hit = project(network, index.pointOf[segment]!, point, { metresPerLon, metresPerLat })
      if (hit.metres > onRoadMetres && !mayStop(index.edgeOf[segment]!)) continue
      if (!best || hit.metres < best.metres) best = { segment, ...hit }
    }
    // A nearer one may lie outside the box until the hit is within its reach.
    if (best && best.metres <= reach) return placesAt(network, usable, index, best)
    if (reach >= limitMetres) return undefined
  }
}

function project({ shapeLon, shapeLat }: RoadNetwork, at: number, point: Point, { metresPerLon, metresPerLat }: { metresPerLon: number; metresPerLat: number }): Omit<Hit, 'segment'> {
  const [ax, ay] = [(shapeLon[at]! - point.lon) * metresPerLon, (shapeLat[at]! - point.lat) * metresPerLat]
  const [dx, dy] = [(shapeLon[at + 1]! - shapeLon[at]!) * metresPerLon, (shapeLat[at + 1]! - shapeLat[at]!) * metresPerLat]
  const square = dx * dx + dy * dy
  const share = square === 0 ? 0 : Math.max(0, Math.min(1, -(ax * dx + ay * dy) / square))
  return {
    share, metres: Math.hypot(ax + share * dx, ay + share * dy),
    point: { lon: shapeLon[at]! + (shapeLon[at + 1]! - shapeLon[at]!) * share, lat: shapeLat[at]! + (shapeLat[at + 1]! - shapeLat[at]!) * share },
  }
}

/** From a hit on a segment to the share of the edge, in each direction that is usable. */
function placesAt(network: RoadNetwork, usable: Uint8Array, index: SegmentIndex, { segment, share, point, metres }: Hit): Snapped {
  const { shapeOf, shapeFirst, shapeLon, shapeLat, lengthMetres, twin, isReversed } = network
  const { pointOf, edgeOf } = index
  const edge = edgeOf[segment]!
  const at = (index: number): Point => ({ lon: shapeLon[index]!, lat: shapeLat[index]! })
  let behind = distanceMetres(at(pointOf[segment]!), at(pointOf[segment]! + 1)) * share
  for (let each = shapeFirst[shapeOf[edge]!]!; each < pointOf[segment]!; each++) behind += distanceMetres(at(each), at(each + 1))
  const along = lengthMetres[edge] === 0 ? 0 : Math.min(1, behind / lengthMetres[edge]!)
  const vertex = behind <= atVertexMetres ? startOf(network, edge) : lengthMetres[edge]! - behind <= atVertexMetres ? endOf(network, edge) : undefined
  if (vertex !== undefined) return { point, offMetres: metres, places: placesAtVertex(network, usable, index, vertex) }
  const directions = twin[edge]! < 0 ? [edge] : [edge, twin[edge]!]
  return { point, offMetres: metres, places: directions.filter((each) => usable[each] === 1).map((each) => ({ edge: each, share: isReversed[each] ? 1 - along : along })) }
}

const startOf = ({ head, tail, isReversed }: RoadNetwork, edge: number): number => (isReversed[edge] ? head[edge]! : tail[edge]!)
const endOf = ({ head, tail, isReversed }: RoadNetwork, edge: number): number => (isReversed[edge] ? tail[edge]! : head[edge]!)

/** At a crossing one may come by every road and leave by every road. */
function placesAtVertex({ first }: RoadNetwork, usable: Uint8Array, { intoFirst, into }: SegmentIndex, vertex: number): EdgePlace[] {
  const places: EdgePlace[] = []
  for (let edge = first[vertex]!; edge < first[vertex + 1]!; edge++) if (usable[edge] === 1) places.push({ edge, share: 0 })
  for (let at = intoFirst[vertex]!; at < intoFirst[vertex + 1]!; at++) if (usable[into[at]!] === 1) places.push({ edge: into[at]!, share: 1 })
  return places
}
