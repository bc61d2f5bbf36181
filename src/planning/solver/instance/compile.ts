import type { Order, OrderStop, PlanningProblem, VehicleKind } from '../../model/index.ts'
import { windowOf } from '../../model/window.ts'
import type { JudgedKinds } from '../judges/exact-simulation.ts'
import { compileFacts, leastService, needsSchedule } from '../schedule/facts.ts'
import { taskKind, type Features, type Fleet, type Instance, type Pair } from './instance.ts'
import { buildNeighbours } from './neighbours.ts'
import { fillTable, pointsOf, transposed, travelPair } from './travel.ts'

interface Task {
  readonly order: number
  readonly kind: number
  readonly stop: OrderStop
  readonly mate: number
}

const neighbourWidth = 60
const nearWidth = 120

/** Tasks in the order of the orders; a carried order gives two in a row, pickup first. */
function listTasks(orders: readonly Order[]): Task[] {
  const tasks: Task[] = []
  orders.forEach((order, at) => {
    if (order.pickup && order.delivery) {
      tasks.push({ order: at, kind: taskKind.carryPickup, stop: order.pickup, mate: tasks.length + 1 })
      tasks.push({ order: at, kind: taskKind.carryDelivery, stop: order.delivery, mate: tasks.length - 1 })
    } else tasks.push({ order: at, kind: order.pickup ? taskKind.pickup : taskKind.delivery, stop: (order.pickup ?? order.delivery)!, mate: -1 })
  })
  return tasks
}

/** Same key, same number, counted from 0 in order of appearance. */
function numbering<Key>(keys: readonly Key[]): { of: Int32Array; distinct: Key[] } {
  const distinct: Key[] = []
  const of = Int32Array.from(keys, (key) => {
    const at = distinct.indexOf(key)
    return at >= 0 ? at : distinct.push(key) - 1
  })
  return { of, distinct }
}

const profileOf = (problem: PlanningProblem, vehicle: VehicleKind): number => (vehicle.profile === undefined ? 0 : problem.travel.findIndex((each) => each.profile === vehicle.profile))

/** Money per metre and per driving second as a class of proportional prices and the factor within it. */
function priceClass(profile: number, vehicle: VehicleKind): { key: string; factor: number; metre: number; second: number } {
  const { costPerMetre: metre, costPerDrivingSecond: second } = vehicle
  if (metre > 0) return { key: `${profile}:${second / metre}`, factor: metre, metre: 1, second: second / metre }
  return second > 0 ? { key: `${profile}:time`, factor: second, metre: 0, second: 1 } : { key: `${profile}:free`, factor: 0, metre: 1, second: 0 }
}

/** Limits over several kinds by index. */
function fleetLimits(problem: PlanningProblem): Pick<Fleet, 'limits' | 'limitsOf'> {
  const limits = (problem.fleetLimits ?? []).map(({ vehicles, count }) => ({ kinds: problem.vehicles.flatMap((each, at) => (vehicles.includes(each.id) ? [at] : [])), count }))
  return { limits, limitsOf: problem.vehicles.map((_, kind) => limits.flatMap((each, at) => (each.kinds.includes(kind) ? [at] : []))) }
}

