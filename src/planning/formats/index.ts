import { ProblemError } from '../../base/problems.ts'
import { parseProblem, planningProblem, type PlanningProblem } from '../model/index.ts'
import { parseLilim } from './lilim.ts'
import { parseSchneider } from './schneider.ts'
import { parseSolomon, type Convention } from './solomon.ts'
import { parseVroom } from './vroom.ts'
import { parseVrplib } from './vrplib.ts'

export { renderVroom } from './vroom.ts'
export type { Convention } from './solomon.ts'

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new ProblemError(planningProblem('plan-syntax', { line: 0, value: 'JSON', reason: (error as Error).message }))
  }
}

const readers: Record<string, (text: string, convention: Convention) => unknown> = {
  lvpei: parseJson,
  solomon: parseSolomon,
  vrplib: parseVrplib,
  lilim: parseLilim,
  schneider: (text) => parseSchneider(text),
  vroom: (text) => parseVroom(parseJson(text)),
}

export const formatNames: readonly string[] = Object.keys(readers)

/** Reads a problem of a named format. Throws a ProblemError with everything that is wrong. */
export function readProblem(text: string, format: string, convention: Convention = {}): PlanningProblem {
  const reader = readers[format]
  if (!reader) throw new ProblemError(planningProblem('plan-format-unknown', { value: format, known: formatNames.join('、') }))
  const { problem, problems } = parseProblem(reader(text, convention))
  if (!problem) throw new ProblemError(problems)
  return problem
}
