import { between } from '../../../base/geo.ts'
import type { AccessRule, RuleSet } from './rule-set.ts'
import { crossings, holds, piecesOf, type Piece } from './shapes.ts'

/** Answers where the areas of two rules meet: the titles of the zones, or undefined. Pairs of zones are looked at once. */
export function meetsArea(ruleSet: RuleSet): (first: AccessRule, second: AccessRule) => string | undefined {
  const pieces = new Map(ruleSet.zones.map((zone, at) => [zone.code, zone.geometry ? piecesOf(at, zone.geometry) : []]))
  const titles = new Map(ruleSet.zones.map((zone) => [zone.code, zone.title]))
  const known = new Map<string, boolean>()
  const meet = (a: string, b: string): boolean => {
    if (a === b || a === '*' || b === '*') return true
    const key = [a, b].sort().join('|')
    const held = known.get(key) ?? pieces.get(a)?.some((one) => pieces.get(b)?.some((other) => piecesMeet(one, other))) ?? false
    known.set(key, held)
    return held
  }
  return (first, second) => {
    for (const a of first.zones) for (const b of second.zones) if (meet(a, b)) return a === b || b === '*' ? (titles.get(a) ?? '全市') : a === '*' ? (titles.get(b) ?? '全市') : `${titles.get(a)}与${titles.get(b)}重叠处`
    return undefined
  }
}

/** Whether two areas share more than a border: a side of one goes through the inside of the other, or one lies in the other. */
function piecesMeet(a: Piece, b: Piece): boolean {
  if (a.west > b.east || b.west > a.east || a.south > b.north || b.south > a.north) return false
  return runsThrough(a, b) || runsThrough(b, a)
}

/** Whether some stretch of the sides of one lies inside the other, at its middle a little way in from the border. */
function runsThrough({ ends }: Piece, other: Piece): boolean {
  for (let at = 0; at < ends.length; at += 4) {
    const [from, to] = [{ lon: ends[at]!, lat: ends[at + 1]! }, { lon: ends[at + 2]!, lat: ends[at + 3]! }]
    const shares = [0, ...crossings(other, from, to), 1].sort((x, y) => x - y)
    for (let cut = 1; cut < shares.length; cut++) {
      if (shares[cut]! - shares[cut - 1]! < 1e-9) continue
      const middle = between(from, to, (shares[cut]! + shares[cut - 1]!) / 2)
      if (isWellInside(other, middle.lon, middle.lat)) return true
    }
  }
  return false
}

/** Inside, and still inside a metre or so to every side: a shared border is no overlap. */
const isWellInside = (piece: Piece, lon: number, lat: number): boolean =>
  [[0, 0], [1, 0], [-1, 0], [0, 1], [0, -1]].every(([east, north]) => holds(piece, lon + east! / piece.metresPerLon, lat + north! / piece.metresPerLat))
