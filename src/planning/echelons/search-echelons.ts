import type { Plan, PlanningProblem } from '../model/index.ts'
import { beginSearch } from '../solver/begin-search.ts'
import { compile } from '../solver/instance/compile.ts'
import { arcAt, durationAt } from '../solver/instance/instance.ts'
import { writePlan } from '../solver/plan.ts'
import { explainsWith, type Budget, type Surroundings } from '../solver/budget.ts'
import { shipmentOrders, supplyProblem, tierProblem } from './compose.ts'
import { EchelonSearch, type EchelonBest } from './echelon-search.ts'
import type { EchelonPlan, FacilityUse, Shipment } from './plan.ts'
import type { EchelonProblem, Tier } from './schema.ts'
import { countTrucks, supplyOf, type Supply, type Truck } from './supply.ts'
import { broughtBy, notBrought, withoutUndelivered } from './undelivered.ts'

/** Share of a level's time that goes to the levels above it. */
const upperShare = { ordinary: 0.04, tiers: 0.3 } as const
/** Synchronised tiers are planned that often, each time with what is known of the arrivals. */
const rounds = 3
/** Share of a synchronised tier's time in which its plan is fitted to the arrivals. */
const retimeShare = 0.1
/** The same where the budget is iterations; it ends by itself long before. */
const retimeIterations = 20_000

export interface EchelonRun {
  readonly budget: Budget
  readonly seed: number
  readonly outside: Surroundings
}

interface Level {
  readonly plan: Plan
  readonly shipments: readonly Shipment[]
}

interface Levels {
  readonly levels: readonly Level[]
  readonly facilities: readonly FacilityUse[]
  readonly cost: number
  readonly unassigned: number
  readonly iterations: number
}

/** Plans all levels in the calling thread. With an iteration budget the plan depends on problem and seed only. */
export function searchEchelons(problem: EchelonProblem, run: EchelonRun): EchelonPlan {
  const began = run.outside.now()
  const found = planTiers(problem, problem.tiers, problem.orders, run)
  return {
    format: 'lvpei-echelon-plan/1',
    cost: found.cost,
    distanceMetres: found.levels.reduce((sum, { plan }) => sum + plan.distanceMetres, 0),
    iterations: found.iterations,
    seconds: run.outside.now() - began,
    seed: run.seed,
    levels: found.levels,
    facilities: found.facilities,
  }
}

/** A part of a budget. */
const partOf = ({ seconds, iterations }: Budget, share: number): Budget => (iterations === undefined ? { seconds: (seconds ?? 1) * share } : { iterations: Math.max(1, Math.round(iterations * share)) })

const retimeBudget = (budget: Budget, turn: number): Budget => (budget.iterations === undefined ? partOf(budget, turn * retimeShare) : { iterations: retimeIterations })

/** The run of the levels above. After a cancel they still get a first plan: what the tier below holds would otherwise be brought by nobody. */
const upperRun = (run: EchelonRun, share: number): EchelonRun =>
  run.outside.isCancelled() ? { ...run, budget: { iterations: 1 }, outside: { ...run.outside, isCancelled: () => false } } : { ...run, budget: partOf(run.budget, share) }

/** Some tiers from the depots down to the orders of the last one. Without tiers: the ordinary search, from the depots to the orders. */
function planTiers(problem: EchelonProblem, tiers: readonly Tier[], orders: PlanningProblem['orders'], run: EchelonRun): Levels {
  const tier = tiers.at(-1)
  if (!tier) return planSupply({ ...supplyProblem(problem, problem.vehicles, []), orders }, run)
  const above = tiers.slice(0, -1)
  const stand = surrogate(problem, above, tier)
  const supply = supplyOf(compile(stand), countTrucks(problem, above.at(-1)))
  const room = problem.loads.map((_, dimension) => Math.max(...stand.vehicles.map((each) => each.capacity[dimension]!)))
  const times = problem.isSynchronised ? rounds : 1
  const share = above.length > 0 ? upperShare.tiers : upperShare.ordinary
  let best: Levels | null = null
  let readyAt = problem.isSynchronised ? earliestReady(problem, tier) : undefined
  // a cancel ends with the round it came in
  for (let round = 0; round < times && (!best || !run.outside.isCancelled()); round++) {
    const lower = tierProblem(problem, tier, orders, readyAt)
    const turn = (1 - share) / times
    const own = partOf(run.budget, turn * (problem.isSynchronised ? 1 - retimeShare : 1))
    const search = new EchelonSearch(lower, { tier, supply, seed: run.seed + round, budget: own, outside: run.outside })
    search.run()
    const shipments = shipmentsOf(search.best, supply, tier, room)
    const upper = planTiers(problem, above, shipmentOrders(shipments), upperRun(run, share / times))
    const arrivals = problem.isSynchronised ? arrivalsAt(upper.levels.at(-1)!.plan, tier, shipments) : undefined
    const explains = explainsWith(run.outside)
    const effort = { iterations: search.iterations, seconds: 0, seed: run.seed, workers: 1, mayExplain: () => !search.isCut && explains() }
    const brought = broughtBy(upper.levels.at(-1)!.plan, tier, { shipments, dimensions: problem.loads.length })
    const { packed, left } = withoutUndelivered(search.instance, search.best.packed, { brought, facilityOf: search.facilityOf })
    const planned = explained(writePlan(lower, search.instance, packed, effort), new Set([...left].map((task) => orders[search.instance.orderOf[task]!]!.id)))
    const plan = arrivals ? retime(problem, { tier, orders, planned, readyAt: arrivals, run: { ...run, budget: retimeBudget(run.budget, turn) } }) : planned
    const found = together(upper, { tier, level: tiers.length - 1, plan, shipments, orders, dimensions: problem.loads, readyAt: arrivals, iterations: search.iterations })
    if (!best || found.unassigned < best.unassigned || (found.unassigned === best.unassigned && found.cost < best.cost)) best = found
    readyAt = arrivals
  }
  return best!
}

