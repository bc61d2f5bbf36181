import { msFromMinutes } from '../../src/base/units.ts'
import type { FleetHistory, Reading } from '../fleet/index.ts'
import { blockStartOf } from '../fleet/index.ts'
import type { FleetVehicle } from '../world/index.ts'
import type { DaySource } from './stream.ts'

/** One vehicle in one protocol. */
export interface Channel {
  readonly id: string
  readonly protocol: 'jt808' | 'gb32960'
  readonly vehicle: FleetVehicle
  readonly source: DaySource
}

/** A vehicle that has a freight terminal as well reports to the manufacturer's platform less often: state of charge moves slowly. */
const busyMs = msFromMinutes(15)
const idleMs = msFromMinutes(60)
const dayMs = msFromMinutes(24 * 60)

function thinned(readings: readonly Reading[]): Reading[] {
  let last = -Infinity
  let wasCharging = 3
  return readings.filter((reading) => {
    const isBusy = reading.speedKmh > 0 || reading.charging === 1
    const isDue = reading.at - last >= (isBusy ? busyMs : idleMs) || reading.charging !== wasCharging
    if (isDue) last = reading.at
    wasCharging = reading.charging
    return isDue
  })
}

/** The devices of a fleet: freight terminals, and the on-board units of battery vehicles. */
export function channelsOf(vehicles: readonly FleetVehicle[], history: FleetHistory): Channel[] {
  return vehicles.flatMap((vehicle) => {
    const endOf = (day: string): number => blockStartOf(vehicle, day) + dayMs
    const channels: Channel[] = []
    if (vehicle.jt808) channels.push({ id: `jt808:${vehicle.terminalPhone}`, protocol: 'jt808', vehicle, source: { readingsOf: (day) => history.track(vehicle, day), endOf } })
    if (vehicle.gb32960 && vehicle.vin) {
      const readingsOf = vehicle.jt808 ? (day: string) => thinned(history.track(vehicle, day)) : (day: string) => history.track(vehicle, day)
      channels.push({ id: `gb32960:${vehicle.vin}`, protocol: 'gb32960', vehicle, source: { readingsOf, endOf } })
    }
    return channels
  })
}
