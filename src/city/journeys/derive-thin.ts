import { distanceMetres, type Point } from '../../base/geo.ts'

/**
 * At most `maxPoints` positions that keep the shape: first and last, and those where the vehicle had gone furthest since the one
 * kept before. Positions themselves are never moved, so each still opens to its frame.
 */
export function thinTrack<Row extends Point>(points: readonly Row[], maxPoints: number): Row[] {
  if (points.length <= maxPoints) return [...points]
  const travelled: number[] = [0]
  for (let at = 1; at < points.length; at++) travelled.push(travelled[at - 1]! + distanceMetres(points[at - 1]!, points[at]!))
  const whole = travelled.at(-1)!
  const kept: Row[] = [points[0]!]
  let last = 0
  for (let at = 1; at < points.length - 1; at++) {
    // Half of the budget goes by distance, half by order, so that standing still keeps some positions too.
    const share = whole > 0 ? (travelled[at]! - travelled[last]!) / whole : 0
    if (share + (at - last) / points.length < 2 / (maxPoints - 2)) continue
    kept.push(points[at]!)
    last = at
  }
  kept.push(points.at(-1)!)
  return kept
}