/** The plan with the reason of those whose goods are not brought. */
const explained = (plan: Plan, left: ReadonlySet<string>): Plan => ({ ...plan, unassigned: plan.unassigned.map((each) => (left.has(each.order) ? { order: each.order, ...notBrought } : each)) })

/** The ordinary search from the depots. */
function planSupply(problem: PlanningProblem, run: EchelonRun): Levels {
  const instance = compile(problem)
  const search = beginSearch(problem, instance, { seed: run.seed, stream: 0, budget: run.budget, outside: run.outside })
  search.advance(1)
  const plan = writePlan(problem, instance, search.best.packed, { iterations: search.iterations, seconds: 0, seed: run.seed, workers: 1, mayExplain: explainsWith(run.outside) })
  return { levels: [{ plan, shipments: [] }], facilities: [], cost: plan.cost, unassigned: plan.unassigned.length, iterations: search.iterations }
}

/**
 * What stands for the level above in the search: one task a facility. Where that level starts at facilities itself, a vehicle of it also pays
 * for bringing a full load there from the nearest depot and back.
 */
function surrogate(problem: EchelonProblem, above: readonly Tier[], tier: Tier): PlanningProblem {
  const tasks = shipmentOrders(tier.facilities.map(({ place }) => ({ id: place, facility: place, load: problem.loads.map(() => 0) })))
  const upper = above.at(-1)
  if (!upper) return { ...supplyProblem(problem, problem.vehicles, []), orders: tasks }
  const lower = tierProblem(problem, upper, tasks)
  const toCentre = compile({ ...supplyProblem(problem, problem.vehicles, []), orders: shipmentOrders(upper.facilities.map(({ place }) => ({ id: place, facility: place, load: problem.loads.map(() => 0) }))) })
  const perUnit = upper.facilities.map((facility, at) => facility.handlingCost + problem.vehicles.reduce((cheapest, vehicle, kind) => {
    const { fleet, locationOf } = toCentre
    const arc = (from: number, to: number) => fleet.factor[kind]! * arcAt(toCentre, fleet.arcBase[kind]!, from, to)
    return Math.min(cheapest, (vehicle.fixedCost + arc(fleet.start[kind]!, locationOf[at]!) + arc(locationOf[at]!, fleet.end[kind]!)) / Math.max(1e-9, vehicle.capacity[0]!))
  }, Infinity))
  return { ...lower, vehicles: lower.vehicles.map((vehicle, kind) => ({ ...vehicle, fixedCost: vehicle.fixedCost + perUnit[Math.floor(kind / upper.vehicles.length)]! * vehicle.capacity[0]! })) }
}

/** A share of the goods that fills a truck may come out larger than the truck by the last binary digit, and then no truck would take it. */
const asFits = (goods: number, room: number): number => (goods > room && goods < room * (1 + 1e-9) ? room : goods)

/** Shipments as the trucks of the supply would bring them; `room` is the most that a truck holds of each load. */
function shipmentsOf(best: EchelonBest, supply: Supply, tier: Tier, room: readonly number[]): Shipment[] {
  const dimensions = room.length
  const trucks = supply.trucks(best.loads)
  // no trucks suffice: the level above is asked for everything and says what it cannot bring
  const visits: Truck['visits'] = trucks.length > 0 ? trucks.flatMap((truck) => truck.visits) : tier.facilities.map((_, facility) => ({ facility, share: 1 }))
  const numbers = tier.facilities.map(() => 0)
  return visits.flatMap(({ facility, share }) => {
    const load = Array.from(best.loads.subarray(facility * dimensions, (facility + 1) * dimensions), (each, dimension) => asFits(each * share, room[dimension]!))
    if (load.every((each) => each < 1e-9)) return []
    const { place } = tier.facilities[facility]!
    return [{ id: `${place}#${++numbers[facility]!}`, facility: place, load }]
  })
}

