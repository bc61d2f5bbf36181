import Flatbush from 'flatbush'
import { accessProblem, type CheckFinding } from './check-finding.ts'
import type { RuleSet, Zone, ZoneGeometry } from './rule-set.ts'
import { holds, piecesOf, type Piece } from './shapes.ts'

export const positionLimit = 200_000

type Ring = number[][]
type Path = (string | number)[]

const polygonsOf = (geometry: ZoneGeometry): Ring[][] => (geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.type === 'MultiPolygon' ? geometry.coordinates : [])

export function countPositions(geometry: ZoneGeometry | null): number {
  if (!geometry) return 0
  return geometry.type === 'RoadList' ? geometry.roads.reduce((sum, road) => sum + road.line.length, 0) : polygonsOf(geometry).flat().reduce((sum, ring) => sum + ring.length, 0)
}

/** Twice the signed area, positive when anticlockwise. */
const turnOf = (ring: Ring): number => ring.reduce((sum, [x, y], at) => {
  const [nextX, nextY] = ring[(at + 1) % ring.length]!
  return sum + x! * nextY! - nextX! * y!
}, 0)

const isSame = (a: number[] | undefined, b: number[] | undefined): boolean => a?.[0] === b?.[0] && a?.[1] === b?.[1]
const say = (position: number[] | undefined): string => (position ? `${position[0]}, ${position[1]}` : '—')

/** Rings as RFC 7946 wants them: outlines anticlockwise, holes clockwise, points said twice in a row once; says which were turned. */
export function orientZone(zone: Zone): { zone: Zone; turned: boolean } {
  const { geometry } = zone
  if (!geometry || geometry.type === 'RoadList') return { zone, turned: false }
  let turned = false
  const orient = (rings: Ring[]): Ring[] => rings.map((ring, at) => {
    const clean = ring.filter((position, index) => index === 0 || !isSame(position, ring[index - 1]))
    if (turnOf(clean) > 0 === (at === 0)) return clean
    turned = true
    return clean.toReversed()
  })
  const oriented: ZoneGeometry = geometry.type === 'Polygon' ? { ...geometry, coordinates: orient(geometry.coordinates) } : { ...geometry, coordinates: geometry.coordinates.map(orient) }
  return { zone: { ...zone, geometry: oriented }, turned }
}

/** Everything that can be wrong with the areas of a rule set, taken by themselves. */
export function checkGeometry(ruleSet: RuleSet): CheckFinding[] {
  const count = ruleSet.zones.reduce((sum, zone) => sum + countPositions(zone.geometry), 0)
  if (count > positionLimit) return [{ severity: 'error', path: ['zones'], problem: accessProblem('access-geometry-too-large', { count, limit: positionLimit }) }]
  return ruleSet.zones.flatMap((zone, at) => checkZone(zone, ['zones', at, 'geometry']))
}

function checkZone(zone: Zone, path: Path): CheckFinding[] {
  if (!zone.geometry) return [{ severity: 'error', path, problem: accessProblem('access-zone-without-geometry', { zone: zone.title }) }]
  const found: CheckFinding[] = []
  const lines = zone.geometry.type === 'RoadList' ? zone.geometry.roads.map((road) => road.line) : polygonsOf(zone.geometry).flat()
  for (const line of lines) found.push(...checkPositions(zone, line, path))
  if (found.length > 0) return found
  for (const rings of polygonsOf(zone.geometry)) found.push(...checkPolygon(zone, rings, path))
  if (found.length === 0) found.push(...checkParts(zone, path))
  if (found.length === 0 && orientZone(zone).turned) found.push({ severity: 'note', path, problem: accessProblem('access-ring-clockwise', { zone: zone.title }) })
  return found
}

function checkPositions(zone: Zone, line: Ring, path: Path): CheckFinding[] {
  for (const [at, position] of line.entries()) {
    const [lon, lat] = position as [number, number]
    const reason = Math.abs(lat) > 90 && Math.abs(lon) <= 90 ? '经度与纬度似乎写反了' : Math.abs(lon) > 180 || Math.abs(lat) > 90 ? '超出经纬度范围' : undefined
    if (reason) return [{ severity: 'error', path, problem: accessProblem('access-position-invalid', { zone: zone.title, at: say(position), reason }) }]
    const span = at === 0 ? 0 : Math.abs(lon - line[at - 1]![0]!)
    if (span > 180) return [{ severity: 'error', path, problem: accessProblem('access-antimeridian', { zone: zone.title, span: Math.round(span) }) }]
  }
  return []
}

