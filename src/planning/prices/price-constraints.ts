import { checkPlan } from '../checker/index.ts'
import { listRelaxed, type Plan, type PlanningProblem, type Relaxed } from '../model/index.ts'
import { solve, type SolveOptions } from '../solver/index.ts'

/** What one constraint costs, as far as the search could tell in the time given. */
export interface ConstraintPrice {
  readonly code: string
  readonly name: string
  /** cost of the plan found without the constraint; never above `cost` of the whole */
  readonly costWithout: number
  readonly vehiclesWithout: number
  /** with the same orders served: cost without less cost with, never positive; null when more orders are served, which costs something too */
  readonly difference: number | null
  readonly percent: number | null
  /** orders that must be served and only can be without the constraint */
  readonly servedWithout: readonly string[]
}

export interface PriceList {
  /** the plan everything is compared with: the one given, or a better one found in the same time */
  readonly plan: Plan
  /** every price is found by search: the true one is at least as large */
  readonly isEstimate: true
  readonly secondsEach: number | null
  readonly prices: readonly ConstraintPrice[]
}

export interface PriceOptions extends Pick<SolveOptions, 'seconds' | 'iterations' | 'seed' | 'clock' | 'workers'> {
  /** further problems without one thing, made by those who know it: the same streets without one zone's ban */
  readonly variants?: readonly Relaxed[]
}

/**
 * Prices every constraint of a problem: the plan is searched again without it, from the plan found, each with the same share of the budget.
 * The plan itself gets a share too, so that mere further search is not taken for the price of a constraint. Plans found are checked.
 */
export async function priceConstraints(problem: PlanningProblem, given: Plan, options: PriceOptions): Promise<PriceList> {
  const cases = [...listRelaxed(problem), ...(options.variants ?? [])]
  const shares = cases.length + 1
  const budget = options.iterations === undefined ? { seconds: (options.seconds ?? 10) / shares } : { iterations: Math.max(1, Math.round(options.iterations / shares)) }
  const run = { ...budget, seed: options.seed ?? 1, workers: options.workers ?? 1, clock: options.clock ?? 'wall' } as const
  const plan = better(problem, given, await solve(startingFrom(problem, given), run).plan)
  const prices: ConstraintPrice[] = []
  for (const relaxed of cases) {
    const found = await solve(startingFrom(relaxed.problem, plan), run).plan
    // a plan the checker would not sign proves nothing, and the plan with the constraint is one without it
    const isSound = checkPlan(relaxed.problem, withoutDifference(found)).violations.length === 0
    prices.push(priceOf(problem, plan, isSound ? better(relaxed.problem, plan, found) : plan, relaxed))
  }
  return { plan: withoutDifference(plan), isEstimate: true, secondsEach: budget.seconds ?? null, prices: prices.toSorted((a, b) => b.servedWithout.length - a.servedWithout.length || (a.difference ?? 0) - (b.difference ?? 0)) }
}

/** The problem with a plan as a start, not as something people follow; what was frozen stays frozen. */
function startingFrom(problem: PlanningProblem, plan: Plan): PlanningProblem {
  const routes = plan.routes.map(({ vehicle, stops }) => {
    const orders = stops.flatMap(({ kind, order }) => (kind === 'delivery' || kind === 'pickup' ? [order] : []))
    const given = problem.routes?.find((each) => each.vehicle === vehicle && each.frozenStops > 0 && each.stops[0] === orders[0])
    return { vehicle, stops: orders, frozenStops: given ? Math.min(given.frozenStops, orders.length) : 0 }
  })
  return { ...problem, routes, replanning: { scope: 'all', costPerOrderMoved: 0, dropped: [] } }
}

/** A plan that starts from routes lists what differs from them; here they were only a start. */
function withoutDifference({ replanning: _, ...plan }: Plan): Plan {
  return plan
}

const mandatoryLeft = (problem: PlanningProblem, plan: Plan): string[] => {
  const optional = new Set(problem.orders.flatMap((order) => (order.penalty === undefined ? [] : [order.id])))
  return plan.unassigned.flatMap(({ order }) => (optional.has(order) ? [] : [order]))
}

/** Fewer mandatory orders left out, then fewer vehicles where those come first, then less money; the first when equal. */
function better(problem: PlanningProblem, first: Plan, second: Plan): Plan {
  const rank = (plan: Plan): number[] => [mandatoryLeft(problem, plan).length, problem.objective === 'vehicles-then-cost' ? plan.vehicles : 0, plan.cost]
  const [a, b] = [rank(first), rank(second)]
  const at = a.findIndex((value, place) => Math.abs(value - b[place]!) > 1e-9)
  return at >= 0 && b[at]! < a[at]! ? second : first
}

function priceOf(problem: PlanningProblem, plan: Plan, without: Plan, { code, name }: Relaxed): ConstraintPrice {
  const left = new Set(mandatoryLeft(problem, without))
  const servedWithout = mandatoryLeft(problem, plan).filter((order) => !left.has(order))
  // with vehicles first a plan of fewer vehicles may cost more; the price is then in vehicles
  const isComparable = servedWithout.length === 0 && without.cost <= plan.cost
  const difference = isComparable ? without.cost - plan.cost : null
  return { code, name, costWithout: without.cost, vehiclesWithout: without.vehicles, difference, percent: difference === null || plan.cost === 0 ? null : (100 * difference) / plan.cost, servedWithout }
}
