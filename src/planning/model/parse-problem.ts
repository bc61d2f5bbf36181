import type { Problem } from '../../base/problems.ts'
import { planningProblem } from './problems.ts'
import { excerpt } from './excerpt.ts'
import { problemSchema, type PlanningProblem } from './problem.ts'
import { checkReferences } from './check-references.ts'
import { checkTravel } from './check-travel.ts'

/** Above this many stops the travel matrix no longer fits a machine of the project's kind (20,000² × 4 bytes = 1.6 GB). */
export const stopLimit = 20_000

/** Words of constraints that users bring from elsewhere and that are not built: they are named as such. */
const knownFeatures = new Map(Object.entries({
  bans: '分时禁行（请用 timetable 行驶表表达）', echelons: '多级配送', setup: '车辆相关的准备时间', max_travel_time: '最大行驶时间', groups: '订单分组', steps: '指定步骤',
}))

const pointerOf = (path: readonly PropertyKey[]): string => `/${path.map(String).join('/')}`

/** The value a path leads to, for the problem's sentence. */
function valueAt(input: unknown, path: readonly PropertyKey[]): string {
  let value = input
  for (const key of path) value = (value as Record<PropertyKey, unknown> | undefined)?.[key]
  return excerpt(value)
}

interface Issue {
  readonly code: string
  readonly path: readonly PropertyKey[]
  readonly message: string
  readonly keys?: readonly string[]
}

function problemsOf(issue: Issue, input: unknown): Problem[] {
  if (issue.code === 'unrecognized_keys') return (issue.keys ?? []).map((key) => planningProblem('feature-unsupported', { pointer: `${pointerOf(issue.path)}/${key}`.replace('//', '/'), feature: knownFeatures.get(key) ?? key }))
  return [planningProblem('plan-field-invalid', { pointer: pointerOf(issue.path), reason: issue.message, value: valueAt(input, issue.path) })]
}

/** Only the first problems are reported: a broken file of 20,000 orders would drown its reader. */
export const reportLimit = 50

/** What a schema found, as problems; other formats of the room read with it too. */
export const shapeProblems = (issues: readonly unknown[], input: unknown): Problem[] => issues.slice(0, reportLimit).flatMap((issue) => problemsOf(issue as Issue, input))

/** Beside the customers' places there are depots, stations and berths. */
const placeLimit = stopLimit + 1000
/** Every kind has a row of answers for every order: a fleet of equal vehicles is one kind with a count. */
const kindLimit = 2000

/** What is too large to look at any closer; asked before the schema reads a million of anything. */
export function sizeProblems(input: unknown): Problem[] {
  const limits = [['orders', stopLimit], ['places', placeLimit], ['vehicles', kindLimit]] as const
  return limits.flatMap(([name, limit]) => {
    const list = (input as Record<string, { length?: unknown } | undefined> | null | undefined)?.[name]
    return typeof list?.length === 'number' && list.length > limit ? [planningProblem('problem-too-large', { pointer: `/${name}`, stops: list.length, limit })] : []
  })
}

/**
 * Reads `lvpei-planning/1`. Everything that would make a plan wrong, endless or impossible to build is a problem here,
 * so that the solver behind can trust its input: shapes, finite numbers, references, windows, matrix sizes, scale.
 */
export function parseProblem(input: unknown): { problem: PlanningProblem | null; problems: readonly Problem[] } {
  const tooLarge = sizeProblems(input)
  if (tooLarge.length > 0) return { problem: null, problems: tooLarge }
  const parsed = problemSchema.safeParse(input)
  if (!parsed.success) return { problem: null, problems: shapeProblems(parsed.error.issues, input) }
  const problem = parsed.data
  const problems = [...checkReferences(problem), ...checkTravel(problem)].slice(0, reportLimit)
  return { problem: problems.length ? null : problem, problems }
}