function compileFleet(problem: PlanningProblem, tasks: readonly Task[], amount: Float64Array, square: number): Fleet & { prices: ReturnType<typeof priceClass>[]; priceProfiles: number[] } {
  const { vehicles, places } = problem
  const placeIndex = new Map(places.map((each, at) => [each.id, at]))
  const kinds = vehicles.length
  const dimensions = problem.loads.length
  const floats = (value: (vehicle: VehicleKind) => number) => Float64Array.from(vehicles, value)
  const classes = vehicles.map((each) => priceClass(profileOf(problem, each), each))
  const prices = numbering(classes.map((each) => each.key))
  const firstOf = prices.distinct.map((key) => classes.findIndex((each) => each.key === key))
  const end = (each: VehicleKind) => (each.end === null ? places.length : placeIndex.get(each.end ?? each.start)!)
  const hasOwnService = tasks.some((task) => task.stop.serviceSecondsByVehicle)
  const mayServe = new Uint8Array(kinds * tasks.length)
  vehicles.forEach((vehicle, kind) => {
    tasks.forEach((task, at) => {
      const isSkilled = problem.orders[task.order]!.skills.every((skill) => vehicle.skills.includes(skill))
      const isRoomy = vehicle.capacity.every((room, dimension) => amount[at * dimensions + dimension]! <= room)
      mayServe[kind * tasks.length + at] = isSkilled && isRoomy ? 1 : 0
    })
  })
  return {
    kinds,
    capacity: Float64Array.from(vehicles.flatMap((each) => each.capacity)),
    fixedCost: floats((each) => each.fixedCost),
    factor: Float64Array.from(classes, (each) => each.factor),
    arcBase: prices.of.map((at) => at * square),
    durationBase: Int32Array.from(vehicles, (each) => profileOf(problem, each) * square),
    start: Int32Array.from(vehicles, (each) => placeIndex.get(each.start)!),
    end: Int32Array.from(vehicles, end),
    shiftEarliest: floats((each) => each.shift?.earliest ?? 0),
    shiftLatest: floats((each) => each.shift?.latest ?? Infinity),
    maxDuration: floats((each) => each.shift?.maxDurationSeconds ?? Infinity),
    costPerSecond: floats((each) => each.costPerSecond),
    maxDistance: floats((each) => each.maxDistanceMetres ?? Infinity),
    maxStops: Int32Array.from(vehicles, (each) => each.maxStops ?? 2_147_483_647),
    count: Int32Array.from(vehicles, (each) => Math.min(each.count ?? tasks.length, tasks.length)),
    ...fleetLimits(problem),
    movement: numbering(vehicles.map((each) => JSON.stringify([each.start, end(each), each.shift, profileOf(problem, each), each.maxDistanceMetres, each.maxStops, each.breaks, each.reload, each.energy, each.costPerSecond, each.serviceFactor, hasOwnService && each.id]))).of,
    mayServe,
    prices: firstOf.map((at) => classes[at]!),
    priceProfiles: firstOf.map((at) => profileOf(problem, vehicles[at]!)),
  }
}

/** Which constraints the problem uses. */
function listFeatures(problem: PlanningProblem, tasks: readonly Task[], fleet: Fleet): Features {
  const kinds = new Set(tasks.map((each) => each.kind))
  const some = (test: (vehicle: VehicleKind) => boolean) => problem.vehicles.some(test)
  const duration = some((each) => each.costPerSecond > 0 || each.shift?.maxDurationSeconds !== undefined)
  const energy = some((each) => each.energy !== undefined)
  const breaks = some((each) => each.breaks.length > 0)
  const hasWindows = tasks.some((each) => each.stop.windows !== undefined)
  const trips = some((each) => each.reload !== undefined) || problem.orders.some((each) => each.releaseAt !== undefined)
  const distanceLimit = some((each) => each.maxDistanceMetres !== undefined)
  const carried = kinds.has(taskKind.carryPickup)
  const exact = needsSchedule(problem) || breaks || energy || trips || distanceLimit || (duration && carried)
  return {
    // whoever judges a route as a whole follows its clock
    time: exact || hasWindows || duration || some((each) => each.shift !== undefined),
    severalWindows: tasks.some((each) => (each.stop.windows?.length ?? 0) > 1),
    duration,
    peaks: [...kinds].some((kind) => kind !== taskKind.delivery),
    carried,
    backhaulsLast: problem.backhaulsLast,
    distanceLimit,
    oneKind: fleet.kinds === 1,
    oneMovement: fleet.movement.every((each) => each === 0),
    metric: problem.travel.every((each) => each.kind !== 'matrix' && each.kind !== 'timetable') && fleet.arcBase.every((each) => each === 0),
    breaks,
    energy,
    trips,
    exact,
  }
}

