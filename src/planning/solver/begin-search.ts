import type { PlanningProblem } from '../model/index.ts'
import { isReplanning } from '../model/replanning.ts'
import { arcAt, type Instance } from './instance/instance.ts'
import { bookedKind } from './routes.ts'
import { HybridSearch } from './genetic/hybrid-search.ts'
import type { MipSolver } from './cover/mip.ts'
import { Recombination } from './cover/recombination.ts'
import { Replan } from './replan.ts'
import type { PooledRoute } from './cover/route-pool.ts'
import type { Best } from './best.ts'
import type { Budget, Progress, Surroundings } from './budget.ts'
import { Search } from './search.ts'
import { packStart, type GivenPlan } from './instance/start.ts'

/** A search as those who run it see it. */
export interface Searching {
  readonly iterations: number
  readonly best: Best
  /** cancelled before the first plan was whole */
  readonly isCut?: boolean
  advance(until: number): void
  progress(): Progress
  /** continues from another worker's plan; re-planning is one worker's work and has none */
  adopt?(best: Best | null, routes: readonly PooledRoute[]): void
  listRoutes?(limit: number): PooledRoute[]
}

/** What touching a route must save when the problem names no price: less than a detour round a block or two is not worth a call to the driver. */
const legsPerTouch = 2

/** Whether the search puts routes together anew, for which HiGHS wants a thread: in so short a search as not to be worth starting it none does. */
export function usesMip(problem: PlanningProblem, instance: Instance, budget: Budget): boolean {
  const isLong = (budget.seconds ?? 0) >= 3 || (budget.iterations ?? 0) >= 20_000
  return isLong && !problem.routes?.length && (HybridSearch.isFor(instance) || Recombination.isFor(instance, budget))
}

/** The search a problem wants: around what changed when people already follow a plan, everywhere otherwise; crossed plans where only loads bind. */
export function beginSearch(problem: PlanningProblem, instance: Instance, run: { seed: number; stream: number; budget: Budget; outside: Surroundings; began?: number; mip?: MipSolver | null; isAlone?: boolean }): Searching {
  const isVehiclesFirst = problem.objective === 'vehicles-then-cost'
  const given = packStart(problem, instance)
  if (!given && HybridSearch.isFor(instance)) return new HybridSearch(instance, { ...run, isVehiclesFirst })
  if (!given || !isReplanning(problem)) return new Search(instance, { ...run, isVehiclesFirst, start: given })
  const prices = { perRouteTouched: problem.replanning?.costPerRouteTouched ?? legsPerTouch * meanLeg(instance, given), perOrderMoved: problem.replanning?.costPerOrderMoved ?? 0 }
  return new Replan(instance, { ...run, isVehiclesFirst, given, prices })
}

/** Mean cost of a leg of the given plan. */
function meanLeg(instance: Instance, { packed }: GivenPlan): number {
  const { fleet, locationOf } = instance
  let sum = 0
  let legs = 0
  for (let at = 0; at < packed.length && packed[at] !== bookedKind; at += 2 + packed[at + 1]!) {
    const kind = packed[at]!
    const places = [fleet.start[kind]!, ...Array.from(packed.subarray(at + 2, at + 2 + packed[at + 1]!), (task) => locationOf[task]!), fleet.end[kind]!]
    for (let leg = 1; leg < places.length; leg++, legs++) sum += fleet.factor[kind]! * arcAt(instance, fleet.arcBase[kind]!, places[leg - 1]!, places[leg]!)
  }
  return sum / Math.max(1, legs)
}
