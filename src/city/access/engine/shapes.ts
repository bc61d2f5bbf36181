import type { Point } from '../../../base/geo.ts'
import { distanceMetres } from '../../../base/geo.ts'
import type { ZoneGeometry } from './rule-set.ts'

/**
 * A zone's area in flat arrays: one polygon with its holes, or the corridor along one road. `ends` holds x1 y1 x2 y2 of every side.
 * A polygon is its inside by the even-odd rule, half-open at its sides, so that two polygons that share a side share no point.
 */
export interface Piece {
  readonly zone: number
  readonly ends: Float64Array
  /** 0: a polygon */
  readonly reachMetres: number
  /** metres of a degree here, for corridors */
  readonly metresPerLon: number
  readonly metresPerLat: number
  readonly west: number
  readonly south: number
  readonly east: number
  readonly north: number
}

type Ring = readonly (readonly number[])[]

function sidesOf(rings: readonly Ring[]): Float64Array {
  const sides: number[] = []
  for (const ring of rings) for (let at = 1; at < ring.length; at++) sides.push(ring[at - 1]![0]!, ring[at - 1]![1]!, ring[at]![0]!, ring[at]![1]!)
  return Float64Array.from(sides)
}

function pieceOf(zone: number, ends: Float64Array, reachMetres: number): Piece {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (let at = 0; at < ends.length; at += 2) {
    west = Math.min(west, ends[at]!)
    east = Math.max(east, ends[at]!)
    south = Math.min(south, ends[at + 1]!)
    north = Math.max(north, ends[at + 1]!)
  }
  const middle = { lon: (west + east) / 2, lat: (south + north) / 2 }
  const metresPerLat = distanceMetres({ lon: middle.lon, lat: middle.lat - 0.5 }, { lon: middle.lon, lat: middle.lat + 0.5 })
  const metresPerLon = distanceMetres({ lon: middle.lon - 0.5, lat: middle.lat }, { lon: middle.lon + 0.5, lat: middle.lat })
  const [wide, high] = reachMetres === 0 ? [0, 0] : [reachMetres / metresPerLon, reachMetres / metresPerLat]
  return { zone, ends, reachMetres, metresPerLon, metresPerLat, west: west - wide, south: south - high, east: east + wide, north: north + high }
}

export function piecesOf(zone: number, geometry: ZoneGeometry): Piece[] {
  if (geometry.type === 'Polygon') return [pieceOf(zone, sidesOf(geometry.coordinates), 0)]
  if (geometry.type === 'MultiPolygon') return geometry.coordinates.map((rings) => pieceOf(zone, sidesOf(rings), 0))
  return geometry.roads.map(({ line }) => pieceOf(zone, sidesOf([line]), geometry.reachMetres))
}

/** Whether a piece holds a place, degrees. */
export function holds(piece: Piece, lon: number, lat: number): boolean {
  if (lon < piece.west || lon > piece.east || lat < piece.south || lat > piece.north) return false
  return piece.reachMetres === 0 ? isInside(piece.ends, lon, lat) : isNear(piece, lon, lat)
}

function isInside(ends: Float64Array, lon: number, lat: number): boolean {
  let inside = false
  for (let at = 0; at < ends.length; at += 4) {
    const y1 = ends[at + 1]!
    const y2 = ends[at + 3]!
    if (y1 > lat === y2 > lat) continue
    const x1 = ends[at]!
    if (lon < x1 + ((lat - y1) / (y2 - y1)) * (ends[at + 2]! - x1)) inside = !inside
  }
  return inside
}

