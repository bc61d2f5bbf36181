import Flatbush from 'flatbush'
import { between, type Point } from '../../../base/geo.ts'
import type { AccessRule, RuleSet } from './rule-set.ts'
import { crossings, holds, piecesOf, type Piece } from './shapes.ts'

/** Pairs of rules of equal priority, by their places in the list, whose zones can meet: the same zone, zones whose boxes meet, or everywhere. */
export function neighbouringRules(ruleSet: RuleSet): [number, number][] {
  const inZone = new Map<string, number[]>(ruleSet.zones.map((zone) => [zone.code, []]))
  const everywhere: number[] = []
  ruleSet.rules.forEach((rule, at) => rule.zones.forEach((code) => (code === '*' ? everywhere : inZone.get(code))?.push(at)))
  const pairs = new Set<number>()
  const count = ruleSet.rules.length
  const join = (some: readonly number[], others: readonly number[]): void => {
    for (const a of some) for (const b of others) if (a !== b && ruleSet.rules[a]!.priority === ruleSet.rules[b]!.priority) pairs.add(Math.min(a, b) * count + Math.max(a, b))
  }
  join(everywhere, ruleSet.rules.map((_, at) => at))
  for (const rules of inZone.values()) join(rules, rules)
  const pieces = ruleSet.zones.flatMap((zone, at) => (zone.geometry ? piecesOf(at, zone.geometry) : []))
  if (pieces.length > 0) {
    const index = new Flatbush(pieces.length)
    for (const { west, south, east, north } of pieces) index.add(west, south, east, north)
    index.finish()
    const codeOf = (piece: Piece): string => ruleSet.zones[piece.zone]!.code
    for (const piece of pieces) for (const near of index.search(piece.west, piece.south, piece.east, piece.north)) if (pieces[near]!.zone > piece.zone) join(inZone.get(codeOf(piece))!, inZone.get(codeOf(pieces[near]!))!)
  }
  return [...pairs].sort((a, b) => a - b).map((pair) => [Math.floor(pair / count), pair % count])
}

/** Answers where the areas of two rules meet: the titles of the zones, or undefined. Pairs of zones are looked at once. */
export function meetsArea(ruleSet: RuleSet): (first: AccessRule, second: AccessRule) => string | undefined {
  const areas = new Map(ruleSet.zones.map((zone, at) => [zone.code, zone.geometry ? piecesOf(at, zone.geometry).map(layOut) : []]))
  const titles = new Map(ruleSet.zones.map((zone) => [zone.code, zone.title]))
  const known = new Map<string, boolean>()
  const meet = (a: string, b: string): boolean => {
    if (a === b || a === '*' || b === '*') return true
    const key = [a, b].sort().join('|')
    const held = known.get(key) ?? areas.get(a)?.some((one) => areas.get(b)?.some((other) => areasMeet(one, other))) ?? false
    known.set(key, held)
    return held
  }
  return (first, second) => {
    for (const a of first.zones) for (const b of second.zones) if (meet(a, b)) return a === b || b === '*' ? (titles.get(a) ?? '全市') : a === '*' ? (titles.get(b) ?? '全市') : `${titles.get(a)}与${titles.get(b)}重叠处`
    return undefined
  }
}

/** A piece that hands out its sides by where they are: borders of thousands of points are compared without trying every pair. */
interface Area {
  readonly piece: Piece
  /** the piece with only the sides that touch a box, degrees */
  near(west: number, south: number, east: number, north: number): Piece
}

function layOut(piece: Piece): Area {
  const { ends } = piece
  let index: Flatbush | undefined
  const lay = (): Flatbush => {
    const made = new Flatbush(ends.length / 4)
    for (let at = 0; at < ends.length; at += 4) made.add(Math.min(ends[at]!, ends[at + 2]!), Math.min(ends[at + 1]!, ends[at + 3]!), Math.max(ends[at]!, ends[at + 2]!), Math.max(ends[at + 1]!, ends[at + 3]!))
    made.finish()
    return made
  }
  const [wide, high] = [piece.reachMetres / piece.metresPerLon, piece.reachMetres / piece.metresPerLat]
  return {
    piece,
    near: (west, south, east, north) => {
      const found = (index ??= lay()).search(west - wide, south - high, east + wide, north + high)
      return { ...piece, ends: Float64Array.from(found.flatMap((side) => [...ends.subarray(side * 4, side * 4 + 4)])) }
    },
  }
}

/** Whether two areas share more than a border: a side of one goes through the inside of the other, or they are one and the same. */
function areasMeet(a: Area, b: Area): boolean {
  if (a.piece.west > b.piece.east || b.piece.west > a.piece.east || a.piece.south > b.piece.north || b.piece.south > a.piece.north) return false
  return runsThrough(a, b) || runsThrough(b, a) || middlesOf(a).some(({ lon, lat }) => isWellInside(b, lon, lat))
}

/** Whether some stretch of the sides of one lies inside the other, at its middle a little way in from the border. */
function runsThrough({ piece: { ends } }: Area, other: Area): boolean {
  for (let at = 0; at < ends.length; at += 4) {
    const [from, to] = [{ lon: ends[at]!, lat: ends[at + 1]! }, { lon: ends[at + 2]!, lat: ends[at + 3]! }]
    const near = other.near(Math.min(from.lon, to.lon), Math.min(from.lat, to.lat), Math.max(from.lon, to.lon), Math.max(from.lat, to.lat))
    const shares = [0, ...crossings(near, from, to), 1].sort((x, y) => x - y)
    for (let cut = 1; cut < shares.length; cut++) {
      if (shares[cut]! - shares[cut - 1]! < 1e-9) continue
      const middle = between(from, to, (shares[cut]! + shares[cut - 1]!) / 2)
      if (isWellInside(other, middle.lon, middle.lat)) return true
    }
  }
  return false
}

/**
 * Places well within a polygon: the middles of its widest stretches on the lines a quarter, half and three quarters up. Where no
 * side of either runs through the other, they are either apart or the same, and one such place tells. Empty for a corridor, whose
 * own line runs through itself.
 */
function middlesOf(area: Area): Point[] {
  const { west, south, east, north, reachMetres } = area.piece
  if (reachMetres > 0) return []
  return [0.25, 0.5, 0.75].flatMap((share) => {
    const lat = south + (north - south) * share
    const [from, to] = [{ lon: west, lat }, { lon: east, lat }]
    const cuts = crossings(area.near(west, lat, east, lat), from, to).sort((x, y) => x - y)
    const stretches = cuts.slice(1).map((cut, at) => ({ length: cut - cuts[at]!, middle: between(from, to, (cut + cuts[at]!) / 2) }))
    return stretches.filter(({ middle }) => isWellInside(area, middle.lon, middle.lat)).toSorted((x, y) => y.length - x.length).slice(0, 1).map(({ middle }) => middle)
  })
}

/** Inside, and still inside a metre or so to every side: a shared border is no overlap. */
const isWellInside = (area: Area, lon: number, lat: number): boolean =>
  [[0, 0], [1, 0], [-1, 0], [0, 1], [0, -1]].every(([east, north]) => isIn(area, lon + east! / area.piece.metresPerLon, lat + north! / area.piece.metresPerLat))

/** What lies west of a place does not matter to the ray that is counted; a corridor asks what is within reach. */
function isIn({ piece, near }: Area, lon: number, lat: number): boolean {
  if (lon < piece.west || lon > piece.east || lat < piece.south || lat > piece.north) return false
  return holds(piece.reachMetres > 0 ? near(lon, lat, lon, lat) : near(lon, lat, piece.east, lat), lon, lat)
}
