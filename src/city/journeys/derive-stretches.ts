import { distanceMetres } from '../../base/geo.ts'
import type { Segment } from './derive-segments.ts'
import type { JourneyParameters } from './parameters.ts'
import type { TrackPoint } from './types.ts'

/** A run of positions `first … last` (indices) that belong together; `metres[i]` counts for the step after `first + i`. */
export interface Stretch {
  readonly kind: 'halt' | 'trip' | 'gap' | 'idle'
  readonly first: number
  readonly last: number
}

/**
 * Groups steps into halts, trips and gaps, and settles what each step counts: nothing inside a halt (a standing receiver
 * drifts), the straight line over a short stop, the great circle while moving. Writes `metres` of the segments.
 */
export function deriveStretches(points: readonly TrackPoint[], segments: Segment[], parameters: JourneyParameters): Stretch[] {
  const halts = mergeYards(findHalts(points, segments, parameters), points, segments, parameters)
  for (const { first, last } of halts) for (let at = first; at < last; at++) segments[at]!.metres = 0
  const stretches: Stretch[] = []
  let at = 0
  for (const halt of [...halts, { kind: 'halt' as const, first: points.length - 1, last: points.length - 1 }]) {
    addMoves(stretches, { first: at, last: halt.first }, segments)
    if (halt.last > halt.first) stretches.push(halt)
    at = halt.last
  }
  return stretches.map((stretch) => (stretch.kind === 'trip' ? settleTrip(stretch, points, segments, parameters) : stretch))
}

function findHalts(points: readonly TrackPoint[], segments: readonly Segment[], { haltMs }: JourneyParameters): Stretch[] {
  const halts: Stretch[] = []
  for (let first = 0; first < segments.length; first++) {
    if (segments[first]!.kind !== 'still') continue
    let last = first
    while (last < segments.length && segments[last]!.kind === 'still') last++
    if (points[last]!.observedAt - points[first]!.observedAt >= haltMs) halts.push({ kind: 'halt', first, last })
    first = last
  }
  return halts
}

/** Two stays a few steps apart are one: the truck moved to the next ramp, or the receiver wandered. */
function mergeYards(halts: readonly Stretch[], points: readonly TrackPoint[], segments: readonly Segment[], parameters: JourneyParameters): Stretch[] {
  const merged: Stretch[] = []
  for (const halt of halts) {
    const before = merged.at(-1)
    if (before && isSameStay(points.slice(before.last, halt.first + 1), parameters) && !segments.slice(before.last, halt.first).some(({ kind }) => kind === 'gap'))
      merged[merged.length - 1] = { ...before, last: halt.last }
    else merged.push(halt)
  }
  return merged
}

function isSameStay(between: readonly TrackPoint[], { yardMetres, yardMs, yardSpeedKmh }: JourneyParameters): boolean {
  const [from, to] = [between[0]!, between.at(-1)!]
  return to.observedAt - from.observedAt <= yardMs && distanceMetres(from, to) <= yardMetres && between.every((point) => point.speedKmh <= yardSpeedKmh && distanceMetres(from, point) <= 2 * yardMetres)
}

/** Cuts what lies between two halts at its gaps. */
function addMoves(stretches: Stretch[], { first, last }: { first: number; last: number }, segments: readonly Segment[]): void {
  let from = first
  for (let at = first; at < last; at++) {
    if (segments[at]!.kind !== 'gap') continue
    if (at > from) stretches.push({ kind: 'trip', first: from, last: at })
    stretches.push({ kind: 'gap', first: at, last: at + 1 })
    from = at + 1
  }
  if (last > from) stretches.push({ kind: 'trip', first: from, last })
}

/** Straight line over short stops; a stretch too short to be a trip counts nothing. */
function settleTrip(trip: Stretch, points: readonly TrackPoint[], segments: Segment[], { tripMetres }: JourneyParameters): Stretch {
  let total = 0
  for (let at = trip.first; at < trip.last; at++) {
    if (segments[at]!.kind === 'still') {
      const from = at
      while (at < trip.last && segments[at]!.kind === 'still') at++
      const straight = distanceMetres(points[from]!, points[at]!)
      const durationMs = points[at]!.observedAt - points[from]!.observedAt
      for (let step = from; step < at; step++) segments[step]!.metres = (straight * (points[step + 1]!.observedAt - points[step]!.observedAt)) / durationMs
      total += straight
      at--
    } else total += segments[at]!.metres!
  }
  if (total >= tripMetres) return trip
  for (let at = trip.first; at < trip.last; at++) segments[at]!.metres = 0
  return { ...trip, kind: 'idle' }
}
