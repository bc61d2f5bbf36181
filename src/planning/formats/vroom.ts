import { ProblemError } from '../../base/problems.ts'
import { planningProblem, type Plan, type PlanRoute, type PlanStop, type ProblemInput } from '../model/index.ts'
import { readVroom, type VroomInput, type VroomTask, type VroomVehicle } from './vroom-schema.ts'

type Location = readonly [number, number]

/** Places are shared by coordinates or matrix index, as VROOM does. */
class Places {
  readonly list: { id: string; lon?: number; lat?: number }[] = []
  readonly #known = new Map<string, string>()
  readonly #isMatrix: boolean

  constructor(size: number | null) {
    this.#isMatrix = size !== null
    for (let at = 0; at < (size ?? 0); at++) this.list.push({ id: String(at) })
  }

  of(location: Location | undefined, index: number | undefined): string {
    if (this.#isMatrix) return String(index)
    const key = location ? location.join(',') : 'missing'
    const known = this.#known.get(key)
    if (known !== undefined) return known
    const id = String(this.list.length)
    this.#known.set(key, id)
    this.list.push({ id, ...(location ? { lon: location[0], lat: location[1] } : {}) })
    return id
  }
}

/** Metres a second of a lorry in a city, for files without matrices: VROOM would ask a router here. */
const cityMetresPerSecond = 7

/** VROOM's price of travel without costs is one a second of driving; `per_hour` is 3600 then. */
function readVehicle(vehicle: VroomVehicle, places: Places, dimensions: number): ProblemInput['vehicles'][number] {
  const start = vehicle.start !== undefined || vehicle.start_index !== undefined
  const end = vehicle.end !== undefined || vehicle.end_index !== undefined
  if (!start) throw new ProblemError(planningProblem('feature-unsupported', { pointer: `/vehicles/${vehicle.id}/start`, feature: '没有起点的车辆' }))
  return {
    id: String(vehicle.id),
    count: 1,
    profile: vehicle.profile ?? 'car',
    capacity: Array.from({ length: dimensions }, (_, at) => vehicle.capacity?.[at] ?? 0),
    fixedCost: vehicle.costs?.fixed ?? 0,
    costPerMetre: (vehicle.costs?.per_km ?? 0) / 1000,
    costPerDrivingSecond: (vehicle.costs?.per_hour ?? 3600) / 3600,
    start: places.of(vehicle.start, vehicle.start_index),
    end: end ? places.of(vehicle.end, vehicle.end_index) : null,
    ...(vehicle.time_window ? { shift: { earliest: vehicle.time_window[0], latest: vehicle.time_window[1] } } : {}),
    ...(vehicle.max_tasks ? { maxStops: vehicle.max_tasks } : {}),
    ...(vehicle.max_distance ? { maxDistanceMetres: vehicle.max_distance } : {}),
    skills: (vehicle.skills ?? []).map(String),
    breaks: (vehicle.breaks ?? []).map((each) => ({ earliestStart: each.time_windows[0]![0], latestStart: each.time_windows[0]![1], durationSeconds: each.service ?? 0 })),
  }
}

/** A task without a penalty of its own may be left out in VROOM; the price is far above any route, and grows with its priority. */
const readOrder = (id: string, parts: { pickup?: VroomTask; delivery?: VroomTask }, places: Places, more: { load: number[]; skills?: readonly number[]; priority?: number }): ProblemInput['orders'][number] => {
  const stop = (task: VroomTask | undefined) => task && { place: places.of(task.location, task.location_index), serviceSeconds: task.service ?? 0, ...(task.time_windows ? { windows: task.time_windows.map((each) => [each[0], each[1]] as [number, number]) } : {}) }
  return { id, load: more.load, skills: (more.skills ?? []).map(String), priority: more.priority ?? 0, ...(parts.pickup ? { pickup: stop(parts.pickup)! } : {}), ...(parts.delivery ? { delivery: stop(parts.delivery)! } : {}) }
}

/** VROOM's input: jobs, shipments, vehicles, optional matrices. What it can say and we cannot is refused by name. */
export function parseVroom(input: unknown): ProblemInput {
  const problem: VroomInput = readVroom(input)
  const matrices = problem.matrices ?? null
  const profiles = [...new Set(problem.vehicles.map((each) => each.profile ?? 'car'))]
  const size = matrices ? (matrices[profiles[0]!]?.durations.length ?? 0) : null
  const places = new Places(size)
  // no spread: a million arguments are more than a call can take
  const dimensions = [...problem.vehicles.map((each) => each.capacity), ...(problem.jobs ?? []).flatMap((each) => [each.delivery, each.pickup])].reduce((most, each) => Math.max(most, each?.length ?? 0), 0)
  const pad = (load: readonly number[] | undefined) => Array.from({ length: dimensions }, (_, at) => load?.[at] ?? 0)
  const vehicles = problem.vehicles.map((each) => readVehicle(each, places, dimensions))
  const orders = [
    ...(problem.jobs ?? []).map((job, at) => {
      if (job.pickup?.some(Boolean) && job.delivery?.some(Boolean)) throw new ProblemError(planningProblem('feature-unsupported', { pointer: `/jobs/${at}`, feature: '同一停靠点同时送货与取货' }))
      const isPickup = job.pickup?.some(Boolean) ?? false
      return readOrder(`job-${job.id}`, isPickup ? { pickup: job } : { delivery: job }, places, { load: pad(isPickup ? job.pickup : job.delivery), skills: job.skills, priority: job.priority })
    }),
    ...(problem.shipments ?? []).map((each) => readOrder(`shipment-${each.pickup.id}-${each.delivery.id}`, { pickup: each.pickup, delivery: each.delivery }, places, { load: pad(each.amount), skills: each.skills, priority: each.priority })),
  ]
  return {
    format: 'lvpei-planning/1',
    loads: pad([]).map((_, at) => `amount-${at}`),
    places: places.list,
    travel: profiles.map((profile) => {
      const matrix = matrices?.[profile]
      if (!matrix) return { profile, kind: 'great-circle', metresPerSecond: cityMetresPerSecond }
      return { profile, kind: 'matrix', distanceMetres: [...(matrix.distances ?? matrix.durations)], durationSeconds: [...matrix.durations] }
    }),
    vehicles,
    orders,
  }
}

const taskId = (order: string, isDelivery: boolean): number => Number(order.split('-')[order.startsWith('job-') || !isDelivery ? 1 : 2])

function stepOf(stop: PlanStop): object {
  const isShipment = stop.order.startsWith('shipment-')
  const type = stop.kind === 'break' ? 'break' : isShipment ? stop.kind : 'job'
  return { type, ...(stop.kind === 'break' ? {} : { id: taskId(stop.order, stop.kind === 'delivery') }), arrival: stop.arrival, waiting_time: stop.start - stop.arrival, service: stop.departure - stop.start }
}

const routeOf = (route: PlanRoute): object => ({
  vehicle: Number(route.vehicle),
  cost: Math.round(route.cost),
  distance: Math.round(route.distanceMetres),
  duration: route.return - route.departure,
  steps: [{ type: 'start', arrival: route.departure }, ...route.stops.map(stepOf), { type: 'end', arrival: route.return }],
})

/** A plan as VROOM's output, code 0. */
export const renderVroom = (plan: Plan): object => ({
  code: 0,
  summary: { cost: Math.round(plan.cost), routes: plan.routes.length, unassigned: plan.unassigned.length, distance: Math.round(plan.distanceMetres) },
  unassigned: plan.unassigned.map((each) => ({ id: taskId(each.order, false), type: each.order.startsWith('job-') ? 'job' : 'pickup', description: each.message })),
  routes: plan.routes.map(routeOf),
})
