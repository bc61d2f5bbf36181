import type { Problem } from '../../base/problems.ts'
import { planningProblem, reportLimit } from '../model/index.ts'
import type { VroomInput, VroomTask } from './vroom-schema.ts'

/** Every profile with a matrix by name; empty when travel is not given. A map, because a profile may be called like a member of every object. */
export const matricesOf = (problem: VroomInput): ReadonlyMap<string, NonNullable<VroomInput['matrices']>[string]> => new Map(Object.entries(problem.matrices ?? {}))

export const profileOf = (vehicle: VroomInput['vehicles'][number]): string => vehicle.profile ?? 'car'

/** A list of amounts with its place in the file. */
type Amounts = readonly [pointer: string, amounts: readonly number[]]

/** A million lists are more than a call can take as its arguments, so that they are pushed one by one. */
function amountsOf(problem: VroomInput): Amounts[] {
  const all: Amounts[] = []
  const add = (pointer: string, amounts: readonly number[] | undefined) => void (amounts && all.push([pointer, amounts]))
  problem.vehicles.forEach((each, at) => add(`/vehicles/${at}/capacity`, each.capacity))
  problem.jobs?.forEach((each, at) => {
    add(`/jobs/${at}/delivery`, each.delivery)
    add(`/jobs/${at}/pickup`, each.pickup)
  })
  problem.shipments?.forEach((each, at) => add(`/shipments/${at}/amount`, each.amount))
  return all
}

/** How many amounts a list has: as the first says, vehicles before jobs before shipments. Who gives no list has nothing of each. */
export const dimensionsOf = (problem: VroomInput): number => amountsOf(problem)[0]?.[1].length ?? 0

function checkAmounts(problem: VroomInput): Problem[] {
  const all = amountsOf(problem)
  const expected = all[0]?.[1].length ?? 0
  return all.flatMap(([pointer, amounts]) => (amounts.length === expected ? [] : [planningProblem('load-size-wrong', { pointer, actual: amounts.length, expected })]))
}

function duplicates(ids: readonly number[], pointerOf: (at: number) => string): Problem[] {
  const seen = new Set<number>()
  return ids.flatMap((value, at) => (seen.size === seen.add(value).size ? [planningProblem('identifier-duplicate', { pointer: pointerOf(at), value })] : []))
}

/** Jobs, pickups and deliveries are told apart by their type, so that one of each may have the same id. */
function checkIds({ vehicles, jobs = [], shipments = [] }: VroomInput): Problem[] {
  return [
    ...duplicates(vehicles.map((each) => each.id), (at) => `/vehicles/${at}/id`),
    ...vehicles.flatMap((vehicle, at) => duplicates((vehicle.breaks ?? []).map((each) => each.id), (which) => `/vehicles/${at}/breaks/${which}/id`)),
    ...duplicates(jobs.map((each) => each.id), (at) => `/jobs/${at}/id`),
    ...duplicates(shipments.map((each) => each.pickup.id), (at) => `/shipments/${at}/pickup/id`),
    ...duplicates(shipments.map((each) => each.delivery.id), (at) => `/shipments/${at}/delivery/id`),
  ]
}

/** Where everything is: by index with matrices, by coordinates without. */
function checkLocations(problem: VroomInput): Problem[] {
  const matrices = matricesOf(problem)
  const missing = (pointer: string): Problem[] => [planningProblem('plan-field-invalid', { pointer, reason: matrices.size > 0 ? '给出矩阵时必须有下标' : '没有矩阵时必须有坐标', value: '（无）' })]
  const check = (pointer: string, name: string, location: unknown, index: number | undefined): Problem[] => {
    if (matrices.size > 0) return index === undefined ? missing(`${pointer}/${name}_index`) : []
    return location === undefined ? missing(`${pointer}/${name}`) : []
  }
  const task = (pointer: string, { location, location_index }: VroomTask) => check(pointer, 'location', location, location_index)
  return [
    ...problem.vehicles.flatMap((each, at) => {
      const pointer = `/vehicles/${at}`
      if (each.start === undefined && each.start_index === undefined) return [planningProblem('feature-unsupported', { pointer: `${pointer}/start`, feature: '没有起点的车辆' })]
      const isOpen = each.end === undefined && each.end_index === undefined
      const isKnown = matrices.size === 0 || matrices.has(profileOf(each))
      return [
        ...check(pointer, 'start', each.start, each.start_index),
        ...(isOpen ? [] : check(pointer, 'end', each.end, each.end_index)),
        ...(isKnown ? [] : [planningProblem('plan-reference-unknown', { pointer: `${pointer}/profile`, value: profileOf(each) })]),
      ]
    }),
    ...(problem.jobs ?? []).flatMap((each, at) => task(`/jobs/${at}`, each)),
    ...(problem.shipments ?? []).flatMap((each, at) => [...task(`/shipments/${at}/pickup`, each.pickup), ...task(`/shipments/${at}/delivery`, each.delivery)]),
  ]
}

const checkJobs = ({ jobs = [] }: VroomInput): Problem[] => jobs.flatMap((job, at) =>
  (job.pickup?.some(Boolean) && job.delivery?.some(Boolean) ? [planningProblem('feature-unsupported', { pointer: `/jobs/${at}`, feature: '同一停靠点同时送货与取货' })] : []))

/** What the shapes do not say and the planner's own problem no longer knows: ids, lengths of amounts, how places are given. */
export const checkVroom = (problem: VroomInput): Problem[] => [...checkIds(problem), ...checkAmounts(problem), ...checkLocations(problem), ...checkJobs(problem)].slice(0, reportLimit)
