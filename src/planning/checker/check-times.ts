import { windowOf, type Order, type OrderStop, type PlanLeg, type PlanningProblem, type PlanRoute, type PlanStop, type VehicleKind } from '../model/index.ts'
import { slack } from './check-plan.ts'
import type { Hold } from './check-slots.ts'
import type { Driven, Ways } from './travel.ts'

/** A route with everything its checks look at. */
export interface Walk {
  readonly problem: PlanningProblem
  readonly route: PlanRoute
  readonly vehicle: VehicleKind
  readonly orders: ReadonlyMap<string, Order>
  readonly ways: Ways
  /** metres of the leg before each stop, and of the last leg; filled by `checkTimes` */
  readonly legMetres: number[]
  /** stays at berths and charging points; filled by `checkTimes` and `checkEnergy` */
  readonly holds: Hold[]
  /** money beside the distance: windows and energy */
  pay(money: number): void
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
  let place: string = vehicle.start
  let free = route.departure
  let metres = 0
  let drivingSeconds = 0
  const drive = (to: string, leg: PlanLeg | undefined): Driven => {
    const driven = ways.drive(place, to, free, leg)
    if (driven.fault) broken('leg', `${place} → ${to}: ${driven.fault}`)
    if (driven.leaves < free - slack) broken('leg', `${place} → ${to}: leaves ${driven.leaves}, free at ${free}`)
    metres += driven.metres
    drivingSeconds += driven.seconds
    place = to
    return driven
  }
  for (const stop of route.stops) {
    const target = stop.kind === 'break' ? place : (orderStop(walk, stop)?.place ?? stop.place)
    if (stop.kind !== 'break' && target !== stop.place) broken('place-wrong', `${stop.order} at ${stop.place}`)
    const driven = drive(target, stop.leg)
    walk.legMetres.push(driven.metres)
    const possible = driven.leaves + driven.seconds
    if (stop.arrival < possible - slack) broken('travel-too-fast', `${stop.order || stop.kind}: arrival ${stop.arrival}, possible ${possible}`)
    if (stop.arrival > possible + slack) broken('travel-too-slow', `${stop.order || stop.kind}: arrival ${stop.arrival}, possible ${possible}`)
    if (stop.start < stop.arrival - slack) broken('start-before-arrival', stop.order)
    checkStop(walk, stop)
    free = stop.departure
  }
  const home = vehicle.end === undefined ? vehicle.start : vehicle.end
  const driven = home === null ? { metres: 0, seconds: 0, leaves: free } : drive(home, route.lastLeg)
  walk.legMetres.push(driven.metres)
  const possible = driven.leaves + driven.seconds
  if (route.return < possible - slack) broken('travel-too-fast', `return ${route.return}, possible ${possible}`)
  if (route.return > possible + slack) broken('travel-too-slow', `return ${route.return}, possible ${possible}`)
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
    checkWindow(walk, stop, wanted)
    // a vehicle may be called like a member of every object
    const own = wanted.serviceSecondsByVehicle
    const { id, serviceFactor } = walk.vehicle
    checkHandling(walk, stop, own && Object.hasOwn(own, id) ? own[id]! : wanted.serviceSeconds * serviceFactor)
  } else if (stop.kind === 'reload') {
    const { reload } = walk.vehicle
    if (!reload || stop.place !== reload.place) walk.broken('reload-not-allowed', stop.place)
    else checkHandling(walk, stop, reload.durationSeconds)
  }
}

/** The start lies in a window; where windows have prices the plan names the one it pays. */
function checkWindow(walk: Walk, stop: PlanStop, wanted: OrderStop): void {
  const windows = wanted.windows?.map(windowOf)
  if (!windows) return
  const isIn = (window: { from: number; to: number } | undefined) => window !== undefined && stop.start >= window.from - slack && stop.start <= window.to + slack
  if (windows.every((each) => each.cost === 0)) {
    if (!windows.some(isIn)) walk.broken('window', `${stop.order} starts ${stop.start}`)
    return
  }
  const paid = windows[stop.window ?? -1]
  if (!isIn(paid)) walk.broken('window', `${stop.order} starts ${stop.start}, window ${stop.window}`)
  walk.pay(paid?.cost ?? 0)
}

/** Service or loading takes its time, at a berth where the place has berths. */
function checkHandling(walk: Walk, stop: PlanStop, seconds: number): void {
  const berths = walk.problem.places.find((each) => each.id === stop.place)?.berths
  const berth = berths?.find((each) => each.id === stop.berth)
  if (berths && !berth) walk.broken('berth-unknown', `${stop.order || stop.kind} at ${stop.place}: ${stop.berth}`)
  const needed = seconds * (berth?.serviceFactor ?? 1)
  if (stop.departure < stop.start + needed - slack) walk.broken('service-too-short', stop.order || stop.kind)
  // who hands over in no time needs no berth
  if (berth && needed > 0) walk.holds.push({ kind: 'berth', place: stop.place, berth: berth.id, from: stop.start, to: stop.start + needed })
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
  const held = new Set(vehicle.skills)
  for (const stop of stops) {
    const missing = orders.get(stop.order)?.skills.find((skill) => !held.has(skill))
    if (missing) broken('skill', `${stop.order} wants ${missing}`)
  }
  if (stops.length > (vehicle.maxStops ?? Infinity)) broken('stops-limit', `${stops.length} stops`)
  if (!problem.backhaulsLast) return
  const isCarried = (stop: PlanStop) => Boolean(orders.get(stop.order)?.pickup && orders.get(stop.order)?.delivery)
  const kinds = stops.filter((stop) => !isCarried(stop)).map((stop) => stop.kind)
  const firstPickup = kinds.indexOf('pickup')
  if (firstPickup >= 0 && kinds.lastIndexOf('delivery') > firstPickup) broken('backhaul-order', 'a delivery follows a pickup')
}
