import { basename } from 'node:path'
import { ProblemError } from '../../../base/problems.ts'
import type { Barrier, RoadNetwork } from '../network.ts'
import { roadProblem } from '../problems.ts'
import { collectNodes, findNode, isBarring, type Nodes } from './collect-nodes.ts'
import { collectWays, type Collected } from './collect-ways.ts'
import type { Growing } from './growing.ts'
import { highwayClasses } from './highway-classes.ts'
import { layEdges, markVertices, pairOpposite, resolveRefs, type LaidEdges } from './lay-edges.ts'
import { resolveTurns, waysNamed } from './resolve-turns.ts'

export const osmAttribution = '© OpenStreetMap contributors, ODbL'

/**
 * Makes the road network of an OSM extract (`.osm.pbf`). Reads the file twice, blob by blob: roads, then their nodes.
 * Throws problems: unreadable, damaged, unsupported, empty.
 */
export function importExtract(file: string): RoadNetwork {
  const counts = new Map<string, number>()
  const leaveOut = (what: string): void => void counts.set(what, (counts.get(what) ?? 0) + 1)
  const collected = collectWays(file, leaveOut)
  const nodes = collectNodes(file, collected.refs, leaveOut)
  const nodeOf = resolveRefs(collected.refs, nodes)
  const ways = pairOpposite(collected.ways, nodeOf)
  const isVertex = markVertices(ways, nodeOf, nodes)
  const laid = layEdges(ways, { nodeOf, isVertex, nodes, leaveOut })
  if (laid.tail.length === 0) throw new ProblemError(roadProblem('roads-extract-empty', { file }))
  return packNetwork(laid, { collected, nodes, counts, leaveOut, file })
}

interface Ground {
  readonly collected: Collected
  readonly nodes: Nodes
  readonly counts: ReadonlyMap<string, number>
  readonly leaveOut: (what: string) => void
  readonly file: string
}

/** Numbers vertices by first use, so that neighbours lie near each other, and sorts the edges by the vertex they leave. */
function packNetwork(laid: LaidEdges, { collected, nodes, counts, leaveOut, file }: Ground): RoadNetwork {
  const count = laid.tail.length
  const vertexOf = new Int32Array(nodes.ids.length).fill(-1)
  let vertices = 0
  for (let edge = 0; edge < count; edge++) for (const node of [laid.tail.at(edge), laid.head.at(edge)]) if (vertexOf[node]! < 0) vertexOf[node] = vertices++
  const first = new Uint32Array(vertices + 1)
  for (let edge = 0; edge < count; edge++) first[vertexOf[laid.tail.at(edge)]! + 1]! += 1
  for (let vertex = 0; vertex < vertices; vertex++) first[vertex + 1]! += first[vertex]!
  const next = first.slice()
  /** laid edge → its place in the network, and back */
  const placeOf = new Uint32Array(count)
  for (let edge = 0; edge < count; edge++) {
    const vertex = vertexOf[laid.tail.at(edge)]!
    placeOf[edge] = next[vertex]!
    next[vertex] = next[vertex]! + 1
  }
  const laidAt = new Uint32Array(count)
  placeOf.forEach((place, edge) => (laidAt[place] = edge))
  const column = <Values extends Uint8Array | Uint32Array | Float64Array>(values: Values, from: Growing, of: (value: number) => number = (value) => value): Values => {
    for (let at = 0; at < count; at++) values[at] = of(from.at(laidAt[at]!))
    return values
  }
  const [lon, lat] = [new Float64Array(vertices), new Float64Array(vertices)]
  vertexOf.forEach((vertex, node) => {
    if (vertex < 0) return
    lon[vertex] = nodes.lon[node]!
    lat[vertex] = nodes.lat[node]!
  })
  const barriers: Barrier[] = [...nodes.barriers].filter(([node, signs]) => vertexOf[node]! >= 0 && isBarring(signs)).map(([node, signs]) => ({ vertex: vertexOf[node]!, signs: collected.signs.indexOf(signs) }))
  const tail = column(new Uint32Array(count), laid.tail, (node) => vertexOf[node]!)
  const head = column(new Uint32Array(count), laid.head, (node) => vertexOf[node]!)
  const named = waysNamed(collected.restrictions)
  const edgesOf = new Map<number, number[]>()
  for (let edge = 0; edge < count; edge++) {
    const way = laid.osmWay.at(edge)
    if (named.has(way)) edgesOf.set(way, [...(edgesOf.get(way) ?? []), placeOf[edge]!])
  }
  const turns = resolveTurns(collected.restrictions, {
    network: { tail, head, first }, leaveOut,
    edgesOfWay: (way) => edgesOf.get(way) ?? [],
    vertexOfNode: (node) => vertexOf[findNode(nodes.ids, node)] ?? -1,
  })
  const shapeNodes = laid.shapeNodes.view()
  return {
    lon, lat, first, tail, head, turns, barriers,
    twin: Int32Array.from(laidAt, (edge) => (laid.twin.at(edge) < 0 ? -1 : placeOf[laid.twin.at(edge)]!)),
    lengthMetres: column(new Float64Array(count), laid.lengthMetres), durationMs: column(new Uint32Array(count), laid.durationMs), roadClass: column(new Uint8Array(count), laid.roadClass),
    isRoundabout: column(new Uint8Array(count), laid.isRoundabout), nameOf: column(new Uint32Array(count), laid.name), signsOf: column(new Uint32Array(count), laid.signs),
    shapeOf: column(new Uint32Array(count), laid.shape), isReversed: column(new Uint8Array(count), laid.isReversed),
    shapeFirst: Uint32Array.from(laid.shapeFirst.view()), shapeLon: Float64Array.from(shapeNodes, (node) => nodes.lon[node]!), shapeLat: Float64Array.from(shapeNodes, (node) => nodes.lat[node]!),
    names: collected.names.things, classCodes: highwayClasses.map((each) => each.code), signs: collected.signs.things,
    source: { file: basename(file), attribution: osmAttribution, leftOut: Object.fromEntries([...counts].toSorted((a, b) => b[1] - a[1]).slice(0, 200)) },
  }
}