/** When goods could be ready at each facility at the earliest: straight there from the depot that is nearest in time. */
function earliestReady(problem: EchelonProblem, tier: Tier): number[] {
  const instance = compile({ ...supplyProblem(problem, problem.vehicles.map((vehicle) => ({ ...vehicle, shift: vehicle.shift ?? { earliest: 0, latest: Number.MAX_SAFE_INTEGER } })), []), orders: shipmentOrders(tier.facilities.map(({ place }) => ({ id: place, facility: place, load: [] }))) })
  const { fleet, locationOf } = instance
  return tier.facilities.map(({ handlingSeconds }, at) => handlingSeconds + problem.vehicles.reduce((earliest, _, kind) => Math.min(earliest, fleet.shiftEarliest[kind]! + durationAt(instance, fleet.durationBase[kind]!, fleet.start[kind]!, locationOf[at]!)), Infinity))
}

/** When the last of its goods is ready at each facility, in the order of the tier. */
function arrivalsAt(plan: Plan, tier: Tier, shipments: readonly Shipment[]): number[] {
  const facilityOf = new Map(shipments.map(({ id, facility }) => [id, facility]))
  const ready = new Map<string, number>()
  for (const stop of plan.routes.flatMap((route) => route.stops)) {
    const facility = facilityOf.get(stop.order)
    if (facility !== undefined) ready.set(facility, Math.max(ready.get(facility) ?? 0, stop.departure))
  }
  return tier.facilities.map(({ place, handlingSeconds }) => (ready.has(place) ? ready.get(place)! + handlingSeconds : 0))
}

/**
 * The tier's plan once more with the arrivals as they are planned: each order stays with its facility, because its goods are brought there, and
 * what was left out stays out, because nobody brings its goods; only routes that would leave too early change.
 */
function retime(problem: EchelonProblem, facts: { tier: Tier; orders: PlanningProblem['orders']; planned: Plan; readyAt: readonly number[]; run: EchelonRun }): Plan {
  const { tier, orders, planned, readyAt, run } = facts
  const facilityOf = new Map(planned.routes.flatMap((route) => route.stops.map((stop) => [stop.order, route.vehicle.slice(route.vehicle.lastIndexOf('@') + 1)] as const)))
  const bound = (place: string): string => `from ${place}`
  const free = tierProblem(problem, tier, orders.flatMap((order) => (facilityOf.has(order.id) ? [{ ...order, skills: [...order.skills, bound(facilityOf.get(order.id)!)] }] : [])), readyAt)
  const lower: PlanningProblem = {
    ...free,
    vehicles: free.vehicles.map((vehicle) => ({ ...vehicle, skills: [...vehicle.skills, bound(vehicle.start)] })),
    routes: planned.routes.map((route) => ({ vehicle: route.vehicle, stops: route.stops.map((stop) => stop.order), frozenStops: 0 })),
    replanning: { scope: 'near', costPerRouteTouched: 0, costPerOrderMoved: 0, dropped: [] },
  }
  const instance = compile(lower)
  const search = beginSearch(lower, instance, { seed: run.seed, stream: 0, budget: run.budget, outside: run.outside })
  search.advance(1)
  const { replanning: _, ...plan } = writePlan(lower, instance, search.best.packed, { iterations: search.iterations, seconds: 0, seed: run.seed, workers: 1, mayExplain: explainsWith(run.outside) })
  const left = new Set(planned.unassigned.map((each) => each.order))
  const penalties = orders.reduce((sum, order) => sum + (left.has(order.id) ? (order.penalty ?? 0) : 0), 0)
  return { ...plan, cost: plan.cost + penalties, unassigned: [...plan.unassigned, ...planned.unassigned] }
}

/** A tier's plan below the levels that supply it. */
function together(upper: Levels, own: { tier: Tier; level: number; plan: Plan; shipments: readonly Shipment[]; orders: PlanningProblem['orders']; dimensions: readonly string[]; readyAt: readonly number[] | undefined; iterations: number }): Levels {
  const loadOf = new Map(own.orders.map(({ id, load }) => [id, load ?? []]))
  const facilities = own.tier.facilities.map((facility, at): FacilityUse => {
    const load = own.dimensions.map(() => 0)
    for (const route of own.plan.routes) if (route.vehicle.endsWith(`@${facility.place}`)) for (const stop of route.stops) loadOf.get(stop.order)?.forEach((amount, dimension) => (load[dimension]! += amount))
    return { tier: own.level, place: facility.place, load, cost: load.some((each) => each > 0) ? facility.openingCost + facility.handlingCost * load[0]! : 0, readyAt: own.readyAt?.[at] ?? null }
  })
  const last = upper.levels.at(-1)!
  return {
    levels: [...upper.levels.slice(0, -1), { ...last, shipments: own.shipments }, { plan: own.plan, shipments: [] }],
    facilities: [...upper.facilities, ...facilities],
    cost: upper.cost + own.plan.cost + facilities.reduce((sum, each) => sum + each.cost, 0),
    unassigned: upper.unassigned + own.plan.unassigned.length,
    iterations: upper.iterations + own.iterations,
  }
}

