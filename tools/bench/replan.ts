import { checkPlan, parseProblem, solve, type Plan, type PlanningProblem } from '../../src/planning/index.ts'
import { replanningDay } from '../../src/planning/replanning-day.fixture.ts'
import type { BenchLine } from './decode.ts'

const stops = 500
const later = 5
/** Time for the morning's plan and for a search from scratch: seconds the thread ran. */
const thorough = { seconds: 20, seed: 1, clock: 'cpu' } as const
/** What a re-planning is given; it ends by itself before. */
const given = { seconds: 5, seed: 1 } as const

function parsed(input: unknown): PlanningProblem {
  const { problem, problems } = parseProblem(input)
  if (!problem) throw new Error(problems[0]!.message)
  return problem
}

/**
 * `planner.replan.*`: a plan of 500 stops in use with two frozen stops a route, then orders come or go. Seconds of the clock on the wall with
 * the thread's start, against one second; routes touched, against all; cost against a search of 20 seconds from scratch.
 */
export async function* benchReplan(): AsyncGenerator<BenchLine> {
  const base = replanningDay(stops, later)
  const orders = base.orders.slice(0, stops)
  const morning = await solve(parsed({ ...base, orders }), thorough).plan
  const routes = morning.routes.map((route) => ({ vehicle: route.vehicle, stops: route.stops.map((stop) => stop.order), plannedStarts: route.stops.map((stop) => stop.start), frozenStops: 2 }))
  const dropped = ['o250']
  const cases: [string, object][] = [
    ['add-1', { orders: base.orders.slice(0, stops + 1) }],
    ['add-5', { orders: base.orders }],
    ['drop-1', { orders: orders.filter((order) => !dropped.includes(order.id)), replanning: { dropped } }],
  ]
  for (const [name, change] of cases) {
    const problem = parsed({ ...base, routes, ...change })
    const began = performance.now()
    const plan: Plan = await solve(problem, given).plan
    const seconds = (performance.now() - began) / 1000
    const faults = checkPlan(problem, plan).violations.length + plan.unassigned.length
    if (faults > 0) throw new Error(`${name}: ${faults} faults`)
    const { routes: _, replanning: __, ...fresh } = problem
    const scratch = await solve(fresh, thorough).plan
    const { routesTouched, routesKept } = plan.replanning!
    yield { name: `planner.replan.${name}.seconds`, value: Number(seconds.toFixed(3)), unit: 's on the wall', against: '1 s', ratio: Number(seconds.toFixed(3)) }
    yield { name: `planner.replan.${name}.touched`, value: routesTouched, unit: 'routes touched', against: `${routesTouched + routesKept} routes`, ratio: routesTouched / (routesTouched + routesKept) }
    yield { name: `planner.replan.${name}.gap`, value: Number((100 * (plan.cost / scratch.cost - 1)).toFixed(3)), unit: '% over a search from scratch', against: `${thorough.seconds} CPU s, which changes nearly every route`, ratio: Number((plan.cost / scratch.cost).toFixed(5)) }
  }
}
