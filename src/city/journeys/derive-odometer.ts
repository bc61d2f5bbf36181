import { metresPerSecondFromKmh, secondsFromMs } from '../../base/units.ts'
import type { JourneyParameters } from './parameters.ts'
import type { TrackPoint } from './types.ts'

export interface OdometerDay {
  /** null when too few positions of the day carry a reading */
  readonly distanceMetres: number | null
  /** steps backwards (reset, exchanged terminal) or faster than any vehicle; their difference is not counted */
  readonly faults: number
}

/**
 * Distance of [from, to) by odometer: differences of consecutive readings of one source, shared by time where a step crosses
 * the edge. A reading of 0 is a terminal without odometer, not a new vehicle.
 */
export function deriveOdometer(points: readonly TrackPoint[], { from, to }: { from: number; to: number }, parameters: JourneyParameters): OdometerDay {
  const ofDay = points.filter((point) => point.observedAt >= from && point.observedAt < to)
  const readings = points.filter((point) => point.odometerMetres !== null && point.odometerMetres > 0)
  const ofDayWithReading = ofDay.filter((point) => point.odometerMetres !== null && point.odometerMetres > 0)
  let metres = 0
  let faults = 0
  for (let at = 0; at + 1 < readings.length; at++) {
    const [a, b] = [readings[at]!, readings[at + 1]!]
    const share = shareOf(a.observedAt, b.observedAt, from, to)
    if (share === 0 || a.source !== b.source || b.observedAt - a.observedAt > parameters.bridgeMs) continue
    const difference = b.odometerMetres! - a.odometerMetres!
    const most = metresPerSecondFromKmh(parameters.plausibleSpeedKmh) * secondsFromMs(b.observedAt - a.observedAt)
    if (difference < -parameters.odometerStepMetres || difference > most + parameters.odometerStepMetres) faults++
    else metres += difference * share
  }
  const isCovered = ofDayWithReading.length >= 2 && ofDayWithReading.length >= parameters.odometerShare * ofDay.length
  return { distanceMetres: isCovered ? metres : null, faults }
}

/** Part (0–1) of the time [start, end) that lies inside [from, to). */
export function shareOf(start: number, end: number, from: number, to: number): number {
  if (end <= start) return start >= from && start < to ? 1 : 0
  return Math.max(0, Math.min(end, to) - Math.max(start, from)) / (end - start)
}

/** The rule which of the two distances stands for the day; both are kept. */
export function chooseDistance(gnssMetres: number, odometer: OdometerDay, parameters: JourneyParameters): 'odometer' | 'gnss' {
  if (odometer.distanceMetres === null || odometer.faults > 0) return 'gnss'
  if (gnssMetres < parameters.odometerAgreementFromMetres) return odometer.distanceMetres > parameters.odometerAgreement * parameters.odometerAgreementFromMetres ? 'gnss' : 'odometer'
  const ratio = odometer.distanceMetres / gnssMetres
  return ratio <= parameters.odometerAgreement && ratio >= 1 / parameters.odometerAgreement ? 'odometer' : 'gnss'
}