function checkPolygon(zone: Zone, rings: Ring[], path: Path): CheckFinding[] {
  const error = (code: Parameters<typeof accessProblem>[0], details: Record<string, unknown> = {}): CheckFinding => ({ severity: 'error', path, problem: accessProblem(code, { zone: zone.title, ...details }) })
  for (const ring of rings) {
    const distinct = new Set(ring.map(say)).size
    if (distinct < 3) return [error('access-ring-too-short', { count: distinct })]
    if (!isSame(ring[0], ring.at(-1))) return [error('access-ring-unclosed', { first: say(ring[0]), last: say(ring.at(-1)) })]
  }
  const crossing = findCrossing(rings)
  if (crossing) return [error('access-ring-crosses-itself', { at: crossing })]
  if (turnOf(rings[0]!) === 0) return [error('access-ring-too-short', { count: rings[0]!.length - 1 })]
  const [outline] = piecesOf(0, { type: 'Polygon', coordinates: [rings[0]!] })
  // No two rings cross, so one point tells where a whole hole lies.
  const holes = rings.slice(1)
  if (holes.some((hole) => !liesIn(hole, outline!))) return [error('access-hole-outside')]
  const areas = holes.map((hole) => piecesOf(0, { type: 'Polygon', coordinates: [hole] })[0]!)
  const nested = holes.find((hole, at) => areas.some((area, other) => other !== at && liesIn(hole, area)))
  return nested ? [error('access-hole-in-hole', { at: say(nested[0]) })] : []
}

const liesIn = (ring: Ring, area: Piece): boolean => ring.some((position) => holds(area, position[0]!, position[1]!))

function checkParts(zone: Zone, path: Path): CheckFinding[] {
  if (zone.geometry?.type !== 'MultiPolygon') return []
  const parts = zone.geometry.coordinates
  const pieces = parts.map((rings) => piecesOf(0, { type: 'Polygon', coordinates: rings })[0]!)
  for (const [a, first] of parts.entries()) {
    for (const [b, second] of parts.entries()) {
      if (b === a) continue
      const inside = first[0]!.find((position) => holds(pieces[b]!, position[0]!, position[1]!))
      const at = inside ? say(inside) : b > a ? findCrossing([first[0]!, second[0]!]) : undefined
      if (at) return [{ severity: 'error', path, problem: accessProblem('access-parts-overlap', { zone: zone.title, at }) }]
    }
  }
  return []
}

interface Side {
  readonly ring: number
  readonly index: number
  readonly count: number
  readonly a: number[]
  readonly b: number[]
}

/** Where two sides of the rings meet that are no neighbours; undefined when none do. */
function findCrossing(rings: readonly Ring[]): string | undefined {
  const sides: Side[] = rings.flatMap((ring, number) => {
    const clean = ring.filter((position, index) => index === 0 || !isSame(position, ring[index - 1]))
    return clean.slice(1).map((b, index): Side => ({ ring: number, index, count: clean.length - 1, a: clean[index]!, b }))
  })
  const index = new Flatbush(sides.length)
  for (const { a, b } of sides) index.add(Math.min(a[0]!, b[0]!), Math.min(a[1]!, b[1]!), Math.max(a[0]!, b[0]!), Math.max(a[1]!, b[1]!))
  index.finish()
  for (const [at, side] of sides.entries()) {
    const { a, b } = side
    const near = index.search(Math.min(a[0]!, b[0]!), Math.min(a[1]!, b[1]!), Math.max(a[0]!, b[0]!), Math.max(a[1]!, b[1]!), (other) => other > at)
    const hit = near.map((other) => sides[other]!).find((other) => (areNeighbours(side, other) ? foldsBack(side, other) : meets(side, other)))
    if (hit) return `${say(hit.a)}`
  }
  return undefined
}

const areNeighbours = (one: Side, other: Side): boolean => one.ring === other.ring && (Math.abs(one.index - other.index) === 1 || Math.abs(one.index - other.index) === one.count - 1)

const sideOf = (a: number[], b: number[], c: number[]): number => Math.sign((b[0]! - a[0]!) * (c[1]! - a[1]!) - (b[1]! - a[1]!) * (c[0]! - a[0]!))
const isBetween = (a: number[], b: number[], c: number[]): boolean => Math.min(a[0]!, b[0]!) <= c[0]! && c[0]! <= Math.max(a[0]!, b[0]!) && Math.min(a[1]!, b[1]!) <= c[1]! && c[1]! <= Math.max(a[1]!, b[1]!)

function meets({ a, b }: Side, { a: c, b: d }: Side): boolean {
  const [s1, s2, s3, s4] = [sideOf(a, b, c), sideOf(a, b, d), sideOf(c, d, a), sideOf(c, d, b)]
  if (s1 * s2 < 0 && s3 * s4 < 0) return true
  return (s1 === 0 && isBetween(a, b, c)) || (s2 === 0 && isBetween(a, b, d)) || (s3 === 0 && isBetween(c, d, a)) || (s4 === 0 && isBetween(c, d, b))
}

/** A spike: the next side runs back over this one. */
function foldsBack(one: Side, other: Side): boolean {
  const [first, second] = isSame(one.b, other.a) ? [one, other] : [other, one]
  return sideOf(first.a, first.b, second.b) === 0 && (isBetween(first.a, first.b, second.b) || isBetween(second.a, second.b, first.a))
}
