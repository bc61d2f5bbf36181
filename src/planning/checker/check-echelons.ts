import type { EchelonPlan } from '../echelons/plan.ts'
import type { EchelonProblem, Tier } from '../echelons/schema.ts'
import type { PlanningProblem } from '../model/index.ts'
import { checkPlan, slack, type Violation } from './check-plan.ts'

export interface EchelonVerdict {
  readonly violations: readonly (Violation & { readonly level: number })[]
  readonly cost: number
}

/**
 * Checks a plan of several levels from the two documents: every level is a plan that passes the ordinary check; what leaves a facility has
 * been brought there, in quantity and, where levels are synchronised, in time; capacities and fleets hold; the money adds up.
 */
export function checkEchelons(problem: EchelonProblem, plan: EchelonPlan): EchelonVerdict {
  const violations: (Violation & { level: number })[] = []
  const broken = (level: number, code: string, message: string) => void violations.push({ level, code, route: -1, message })
  if (plan.levels.length !== problem.tiers.length + 1) broken(-1, 'levels-wrong', `${plan.levels.length} levels, ${problem.tiers.length} tiers`)
  let cost = 0
  plan.levels.forEach((level, at) => {
    const tier = problem.tiers[at - 1]
    const verdict = checkPlan(levelProblem(problem, plan, at, tier), level.plan)
    for (const each of verdict.violations) violations.push({ ...each, level: at })
    cost += verdict.cost
  })
  problem.tiers.forEach((tier, at) => {
    for (const facility of tier.facilities) cost += checkFacility(problem, plan, { at, facility, broken })
  })
  for (const { place, tier } of plan.facilities) if (!problem.tiers[tier]?.facilities.some((each) => each.place === place)) broken(tier, 'facility-unknown', place)
  if (Math.abs(cost - plan.cost) > slack + 1e-6 * cost) broken(-1, 'cost-wrong', `stated ${plan.cost}, recomputed ${cost}`)
  return { violations, cost }
}

/** A level in the words of one planning problem; vehicles of a lower tier exist once at each facility. */
function levelProblem(problem: EchelonProblem, plan: EchelonPlan, at: number, tier: Tier | undefined): PlanningProblem {
  const isLast = at === problem.tiers.length
  const orders = isLast ? problem.orders : plan.levels[at]!.shipments.map(({ id, facility, load }) => ({ id, load: [...load], delivery: { place: facility, serviceSeconds: 0 }, skills: [], priority: 0 }))
  const base = { format: 'lvpei-planning/1' as const, objective: 'cost' as const, loads: problem.loads, places: problem.places, travel: problem.travel, orders, backhaulsLast: false }
  if (!tier) return { ...base, vehicles: problem.vehicles }
  const places = tier.facilities.map((facility) => facility.place)
  const ids = (vehicle: string) => places.map((place) => `${vehicle}@${place}`)
  return {
    ...base,
    vehicles: tier.vehicles.flatMap((vehicle) => places.map((place) => ({ ...vehicle, id: `${vehicle.id}@${place}`, start: place }))),
    fleetLimits: [
      ...tier.vehicles.map((vehicle) => ({ vehicles: ids(vehicle.id), count: vehicle.count ?? Number.MAX_SAFE_INTEGER })),
      ...tier.facilities.map((facility) => ({ vehicles: tier.vehicles.map((vehicle) => `${vehicle.id}@${facility.place}`), count: facility.maxVehicles ?? Number.MAX_SAFE_INTEGER })),
      { vehicles: tier.vehicles.flatMap((vehicle) => ids(vehicle.id)), count: tier.maxVehicles ?? Number.MAX_SAFE_INTEGER },
    ],
  }
}

interface FacilityCheck {
  readonly at: number
  readonly facility: Tier['facilities'][number]
  broken(level: number, code: string, message: string): void
}

/** Goods in and out of a facility: enough, in time, not too much, at the stated cost. Returns the cost. */
function checkFacility(problem: EchelonProblem, plan: EchelonPlan, { at, facility, broken }: FacilityCheck): number {
  const supply = plan.levels[at]
  const onward = plan.levels[at + 1]
  if (!supply || !onward) return 0
  const shipped = new Map(supply.shipments.filter((each) => each.facility === facility.place).map((each) => [each.id, each.load]))
  const events: { time: number; load: readonly number[]; sign: 1 | -1 }[] = []
  for (const stop of supply.plan.routes.flatMap((route) => route.stops)) {
    const load = shipped.get(stop.order)
    if (load) events.push({ time: stop.departure + facility.handlingSeconds, load, sign: 1 })
  }
  const loadOf = new Map(at + 1 === problem.tiers.length ? problem.orders.map((order) => [order.id, order.load ?? []]) : onward.shipments.map((each) => [each.id, [...each.load]]))
  for (const route of onward.plan.routes) {
    if (!route.vehicle.endsWith(`@${facility.place}`)) continue
    for (const stop of route.stops) events.push({ time: route.departure, load: loadOf.get(stop.order) ?? [], sign: -1 })
  }
  const board = problem.loads.map(() => 0)
  const through = problem.loads.map(() => 0)
  // not synchronised: everything comes before anything goes; at one instant, what comes comes first
  const when = (event: { time: number; sign: number }) => (problem.isSynchronised ? event.time - slack * event.sign : 0)
  for (const { time, load, sign } of events.toSorted((a, b) => when(a) - when(b) || b.sign - a.sign)) {
    load.forEach((amount, dimension) => {
      board[dimension]! += sign * amount
      if (sign < 0) through[dimension]! += amount
    })
    if (board.some((amount) => amount < -slack)) {
      broken(at + 1, 'goods-not-there', `${facility.place} at ${time}: ${board.join(' ')}`)
      break
    }
  }
  if (facility.capacity?.some((room, dimension) => through[dimension]! > room + slack)) broken(at + 1, 'facility-overfull', `${facility.place}: ${through.join(' ')}`)
  const stated = plan.facilities.find((each) => each.place === facility.place && each.tier === at)
  const cost = through.some((amount) => amount > 0) ? facility.openingCost + facility.handlingCost * through[0]! : 0
  if (!stated || Math.abs(stated.cost - cost) > slack + 1e-6 * cost || stated.load.some((amount, dimension) => Math.abs(amount - through[dimension]!) > slack)) broken(at + 1, 'facility-wrong', `${facility.place}: stated ${stated?.load.join(' ')} for ${stated?.cost}, found ${through.join(' ')} for ${cost}`)
  return cost
}
