import { ProblemError } from '../base/problems.ts'
import { checkEchelons } from './checker/index.ts'
import { solveEchelons, type EchelonPlan, type EchelonProblem } from './echelons/index.ts'
import { planningProblem } from './model/index.ts'

/** Plans all tiers and has the independent checker confirm the plan before anybody sees it. */
export async function planEchelonsChecked(problem: EchelonProblem, options: Parameters<typeof solveEchelons>[1]): Promise<EchelonPlan> {
  const plan = await solveEchelons(problem, options).plan
  const { violations } = checkEchelons(problem, plan)
  if (violations.length > 0) throw new ProblemError(planningProblem('plan-check-failed', { reason: violations.slice(0, 5).map((each) => `${each.code}: ${each.message}`).join('; ') }))
  return plan
}

/** The contract's JSON for several tiers: `routes` are those of the last tier, `supply` names the facilities each vehicle above visits. */
export function renderEchelonContract(problem: EchelonProblem, plan: EchelonPlan): { readonly feasible: boolean } {
  const last = plan.levels.at(-1)!.plan
  const optional = new Set(problem.orders.flatMap((order) => (order.penalty === undefined ? [] : [order.id])))
  const facilityOf = new Map(plan.levels.flatMap((level) => level.shipments.map((each) => [each.id, each.facility] as const)))
  const left = plan.levels.flatMap((level) => level.plan.unassigned)
  const contract = {
    feasible: left.every((each) => optional.has(each.order)),
    cost: plan.cost,
    distance: plan.distanceMetres,
    vehicles: plan.levels.reduce((sum, level) => sum + level.plan.vehicles, 0),
    seconds: plan.seconds,
    iterations: plan.iterations,
    unassigned: left.map(({ order, ...why }) => ({ id: order, ...why })),
    routes: last.routes.map((route) => route.stops.filter((stop) => stop.kind === 'delivery').map((stop) => stop.order)),
    supply: plan.levels.slice(0, -1).map((level) => level.plan.routes.map((route) => route.stops.map((stop) => facilityOf.get(stop.order) ?? stop.place))),
    facilities: plan.facilities.map(({ tier, place, load, cost, readyAt }) => ({ tier, place, load, cost, ...(readyAt === null ? {} : { readyAt }) })),
  }
  return contract
}
