import { distanceMetres } from '../../base/geo.ts'
import { metresPerSecondFromKmh, secondsFromMs } from '../../base/units.ts'
import { isPlausible } from './derive-clean.ts'
import type { JourneyParameters } from './parameters.ts'
import type { TrackPoint } from './types.ts'

/** What the vehicle did between position `at` and `at + 1`. */
export interface Segment {
  kind: 'still' | 'moving' | 'gap'
  /** distance counted for the segment; null for a gap that no odometer covers */
  metres: number | null
}

/**
 * Classifies every step of a clean track by looking at most a minute (or one silence) to either side, so that the answer
 * for a step does not depend on where the track was cut.
 */
export function deriveSegments(points: readonly TrackPoint[], parameters: JourneyParameters): Segment[] {
  const segments: Segment[] = []
  for (let at = 0; at + 1 < points.length; at++) segments.push(classifyBySilence(points[at]!, points[at + 1]!, parameters))
  const still = stillPoints(points, segments, parameters)
  segments.forEach((segment, at) => {
    if (segment.kind === 'moving' && still[at] && still[at + 1] && segment.metres! <= parameters.stillMetres) segment.kind = 'still'
  })
  smoothSpikes(points, segments, parameters)
  return segments
}

/** Long silences and impossible jumps first: parked where it was, or a gap. Everything else is `moving` until shown still. */
function classifyBySilence(a: TrackPoint, b: TrackPoint, parameters: JourneyParameters): Segment {
  const metres = distanceMetres(a, b)
  const durationMs = b.observedAt - a.observedAt
  const isJump = !isPlausible(a, b, parameters)
  if (durationMs <= parameters.gapMs && !isJump) return { kind: 'moving', metres }
  const odometer = a.odometerMetres !== null && b.odometerMetres !== null && a.source === b.source ? b.odometerMetres - a.odometerMetres : null
  const stayed = odometer === null || Math.abs(odometer) <= parameters.parkedGapOdometerMetres
  if (!isJump && metres <= parameters.parkedGapMetres && stayed) return { kind: 'still', metres: 0 }
  const most = metresPerSecondFromKmh(parameters.plausibleSpeedKmh) * secondsFromMs(durationMs)
  const isCovered = odometer !== null && odometer >= 0.9 * metres && odometer <= most && durationMs <= parameters.bridgeMs
  return { kind: 'gap', metres: isCovered ? odometer : null }
}

/** A position is still when the vehicle is at the same place a minute later, or was there a minute before. */
function stillPoints(points: readonly TrackPoint[], segments: readonly Segment[], { stillWindowMs, stillMetres }: JourneyParameters): boolean[] {
  const still = points.map(() => false)
  let ahead = 0
  for (let at = 0; at < points.length; at++) {
    ahead = Math.max(ahead, at)
    while (ahead + 1 < points.length && points[ahead]!.observedAt - points[at]!.observedAt < stillWindowMs && segments[ahead]!.kind !== 'gap') ahead++
    const isWhole = points[ahead]!.observedAt - points[at]!.observedAt >= stillWindowMs
    if (!isWhole || distanceMetres(points[at]!, points[ahead]!) > stillMetres) continue
    still[at] = true
    // Seen from the far end this is the minute before; a parked silence may reach over many.
    still[ahead] = true
  }
  return still
}

/** Turns a short move between two still stretches at one place into standing: a wild fix, reported without speed. */
function smoothSpikes(points: readonly TrackPoint[], segments: Segment[], { spikeMs, spikeSpeedKmh, stillMetres }: JourneyParameters): void {
  for (let from = 0; from < segments.length; from++) {
    if (segments[from]!.kind !== 'moving') continue
    let to = from
    let topSpeedKmh = 0
    while (to < segments.length && segments[to]!.kind === 'moving') topSpeedKmh = Math.max(topSpeedKmh, points[to]!.speedKmh, points[++to]!.speedKmh)
    const isBetweenStills = segments[from - 1]?.kind === 'still' && segments[to]?.kind === 'still'
    const isShort = points[to]!.observedAt - points[from]!.observedAt <= spikeMs
    if (isBetweenStills && isShort && topSpeedKmh <= spikeSpeedKmh && distanceMetres(points[from]!, points[to]!) <= stillMetres)
      for (let at = from; at < to; at++) segments[at]!.kind = 'still'
    from = to - 1
  }
}
