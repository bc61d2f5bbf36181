import Flatbush from 'flatbush'
import { between } from '../../../base/geo.ts'
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
