import type { Order, OrderStop, PlanRoute, PlanningProblem, PlanStop, VehicleKind } from '../model/index.ts'
import { slack } from './check-plan.ts'
import type { Ways } from './travel.ts'

/** A route with everything its checks look at. */
export interface Walk {
  readonly problem: PlanningProblem
  readonly route: PlanRoute
  readonly vehicle: VehicleKind
  readonly orders: ReadonlyMap<string, Order>
  readonly ways: Ways
  broken(code: string, message: string): void
}

/** The stop of an order a plan stop serves; undefined for breaks, reloads and charges. */
export function orderStop(walk: Walk, stop: PlanStop): OrderStop | undefined {
  const order = walk.orders.get(stop.order)
  return stop.kind === 'pickup' ? order?.pickup : stop.kind === 'delivery' ? order?.delivery : undefined
}

/** Follows the clock along a route: travel, windows, service, breaks, shift, releases. Returns what was driven. */
export function checkTimes(walk: Walk): { metres: number; drivingSeconds: number } {
  const { route, vehicle, ways, broken } = walk
  const { shift } = vehicle
  if (route.departure < (shift?.earliest ?? 0) - slack) broken('shift', `departs ${route.departure}`)
  let place: string | null = vehicle.start
  let free = route.departure
  let metres = 0
  let drivingSeconds = 0
  const drive = (to: string): number => {
    if (place === null) return 0
    metres += ways.metres(place, to)
    const seconds = ways.seconds(place, to)
    drivingSeconds += seconds
    place = to
    return seconds
  }
  for (const stop of route.stops) {
    const target = stop.kind === 'break' ? null : (orderStop(walk, stop)?.place ?? stop.place)
    if (target !== null && target !== stop.place) broken('place-wrong', `${stop.order} at ${stop.place}`)
    const seconds = target === null ? 0 : drive(target)
    if (stop.arrival < free + seconds - slack) broken('travel-too-fast', `${stop.order || stop.kind}: arrival ${stop.arrival}, possible ${free + seconds}`)
    if (stop.start < stop.arrival - slack) broken('start-before-arrival', stop.order)
    checkStop(walk, stop)
    free = stop.departure
  }
  const home = vehicle.end === undefined ? vehicle.start : vehicle.end
  const seconds = home === null ? 0 : drive(home)
  if (route.return < free + seconds - slack) broken('travel-too-fast', `return ${route.return}, possible ${free + seconds}`)
  if (route.return > (shift?.latest ?? Infinity) + slack) broken('shift', `returns ${route.return}`)
  if (route.return - route.departure > (shift?.maxDurationSeconds ?? Infinity) + slack) broken('duration-limit', `${route.return - route.departure} s`)
  checkBreaks(walk)
  checkReleases(walk)
  checkService(walk)
  return { metres, drivingSeconds }
}

function checkStop(walk: Walk, stop: PlanStop): void {
  const wanted = orderStop(walk, stop)
  if (wanted) {
    const isOpen = !wanted.windows || wanted.windows.some(([from, to]) => stop.start >= from - slack && stop.start <= to + slack)
    if (!isOpen) walk.broken('window', `${stop.order} starts ${stop.start}`)
    if (stop.departure < stop.start + wanted.serviceSeconds - slack) walk.broken('service-too-short', stop.order)
  } else if (stop.kind === 'reload') {
    const { reload } = walk.vehicle
    if (!reload || stop.place !== reload.place) walk.broken('reload-not-allowed', stop.place)
    else if (stop.departure < stop.start + reload.durationSeconds - slack) walk.broken('service-too-short', 'reload')
  }
}

/** Each break of the vehicle is taken in its order, unless the vehicle is back before it would be due. */
function checkBreaks(walk: Walk): void {
  const { route, vehicle, broken } = walk
  const taken = route.stops.filter((stop) => stop.kind === 'break')
  vehicle.breaks.forEach((wanted, at) => {
    const stop = taken[at]
    if (!stop) {
      if (route.return > wanted.latestStart + slack) broken('break-missing', `back at ${route.return}, due by ${wanted.latestStart}`)
      return
    }
    if (stop.start < wanted.earliestStart - slack || stop.start > wanted.latestStart + slack) broken('break-window', `starts ${stop.start}`)
    if (stop.departure < stop.start + wanted.durationSeconds - slack) broken('break-too-short', `${stop.departure - stop.start} s`)
  })
  if (taken.length > vehicle.breaks.length) broken('break-unknown', `${taken.length} taken`)
}

/** A trip leaves the depot when the last of its goods is ready. */
function checkReleases(walk: Walk): void {
  let left = walk.route.departure
  let trips = 1
  for (const stop of walk.route.stops) {
    if (stop.kind === 'reload') {
      left = stop.departure
      trips++
    }
    const release = stop.kind === 'delivery' && !walk.orders.get(stop.order)?.pickup ? walk.orders.get(stop.order)?.releaseAt : undefined
    if (release !== undefined && left < release - slack) walk.broken('release', `${stop.order} is ready at ${release}, its trip left at ${left}`)
  }
  if (trips > (walk.vehicle.reload?.maxTrips ?? Infinity)) walk.broken('trips-limit', `${trips} trips`)
}

/** Who serves: skills, number of stops, deliveries before backhauls. */
function checkService(walk: Walk): void {
  const { route, vehicle, problem, orders, broken } = walk
  const stops = route.stops.filter((stop) => stop.kind === 'pickup' || stop.kind === 'delivery')
  for (const stop of stops) {
    const missing = orders.get(stop.order)?.skills.find((skill) => !vehicle.skills.includes(skill))
    if (missing) broken('skill', `${stop.order} wants ${missing}`)
  }
  if (stops.length > (vehicle.maxStops ?? Infinity)) broken('stops-limit', `${stops.length} stops`)
  if (!problem.backhaulsLast) return
  const isCarried = (stop: PlanStop) => Boolean(orders.get(stop.order)?.pickup && orders.get(stop.order)?.delivery)
  const kinds = stops.filter((stop) => !isCarried(stop)).map((stop) => stop.kind)
  const firstPickup = kinds.indexOf('pickup')
  if (firstPickup >= 0 && kinds.lastIndexOf('delivery') > firstPickup) broken('backhaul-order', 'a delivery follows a pickup')
}
