import type { Problem } from '../../base/problems.ts'
import { checkCity } from './check-city.ts'
import { windowOf } from './city-schema.ts'
import { planningProblem } from './problems.ts'
import type { Order, PlanningProblem, VehicleKind } from './problem.ts'

/** Duplicate ids of one list. */
function duplicates(pointer: string, ids: readonly string[]): Problem[] {
  const seen = new Set<string>()
  return ids.flatMap((value, at) => (seen.size === seen.add(value).size ? [planningProblem('identifier-duplicate', { pointer: `${pointer}/${at}/id`, value })] : []))
}

/** Ids that are used, windows that can be met, load vectors of the right length, and the city's own fields. */
export function checkReferences(problem: PlanningProblem): Problem[] {
  const places = new Set(problem.places.map((each) => each.id))
  const place = (pointer: string, value: string | null | undefined): Problem[] => (value == null || places.has(value) ? [] : [planningProblem('plan-reference-unknown', { pointer, value })])
  const lists = [
    duplicates('/places', problem.places.map((each) => each.id)),
    duplicates('/vehicles', problem.vehicles.map((each) => each.id)),
    duplicates('/orders', problem.orders.map((each) => each.id)),
    ...problem.vehicles.map((each, at) => checkVehicle(each, `/vehicles/${at}`, problem, place)),
    ...problem.orders.map((each, at) => checkOrder(each, `/orders/${at}`, problem, place)),
    checkRoutes(problem),
    checkCity(problem),
  ]
  return lists.flat()
}

type PlaceCheck = (pointer: string, value: string | null | undefined) => Problem[]

function checkVehicle(vehicle: VehicleKind, pointer: string, problem: PlanningProblem, place: PlaceCheck): Problem[] {
  const profiles = new Set(problem.travel.map((each) => each.profile))
  const { shift } = vehicle
  return [
    ...place(`${pointer}/start`, vehicle.start),
    ...place(`${pointer}/end`, vehicle.end),
    ...place(`${pointer}/reload/place`, vehicle.reload?.place),
    ...(vehicle.energy?.stations ?? []).flatMap((each, at) => place(`${pointer}/energy/stations/${at}`, each)),
    ...(vehicle.profile === undefined || profiles.has(vehicle.profile) ? [] : [planningProblem('plan-reference-unknown', { pointer: `${pointer}/profile`, value: vehicle.profile })]),
    ...(vehicle.capacity.length === problem.loads.length ? [] : [planningProblem('load-size-wrong', { pointer: `${pointer}/capacity`, actual: vehicle.capacity.length, expected: problem.loads.length })]),
    ...(shift && shift.latest < shift.earliest ? [planningProblem('window-impossible', { pointer: `${pointer}/shift`, from: shift.earliest, to: shift.latest })] : []),
    ...vehicle.breaks.flatMap((each, at) => (each.latestStart < each.earliestStart ? [planningProblem('window-impossible', { pointer: `${pointer}/breaks/${at}`, from: each.earliestStart, to: each.latestStart })] : [])),
  ]
}

function checkOrder(order: Order, pointer: string, problem: PlanningProblem, place: PlaceCheck): Problem[] {
  const stops = [['pickup', order.pickup], ['delivery', order.delivery]] as const
  return [
    ...(order.pickup || order.delivery ? [] : [planningProblem('plan-field-invalid', { pointer, reason: '缺少 pickup 或 delivery', value: order.id })]),
    ...((order.load?.length ?? problem.loads.length) === problem.loads.length ? [] : [planningProblem('load-size-wrong', { pointer: `${pointer}/load`, actual: order.load!.length, expected: problem.loads.length })]),
    ...stops.flatMap(([name, stop]) => [
      ...place(`${pointer}/${name}/place`, stop?.place),
      ...(stop?.windows?.length === 0 ? [planningProblem('plan-field-invalid', { pointer: `${pointer}/${name}/windows`, reason: '时间窗列表为空', value: '[]' })] : []),
      ...(stop?.windows ?? []).map(windowOf).flatMap(({ from, to }, at) => (to < from ? [planningProblem('window-impossible', { pointer: `${pointer}/${name}/windows/${at}`, from, to })] : [])),
    ]),
  ]
}

/** The plan to start from names known vehicles and orders. */
function checkRoutes(problem: PlanningProblem): Problem[] {
  const vehicles = new Set(problem.vehicles.map((each) => each.id))
  const orders = new Set(problem.orders.map((each) => each.id))
  for (const id of problem.replanning?.dropped ?? []) orders.add(id)
  const unknown = (pointer: string, value: string): Problem => planningProblem('plan-reference-unknown', { pointer, value })
  return [
    ...(problem.routes ?? []).flatMap((route, at) => [
      ...(vehicles.has(route.vehicle) ? [] : [unknown(`/routes/${at}/vehicle`, route.vehicle)]),
      ...route.stops.flatMap((value, stop) => (orders.has(value) ? [] : [unknown(`/routes/${at}/stops/${stop}`, value)])),
      ...((route.plannedStarts?.length ?? route.stops.length) === route.stops.length ? [] : [planningProblem('plan-field-invalid', { pointer: `/routes/${at}/plannedStarts`, reason: `应与 stops 等长（${route.stops.length}）`, value: String(route.plannedStarts!.length) })]),
    ]),
    ...checkServedOnce(problem),
    ...(problem.replanning?.dropped ?? []).flatMap((value, at) => (problem.orders.some((each) => each.id === value) ? [planningProblem('identifier-duplicate', { pointer: `/replanning/dropped/${at}`, value })] : [])),
    ...(problem.fleetLimits ?? []).flatMap((limit, at) => limit.vehicles.flatMap((value, which) => (vehicles.has(value) ? [] : [unknown(`/fleetLimits/${at}/vehicles/${which}`, value)]))),
  ]
}

/** A given plan serves an order once: one stop, or two of one route when it is carried. */
function checkServedOnce(problem: PlanningProblem): Problem[] {
  const left = new Map(problem.orders.map((each) => [each.id, each.pickup && each.delivery ? 2 : 1]))
  const routeOf = new Map<string, number>()
  return (problem.routes ?? []).flatMap((route, at) => route.stops.flatMap((id, stop) => {
    const count = left.get(id)
    if (count === undefined) return []
    left.set(id, count - 1)
    const isElsewhere = (routeOf.get(id) ?? at) !== at
    routeOf.set(id, at)
    return count <= 0 || isElsewhere ? [planningProblem('identifier-duplicate', { pointer: `/routes/${at}/stops/${stop}`, value: id })] : []
  }))
}
