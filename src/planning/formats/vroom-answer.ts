import type { Plan, PlanRoute, PlanStop, Unassigned } from '../model/index.ts'
import { cityMetresPerSecond, jobOrder, shipmentOrder } from './vroom.ts'
import { dimensionsOf, matricesOf, profileOf } from './vroom-check.ts'
import type { VroomInput, VroomTask, VroomVehicle } from './vroom-schema.ts'

/** What is the same of a step, a route and the whole: times in seconds; amounts only where the file has any, metres only where they are known. */
interface Sums {
  readonly setup: number
  readonly service: number
  /** of travel alone */
  readonly duration: number
  readonly waiting_time: number
  readonly violations: readonly never[]
  readonly distance?: number
}

export interface VroomStep extends Sums {
  readonly type: 'start' | 'job' | 'pickup' | 'delivery' | 'break' | 'end'
  readonly id?: number
  readonly description?: string
  readonly location?: readonly [number, number]
  readonly location_index?: number
  readonly arrival: number
  readonly load?: readonly number[]
}

interface Totals extends Sums {
  readonly cost: number
  readonly priority: number
  readonly delivery?: readonly number[]
  readonly pickup?: readonly number[]
}

export interface VroomRoute extends Totals {
  readonly vehicle: number
  readonly description?: string
  readonly steps: readonly VroomStep[]
}

export interface VroomAnswer {
  readonly code: 0
  readonly summary: Totals & { readonly routes: number; readonly unassigned: number }
  /** `reason` and `message` are ours: why the task is not served */
  readonly unassigned: readonly (Pick<VroomStep, 'type' | 'id' | 'location' | 'location_index' | 'description'> & Pick<Unassigned, 'reason' | 'message'>)[]
  readonly routes: readonly VroomRoute[]
}

/** A stop of the plan as the task of the file it serves. */
interface Served {
  readonly type: 'job' | 'pickup' | 'delivery'
  readonly task: VroomTask
  readonly priority: number
  readonly delivery: readonly number[]
  readonly pickup: readonly number[]
}

/** Tasks of each order of the plan, in the order they are served. */
function tasksByOrder({ jobs = [], shipments = [] }: VroomInput, nothing: readonly number[]): Map<string, readonly Served[]> {
  const ofJobs = jobs.map((task) => [jobOrder(task.id), [{ type: 'job', task, priority: task.priority ?? 0, delivery: task.delivery ?? nothing, pickup: task.pickup ?? nothing }]] as const)
  const ofShipments = shipments.map(({ pickup, delivery, amount = nothing, priority = 0 }) => [shipmentOrder(pickup.id, delivery.id), [
    { type: 'pickup', task: pickup, priority, delivery: nothing, pickup: amount },
    { type: 'delivery', task: delivery, priority, delivery: amount, pickup: nothing },
  ]] as const)
  return new Map<string, readonly Served[]>([...ofJobs, ...ofShipments])
}

const place = (location: readonly [number, number] | undefined, index: number | undefined) => ({ ...(location && { location }), ...(index !== undefined && { location_index: index }) })
const described = ({ description }: { readonly description?: string | undefined }) => (description === undefined ? {} : { description })
const add = (sum: readonly number[], more: readonly number[], sign = 1): number[] => sum.map((each, at) => each + sign * (more[at] ?? 0))

/** Writes the routes of one plan; knows the file, because VROOM's answer repeats what the plan has no need of. */
class Answer {
  readonly #problem: VroomInput
  readonly #matrices: ReturnType<typeof matricesOf>
  readonly #nothing: readonly number[]
  readonly tasks: Map<string, readonly Served[]>

