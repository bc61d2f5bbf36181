import { createHash } from 'node:crypto'
import type { JourneyParameters } from './parameters.ts'
import type { DerivedDay, TrackPoint } from './types.ts'

/** First half of sha256 over positions, field by field, so that the same facts always give the same digest. */
export function digestPoints(points: readonly TrackPoint[], version: string): string {
  const numbers = new Float64Array(points.length * 6)
  let sources = ''
  points.forEach((point, at) => {
    numbers.set([point.observedAt, point.lon, point.lat, point.speedKmh, point.odometerMetres ?? -1, point.fixValid ? 1 : 0], at * 6)
    sources += point.source[0]!
  })
  return createHash('sha256').update(version).update(sources).update(numbers).digest('hex').slice(0, 32)
}

/** What neighbouring days can see of a day: its first and last positions within the context, or the nearest good one. */
export function digestEdges(points: readonly TrackPoint[], { from, to }: { from: number; to: number }, { contextMs, version }: JourneyParameters): { head: string; tail: string } {
  const firstGood = points.findIndex((point) => point.fixValid)
  const lastGood = points.findLastIndex((point) => point.fixValid)
  return {
    head: digestPoints(points.filter((point, at) => at === firstGood || point.observedAt < from + contextMs), version),
    tail: digestPoints(points.filter((point, at) => at === lastGood || point.observedAt >= to - contextMs), version),
  }
}

/** First 8 bytes of sha256 over what a version says, as a signed integer in text. */
export function fingerprintOf(vehicleId: string, derived: DerivedDay, version: string): string {
  const content = JSON.stringify([vehicleId, derived.day, version, derived.activity, derived.leftOut, derived.trips, derived.halts])
  return createHash('sha256').update(content).digest().readBigInt64BE(0).toString()
}

/** Centimetres and whole seconds: what is stored, so that a version read back is the version written. */
export function roundDay(derived: DerivedDay): DerivedDay {
  const metres = <Value extends number | null>(value: Value): Value => (value === null ? value : (Math.round((value as number) * 100) / 100)) as Value
  const { activity } = derived
  return {
    ...derived,
    trips: derived.trips.map((trip) => ({ ...trip, distanceMetres: metres(trip.distanceMetres), startedAt: Math.round(trip.startedAt), endedAt: Math.round(trip.endedAt) })),
    halts: derived.halts.map((halt) => ({ ...halt, unobservedSeconds: Math.round(halt.unobservedSeconds) })),
    activity: {
      ...activity,
      distanceMetres: metres(activity.distanceMetres),
      gnssDistanceMetres: metres(activity.gnssDistanceMetres),
      odometerDistanceMetres: metres(activity.odometerDistanceMetres),
      gapDistanceMetres: metres(activity.gapDistanceMetres),
      movingSeconds: Math.round(activity.movingSeconds),
      haltSeconds: Math.round(activity.haltSeconds),
      gapSeconds: Math.round(activity.gapSeconds),
    },
  }
}
