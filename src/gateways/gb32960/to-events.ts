import { surveyPoint } from '../../base/coordinates.ts'
import type { CoordinateSystem } from '../../base/coordinates.ts'
import { metresFromKm } from '../../base/units.ts'
import type { PositionEvent, VehicleEvent, VehicleStateEvent } from '../../events/index.ts'
import { isFault, readObservedAt } from '../observed-at.ts'
import type { Fault } from '../observed-at.ts'
import type { RealtimePayload } from './commands/index.ts'
import type { Quantity } from './physical.ts'
import type { Location, Vehicle } from './units/index.ts'

/** A value, or null for what the vehicle says is invalid or abnormal. */
const valueOf = (quantity: Quantity | undefined): number | null => (typeof quantity === 'number' ? quantity : null)

const odometerOf = (vehicle: Vehicle | undefined): number | null => {
  const mileageKm = valueOf(vehicle?.mileage)
  return mileageKm === null ? null : Math.round(metresFromKm(mileageKm))
}

const chargingStates: Readonly<Record<number, VehicleStateEvent['charging']>> = { 1: 'parked', 2: 'driving', 3: 'no', 4: 'done' }
const ignitionStates: Readonly<Record<number, boolean>> = { 1: true, 2: false }

/** Coordinate systems of 2025; 2016 does not name one, and its devices send what the receiver gives: WGS-84. */
const systems: Readonly<Record<number, CoordinateSystem>> = { 1: 'WGS-84', 2: 'GCJ-02' }

function pointOf(location: Location): { readonly lon: number; readonly lat: number } | Fault {
  const { longitude, latitude, coordSystem = 1 } = location
  if (typeof longitude !== 'number' || typeof latitude !== 'number') return { code: 'position-missing', message: `longitude ${longitude}, latitude ${latitude}` }
  const system = systems[coordSystem]
  if (!system) return { code: 'coordinate-system-unknown', message: `coordinate system ${coordSystem}` }
  const point = surveyPoint({ system, declaredLon: location.west ? -longitude : longitude, declaredLat: location.south ? -latitude : latitude })
  return 'code' in point ? { code: 'position-implausible', message: `latitude ${latitude}, longitude ${longitude}` } : { lon: point.lon, lat: point.lat }
}

interface Circumstances {
  readonly observedAt: number
  readonly backfilled: boolean
}

function positionEvent(payload: RealtimePayload, { observedAt, backfilled }: Circumstances): PositionEvent | Fault {
  const location = payload.location!
  const point = pointOf(location)
  if (isFault(point)) return point
  const speedKmh = valueOf(payload.vehicle?.speed)
  // A position without a speed would have to be given one; the frame is kept, and nothing is made up.
  if (speedKmh === null) return { code: 'speed-missing', message: 'a position, but no valid speed in the same frame' }
  return {
    kind: 'position',
    observedAt,
    lon: point.lon,
    lat: point.lat,
    altitudeMetres: null,
    speedKmh,
    // The standard has no heading.
    directionDegrees: 0,
    odometerMetres: odometerOf(payload.vehicle),
    fixValid: location.valid && (point.lon !== 0 || point.lat !== 0),
    ignitionOn: ignitionStates[valueOf(payload.vehicle?.vehicleState) ?? -1] ?? null,
    loadState: null,
    alarmFlags: 0,
    backfilled,
  }
}

function stateEvent(vehicle: Vehicle, { observedAt, backfilled }: Circumstances): VehicleStateEvent {
  return {
    kind: 'vehicle-state',
    observedAt,
    odometerMetres: odometerOf(vehicle),
    speedKmh: valueOf(vehicle.speed),
    socPercent: valueOf(vehicle.soc),
    charging: chargingStates[valueOf(vehicle.chargeState) ?? -1] ?? null,
    voltageVolts: valueOf(vehicle.totalVoltage),
    currentAmperes: valueOf(vehicle.totalCurrent),
    backfilled,
  }
}

/** Real-time (0x02) or re-issued (0x03) data → position and battery state, or the faults that keep them out. */
export function eventsOfRealtime(payload: RealtimePayload, now: number, backfilled: boolean): { readonly events: readonly VehicleEvent[]; readonly faults: readonly Fault[] } {
  const observedAt = readObservedAt(payload.time, now)
  if (isFault(observedAt)) return { events: [], faults: [observedAt] }
  const circumstances = { observedAt, backfilled }
  const position = payload.location ? positionEvent(payload, circumstances) : null
  const state = payload.vehicle ? stateEvent(payload.vehicle, circumstances) : null
  const unread: readonly Fault[] = payload.unknown ? [{ code: 'unit-unknown', message: `type ${payload.unknown.type} and all behind it` }] : []
  return {
    events: [position, state].filter((each) => each !== null && !isFault(each)) as VehicleEvent[],
    faults: [...(isFault(position) ? [position] : []), ...unread],
  }
}
