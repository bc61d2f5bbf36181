import { slack } from './check-plan.ts'
import { orderStop, type Walk } from './check-times.ts'

/** The battery along a route: never below empty, never above full, charged only at known stations and as long as the energy takes. */
export function checkEnergy(walk: Walk): void {
  const { route, vehicle, ways, broken } = walk
  const { energy } = vehicle
  if (!energy) {
    if (route.stops.some((stop) => stop.kind === 'charge')) broken('charge-not-allowed', vehicle.id)
    return
  }
  let place = vehicle.start
  let charge = energy.batteryKwh
  const drive = (to: string) => {
    charge -= ways.metres(place, to) * energy.kwhPerMetre
    place = to
    if (charge < -slack) broken('battery-empty', `${charge} kWh at ${to}`)
  }
  for (const stop of route.stops) {
    if (stop.kind === 'break') continue
    drive(orderStop(walk, stop)?.place ?? stop.place)
    if (stop.kind !== 'charge') continue
    const taken = stop.energyKwh ?? 0
    if (!energy.stations.includes(stop.place)) broken('station-unknown', stop.place)
    if (stop.departure < stop.start + taken * energy.chargeSecondsPerKwh - slack) broken('charge-too-short', stop.place)
    charge += taken
    if (charge > energy.batteryKwh + slack) broken('battery-overfull', `${charge} kWh at ${stop.place}`)
    if (energy.recharge === 'full' && Math.abs(charge - energy.batteryKwh) > slack) broken('charge-not-full', stop.place)
  }
  const home = vehicle.end === undefined ? vehicle.start : vehicle.end
  if (home !== null) drive(home)
}