function isNear({ ends, reachMetres, metresPerLon, metresPerLat }: Piece, lon: number, lat: number): boolean {
  const limit = reachMetres * reachMetres
  for (let at = 0; at < ends.length; at += 4) {
    const ax = (ends[at]! - lon) * metresPerLon
    const ay = (ends[at + 1]! - lat) * metresPerLat
    const dx = (ends[at + 2]! - ends[at]!) * metresPerLon
    const dy = (ends[at + 3]! - ends[at + 1]!) * metresPerLat
    const square = dx * dx + dy * dy
    const share = square === 0 ? 0 : Math.max(0, Math.min(1, -(ax * dx + ay * dy) / square))
    const x = ax + share * dx
    const y = ay + share * dy
    if (x * x + y * y <= limit) return true
  }
  return false
}

/** Shares (0–1) of the way from a to b at which the straight line may go in or out of a piece; unsorted. */
export function crossings(piece: Piece, a: Point, b: Point): number[] {
  if (Math.max(a.lon, b.lon) < piece.west || Math.min(a.lon, b.lon) > piece.east || Math.max(a.lat, b.lat) < piece.south || Math.min(a.lat, b.lat) > piece.north) return []
  return piece.reachMetres === 0 ? crossSides(piece.ends, a, b) : crossCorridor(piece, a, b)
}

function crossSides(ends: Float64Array, a: Point, b: Point): number[] {
  const shares: number[] = []
  for (let at = 0; at < ends.length; at += 4) {
    const share = crossing({ ax: a.lon, ay: a.lat, bx: b.lon, by: b.lat }, ends[at]!, ends[at + 1]!, { x: ends[at + 2]!, y: ends[at + 3]! })
    if (share !== undefined) shares.push(share)
  }
  return shares
}

interface Way {
  readonly ax: number
  readonly ay: number
  readonly bx: number
  readonly by: number
}

/** Share of the way at which it crosses the side from (cx, cy) to `d`; undefined when it does not, or runs along it. */
function crossing({ ax, ay, bx, by }: Way, cx: number, cy: number, d: { readonly x: number; readonly y: number }): number | undefined {
  const turn = (bx - ax) * (d.y - cy) - (by - ay) * (d.x - cx)
  if (turn === 0) return undefined
  const share = ((cx - ax) * (d.y - cy) - (cy - ay) * (d.x - cx)) / turn
  const along = ((cx - ax) * (by - ay) - (cy - ay) * (bx - ax)) / turn
  return share >= 0 && share <= 1 && along >= 0 && along <= 1 ? share : undefined
}

/** Around every side of a corridor: its two long sides and the circles at its ends, in metres from a. */
function crossCorridor({ ends, reachMetres, metresPerLon, metresPerLat }: Piece, a: Point, b: Point): number[] {
  const shares: number[] = []
  const way: Way = { ax: 0, ay: 0, bx: (b.lon - a.lon) * metresPerLon, by: (b.lat - a.lat) * metresPerLat }
  const square = way.bx ** 2 + way.by ** 2
  for (let at = 0; at < ends.length; at += 4) {
    const [x1, y1, x2, y2] = [(ends[at]! - a.lon) * metresPerLon, (ends[at + 1]! - a.lat) * metresPerLat, (ends[at + 2]! - a.lon) * metresPerLon, (ends[at + 3]! - a.lat) * metresPerLat]
    const length = Math.hypot(x2 - x1, y2 - y1)
    const [nx, ny] = length === 0 ? [0, 0] : [(-(y2 - y1) / length) * reachMetres, ((x2 - x1) / length) * reachMetres]
    for (const side of [1, -1]) {
      const share = crossing(way, x1 + side * nx, y1 + side * ny, { x: x2 + side * nx, y: y2 + side * ny })
      if (share !== undefined) shares.push(share)
    }
    for (const [x, y] of [[x1, y1], [x2, y2]] as const) {
      const half = (way.bx * x + way.by * y) / square
      const root = half * half - (x * x + y * y - reachMetres * reachMetres) / square
      if (root >= 0) shares.push(...[half - Math.sqrt(root), half + Math.sqrt(root)].filter((each) => each >= 0 && each <= 1))
    }
  }
  return shares
}
