import { between, distanceMetres, type Point } from '../../base/geo.ts'
import { secondsFromMs } from '../../base/units.ts'
import type { Way } from './many-to-many.ts'
import { pointsOf, type RoadNetwork } from './network.ts'
import { costsOf } from './search.ts'

/** A way as points with the time each leg between them takes: what the rule engine's route questions want. */
export interface WayLine {
  readonly path: readonly Point[]
  readonly legSeconds: readonly number[]
}

/** The part of an edge's line between two shares. */
export function linePart(network: RoadNetwork, edge: number, from: number, to: number): Point[] {
  const points = pointsOf(network, edge)
  const total = network.lengthMetres[edge]! || 1
  const line: Point[] = []
  let behind = 0
  for (let at = 0; at + 1 < points.length; at++) {
    const [a, b] = [points[at]!, points[at + 1]!]
    const share = distanceMetres(a, b) / total
    const [first, last] = [Math.max(from, behind), Math.min(to, behind + share)]
    if (first < last) {
      if (line.length === 0) line.push(between(a, b, (first - behind) / share))
      line.push(between(a, b, (last - behind) / share))
    }
    behind += share
  }
  if (line.length > 0) return line
  // nothing is driven: the place itself, twice
  const place = pointOn(points, total, from)
  return [place, place]
}

function pointOn(points: readonly Point[], total: number, share: number): Point {
  let behind = 0
  for (let at = 0; at + 1 < points.length; at++) {
    const length = distanceMetres(points[at]!, points[at + 1]!) / total
    if (share <= behind + length && length > 0) return between(points[at]!, points[at + 1]!, (share - behind) / length)
    behind += length
  }
  return points.at(-1)!
}

/** Shares driven of the edge at a place in the way. */
export const sharesOf = ({ edges, startShare, endShare }: Way, at: number): readonly [number, number] => [at === 0 ? startShare : 0, at === edges.length - 1 ? endShare : 1]

export function wayLine(network: RoadNetwork, way: Way): WayLine {
  const { ms } = costsOf(network)
  const path: Point[] = []
  const legSeconds: number[] = []
  way.edges.forEach((edge, at) => {
    const [from, to] = sharesOf(way, at)
    // Starting or ending at a crossing drives nothing of an edge.
    if (from === to && way.edges.length > 1) return
    const line = linePart(network, edge, from, to)
    const length = line.slice(1).reduce((sum, point, index) => sum + distanceMetres(line[index]!, point), 0)
    const seconds = secondsFromMs(ms[edge]! * (to - from))
    if (path.length === 0) path.push(line[0]!)
    line.slice(1).forEach((point, index) => {
      path.push(point)
      legSeconds.push(length === 0 ? seconds / (line.length - 1) : (seconds * distanceMetres(line[index]!, point)) / length)
    })
  })
  return { path, legSeconds }
}
