import gcoord from 'gcoord'
import type { Position, Ring, ZoneGeometry } from '../../../api/access.ts'

/** Systems coordinates may be pasted in; inside there is only WGS-84. The same library and rounding as the server's border (`draft.test.ts`). */
export const coordinateSystems = ['WGS-84', 'GCJ-02', 'BD-09'] as const
export type CoordinateSystem = (typeof coordinateSystems)[number]

const crs = { 'GCJ-02': gcoord.GCJ02, 'BD-09': gcoord.BD09 } as const
const rounded = (degrees: number): number => Math.round(degrees * 1e7) / 1e7

/** A geometry declared in another system, converted once. */
export function asWgs84(geometry: ZoneGeometry, system: CoordinateSystem): ZoneGeometry {
  if (system === 'WGS-84') return geometry
  const convert = ([declaredLon, declaredLat]: Position): Position => {
    const [lon, lat] = gcoord.transform([declaredLon, declaredLat], crs[system], gcoord.WGS84)
    return [rounded(lon), rounded(lat)]
  }
  const line = (ring: Ring): Ring => ring.map(convert)
  if (geometry.type === 'RoadList') return { ...geometry, roads: geometry.roads.map((road) => ({ ...road, line: line(road.line) })) }
  return geometry.type === 'Polygon' ? { ...geometry, coordinates: geometry.coordinates.map(line) } : { ...geometry, coordinates: geometry.coordinates.map((rings) => rings.map(line)) }
}
