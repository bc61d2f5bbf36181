import type { Problem } from '../../base/problems.ts'
import type { ProblemInput } from '../model/index.ts'
import { dimensionsOf, matricesOf, profileOf } from './vroom-check.ts'
import { vroomPointer, withPointer, type VroomFile } from './vroom-pointers.ts'
import { readVroom, type VroomInput, type VroomTask, type VroomVehicle } from './vroom-schema.ts'

type Location = readonly [number, number]

/** Places are shared by coordinates or matrix index, as VROOM does. */
class Places {
  readonly list: { id: string; lon?: number; lat?: number }[] = []
  /** where in the file each place is named first */
  readonly pointers: string[] = []
  readonly #known = new Map<string, string>()
  readonly #isMatrix: boolean

  constructor(size: number | null) {
    this.#isMatrix = size !== null
    for (let at = 0; at < (size ?? 0); at++) this.list.push({ id: String(at) })
  }

  of(pointer: string, location: Location | undefined, index: number | undefined): string {
    if (this.#isMatrix) return String(index)
    const [lon, lat] = location!
    const key = `${lon},${lat}`
    const known = this.#known.get(key)
    if (known !== undefined) return known
    const id = String(this.list.length)
    this.#known.set(key, id)
    this.list.push({ id, lon, lat })
    this.pointers.push(pointer)
    return id
  }
}

/** Metres a second of a lorry in a city, for files without matrices: VROOM would ask a router here. */
export const cityMetresPerSecond = 7

/** VROOM's price of travel without costs is one a second of driving; `per_hour` is 3600 then. */
function readVehicle(vehicle: VroomVehicle, pointer: string, places: Places, dimensions: number): ProblemInput['vehicles'][number] {
  const isOpen = vehicle.end === undefined && vehicle.end_index === undefined
  return {
    id: String(vehicle.id),
    count: 1,
    profile: profileOf(vehicle),
    capacity: vehicle.capacity ?? Array.from({ length: dimensions }, () => 0),
    fixedCost: vehicle.costs?.fixed ?? 0,
    costPerMetre: (vehicle.costs?.per_km ?? 0) / 1000,
    costPerDrivingSecond: (vehicle.costs?.per_hour ?? 3600) / 3600,
    start: places.of(`${pointer}/start`, vehicle.start, vehicle.start_index),
    end: isOpen ? null : places.of(`${pointer}/end`, vehicle.end, vehicle.end_index),
    ...(vehicle.time_window ? { shift: { earliest: vehicle.time_window[0], latest: vehicle.time_window[1] } } : {}),
    ...(vehicle.max_tasks ? { maxStops: vehicle.max_tasks } : {}),
    ...(vehicle.max_distance ? { maxDistanceMetres: vehicle.max_distance } : {}),
    skills: (vehicle.skills ?? []).map(String),
    breaks: (vehicle.breaks ?? []).map((each) => ({ earliestStart: each.time_windows[0]![0], latestStart: each.time_windows[0]![1], durationSeconds: each.service ?? 0 })),
  }
}

interface Part {
  readonly task: VroomTask
  readonly pointer: string
}

/** A task without a penalty of its own may be left out in VROOM; the price is far above any route, and grows with its priority. */
const readOrder = (id: string, parts: { pickup?: Part; delivery?: Part }, places: Places, more: { load: number[]; skills?: readonly number[] | undefined; priority?: number | undefined }): ProblemInput['orders'][number] => {
  const stop = ({ task, pointer }: Part) => ({ place: places.of(`${pointer}/location`, task.location, task.location_index), serviceSeconds: task.service ?? 0, ...(task.time_windows ? { windows: task.time_windows.map((each) => [each[0], each[1]] as [number, number]) } : {}) })
  return { id, load: more.load, skills: (more.skills ?? []).map(String), priority: more.priority ?? 0, ...(parts.pickup ? { pickup: stop(parts.pickup) } : {}), ...(parts.delivery ? { delivery: stop(parts.delivery) } : {}) }
}

/** The planner's ids of VROOM's tasks, which are told apart by type and id. */
export const jobOrder = (id: number): string => `job-${id}`
export const shipmentOrder = (pickup: number, delivery: number): string => `shipment-${pickup}-${delivery}`

/** A file as the planner's problem, and what the planner finds wrong with it as problems of the file. */
export interface VroomReading {
  readonly input: ProblemInput
  readonly inOwnWords: (problems: readonly Problem[]) => Problem[]
}

/** VROOM's input: jobs, shipments, vehicles, optional matrices. What it can say and we cannot is refused by name. */
export function parseVroom(input: unknown): VroomReading {
  const problem: VroomInput = readVroom(input)
  const matrices = matricesOf(problem)
  const profiles = [...new Set(problem.vehicles.map(profileOf))]
  const isMatrix = matrices.size > 0
  const places = new Places(isMatrix ? matrices.get(profiles[0]!)!.durations.length : null)
  const dimensions = dimensionsOf(problem)
  const nothing = () => Array.from({ length: dimensions }, () => 0)
  const vehicles = problem.vehicles.map((each, at) => readVehicle(each, `/vehicles/${at}`, places, dimensions))
  const orders = [
    ...(problem.jobs ?? []).map((job, at) => {
      const isPickup = job.pickup?.some(Boolean) ?? false
      const part = { task: job, pointer: `/jobs/${at}` }
      return readOrder(jobOrder(job.id), isPickup ? { pickup: part } : { delivery: part }, places, { load: (isPickup ? job.pickup : job.delivery) ?? nothing(), skills: job.skills, priority: job.priority })
    }),
    ...(problem.shipments ?? []).map(({ pickup, delivery, amount, skills, priority }, at) =>
      readOrder(shipmentOrder(pickup.id, delivery.id), { pickup: { task: pickup, pointer: `/shipments/${at}/pickup` }, delivery: { task: delivery, pointer: `/shipments/${at}/delivery` } }, places, { load: amount ?? nothing(), skills, priority })),
  ]
  const file: VroomFile = { problem, profiles, isMatrix, places: places.pointers }
  return {
    input: {
      format: 'lvpei-planning/1',
      loads: nothing().map((_, at) => `amount-${at}`),
      places: places.list,
      travel: profiles.map((profile) => {
        const matrix = matrices.get(profile)
        if (!matrix) return { profile, kind: 'great-circle', metresPerSecond: cityMetresPerSecond }
        return { profile, kind: 'matrix', distanceMetres: [...(matrix.distances ?? matrix.durations)], durationSeconds: [...matrix.durations] }
      }),
      vehicles,
      orders,
    },
    inOwnWords: (problems) => translate(file, problems),
  }
}

/** One sentence for each place: durations that stand for distances as well are found wrong twice. */
function translate(file: VroomFile, problems: readonly Problem[]): Problem[] {
  const translated = problems.map((each) => (typeof each.details['pointer'] === 'string' ? withPointer(each, vroomPointer(file, each.details['pointer'])) : each))
  return [...new Map(translated.map((each) => [each.message, each])).values()]
}
