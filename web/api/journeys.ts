/** Answers of the journeys room: live positions, tracks, vehicle-days, frames. */

export interface LivePosition {
  readonly vehicleId: string
  readonly plate: string
  readonly enterpriseId: string | null
  readonly enterpriseName: string | null
  readonly districtCode: string | null
  readonly category: string
  readonly energy: string | null
  readonly observedAt: string
  readonly receivedAt: string
  readonly source: string
  readonly lon: number
  readonly lat: number
  readonly speedKmh: number
  readonly directionDegrees: number
  readonly odometerMetres: number | null
  readonly ignitionOn: boolean | null
  readonly frameId: string
  readonly socPercent: number | null
  readonly charging: string | null
}

export interface LatestPositions {
  readonly asOf: string
  readonly items: readonly LivePosition[]
}

export interface TrackPoint {
  readonly observedAt: string
  readonly receivedAt: string
  readonly source: string
  readonly lon: number
  readonly lat: number
  readonly speedKmh: number
  readonly directionDegrees: number
  readonly odometerMetres: number | null
  readonly fixValid: boolean
  readonly backfilled: boolean
  readonly frameId: string
}

export interface VehicleCard {
  readonly id: string
  readonly plate: string
  readonly enterpriseName: string | null
  readonly category: string
  readonly energy: string | null
}

export interface Track {
  readonly vehicle: VehicleCard
  readonly pointCount: number
  readonly items: readonly TrackPoint[]
}

export interface Trip {
  readonly startedAt: string
  readonly endedAt: string
  readonly durationSeconds: number
  readonly distanceMetres: number
  readonly maxSpeedKmh: number
}

export interface Halt {
  readonly startedAt: string
  readonly endedAt: string
  readonly durationSeconds: number
  readonly lon: number
  readonly lat: number
}

export interface VehicleDay {
  readonly day: string
  readonly versionId: string
  readonly recordedAt: string
  readonly supersededAt: string | null
  readonly distanceMetres: number
  readonly distanceSource: 'odometer' | 'gnss'
  readonly movingSeconds: number
  readonly haltSeconds: number
  readonly gapSeconds: number
  readonly tripCount: number
  readonly haltCount: number
  readonly pointCount: number
  readonly leftOutCount: number
  readonly leftOut: Readonly<Record<string, number>>
  readonly derivationVersion: string
}

export interface TripsOfDay {
  readonly vehicle: VehicleCard
  readonly day: string
  readonly trips: readonly Trip[]
  readonly halts: readonly Halt[]
  readonly versions: readonly VehicleDay[]
}

export interface Frame {
  readonly id: string
  readonly receivedAt: string
  readonly protocol: string
  readonly terminal: string
  readonly vehicleId: string | null
  readonly hex: string
  readonly fault: { readonly code: string; readonly message: string } | null
  readonly decoded: unknown
}

export interface FaultyFrame {
  readonly frameId: string
  readonly receivedAt: string
  readonly protocol: string
  /** empty when nothing on the connection named one */
  readonly terminal: string
  readonly vehicleId: string | null
  readonly plate: string | null
  readonly fault: { readonly code: string; readonly message: string }
  readonly byteLength: number
}

/** Newest first; `next` is the `before` of the page below. */
export interface FaultyFrames {
  readonly items: readonly FaultyFrame[]
  readonly next: string | null
  readonly counts: readonly { readonly code: string; readonly frames: number }[]
  readonly countedSince: string
}
