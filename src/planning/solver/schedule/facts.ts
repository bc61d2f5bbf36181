import { windowOf, type Order, type OrderStop, type Place, type PlanningProblem, type TravelException, type VehicleKind } from '../../model/index.ts'
import type { EnergyKind } from '../judges/judge-energy.ts'

/** Something of which a limited number of vehicles has a share in each slot of time: berths of one sort, or charging points. */
export interface Shared {
  readonly count: number
  readonly slotSeconds: number
}

export interface BerthChoice {
  /** index into `shared` */
  readonly shared: number
  readonly factor: number
  readonly id: string
}

/** Options of the pairs whose travel depends on the hour; `at[from * locations + to]` is an index into `options`, or -1. */
export interface Timetable {
  readonly at: Int32Array
  readonly options: readonly (readonly TimedOption[])[]
}

export interface TimedOption {
  readonly metres: number
  readonly from: Float64Array
  /** NaN where the path may not be begun */
  readonly seconds: Float64Array
}

/** Seconds for a kilowatt-hour up to each level. */
export interface ChargingCurve {
  readonly levels: Float64Array
  readonly seconds: Float64Array
}

/** Price of a kilowatt-hour from each instant on; the first holds before it as well. */
export interface Tariff {
  readonly from: Float64Array
  readonly price: Float64Array
}

/** What the schedule judge knows beyond the arrays of the instance. */
export interface ScheduleFacts {
  /** [kind * tasks + task], before a berth's factor */
  readonly service: Float64Array
  /** windows of a task in the order of time, slice [first[task], first[task + 1]); a task without windows has one without end */
  readonly windowFirst: Int32Array
  readonly windowFrom: Float64Array
  readonly windowTo: Float64Array
  readonly windowCost: Float64Array
  /** place of the window in the problem's own list */
  readonly windowIndex: Int32Array
  readonly hasPricedWindows: boolean
  readonly shared: readonly Shared[]
  readonly berthsAt: readonly (readonly BerthChoice[])[]
  /** index into `shared` by location, -1 when points are not counted */
  readonly chargerAt: Int32Array
  readonly tariffAt: readonly (Tariff | null)[]
  /** by profile */
  readonly timetables: readonly (Timetable | null)[]
  readonly profileOf: Int32Array
  readonly perMetre: Float64Array
  readonly perDrivingSecond: Float64Array
  readonly energy: readonly ((EnergyKind & { readonly curve: ChargingCurve }) | null)[]
}

interface Sources {
  readonly problem: PlanningProblem
  readonly tasks: readonly { readonly order: number; readonly stop: OrderStop }[]
  readonly locations: number
  readonly profileOf: Int32Array
  readonly energy: readonly (EnergyKind | null)[]
}

const stopsOf = (order: Order): OrderStop[] => [order.pickup, order.delivery].filter((each) => each !== undefined)

/** Whether a problem asks for what only the schedule judge knows: a field of the city, or constraints the quick judges do not know together. */
export function needsSchedule(problem: PlanningProblem): boolean {
  return usesCity(problem) || usesCombination(problem)
}

function usesCity(problem: PlanningProblem): boolean {
  const stations = new Set(problem.vehicles.flatMap((each) => each.energy?.stations ?? []))
  return problem.travel.some((each) => each.kind === 'timetable' && each.exceptions.length > 0)
    || problem.places.some((each) => each.berths !== undefined || (each.chargers !== undefined && stations.has(each.id)))
    || problem.vehicles.some((each) => each.serviceFactor !== 1 || each.energy?.chargingCurve !== undefined)
    || problem.orders.some((order) => stopsOf(order).some((stop) => stop.serviceSecondsByVehicle !== undefined || stop.windows?.some((each) => windowOf(each).cost > 0)))
}

function usesCombination(problem: PlanningProblem): boolean {
  const some = (test: (vehicle: VehicleKind) => boolean) => problem.vehicles.some(test)
  const duty = some((each) => each.costPerSecond > 0 || each.shift?.maxDurationSeconds !== undefined)
  const [breaks, energy, reload, distance] = [some((each) => each.breaks.length > 0), some((each) => each.energy !== undefined), some((each) => each.reload !== undefined), some((each) => each.maxDistanceMetres !== undefined)]
  const trips = reload || problem.orders.some((each) => each.releaseAt !== undefined)
  const pickups = problem.orders.some((each) => each.pickup)
  const severalWindows = problem.orders.some((order) => stopsOf(order).some((stop) => (stop.windows?.length ?? 0) > 1))
  return (trips && (pickups || energy || breaks || distance || duty)) || (energy && (breaks || distance || duty)) || (duty && (breaks || severalWindows))
}

