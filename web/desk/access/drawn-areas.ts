import type { Zone, ZoneArea, ZoneGeometry } from '../../api/access.ts'

/** A zone's geometry as GeoJSON can draw it: roads as lines. */
export const areaOf = (geometry: ZoneGeometry): ZoneArea =>
  (geometry.type === 'RoadList' ? { type: 'MultiLineString', coordinates: geometry.roads.map(({ line }) => line) } : geometry) as unknown as ZoneArea

const isPositions = (value: unknown, depth: number): boolean =>
  Array.isArray(value) && (depth === 0 ? typeof value[0] === 'number' && typeof value[1] === 'number' : value.length > 0 && value.every((each) => isPositions(each, depth - 1)))

/** The border as far as it can be drawn: a draft may hold anything, and what is no border is told by the checks. */
export function drawable({ geometry }: Pick<Zone, 'geometry'>): ZoneGeometry | null {
  if (geometry === null || typeof geometry !== 'object') return null
  if (geometry.type === 'RoadList') return Array.isArray(geometry.roads) && geometry.roads.length > 0 && geometry.roads.every((road) => isPositions(road?.line, 1)) ? geometry : null
  return isPositions(geometry.coordinates, geometry.type === 'MultiPolygon' ? 3 : 2) ? geometry : null
}
