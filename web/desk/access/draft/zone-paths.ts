import type { Position, Ring, ZoneGeometry } from '../../../api/access.ts'
import type { EditedPath, VertexRef } from '../../../shared/map/zone-map-types.ts'

/** The lines of a geometry one after the other: rings of all parts, or roads. */
export const linesOf = (geometry: ZoneGeometry): readonly Ring[] =>
  geometry.type === 'RoadList' ? geometry.roads.map(({ line }) => line) : geometry.type === 'Polygon' ? geometry.coordinates : geometry.coordinates.flat()

/** Whether a line is the outline of a part, a hole in it, or a road. */
export function kindsOf(geometry: ZoneGeometry): readonly ('outline' | 'hole' | 'road')[] {
  if (geometry.type === 'RoadList') return geometry.roads.map(() => 'road')
  return (geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates).flatMap((rings) => rings.map((_, at) => (at === 0 ? 'outline' : 'hole')))
}

const isSame = (a: Position | undefined, b: Position | undefined): boolean => a?.[0] === b?.[0] && a?.[1] === b?.[1]

/** A ring pasted unclosed stays so until somebody closes it: it may have been cut off. */
export function pathsOf(geometry: ZoneGeometry): EditedPath[] {
  return linesOf(geometry).map((line) => {
    const closed = geometry.type !== 'RoadList' && line.length > 1 && isSame(line[0], line.at(-1))
    return { points: (closed ? line.slice(0, -1) : line).map(([lon, lat]) => [lon, lat] as const), closed }
  })
}

const lineOf = ({ points, closed }: EditedPath): Ring => (closed && points[0] ? [...points, points[0]] : points)

/** The geometry with one line replaced; null takes it out (a part with its outline, a hole, a road). */
function withLine(geometry: ZoneGeometry, at: number, line: Ring | null): ZoneGeometry {
  if (geometry.type === 'RoadList') return { ...geometry, roads: line ? geometry.roads.map((road, index) => (index === at ? { ...road, line } : road)) : geometry.roads.filter((_, index) => index !== at) }
  if (geometry.type === 'Polygon') return { ...geometry, coordinates: line ? geometry.coordinates.with(at, line) : geometry.coordinates.filter((_, index) => index !== at) }
  let before = 0
  const parts = geometry.coordinates.flatMap((rings) => {
    const inside = at - before
    before += rings.length
    if (inside < 0 || inside >= rings.length) return [rings]
    return line ? [rings.with(inside, line)] : inside === 0 ? [] : [rings.filter((_, index) => index !== inside)]
  })
  return { ...geometry, coordinates: parts }
}

const edited = (geometry: ZoneGeometry, path: number, change: (path: EditedPath) => EditedPath): ZoneGeometry => {
  const found = pathsOf(geometry)[path]
  return found ? withLine(geometry, path, lineOf(change(found))) : geometry
}

export const moveVertex = (geometry: ZoneGeometry, { path, point }: VertexRef, to: Position): ZoneGeometry => edited(geometry, path, (each) => ({ ...each, points: each.points.with(point, to) }))

/** A new vertex after the one named. */
export const insertVertex = (geometry: ZoneGeometry, { path, point }: VertexRef, at: Position): ZoneGeometry => edited(geometry, path, (each) => ({ ...each, points: each.points.toSpliced(point + 1, 0, at) }))

/** Fewer cannot be a line or an area. */
const leastPoints = (path: EditedPath, isRoad: boolean): number => (isRoad ? 2 : path.closed ? 3 : 2)

/** The geometry without a vertex; undefined when too few would be left. */
export function deleteVertex(geometry: ZoneGeometry, { path, point }: VertexRef): ZoneGeometry | undefined {
  const found = pathsOf(geometry)[path]
  if (!found || found.points.length <= leastPoints(found, geometry.type === 'RoadList')) return undefined
  return edited(geometry, path, (each) => ({ ...each, points: each.points.toSpliced(point, 1) }))
}

export const closePath = (geometry: ZoneGeometry, path: number): ZoneGeometry => edited(geometry, path, (each) => ({ ...each, closed: true }))

/** Takes a hole, a part or a road out; undefined when it is the only one. */
export const deletePath = (geometry: ZoneGeometry, path: number): ZoneGeometry | undefined => {
  const outlines = kindsOf(geometry).filter((kind) => kind !== 'hole').length
  return kindsOf(geometry)[path] === 'hole' || (outlines > 1 && geometry.type !== 'Polygon') ? withLine(geometry, path, null) : undefined
}

const metresPerDegree = 111_320
/** A square of a side around a place, turning left; `clockwise` for holes. */
export function squareAround([lon, lat]: Position, sideMetres: number, clockwise = false): Ring {
  const [dx, dy] = [sideMetres / 2 / (metresPerDegree * Math.cos((lat * Math.PI) / 180)), sideMetres / 2 / metresPerDegree]
  const corners = [[-1, -1], [1, -1], [1, 1], [-1, 1]].map(([x, y]): Position => [Number((lon + x! * dx).toFixed(6)), Number((lat + y! * dy).toFixed(6))])
  const turned = clockwise ? corners.toReversed() : corners
  return [...turned, turned[0]!]
}

/** A hole in the part that a line belongs to, small, around a place; undefined for roads. */
export function addHole(geometry: ZoneGeometry, path: number, at: Position, sideMetres: number): { geometry: ZoneGeometry; path: number } | undefined {
  if (geometry.type === 'RoadList') return undefined
  const hole = squareAround(at, sideMetres, true)
  if (geometry.type === 'Polygon') return { geometry: { ...geometry, coordinates: [...geometry.coordinates, hole] }, path: geometry.coordinates.length }
  let before = 0
  let made = path
  const coordinates = geometry.coordinates.map((rings) => {
    const isHere = path >= before && path < before + rings.length
    before += rings.length
    if (!isHere) return rings
    made = before
    return [...rings, hole]
  })
  return { geometry: { ...geometry, coordinates }, path: made }
}

/** A further part of a zone, around a place. */
export function addPart(geometry: ZoneGeometry, at: Position, sideMetres: number): { geometry: ZoneGeometry; path: number } {
  if (geometry.type === 'RoadList') {
    const [a, , b] = squareAround(at, sideMetres)
    return { geometry: { ...geometry, roads: [...geometry.roads, { name: String(geometry.roads.length + 1), line: [a!, b!] }] }, path: geometry.roads.length }
  }
  const parts = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates
  return { geometry: { type: 'MultiPolygon', coordinates: [...parts, [squareAround(at, sideMetres)]] }, path: parts.flat().length }
}

/** The middle of a line's box. */
export function middleOf(line: readonly Position[]): Position {
  const [lons, lats] = [line.map(([lon]) => lon), line.map(([, lat]) => lat)]
  return [(Math.min(...lons) + Math.max(...lons)) / 2, (Math.min(...lats) + Math.max(...lats)) / 2]
}
