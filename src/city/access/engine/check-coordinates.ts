import { surveyPoint } from '../../../base/coordinates.ts'
import { between, distanceMetres, type Point } from '../../../base/geo.ts'
import { kmFromMetres } from '../../../base/units.ts'
import { accessProblem, type CheckFinding } from './check-finding.ts'
import type { RuleSet, Zone } from './rule-set.ts'
import Flatbush from 'flatbush'

/** Lines and places of the city whose position is known: streets as they were surveyed, nodes. WGS-84. */
export interface KnownPlaces {
  /** metres to the nearest of them */
  distanceTo(point: Point): number
}

type Line = readonly (readonly [number, number])[]

/** Lays known lines out for asking; a line of one position is a place. */
export function knowPlaces(lines: readonly Line[]): KnownPlaces | null {
  const sides = lines.flatMap((line) => (line.length === 1 ? [[line[0]!, line[0]!] as const] : line.slice(1).map((b, at) => [line[at]!, b] as const)))
  if (sides.length === 0) return null
  const index = new Flatbush(sides.length)
  for (const [a, b] of sides) index.add(Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[0], b[0]), Math.max(a[1], b[1]))
  index.finish()
  const toSide = ([a, b]: (typeof sides)[number], point: Point): number => {
    const metresPerLat = distanceMetres({ lon: point.lon, lat: point.lat - 0.5 }, { lon: point.lon, lat: point.lat + 0.5 })
    const metresPerLon = distanceMetres({ lon: point.lon - 0.5, lat: point.lat }, { lon: point.lon + 0.5, lat: point.lat })
    const [ax, ay, dx, dy] = [(a[0] - point.lon) * metresPerLon, (a[1] - point.lat) * metresPerLat, (b[0] - a[0]) * metresPerLon, (b[1] - a[1]) * metresPerLat]
    const square = dx * dx + dy * dy
    const share = square === 0 ? 0 : Math.max(0, Math.min(1, -(ax * dx + ay * dy) / square))
    return Math.hypot(ax + share * dx, ay + share * dy)
  }
  return { distanceTo: (point) => Math.min(...index.neighbors(point.lon, point.lat, 12).map((at) => toSide(sides[at]!, point))) }
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1]!
/** A border along a street lies within this of its line. */
const onStreetMetres = 30
/** Of a border on streets so much is on them; of one that is off them, or crosses them, no more than that. */
const shareOnStreets = 0.75
const shareOffStreets = 0.5
const farMetres = 100_000
/** Places looked at along a border, evenly spread: corners alone may lie near a street by chance, whole sides do not. */
const sampled = 120

/**
 * Tells coordinates pasted from a GCJ-02 map by the city's own streets: as given the border runs off them, and it runs along them
 * once the GCJ-02 shift is taken off. Where neither fits nothing is claimed.
 */
export function checkCoordinates(ruleSet: RuleSet, known: KnownPlaces | null): CheckFinding[] {
  if (!known) return []
  return ruleSet.zones.flatMap((zone, at) => checkZone(zone, known).map((problem): CheckFinding => ({ severity: 'error', path: ['zones', at, 'geometry'], problem })))
}

function checkZone(zone: Zone, known: KnownPlaces) {
  const points = placesAlong(zone)
  if (points.length === 0) return []
  const asWgs = points.map((point) => known.distanceTo(point))
  if (median(asWgs) > farMetres) return [accessProblem('access-position-far', { zone: zone.title, distanceKm: Math.round(kmFromMetres(median(asWgs))) })]
  const shifted = points.map((point) => surveyPoint({ system: 'GCJ-02', declaredLon: point.lon, declaredLat: point.lat })).filter((each) => 'lon' in each)
  if (shifted.length < points.length) return []
  const asGcj = shifted.map((point) => known.distanceTo(point))
  const looksShifted = shareOn(asGcj) >= shareOnStreets && shareOn(asWgs) <= shareOffStreets
  const shift = median(shifted.map((point, at) => distanceMetres(points[at]!, point)))
  const percent = (share: number): number => Math.round(share * 100)
  return looksShifted ? [accessProblem('access-looks-gcj02', { zone: zone.title, asWgsPercent: percent(shareOn(asWgs)), asGcjPercent: percent(shareOn(asGcj)), shiftMetres: Math.round(shift) })] : []
}

const shareOn = (distances: readonly number[]): number => distances.filter((each) => each <= onStreetMetres).length / distances.length

/** Places evenly along the borders or roads of a zone. */
function placesAlong({ geometry }: Zone): Point[] {
  if (!geometry) return []
  const lines = geometry.type === 'RoadList' ? geometry.roads.map((road) => road.line) : geometry.type === 'Polygon' ? geometry.coordinates : geometry.coordinates.flat()
  const sides = lines.flatMap((line) => line.slice(1).map((to, at) => ({ from: pointOf(line[at]!), to: pointOf(to) })))
  const step = sides.reduce((sum, { from, to }) => sum + distanceMetres(from, to), 0) / sampled
  const places: Point[] = []
  let ahead = 0
  for (const { from, to } of sides) {
    const length = distanceMetres(from, to)
    for (; ahead < length; ahead += step) places.push(between(from, to, ahead / length))
    ahead -= length
  }
  return places
}

const pointOf = (position: readonly number[]): Point => ({ lon: position[0]!, lat: position[1]! })
