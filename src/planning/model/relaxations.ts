import { windowOf } from './window.ts'
import type { OrderStop, PlanningProblem, Travel, VehicleKind } from './problem.ts'

/** A problem without one constraint. Every plan of the original is a plan of it, at no higher cost. */
export interface Relaxed {
  readonly code: string
  /** what is left out, in the words of the desk */
  readonly name: string
  readonly problem: PlanningProblem
}

interface Relaxation {
  readonly code: string
  readonly name: string
  /** null when the problem does not use the constraint */
  relax(problem: PlanningProblem): PlanningProblem | null
}

type Order = PlanningProblem['orders'][number]

function vehiclesWith(problem: PlanningProblem, uses: (vehicle: VehicleKind) => boolean, change: (vehicle: VehicleKind) => VehicleKind): PlanningProblem | null {
  return problem.vehicles.some(uses) ? { ...problem, vehicles: problem.vehicles.map((each) => (uses(each) ? change(each) : each)) } : null
}

function ordersWith(problem: PlanningProblem, uses: (order: Order) => boolean, change: (order: Order) => Order): PlanningProblem | null {
  return problem.orders.some(uses) ? { ...problem, orders: problem.orders.map((each) => (uses(each) ? change(each) : each)) } : null
}

const without = <Thing extends object, Key extends keyof Thing>(thing: Thing, key: Key): Thing => {
  const { [key]: _, ...rest } = thing
  return rest as Thing
}

const stopsOf = (order: Order): OrderStop[] => [order.pickup, order.delivery].filter((stop) => stop !== undefined)
const withStops = (order: Order, change: (stop: OrderStop) => OrderStop): Order => ({ ...order, ...(order.pickup && { pickup: change(order.pickup) }), ...(order.delivery && { delivery: change(order.delivery) }) })

const isBanned = (travel: Travel): boolean => travel.kind === 'timetable' && travel.exceptions.some((pair) => pair.options.some((option) => option.departures.some(([, seconds]) => seconds === null)))

/** Closed hours become as quick as the path ever is; a path that is never open stays shut, because nobody said how long it takes. */
function opened(travel: Travel): Travel {
  if (travel.kind !== 'timetable') return travel
  return {
    ...travel,
    exceptions: travel.exceptions.map((pair) => ({
      ...pair,
      options: pair.options.map((option) => {
        const quickest = option.departures.reduce((least, [, seconds]) => Math.min(least, seconds ?? Infinity), Infinity)
        return { ...option, departures: option.departures.map(([from, seconds]): [number, number | null] => [from, seconds ?? (quickest < Infinity ? quickest : null)]) }
      }),
    })),
  }
}

/** More than all goods together. */
const boundless = 1e12

