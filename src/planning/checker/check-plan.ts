import type { Plan, PlanningProblem } from '../model/index.ts'
import { checkEnergy } from './check-energy.ts'
import { checkLoads } from './check-loads.ts'
import { checkSlots, type Hold } from './check-slots.ts'
import { checkTimes } from './check-times.ts'
import { waysOf } from './travel.ts'

/** One broken promise of a plan. */
export interface Violation {
  readonly code: string
  readonly route: number
  readonly message: string
}

export interface Verdict {
  readonly violations: readonly Violation[]
  readonly cost: number
  readonly distanceMetres: number
}

/** Sums of a few thousand floats, in seconds, metres and money. */
export const slack = 1e-4

/**
 * Checks a finished plan against its problem from nothing but the two documents: who is served, when, with what on board, by whom, for how
 * much. It shares no code with the search, walks every route with its own arithmetic, and trusts no figure of the plan.
 */
export function checkPlan(problem: PlanningProblem, plan: Plan): Verdict {
  const orders = new Map(problem.orders.map((each) => [each.id, each]))
  const violations: Violation[] = [...checkCoverage(problem, plan), ...checkFleet(problem, plan), ...checkFrozen(problem, plan)]
  const holds = plan.routes.map((): Hold[] => [])
  let cost = 0
  let distanceMetres = 0
  plan.routes.forEach((route, at) => {
    const vehicle = problem.vehicles.find((each) => each.id === route.vehicle)
    if (!vehicle) return
    const ways = waysOf(problem, vehicle.profile)
    const broken = (code: string, message: string) => violations.push({ code, route: at, message })
    let extra = 0
    const pay = (money: number) => void (extra += money)
    const walk = { problem, route, vehicle, orders, ways, broken, pay, legMetres: [], holds: holds[at]! }
    const { metres, drivingSeconds } = checkTimes(walk)
    checkLoads(walk)
    checkEnergy(walk)
    const price = vehicle.fixedCost + metres * vehicle.costPerMetre + drivingSeconds * vehicle.costPerDrivingSecond + (route.return - route.departure) * vehicle.costPerSecond + extra
    if (differs(price, route.cost)) broken('cost-wrong', `stated ${route.cost}, recomputed ${price}`)
    if (differs(metres, route.distanceMetres)) broken('distance-wrong', `stated ${route.distanceMetres}, recomputed ${metres}`)
    if (metres > (vehicle.maxDistanceMetres ?? Infinity) + slack) broken('distance-limit', `${metres} m`)
    cost += price
    distanceMetres += metres
  })
  violations.push(...checkSlots(problem, holds))
  for (const { order } of plan.unassigned) cost += orders.get(order)?.penalty ?? 0
  if (differs(cost, plan.cost)) violations.push({ code: 'cost-wrong', route: -1, message: `stated ${plan.cost}, recomputed ${cost}` })
  return { violations, cost, distanceMetres }
}

const differs = (a: number, b: number): boolean => !(Math.abs(a - b) <= slack + 1e-6 * Math.abs(a))

/** Every order once: served whole, or listed as unassigned with a reason. */
function checkCoverage(problem: PlanningProblem, plan: Plan): Violation[] {
  const served = new Map<string, { route: number; kind: string }[]>()
  plan.routes.forEach((route, at) => {
    for (const stop of route.stops) if (stop.kind === 'pickup' || stop.kind === 'delivery') served.set(stop.order, [...(served.get(stop.order) ?? []), { route: at, kind: stop.kind }])
  })
  const left = new Map(plan.unassigned.map((each) => [each.order, each.reason]))
  const violations: Violation[] = []
  for (const order of problem.orders) {
    const stops = served.get(order.id) ?? []
    served.delete(order.id)
    const wanted = [...(order.pickup ? ['pickup'] : []), ...(order.delivery ? ['delivery'] : [])]
    const isWhole = stops.map((each) => each.kind).join() === wanted.join() && new Set(stops.map((each) => each.route)).size === 1
    if (left.has(order.id) ? stops.length > 0 || !left.get(order.id) : !isWhole) violations.push({ code: 'order-coverage', route: stops[0]?.route ?? -1, message: `order ${order.id}: ${JSON.stringify(stops)}, unassigned ${left.get(order.id) ?? 'no'}` })
  }
  for (const order of served.keys()) violations.push({ code: 'order-unknown', route: -1, message: order })
  return violations
}

/** No more vehicles of a kind, or of several kinds together, than there are, each used once. */
function checkFleet(problem: PlanningProblem, plan: Plan): Violation[] {
  const violations: Violation[] = []
  for (const { vehicles, count } of problem.fleetLimits ?? []) {
    const used = plan.routes.filter((route) => vehicles.includes(route.vehicle)).length
    if (used > count) violations.push({ code: 'fleet-exceeded', route: -1, message: `${used} of ${vehicles.join('+')}, at most ${count}` })
  }
  const seen = new Set<string>()
  plan.routes.forEach((route, at) => {
    const vehicle = problem.vehicles.find((each) => each.id === route.vehicle)
    const key = `${route.vehicle}#${route.number}`
    if (!vehicle) violations.push({ code: 'vehicle-unknown', route: at, message: route.vehicle })
    else if (seen.has(key) || route.number < 1 || route.number > (vehicle.count ?? Infinity)) violations.push({ code: 'fleet-exceeded', route: at, message: key })
    seen.add(key)
    if (route.stops.length === 0) violations.push({ code: 'route-empty', route: at, message: key })
  })
  if (plan.vehicles !== plan.routes.length) violations.push({ code: 'vehicles-wrong', route: -1, message: `${plan.vehicles} stated, ${plan.routes.length} routes` })
  return violations
}

/** The frozen beginning of a given route is the beginning of one route of the plan, on the same kind of vehicle. */
function checkFrozen(problem: PlanningProblem, plan: Plan): Violation[] {
  return (problem.routes ?? []).flatMap((given, at) => {
    const wanted = given.stops.slice(0, given.frozenStops).filter((order) => !problem.replanning?.dropped.includes(order))
    if (wanted.length === 0) return []
    const isKept = plan.routes.some((route) => {
      const orders = route.stops.filter((stop) => stop.kind === 'pickup' || stop.kind === 'delivery').map((stop) => stop.order)
      return route.vehicle === given.vehicle && wanted.every((order, position) => orders[position] === order)
    })
    return isKept ? [] : [{ code: 'frozen-changed', route: at, message: wanted.join(' → ') }]
  })
}
