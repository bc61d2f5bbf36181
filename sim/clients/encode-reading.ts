import { gb32960, jt808, wallClockOf } from '../../src/gateways/index.ts'
import { kmFromMetres, microFromDegrees, tenthsFromKmh, tenthsOfKmFromMetres } from '../../src/base/units.ts'
import type { Reading } from '../fleet/index.ts'
import { modelOf, type FleetVehicle } from '../world/index.ts'

type PositionBody = Parameters<typeof jt808.positionFrame>[2]
type RealtimePayload = Parameters<typeof gb32960.realtimeFrame>[1]

/** Metres above the sea; the made-up city is flat. */
const altitudeMetres = 6
const beidouBit = 1 << 19

/** Additional information of every report: odometer 01, mobile signal 30, satellites 31. Six, three and three bytes. */
export const positionItemBytes = 28 + 6 + 3 + 3
/** Positions that fit into the 1,023 bytes of one 0x0704. */
export const mostItems = Math.floor((1023 - 3) / (2 + positionItemBytes))

/** A reading as JT/T 808 says it, raw wire integers. */
export function positionBodyOf(reading: Reading): PositionBody {
  const status = (reading.ignitionOn ? 1 : 0) | (reading.fixValid ? 2 : 0) | (reading.load << 8) | beidouBit
  return {
    alarm: reading.alarm,
    status,
    latitude: microFromDegrees(reading.lat),
    longitude: microFromDegrees(reading.lon),
    altitude: altitudeMetres,
    speed: tenthsFromKmh(reading.speedKmh),
    direction: reading.directionDegrees,
    time: wallClockOf(reading.at),
    extras: { '01': tenthsOfKmFromMetres(reading.odometerMetres), 30: 18 + (reading.at / 1000) % 12, 31: reading.fixValid ? 14 : 2 },
  }
}

const stopped = 2
const running = 1

/** A reading as GB/T 32960 says it: whole vehicle and position. */
export function realtimePayloadOf(vehicle: FleetVehicle, reading: Reading): RealtimePayload {
  const isMoving = reading.speedKmh > 0
  const { packVolts = 350 } = modelOf(vehicle.model)
  return {
    time: gb32960.payloadTime(reading.at),
    unitOrder: ['01', '05'],
    vehicle: {
      vehicleState: reading.ignitionOn ? running : stopped,
      chargeState: reading.charging,
      runMode: 1,
      speed: reading.speedKmh,
      mileage: kmFromMetres(reading.odometerMetres),
      // A pack's voltage falls a little with its charge.
      totalVoltage: packVolts * (0.9 + reading.socPercent / 800),
      totalCurrent: reading.charging === 1 ? -35 : isMoving ? 20 + reading.speedKmh : 2,
      soc: Math.round(reading.socPercent),
      dcdcState: reading.ignitionOn ? 1 : 2,
      gear: { gear: isMoving ? 'D' : 'P', braking: false, driving: isMoving, valid: true },
      insulationKohm: 2000,
      accelerator: isMoving ? 25 : 0,
      brake: 0,
    },
    location: { valid: reading.fixValid, south: false, west: false, coordSystem: 1, longitude: reading.lon, latitude: reading.lat },
  }
}
