/** A point in WGS-84 degrees. GCJ-02 and BD-09 are types of their own that exist only at the borders. */
export interface Point {
  readonly lon: number
  readonly lat: number
}

const earthRadiusMetres = 6_371_008.8
const radians = Math.PI / 180

/** Great-circle distance in metres on the mean sphere (IUGG radius); error against the ellipsoid below 0.6 %. */
export function distanceMetres(a: Point, b: Point): number {
  const dLat = (b.lat - a.lat) * radians
  const dLon = (b.lon - a.lon) * radians
  const h = Math.sin(dLat / 2) ** 2 + Math.cos(a.lat * radians) * Math.cos(b.lat * radians) * Math.sin(dLon / 2) ** 2
  return 2 * earthRadiusMetres * Math.asin(Math.min(1, Math.sqrt(h)))
}

/** Point `share` (0–1) of the way from a to b; straight in degrees, meant for the few hundred metres between two positions. */
export const between = (a: Point, b: Point, share: number): Point => ({ lon: a.lon + (b.lon - a.lon) * share, lat: a.lat + (b.lat - a.lat) * share })

export interface Box {
  readonly west: number
  readonly south: number
  readonly east: number
  readonly north: number
}

export const isInside = (box: Box, { lon, lat }: Point): boolean => lon >= box.west && lon <= box.east && lat >= box.south && lat <= box.north
