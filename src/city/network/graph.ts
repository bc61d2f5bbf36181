import { distanceMetres, type Point } from '../../base/geo.ts'
import { streetClasses, type Layer, type Position, type StreetClass, type StreetProperties } from './layers.ts'

/** The street network as flat arrays: vertex v has the half-edges first[v] … first[v + 1] − 1. */
export interface StreetGraph {
  readonly lon: Float64Array
  readonly lat: Float64Array
  readonly first: Uint32Array
  /** vertex at the other end of a half-edge */
  readonly head: Uint32Array
  readonly lengthMetres: Float64Array
  /** index into streetClasses */
  readonly streetClass: Uint8Array
  /** satellites are not seen from inside */
  readonly isTunnel: Uint8Array
  /** index into names */
  readonly nameOf: Uint32Array
  readonly names: readonly string[]
  /** vertex at exactly this coordinate, as streets.geojson writes it */
  findVertex(point: Point): number | undefined
}

const keyOf = (lon: number, lat: number): string => `${lon.toFixed(6)},${lat.toFixed(6)}`

interface HalfEdge {
  readonly from: number
  readonly to: number
  readonly lengthMetres: number
  readonly streetClass: number
  readonly isTunnel: number
  readonly name: number
}

/** Builds the graph: streets meet where they share a coordinate. */
export function buildStreetGraph(streets: Layer<StreetProperties>): StreetGraph {
  const vertices = new Map<string, number>()
  const points: Point[] = []
  const vertexOf = ([lon, lat]: Position): number => {
    const key = keyOf(lon, lat)
    const known = vertices.get(key)
    if (known !== undefined) return known
    vertices.set(key, points.length)
    points.push({ lon, lat })
    return points.length - 1
  }
  const halfEdges: HalfEdge[] = []
  const names = [...new Set(streets.features.map((each) => each.properties.name))]
  const numbers = new Map(names.map((name, at) => [name, at]))
  for (const { geometry, properties } of streets.features) {
    if (geometry.type !== 'LineString') continue
    const along = geometry.coordinates.map(vertexOf)
    const rest = { streetClass: streetClasses.indexOf(properties.class), isTunnel: properties.tunnel ? 1 : 0, name: numbers.get(properties.name)! }
    for (let at = 1; at < along.length; at++) {
      const [from, to] = [along[at - 1]!, along[at]!]
      const lengthMetres = distanceMetres(points[from]!, points[to]!)
      halfEdges.push({ from, to, lengthMetres, ...rest }, { from: to, to: from, lengthMetres, ...rest })
    }
  }
  return packed(points, halfEdges, names, (point) => vertices.get(keyOf(point.lon, point.lat)))
}

function packed(points: readonly Point[], halfEdges: readonly HalfEdge[], names: readonly string[], findVertex: StreetGraph['findVertex']): StreetGraph {
  const first = new Uint32Array(points.length + 1)
  for (const { from } of halfEdges) first[from + 1]! += 1
  for (let vertex = 0; vertex < points.length; vertex++) first[vertex + 1]! += first[vertex]!
  const next = first.slice()
  const count = halfEdges.length
  const graph = { head: new Uint32Array(count), lengthMetres: new Float64Array(count), streetClass: new Uint8Array(count), isTunnel: new Uint8Array(count), nameOf: new Uint32Array(count), names }
  for (const edge of halfEdges) {
    const at = next[edge.from]!++
    graph.head[at] = edge.to
    graph.lengthMetres[at] = edge.lengthMetres
    graph.streetClass[at] = edge.streetClass
    graph.isTunnel[at] = edge.isTunnel
    graph.nameOf[at] = edge.name
  }
  return { lon: Float64Array.from(points, (point) => point.lon), lat: Float64Array.from(points, (point) => point.lat), first, ...graph, findVertex }
}

/** Number of vertices that can be reached from vertex 0; equal to all of them when the network is connected. */
export function countReachable(graph: StreetGraph): number {
  const seen = new Uint8Array(graph.lon.length)
  const open = graph.lon.length > 0 ? [0] : []
  let count = 0
  if (open.length > 0) seen[0] = 1
  for (let vertex = open.pop(); vertex !== undefined; vertex = open.pop()) {
    count++
    for (let edge = graph.first[vertex]!; edge < graph.first[vertex + 1]!; edge++) {
      const head = graph.head[edge]!
      if (seen[head]) continue
      seen[head] = 1
      open.push(head)
    }
  }
  return count
}

export const classOfEdge = (graph: StreetGraph, edge: number): StreetClass => streetClasses[graph.streetClass[edge]!]!
