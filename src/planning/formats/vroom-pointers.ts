import type { Problem } from '../../base/problems.ts'
import { planningProblem } from '../model/index.ts'
import type { VroomInput } from './vroom-schema.ts'

/** The same problem at another place, its sentences written anew. */
export const withPointer = (problem: Problem, pointer: string): Problem => planningProblem(problem.code as Parameters<typeof planningProblem>[0], { ...problem.details, pointer })

/** The planner's names of fields in VROOM's words; a field that is not here is called the same. */
const vehicleFields = new Map([['shift', 'time_window'], ['fixedCost', 'costs/fixed'], ['costPerMetre', 'costs/per_km'], ['costPerDrivingSecond', 'costs/per_hour'], ['maxStops', 'max_tasks'], ['maxDistanceMetres', 'max_distance']])
const stopFields = new Map([['windows', 'time_windows'], ['serviceSeconds', 'service']])

/** What the pointers of a file depend on. */
export interface VroomFile {
  readonly problem: VroomInput
  readonly profiles: readonly string[]
  readonly isMatrix: boolean
  /** where each place is named first */
  readonly places: readonly string[]
}

/** Translates a pointer into the planner's own problem to one into VROOM's file, which is all its author knows. */
export function vroomPointer(file: VroomFile, own: string): string {
  const [list, at, ...rest] = own.split('/').slice(1)
  if (at === undefined) return own === '/places' || own === '/orders' ? largerList(file.problem) : own
  if (list === 'vehicles') return join('/vehicles', at, vehicleField(file, rest))
  if (list === 'orders') return orderPointer(file, Number(at), rest)
  if (list === 'places') return join(file.places[Number(at)] ?? own, ...rest.map((axis) => (axis === 'lon' ? '0' : axis === 'lat' ? '1' : axis)))
  return list === 'travel' ? travelPointer(file, Number(at), rest) : own
}

const join = (...parts: readonly (string | undefined)[]): string => parts.filter((each) => each !== undefined && each !== '').join('/')

const largerList = ({ jobs = [], shipments = [] }: VroomInput): string => (jobs.length >= shipments.length ? '/jobs' : '/shipments')

function vehicleField({ isMatrix }: VroomFile, [field, ...rest]: readonly string[]): string {
  if (field === undefined) return ''
  if (field === 'start' || field === 'end') return isMatrix ? `${field}_index` : field
  if (field === 'breaks') return join(field, rest[0], rest[1] === 'durationSeconds' ? 'service' : 'time_windows/0')
  return join(vehicleFields.get(field) ?? field, ...rest)
}

function orderPointer(file: VroomFile, at: number, [field, ...rest]: readonly string[]): string {
  const jobs = file.problem.jobs ?? []
  const job = jobs[at]
  const pointer = job ? `/jobs/${at}` : `/shipments/${at - jobs.length}`
  if (field === 'load') return join(pointer, !job ? 'amount' : job.pickup?.some(Boolean) ? 'pickup' : 'delivery', ...rest)
  if (field !== 'pickup' && field !== 'delivery') return join(pointer, field, ...rest)
  const [own, ...deeper] = rest
  const named = own === 'place' ? (file.isMatrix ? 'location_index' : 'location') : own && (stopFields.get(own) ?? own)
  // a job is its own stop
  return join(pointer, job ? undefined : field, named, ...deeper)
}

function travelPointer({ problem, profiles }: VroomFile, at: number, [field, ...rest]: readonly string[]): string {
  const profile = profiles[at]!
  // without a matrix of distances, that of durations stands in both places
  const isGiven = Object.hasOwn(problem.matrices ?? {}, profile) && problem.matrices![profile]!.distances !== undefined
  return join('/matrices', profile, field === 'distanceMetres' && isGiven ? 'distances' : field && 'durations', ...rest)
}