/** One entry a constraint: how to leave it out. A new constraint gets its entry here; prices and reasons of absence both read this table. */
const relaxations: readonly Relaxation[] = [
  { code: 'bans', name: '限行时段', relax: (problem) => (problem.travel.some(isBanned) ? { ...problem, travel: problem.travel.map(opened) } : null) },
  { code: 'windows', name: '收发货时间窗', relax: (problem) => ordersWith(problem, (order) => stopsOf(order).some((stop) => stop.windows), (order) => withStops(order, (stop) => without(stop, 'windows'))) },
  {
    code: 'window-prices', name: '时间窗加价（夜间等）',
    relax: (problem) => ordersWith(problem, (order) => stopsOf(order).some((stop) => stop.windows?.some((window) => windowOf(window).cost > 0)), (order) => withStops(order, (stop) => (stop.windows ? { ...stop, windows: stop.windows.map((window): [number, number] => [windowOf(window).from, windowOf(window).to]) } : stop))),
  },
  { code: 'capacity', name: '车辆容量', relax: (problem) => vehiclesWith(problem, (vehicle) => vehicle.capacity.length > 0, (vehicle) => ({ ...vehicle, capacity: vehicle.capacity.map(() => boundless) })) },
  { code: 'shift', name: '班次起止时间', relax: (problem) => vehiclesWith(problem, ({ shift }) => shift !== undefined, (vehicle) => ({ ...without(vehicle, 'shift'), ...(vehicle.shift!.maxDurationSeconds !== undefined && { shift: { earliest: -boundless, latest: boundless, maxDurationSeconds: vehicle.shift!.maxDurationSeconds } }) })) },
  { code: 'duty', name: '最长出勤时长', relax: (problem) => vehiclesWith(problem, ({ shift }) => shift?.maxDurationSeconds !== undefined, (vehicle) => ({ ...vehicle, shift: without(vehicle.shift!, 'maxDurationSeconds') })) },
  { code: 'breaks', name: '驾驶员休息', relax: (problem) => vehiclesWith(problem, ({ breaks }) => breaks.length > 0, (vehicle) => ({ ...vehicle, breaks: [] })) },
  { code: 'distance', name: '最大里程', relax: (problem) => vehiclesWith(problem, ({ maxDistanceMetres }) => maxDistanceMetres !== undefined, (vehicle) => without(vehicle, 'maxDistanceMetres')) },
  { code: 'stops', name: '最多停靠数', relax: (problem) => vehiclesWith(problem, ({ maxStops }) => maxStops !== undefined, (vehicle) => without(vehicle, 'maxStops')) },
  { code: 'skills', name: '车辆能力要求', relax: (problem) => ordersWith(problem, ({ skills }) => skills.length > 0, (order) => ({ ...order, skills: [] })) },
  { code: 'release', name: '备货完成时间', relax: (problem) => ordersWith(problem, ({ releaseAt }) => releaseAt !== undefined, (order) => without(order, 'releaseAt')) },
  { code: 'trips', name: '最多趟数', relax: (problem) => vehiclesWith(problem, ({ reload }) => reload?.maxTrips !== undefined, (vehicle) => ({ ...vehicle, reload: without(vehicle.reload!, 'maxTrips') })) },
  { code: 'energy', name: '电池续航与充电', relax: (problem) => vehiclesWith(problem, ({ energy }) => energy !== undefined, (vehicle) => without(vehicle, 'energy')) },
  { code: 'charging-points', name: '充电桩数量', relax: (problem) => (problem.places.some((place) => place.chargers?.points !== undefined) ? { ...problem, places: problem.places.map((place) => (place.chargers ? { ...place, chargers: without(place.chargers, 'points') } : place)) } : null) },
  { code: 'berths', name: '泊位容量', relax: (problem) => (problem.places.some((place) => place.berths) ? { ...problem, places: problem.places.map((place) => (place.berths ? { ...place, berths: place.berths.map((berth) => ({ ...berth, count: Math.max(berth.count, problem.orders.length) })) } : place)) } : null) },
  { code: 'backhauls', name: '先送后取', relax: (problem) => (problem.backhaulsLast ? { ...problem, backhaulsLast: false } : null) },
  {
    code: 'fleet', name: '车辆数量',
    relax: (problem) => (problem.fleetLimits?.length || problem.vehicles.some(({ count }) => count !== undefined) ? { ...without(problem, 'fleetLimits'), vehicles: problem.vehicles.map((vehicle) => without(vehicle, 'count')) } : null),
  },
  { code: 'frozen', name: '已冻结的停靠点', relax: (problem) => (problem.routes?.some(({ frozenStops }) => frozenStops > 0) ? { ...problem, routes: problem.routes.map((route) => ({ ...route, frozenStops: 0 })) } : null) },
]

/** Capacity in one load dimension only, where there are several: pallets may bind while weight does not. */
function relaxDimensions(problem: PlanningProblem): Relaxed[] {
  if (problem.loads.length < 2) return []
  return problem.loads.map((load, at) => ({
    code: `capacity:${load}`,
    name: `车辆容量（${load}）`,
    problem: { ...problem, vehicles: problem.vehicles.map((vehicle) => ({ ...vehicle, capacity: vehicle.capacity.map((room, dimension) => (dimension === at ? boundless : room)) })) },
  }))
}

/** The problem without each constraint it uses, one at a time. */
export function listRelaxed(problem: PlanningProblem): Relaxed[] {
  const families = relaxations.flatMap(({ code, name, relax }) => {
    const relaxed = relax(problem)
    return relaxed === null ? [] : [{ code, name, problem: relaxed }]
  })
  return [...families, ...relaxDimensions(problem)]
}