  constructor(problem: VroomInput) {
    this.#problem = problem
    this.#matrices = matricesOf(problem)
    this.#nothing = Array.from({ length: dimensionsOf(problem) }, () => 0)
    this.tasks = tasksByOrder(problem, this.#nothing)
  }

  /** Without a matrix of distances nobody knows the metres. */
  hasMetres(vehicle: VroomVehicle): boolean {
    return this.#matrices.size === 0 || this.#matrices.get(profileOf(vehicle))?.distances !== undefined
  }

  amounts<Name extends string>(values: { readonly [Key in Name]: readonly number[] }): { readonly [Key in Name]?: readonly number[] } {
    return this.#nothing.length > 0 ? values : {}
  }

  route(route: PlanRoute): VroomRoute {
    const vehicle = this.#problem.vehicles.find((each) => String(each.id) === route.vehicle)!
    const served = route.stops.map((stop) => this.#served(stop))
    const sum = (amountsOf: (task: Served) => readonly number[]) => served.reduce((all, each) => (each ? add(all, amountsOf(each)) : all), this.#nothing)
    const steps = this.#steps(route, vehicle, served)
    const total = (name: 'service' | 'waiting_time') => steps.reduce((all, each) => all + each[name], 0)
    return {
      vehicle: vehicle.id,
      cost: Math.round(route.cost),
      ...described(vehicle),
      ...this.amounts({ delivery: sum((task) => task.delivery), pickup: sum((task) => task.pickup) }),
      setup: 0,
      service: total('service'),
      duration: steps.at(-1)!.duration,
      waiting_time: total('waiting_time'),
      priority: served.reduce((all, each) => all + (each?.priority ?? 0), 0),
      ...(this.hasMetres(vehicle) && { distance: Math.round(route.distanceMetres) }),
      violations: [],
      steps,
    }
  }

  #served(stop: PlanStop): Served | undefined {
    const tasks = this.tasks.get(stop.order)
    return tasks?.length === 2 ? tasks.find((each) => each.type === stop.kind) : tasks?.[0]
  }

  #steps(route: PlanRoute, vehicle: VroomVehicle, served: readonly (Served | undefined)[]): VroomStep[] {
    // what jobs get is on board from the start, what shipments carry is not
    let load: readonly number[] = served.reduce((all, each) => (each?.type === 'job' ? add(all, each.delivery) : all), this.#nothing)
    let free = route.departure
    let duration = 0
    let metres = 0
    let from = vehicle.start_index
    let breaks = 0
    const rows = this.#matrices.get(profileOf(vehicle))?.distances as readonly (readonly number[])[] | undefined
    const drive = (arrival: number, to: number | undefined) => {
      // an hour makes no difference in VROOM's travel: nobody waits before driving, so that all of it is under way
      const seconds = arrival - free
      duration += seconds
      metres += rows ? (from === to ? 0 : rows[from!]![to!]!) : seconds * cityMetresPerSecond
      from = to
    }
    // the service as the file has it: the difference of two instants is off by their last digits
    const step = (what: Pick<VroomStep, 'type' | 'id' | 'description' | 'location' | 'location_index'>, service: number | undefined, { arrival, start, departure }: Pick<PlanStop, 'arrival' | 'start' | 'departure'>): VroomStep => {
      free = departure
      return { ...what, setup: 0, service: service ?? 0, waiting_time: start - arrival, ...this.amounts({ load }), arrival, duration, ...(this.hasMetres(vehicle) && { distance: Math.round(metres) }), violations: [] }
    }
    const still = (instant: number) => ({ arrival: instant, start: instant, departure: instant })
    const steps = [step({ type: 'start', ...place(vehicle.start, vehicle.start_index) }, 0, still(route.departure))]
    route.stops.forEach((stop, at) => {
      const each = served[at]
      if (!each) {
        const taken = vehicle.breaks![breaks++]!
        steps.push(step({ type: 'break', id: taken.id, ...described(taken) }, taken.service, stop))
        return
      }
      const { type, task } = each
      drive(stop.arrival, task.location_index)
      load = add(add(load, each.pickup), each.delivery, -1)
      steps.push(step({ type, id: task.id, ...described(task), ...place(task.location, task.location_index) }, task.service, stop))
    })
    // an open route is over where its last task is
    if (vehicle.end === undefined && vehicle.end_index === undefined) return steps
    drive(route.return, vehicle.end_index)
    return [...steps, step({ type: 'end', ...place(vehicle.end, vehicle.end_index) }, 0, still(route.return))]
  }
}

/** A plan as VROOM's output, code 0. The file is read once more for what the plan does not repeat: coordinates, amounts, priorities, descriptions, ids of breaks. */
export function renderVroom(plan: Plan, problem: VroomInput): VroomAnswer {
  const answer = new Answer(problem)
  const routes = plan.routes.map((each) => answer.route(each))
  const unassigned = plan.unassigned.flatMap(({ order, reason, message }) => answer.tasks.get(order)!.map(({ type, task }) => ({ id: task.id, type, ...place(task.location, task.location_index), ...described(task), reason, message })))
  const total = (name: 'service' | 'duration' | 'waiting_time' | 'priority') => routes.reduce((all, each) => all + each[name], 0)
  const nothing: readonly number[] = Array.from({ length: dimensionsOf(problem) }, () => 0)
  const amounts = (name: 'delivery' | 'pickup') => routes.reduce((all, each) => add(all, each[name] ?? []), nothing)
  return {
    code: 0,
    summary: {
      cost: Math.round(plan.cost),
      routes: routes.length,
      unassigned: unassigned.length,
      ...answer.amounts({ delivery: amounts('delivery'), pickup: amounts('pickup') }),
      setup: 0,
      service: total('service'),
      duration: total('duration'),
      waiting_time: total('waiting_time'),
      priority: total('priority'),
      ...(problem.vehicles.every((each) => answer.hasMetres(each)) && { distance: Math.round(plan.distanceMetres) }),
      violations: [],
    },
    unassigned,
    routes,
  }
}