/** The facts of the constraints that judge whole routes. */
function judgedKinds(problem: PlanningProblem, tasks: readonly Task[], index: (id: string) => number): JudgedKinds {
  return {
    breaks: problem.vehicles.map((each) => each.breaks),
    energy: problem.vehicles.map(({ energy }) => energy ? {
      battery: energy.batteryKwh,
      perMetre: energy.kwhPerMetre,
      // a bent curve is the schedule judge's; the quick judge never sees such a problem
      secondsPerKwh: energy.chargeSecondsPerKwh ?? energy.chargingCurve!.at(-1)!.secondsPerKwh,
      isPartial: energy.recharge === 'partial',
      stations: Int32Array.from(energy.stations, index),
    } : null),
    trips: problem.vehicles.map((each) => ({ location: index(each.reload?.place ?? each.start), durationSeconds: each.reload?.durationSeconds ?? 0, trips: each.reload ? (each.reload.maxTrips ?? 2_147_483_647) : 1 })),
    release: Float64Array.from(tasks, (task) => (task.kind === taskKind.delivery ? problem.orders[task.order]!.releaseAt : undefined) ?? -Infinity),
  }
}

/** Far above any route: leaving out a mandatory order never pays, and it is still a number that adds up. */
function mandatoryPenalty(problem: PlanningProblem, longest: number, fleet: Fleet): number {
  const factor = Math.max(...fleet.factor)
  const perSecond = Math.max(...fleet.costPerSecond)
  const optional = problem.orders.reduce((sum, each) => Math.max(sum, each.penalty ?? 0), 0)
  return 10 * (1 + Math.max(...fleet.fixedCost) + 4 * longest * factor + 86_400 * perSecond + optional)
}

function largest(arcs: ArrayLike<number>): number {
  let longest = 0
  for (let at = 0; at < arcs.length; at++) longest = Math.max(longest, arcs[at]!)
  return longest
}

/** No way is longer than that over a place in between. */
function longestFrom(place: number, locations: number, arc: Pair): number {
  let longest = 0
  for (let to = 0; to < locations; to++) longest = Math.max(longest, arc(place, to))
  return 2 * longest
}

/**
 * Places from which a table of all pairs, read here and there, costs more than working a distance out: a root in the plane, on the globe
 * several functions of the circle.
 */
const manyPlaces = { euclidean: 300, 'great-circle': 3000 } as const

/** With many places in the plane or on the globe, one price of ways and no judge, distances are worked out when asked. */
function pairsInPlaceOfTables(problem: PlanningProblem, prices: readonly ReturnType<typeof priceClass>[], has: Features, pairs: readonly { distance: Pair; duration: Pair }[]): Instance['between'] {
  const real = problem.places.length
  const { kind } = problem.travel[0]!
  if (kind === 'matrix' || kind === 'timetable' || real < manyPlaces[kind]) return null
  if (problem.travel.length > 1 || prices.length > 1 || prices[0]!.second > 0 || has.exact || has.carried) return null
  const { distance, duration } = pairs[0]!
  if (problem.vehicles.every((each) => each.end !== null)) return { arc: distance, duration }
  const orNowhere = (pair: Pair): Pair => (from, to) => (from < real && to < real ? pair(from, to) : 0)
  return { arc: orNowhere(distance), duration: orNowhere(duration) }
}

/**
 * Translates a checked problem into arrays. Pure; the problem must come from `parseProblem`. Once `isStopped`, neighbours are no longer ranked: such
 * an instance is good for writing a plan, not for a search.
 */