/** Service seconds of a stop by vehicle, before a berth's factor. Only what the stop itself names counts: a vehicle may be called like a member of every object. */
export function serviceSeconds({ serviceSeconds: seconds, serviceSecondsByVehicle: own }: OrderStop, { id, serviceFactor }: VehicleKind): number {
  return own && Object.hasOwn(own, id) ? own[id]! : seconds * serviceFactor
}

/** The shortest service of a stop over all vehicles and berths: what the quick tests of the search count with. */
export function leastService(stop: OrderStop, problem: PlanningProblem, place: Place): number {
  const factor = Math.min(...(place.berths ?? [{ serviceFactor: 1 }]).map((each) => each.serviceFactor))
  return factor * Math.min(...problem.vehicles.map((each) => serviceSeconds(stop, each)))
}

export function compileFacts({ problem, tasks, locations, profileOf, energy }: Sources): ScheduleFacts {
  const { places, vehicles } = problem
  const at = new Map(places.map((each, index) => [each.id, index]))
  const shared: Shared[] = []
  const berthsAt = places.map((place) => (place.berths ?? []).map((berth): BerthChoice => ({ shared: shared.push(berth) - 1, factor: berth.serviceFactor, id: berth.id })))
  const chargerAt = Int32Array.from(places, ({ chargers }) => (chargers?.points === undefined ? -1 : shared.push({ count: chargers.points, slotSeconds: chargers.slotSeconds }) - 1))
  const windows = tasks.map(({ stop }) => stop.windows?.map((each, index) => ({ ...windowOf(each), index })).toSorted((a, b) => a.from - b.from) ?? [{ from: -Infinity, to: Infinity, cost: 0, index: -1 }])
  const windowFirst = new Int32Array(tasks.length + 1)
  windows.forEach((list, task) => (windowFirst[task + 1] = windowFirst[task]! + list.length))
  const flat = windows.flat()
  return {
    service: Float64Array.from(vehicles.flatMap((vehicle) => tasks.map(({ stop }) => serviceSeconds(stop, vehicle)))),
    windowFirst,
    windowFrom: Float64Array.from(flat, (each) => each.from),
    windowTo: Float64Array.from(flat, (each) => each.to),
    windowCost: Float64Array.from(flat, (each) => each.cost),
    windowIndex: Int32Array.from(flat, (each) => each.index),
    hasPricedWindows: flat.some((each) => each.cost > 0),
    shared,
    berthsAt,
    chargerAt,
    tariffAt: places.map(({ chargers }) => (chargers?.pricePerKwh ? { from: Float64Array.from(chargers.pricePerKwh, (each) => each[0]), price: Float64Array.from(chargers.pricePerKwh, (each) => each[1]) } : null)),
    timetables: problem.travel.map((travel) => (travel.kind === 'timetable' ? compileTimetable(travel.exceptions, at, locations) : null)),
    profileOf,
    perMetre: Float64Array.from(vehicles, (each) => each.costPerMetre),
    perDrivingSecond: Float64Array.from(vehicles, (each) => each.costPerDrivingSecond),
    energy: energy.map((each, kind) => each && { ...each, curve: compileCurve(vehicles[kind]!) }),
  }
}

function compileTimetable(exceptions: readonly TravelException[], index: ReadonlyMap<string, number>, locations: number): Timetable | null {
  if (exceptions.length === 0) return null
  const at = new Int32Array(locations * locations).fill(-1)
  const options = exceptions.map((exception, which) => {
    at[index.get(exception.from)! * locations + index.get(exception.to)!] = which
    return exception.options.map((option): TimedOption => {
      // steps that say the same are one, so that a departure can move through all of them
      const steps = option.departures.filter((step, each, all) => each === 0 || step[1] !== all[each - 1]![1])
      return { metres: option.distanceMetres, from: Float64Array.from(steps, (step) => step[0]), seconds: Float64Array.from(steps, (step) => step[1] ?? Number.NaN) }
    })
  })
  return { at, options }
}

function compileCurve({ energy }: VehicleKind): ChargingCurve {
  const { batteryKwh, chargingCurve, chargeSecondsPerKwh } = energy!
  const pieces = chargingCurve ?? [{ upToKwh: batteryKwh, secondsPerKwh: chargeSecondsPerKwh! }]
  return { levels: Float64Array.from(pieces, (each) => each.upToKwh), seconds: Float64Array.from(pieces, (each) => each.secondsPerKwh) }
}
