import type { Energy, PlanningProblem, PlanStop } from '../model/index.ts'
import { slack } from './check-plan.ts'
import type { Walk } from './check-times.ts'

/** The battery along a route: never below empty, never above full, charged only at known stations and as long as the energy takes. */
export function checkEnergy(walk: Walk): void {
  const { route, vehicle, broken } = walk
  const { energy } = vehicle
  if (!energy) {
    if (route.stops.some((stop) => stop.kind === 'charge')) broken('charge-not-allowed', vehicle.id)
    return
  }
  let charge = energy.batteryKwh
  const drive = (metres: number, where: string) => {
    charge -= metres * energy.kwhPerMetre
    if (charge < -slack) broken('battery-empty', `${charge} kWh at ${where}`)
  }
  route.stops.forEach((stop, at) => {
    drive(walk.legMetres[at]!, stop.place)
    if (stop.kind !== 'charge') return
    const pieces = chargePieces(energy, charge, stop.energyKwh ?? 0)
    const ends = stop.start + pieces.reduce((sum, each) => sum + each.kwh * each.secondsPerKwh, 0)
    if (!energy.stations.includes(stop.place)) broken('station-unknown', stop.place)
    if (stop.departure < ends - slack) broken('charge-too-short', stop.place)
    if ((stop.energyKwh ?? 0) < -slack) broken('charge-negative', stop.place)
    walk.holds.push({ kind: 'charger', place: stop.place, berth: '', from: stop.start, to: ends })
    walk.pay(priceOfCharge(walk.problem, stop, pieces))
    charge += stop.energyKwh ?? 0
    if (charge > energy.batteryKwh + slack) broken('battery-overfull', `${charge} kWh at ${stop.place}`)
    if (energy.recharge === 'full' && Math.abs(charge - energy.batteryKwh) > slack) broken('charge-not-full', stop.place)
  })
  drive(walk.legMetres[route.stops.length]!, 'the end')
}

interface Piece {
  readonly kwh: number
  readonly secondsPerKwh: number
}

/** What a charge takes in, cut where the charging curve changes. */
function chargePieces(energy: Energy, from: number, taken: number): Piece[] {
  if (!energy.chargingCurve) return [{ kwh: taken, secondsPerKwh: energy.chargeSecondsPerKwh! }]
  const last = energy.chargingCurve.length - 1
  let low = -Infinity
  return energy.chargingCurve.map(({ upToKwh, secondsPerKwh }, at) => {
    const high = at === last ? Infinity : upToKwh
    const kwh = Math.max(0, Math.min(high, from + taken) - Math.max(low, from))
    low = high
    return { kwh, secondsPerKwh }
  })
}

/** Energy flows from the start of the stop without a pause; each kilowatt-hour costs what the station asks at its instant. */
function priceOfCharge(problem: PlanningProblem, stop: PlanStop, pieces: readonly Piece[]): number {
  const tariff = problem.places.find((each) => each.id === stop.place)?.chargers?.pricePerKwh
  if (!tariff) return 0
  let money = 0
  let clock = stop.start
  for (const piece of pieces) {
    let left = piece.kwh
    while (left > 1e-12) {
      const at = Math.max(0, tariff.findLastIndex(([from]) => from <= clock))
      const until = tariff[at + 1]?.[0] ?? Infinity
      const seconds = left * piece.secondsPerKwh
      const isCut = clock + seconds > until
      const kwh = isCut ? (until - clock) / piece.secondsPerKwh : left
      money += kwh * tariff[at]![1]
      left = isCut ? left - kwh : 0
      clock = isCut ? until : clock + seconds
    }
  }
  return money
}