export function compile(problem: PlanningProblem, isStopped?: () => boolean): Instance {
  const list = listTasks(problem.orders)
  const dimensions = problem.loads.length
  const tasks = list.length
  const amount = Float64Array.from(list.flatMap((task) => problem.orders[task.order]!.load ?? problem.loads.map(() => 0)))
  const locations = problem.places.length + (problem.vehicles.some((each) => each.end === null) ? 1 : 0)
  const square = locations * locations
  const fleet = compileFleet(problem, list, amount, square)
  const has = listFeatures(problem, list, fleet)
  const pairs = problem.travel.map((travel) => travelPair(problem, travel))
  const between = pairsInPlaceOfTables(problem, fleet.prices, has, pairs)
  const isStraight = problem.travel.every((each) => each.kind === 'euclidean' || each.kind === 'great-circle')
  const table = (ways: readonly Pair[]) => fillTable(ways, { real: problem.places.length, size: locations, isStraight })
  const arcs = between ? new Float64Array(0) : table(fleet.prices.map((price, at) => {
    const { distance, duration } = pairs[fleet.priceProfiles[at]!]!
    return price.second === 0 ? distance : (from: number, to: number) => price.metre * distance(from, to) + price.second * duration(from, to)
  }))
  const areDistances = pairs.length === 1 && fleet.prices.length === 1 && fleet.prices[0]!.second === 0
  const isSame = areDistances && pairs[0]!.duration === pairs[0]!.distance
  const none = new Float64Array(0)
  const durations = !has.time || between ? none : isSame ? arcs : table(pairs.map((each) => each.duration))
  const arcsBack = between ? arcs : transposed(arcs, fleet.prices.length, locations, isStraight)
  const isScheduled = needsSchedule(problem)
  const needsDistances = isScheduled || has.distanceLimit || has.energy
  const distances = !needsDistances ? none : areDistances ? arcs : table(pairs.map((each) => each.distance))
  const placeIndex = new Map(problem.places.map((each, at) => [each.id, at]))
  const big = mandatoryPenalty(problem, between ? longestFrom(fleet.start[0]!, locations, between.arc) : largest(arcs), fleet)
  const sorted = list.map((task) => task.stop.windows?.map(windowOf).toSorted((a, b) => a.from - b.from) ?? [])
  const windowFirst = new Int32Array(tasks + 1)
  sorted.forEach((windows, at) => (windowFirst[at + 1] = windowFirst[at]! + (windows.length > 1 ? windows.length : 0)))
  const index = (id: string): number => placeIndex.get(id)!
  const judged = judgedKinds(problem, list, index)
  const base = {
    tasks, dimensions, locations, places: problem.places.length, fleet, arcs, between, arcsBack, durations, distances, has,
    measures: pairs,
    judged,
    schedule: isScheduled ? compileFacts({ problem, tasks: list, locations, profileOf: Int32Array.from(problem.vehicles, (each) => profileOf(problem, each)), energy: judged.energy }) : null,
    durationsBack: durations === arcs || between ? durations : transposed(durations, has.time ? pairs.length : 0, locations, isStraight),
    locationOf: Int32Array.from(list, (task) => placeIndex.get(task.stop.place)!),
    kind: Uint8Array.from(list, (task) => task.kind),
    mate: Int32Array.from(list, (task) => task.mate),
    amount,
    service: Float64Array.from(list, (task) => leastService(task.stop, problem, problem.places[index(task.stop.place)]!)),
    open: Float64Array.from(sorted, (windows) => windows[0]?.from ?? -Infinity),
    close: Float64Array.from(sorted, (windows) => windows.reduce((latest, each) => Math.max(latest, each.to), windows.length ? -Infinity : Infinity)),
    windowFirst,
    windows: Float64Array.from(sorted.filter((windows) => windows.length > 1).flat().flatMap((each) => [each.from, each.to])),
    penalty: Float64Array.from(list, (task) => problem.orders[task.order]!.penalty ?? big * (1 + problem.orders[task.order]!.priority / 10)),
    isMandatory: Uint8Array.from(list, (task) => (problem.orders[task.order]!.penalty === undefined ? 1 : 0)),
    orderOf: Int32Array.from(list, (task) => task.order),
  }
  const others = Math.max(1, tasks - 1)
  return { ...base, ...buildNeighbours(base, { neighbourWidth: Math.min(neighbourWidth, others), nearWidth: Math.min(nearWidth, others), points: isStraight ? pointsOf(problem, base.locationOf) : null, isStopped }) }
}
