import type { Point } from '../../base/geo.ts'

/** A position as the derivations need it; `PositionRow` of the events room is one. */
export interface TrackPoint {
  /** epoch ms by the device's clock */
  readonly observedAt: number
  readonly source: string
  /** WGS-84 degrees */
  readonly lon: number
  readonly lat: number
  readonly speedKmh: number
  readonly odometerMetres: number | null
  readonly fixValid: boolean
}

/** Why a position takes no part in trips, halts and distance. */
export const leftOutReasons = ['invalid-fix', 'null-island', 'out-of-range', 'duplicate', 'second-source', 'teleport'] as const
export type LeftOutReason = (typeof leftOutReasons)[number]
export type LeftOut = Readonly<Record<LeftOutReason, number>>

/** One stretch of moving, cut at the day's edges; what was cut off belongs to the neighbouring day. */
export interface Trip {
  readonly startedAt: number
  readonly endedAt: number
  /** the trip began on the day before */
  readonly beginsBefore: boolean
  /** the trip goes on after the day's end */
  readonly continuesAfter: boolean
  readonly start: Point
  readonly end: Point
  readonly distanceMetres: number
  readonly maxSpeedKmh: number
  readonly pointCount: number
}

/** One stay at a place, cut at the day's edges. */
export interface Halt {
  readonly startedAt: number
  readonly endedAt: number
  readonly beginsBefore: boolean
  readonly continuesAfter: boolean
  readonly place: Point
  readonly pointCount: number
  /** part of the stay without any data (terminal asleep), seen at the same place before and after */
  readonly unobservedSeconds: number
}

/** A stretch without data (or an impossible jump) in which the vehicle changed place. */
export interface Gap {
  readonly startedAt: number
  readonly endedAt: number
  /** distance by odometer; null when no odometer covers it, then nothing is counted */
  readonly distanceMetres: number | null
}

export interface DayActivity {
  /** the distance used for the day, see README: odometer when it is sound, else GNSS */
  readonly distanceMetres: number
  readonly distanceSource: 'odometer' | 'gnss'
  readonly gnssDistanceMetres: number
  /** null when fewer than the required share of positions carries a reading */
  readonly odometerDistanceMetres: number | null
  /** part of the GNSS distance that only the odometer saw, inside gaps */
  readonly gapDistanceMetres: number
  readonly odometerFaults: number
  readonly movingSeconds: number
  readonly haltSeconds: number
  readonly gapSeconds: number
  /** trips that begin on this day, so that days add up */
  readonly tripCount: number
  readonly haltCount: number
  readonly gapCount: number
  /** positions of the day, left-out ones included */
  readonly pointCount: number
  readonly firstObservedAt: number | null
  readonly lastObservedAt: number | null
}

export interface DerivedDay {
  readonly day: string
  readonly trips: readonly Trip[]
  readonly halts: readonly Halt[]
  readonly gaps: readonly Gap[]
  readonly activity: DayActivity
  readonly leftOut: LeftOut
}
