import type { Plan, PlanningProblem, PlanRoute, PlanStop, Unassigned } from '../model/index.ts'
import { deriveChanges } from '../model/derive-changes.ts'
import type { ExactRoute, Trace, TraceStop } from './judges/exact-route.ts'
import { ExactSimulation } from './judges/exact-simulation.ts'
import { taskKind, type Instance } from './instance/instance.ts'
import { plainTrace } from './judges/judge-breaks.ts'
import { explainAbsence } from './explain-absence.ts'
import { Routes, type Packed } from './routes.ts'

/** What a plan says besides its routes. */
export interface Effort {
  readonly iterations: number
  readonly seconds: number
  readonly seed: number
  readonly workers: number
  /** asked before each order that was left out: after a cancel there is little time to find out why */
  readonly mayExplain?: () => boolean
}

const cut = { reason: 'cancelled', message: '求解在排入该订单之前被取消' } as const

/** The answer to a cancel that comes before anything was tried. */
export function planOfNothing({ orders }: Pick<PlanningProblem, 'orders'>, seed: number, workers: number): Plan {
  const cost = orders.reduce((sum, each) => sum + (each.penalty ?? 0), 0)
  return { format: 'lvpei-plan/1', cost, distanceMetres: 0, vehicles: 0, iterations: 0, seconds: 0, seed, workers, routes: [], unassigned: orders.map(({ id }) => ({ order: id, ...cut })) }
}

/** Turns a packed plan into words: a schedule for every route, money from scratch, a reason for every order left out. */
export function writePlan(problem: PlanningProblem, instance: Instance, packed: Packed, { mayExplain, ...effort }: Effort): Plan {
  const routes = new Routes(instance)
  const exact = ExactSimulation.when(instance, routes)
  routes.exact = exact
  routes.load(packed)
  if (exact) leaveOutLost(routes, exact)
  const numbers = new Int32Array(instance.fleet.kinds)
  const written: PlanRoute[] = []
  for (let at = 0; at < routes.activeCount; at++) {
    const route = routes.active[at]!
    const trace = exact ? exact.trace(route) : plainTrace(instance, routes.kindOf[route]!, sequenceOf(routes, route), routes.size[route]!)
    written.push(writeRoute(problem, instance, routes.kindOf[route]!, ++numbers[routes.kindOf[route]!]!, trace))
  }
  const unassigned = listUnassigned(problem, instance, routes, mayExplain ?? (() => true))
  const penalties = unassigned.reduce((sum, each) => sum + (problem.orders.find((order) => order.id === each.order)?.penalty ?? 0), 0)
  return {
    format: 'lvpei-plan/1',
    cost: written.reduce((sum, each) => sum + each.cost, 0) + penalties,
    distanceMetres: written.reduce((sum, each) => sum + each.distanceMetres, 0),
    vehicles: written.length,
    ...effort,
    routes: written,
    unassigned,
    ...(problem.routes ? { replanning: deriveChanges(problem.routes, { routes: written }) } : {}),
  }
}

/** Judges keep only so many labels: should the schedule of a route not be found again, its orders are left out. It has not been seen in thousands of plans. */
function leaveOutLost(routes: Routes, exact: ExactRoute): void {
  const { mate } = routes.instance
  for (const route of routes.active.slice(0, routes.activeCount)) {
    while (routes.size[route]! > 0 && exact.priceRoute(route) === Infinity) {
      const task = routes.prev[routes.endOf(route)]!
      if (mate[task]! >= 0) routes.remove(mate[task]!)
      routes.remove(task)
    }
  }
}

function sequenceOf(routes: Routes, route: number): Int32Array {
  const sequence = new Int32Array(routes.size[route]!)
  let length = 0
  for (let node = routes.next[routes.startOf(route)]!; routes.next[node]! >= 0; node = routes.next[node]!) sequence[length++] = node
  return sequence
}

function writeRoute(problem: PlanningProblem, instance: Instance, kind: number, number: number, trace: Trace): PlanRoute {
  const { fleet } = instance
  const vehicle = problem.vehicles[kind]!
  const profile = fleet.durationBase[kind]! / (instance.locations * instance.locations)
  const measure = instance.measures[profile]!
  let distanceMetres = 0
  let drivingSeconds = 0
  let place = fleet.start[kind]!
  const go = (to: number) => {
    // beyond the places lies "nowhere", the end of an open route
    if (to < problem.places.length) {
      distanceMetres += place === to ? 0 : measure.distance(place, to)
      drivingSeconds += place === to ? 0 : measure.duration(place, to)
    }
    place = to
  }
  if (trace.driven) ({ distanceMetres, drivingSeconds } = trace.driven)
  else {
    for (const stop of trace.stops) if (stop.location >= 0) go(stop.location)
    go(fleet.end[kind]!)
  }
  const cost = vehicle.fixedCost + vehicle.costPerMetre * distanceMetres + vehicle.costPerDrivingSecond * drivingSeconds + vehicle.costPerSecond * (trace.return - trace.departure) + (trace.driven?.extraCost ?? 0)
  return { vehicle: vehicle.id, number, departure: trace.departure, return: trace.return, distanceMetres, cost, stops: trace.stops.map((stop) => writeStop(problem, instance, stop)), ...(trace.lastLeg && { lastLeg: trace.lastLeg }) }
}

function writeStop(problem: PlanningProblem, instance: Instance, stop: TraceStop): PlanStop {
  const { arrival, start, departure, leg, window, berth } = stop
  const chosen = { ...(leg && { leg }), ...(window !== undefined && { window }), ...(berth !== undefined && { berth }) }
  const place = stop.location >= 0 ? problem.places[stop.location]!.id : ''
  if (stop.kind !== 'task') return { kind: stop.kind, order: '', place, arrival, start, departure, ...(stop.energy === undefined ? {} : { energyKwh: stop.energy }), ...chosen }
  const isPickup = instance.kind[stop.task] === taskKind.pickup || instance.kind[stop.task] === taskKind.carryPickup
  return { kind: isPickup ? 'pickup' : 'delivery', order: problem.orders[instance.orderOf[stop.task]!]!.id, place, arrival, start, departure, ...chosen }
}

function listUnassigned(problem: PlanningProblem, instance: Instance, routes: Routes, mayExplain: () => boolean): Unassigned[] {
  const { tasks, kind, orderOf } = instance
  const list: Unassigned[] = []
  for (let task = 0; task < tasks; task++) {
    if (routes.routeOf[task]! >= 0 || kind[task] === taskKind.carryDelivery) continue
    list.push({ order: problem.orders[orderOf[task]!]!.id, ...(mayExplain() ? explainAbsence(problem, instance, routes, task) : cut) })
  }
  return list
}
