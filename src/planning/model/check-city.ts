import type { Problem } from '../../base/problems.ts'
import { planningProblem } from './problems.ts'
import type { Place, PlanningProblem, Travel, VehicleKind } from './problem.ts'

/** A service or a charge over more slots than this is a mistake in the units, and would be slow to plan. */
const slotLimit = 1000

const invalid = (pointer: string, reason: string, value: unknown): Problem => planningProblem('plan-field-invalid', { pointer, reason, value: String(value) })

/** The first entry that does not come after the one before it, or -1. */
const firstDescent = (steps: readonly (readonly [number, unknown])[]): number => steps.findIndex((step, at) => at > 0 && step[0] <= steps[at - 1]![0])

function checkSteps(pointer: string, steps: readonly (readonly [number, unknown])[]): Problem[] {
  const at = firstDescent(steps)
  return at < 0 ? [] : [planningProblem('steps-not-ascending', { pointer: `${pointer}/${at}`, value: steps[at]![0], before: steps[at - 1]![0] })]
}

/** Exceptions of a timetable: known places, each pair once, steps in the order of time. A pair that nobody may drive is allowed. */
export function checkExceptions(travel: Extract<Travel, { kind: 'timetable' }>, pointer: string, problem: PlanningProblem): Problem[] {
  const places = new Set(problem.places.map((each) => each.id))
  const seen = new Set<string>()
  return travel.exceptions.flatMap((exception, at) => {
    const here = `${pointer}/exceptions/${at}`
    const key = JSON.stringify([exception.from, exception.to])
    return [
      ...(['from', 'to'] as const).flatMap((end) => (places.has(exception[end]) ? [] : [planningProblem('plan-reference-unknown', { pointer: `${here}/${end}`, value: exception[end] })])),
      ...(exception.from === exception.to ? [invalid(here, '起点与终点相同', exception.from)] : []),
      ...(seen.size === seen.add(key).size ? [planningProblem('identifier-duplicate', { pointer: here, value: `${exception.from} → ${exception.to}` })] : []),
      ...exception.options.flatMap((option, which) => checkSteps(`${here}/options/${which}/departures`, option.departures)),
    ]
  })
}

function checkPlace(place: Place, pointer: string, longestService: number): Problem[] {
  const berths = place.berths ?? []
  const seen = new Set<string>()
  return [
    ...berths.flatMap((berth, at) => (seen.size === seen.add(berth.id).size ? [planningProblem('identifier-duplicate', { pointer: `${pointer}/berths/${at}/id`, value: berth.id })] : [])),
    ...berths.flatMap((berth, at) => (longestService * berth.serviceFactor > slotLimit * berth.slotSeconds ? [invalid(`${pointer}/berths/${at}/slotSeconds`, `服务时长超过 ${slotLimit} 个时段`, berth.slotSeconds)] : [])),
    ...checkSteps(`${pointer}/chargers/pricePerKwh`, place.chargers?.pricePerKwh ?? []),
  ]
}

function checkEnergy(vehicle: VehicleKind, pointer: string, problem: PlanningProblem): Problem[] {
  const { energy } = vehicle
  if (!energy) return []
  const { chargingCurve: curve, chargeSecondsPerKwh, batteryKwh } = energy
  if ((curve === undefined) === (chargeSecondsPerKwh === undefined)) return [invalid(pointer, 'chargeSecondsPerKwh 与 chargingCurve 应给出且只给出一个', vehicle.id)]
  const pieces = curve ?? []
  const slowest = curve ? pieces.at(-1)!.secondsPerKwh : chargeSecondsPerKwh!
  const stations = problem.places.filter((each) => energy.stations.includes(each.id))
  return [
    ...checkSteps(`${pointer}/chargingCurve`, pieces.map((each) => [each.upToKwh, each] as const)),
    ...pieces.flatMap((each, at) => (at > 0 && each.secondsPerKwh < pieces[at - 1]!.secondsPerKwh ? [invalid(`${pointer}/chargingCurve/${at}/secondsPerKwh`, '充电曲线应越充越慢', each.secondsPerKwh)] : [])),
    ...(curve && curve.at(-1)!.upToKwh < batteryKwh ? [invalid(`${pointer}/chargingCurve`, `末段应达到电池容量 ${batteryKwh}`, curve.at(-1)!.upToKwh)] : []),
    ...stations.filter((each) => batteryKwh * slowest > slotLimit * (each.chargers?.slotSeconds ?? Infinity)).map((each) => invalid(`${pointer}/batteryKwh`, `在 ${each.id} 充满超过 ${slotLimit} 个时段`, batteryKwh)),
  ]
}

/** Longest service the problem can ask for, before a berth's factor. */
function longestService(problem: PlanningProblem): number {
  const factor = problem.vehicles.reduce((most, each) => Math.max(most, each.serviceFactor), 0)
  const stops = problem.orders.flatMap((each) => [each.pickup, each.delivery]).filter((each) => each !== undefined)
  const own = stops.reduce((most, each) => Math.max(most, each.serviceSeconds * factor, ...Object.values(each.serviceSecondsByVehicle ?? {})), 0)
  return problem.vehicles.reduce((most, each) => Math.max(most, each.reload?.durationSeconds ?? 0), own)
}

/** Berths, charging points, tariffs, charging curves, and services by vehicle. */
export function checkCity(problem: PlanningProblem): Problem[] {
  const longest = longestService(problem)
  const vehicles = new Set(problem.vehicles.map((each) => each.id))
  return [
    ...problem.places.flatMap((place, at) => checkPlace(place, `/places/${at}`, longest)),
    ...problem.vehicles.flatMap((vehicle, at) => checkEnergy(vehicle, `/vehicles/${at}/energy`, problem)),
    ...problem.orders.flatMap((order, at) => (['pickup', 'delivery'] as const).flatMap((stop) =>
      Object.keys(order[stop]?.serviceSecondsByVehicle ?? {}).flatMap((value) => (vehicles.has(value) ? [] : [planningProblem('plan-reference-unknown', { pointer: `/orders/${at}/${stop}/serviceSecondsByVehicle`, value })])))),
  ]
}
