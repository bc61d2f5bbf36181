import type { Problem } from '../../base/problems.ts'
import { parseProblem, planningProblem } from '../model/index.ts'
import { reportLimit, shapeProblems, sizeProblems } from '../model/parse-problem.ts'
import { supplyProblem, tierProblem } from './compose.ts'
import { echelonsSchema, type EchelonProblem } from './schema.ts'

/** Reads `lvpei-echelons/1`: its own fields here, everything else as the planning problems of its levels. */
export function parseEchelons(input: unknown): { problem: EchelonProblem | null; problems: readonly Problem[] } {
  const tooLarge = sizeProblems(input)
  if (tooLarge.length > 0) return { problem: null, problems: tooLarge }
  const parsed = echelonsSchema.safeParse(input)
  if (!parsed.success) return { problem: null, problems: shapeProblems(parsed.error.issues, input) }
  const problem = parsed.data
  const own = checkOwn(problem)
  const problems = (own.length > 0 ? own : checkLevels(problem)).slice(0, reportLimit)
  return { problem: problems.length > 0 ? null : problem, problems }
}

function checkOwn(problem: EchelonProblem): Problem[] {
  const places = new Set(problem.places.map((each) => each.id))
  const seen = new Set<string>()
  return [
    ...problem.orders.flatMap((order, at) => (order.pickup ? [planningProblem('feature-unsupported', { pointer: `/orders/${at}/pickup`, feature: '多级配送中的取货' })] : [])),
    ...problem.tiers.flatMap((tier, level) => tier.facilities.flatMap((facility, at) => {
      const pointer = `/tiers/${level}/facilities/${at}`
      const isAgain = seen.has(facility.place)
      seen.add(facility.place)
      return [
        ...(places.has(facility.place) ? [] : [planningProblem('plan-reference-unknown', { pointer: `${pointer}/place`, value: facility.place })]),
        ...(isAgain ? [planningProblem('identifier-duplicate', { pointer: `${pointer}/place`, value: facility.place })] : []),
        ...((facility.capacity?.length ?? problem.loads.length) === problem.loads.length ? [] : [planningProblem('load-size-wrong', { pointer: `${pointer}/capacity`, actual: facility.capacity!.length, expected: problem.loads.length })]),
      ]
    })),
  ]
}

/** The levels as planning problems: references, windows, matrices, sizes, combinations. Pointers lead into the level they name. */
function checkLevels(problem: EchelonProblem): Problem[] {
  const of = (level: string, composed: unknown): Problem[] => parseProblem(composed).problems.map((each) => ({ ...each, details: { ...each.details, level } }))
  const last = problem.tiers.length - 1
  return [
    ...of('supply', supplyProblem(problem, problem.vehicles, [])),
    ...problem.tiers.flatMap((tier, at) => of(`tiers/${at}`, tierProblem(problem, tier, at === last ? problem.orders : []))),
  ]
}
