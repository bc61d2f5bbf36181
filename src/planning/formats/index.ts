import { ProblemError, type Problem } from '../../base/problems.ts'
import { parseProblem, planningProblem, type PlanningProblem } from '../model/index.ts'
import { parseEchelons, type EchelonProblem } from '../echelons/index.ts'
import { parseBreunig } from './breunig.ts'
import { parseJson } from './json.ts'
import { parseLilim } from './lilim.ts'
import { parseSchneider } from './schneider.ts'
import { parseSolomon, type Convention } from './solomon.ts'
import { parseVroom } from './vroom.ts'
import { parseVrplib } from './vrplib.ts'

export { parseJson } from './json.ts'
export { readVroom } from './vroom-schema.ts'
export { renderVroom, type VroomAnswer } from './vroom-answer.ts'
export type { Convention } from './solomon.ts'

/** Some editors begin a file with this mark; it says nothing about what is in it. */
export const withoutMark = (text: string): string => (text.startsWith('\uFEFF') ? text.slice(1) : text)

/** A file as the planner's problem; a format whose fields are called otherwise says what is wrong in its own words. */
interface Reading {
  readonly input: unknown
  readonly inOwnWords?: (problems: readonly Problem[]) => readonly Problem[]
}

const readers: Record<string, (text: string, convention: Convention) => Reading> = {
  lvpei: (text) => ({ input: parseJson(text) }),
  solomon: (text, convention) => ({ input: parseSolomon(text, convention) }),
  vrplib: (text, convention) => ({ input: parseVrplib(text, convention) }),
  lilim: (text, convention) => ({ input: parseLilim(text, convention) }),
  schneider: (text) => ({ input: parseSchneider(text) }),
  vroom: (text) => parseVroom(parseJson(text)),
}

export const formatNames: readonly string[] = Object.keys(readers)

/** Formats of problems with several tiers. */
const echelonReaders: Record<string, (text: string) => unknown> = { breunig: parseBreunig, 'lvpei-echelons': parseJson }

export const echelonFormatNames: readonly string[] = Object.keys(echelonReaders)

/** Reads a problem of several tiers. Throws a ProblemError with everything that is wrong. */
export function readEchelons(text: string, format: string): EchelonProblem {
  const reader = Object.hasOwn(echelonReaders, format) ? echelonReaders[format] : undefined
  if (!reader) throw new ProblemError(planningProblem('plan-format-unknown', { value: format, known: echelonFormatNames.join('、') }))
  const { problem, problems } = parseEchelons(reader(withoutMark(text)))
  if (!problem) throw new ProblemError(problems)
  return problem
}

/** Reads a problem of a named format. Throws a ProblemError with everything that is wrong. */
export function readProblem(text: string, format: string, convention: Convention = {}): PlanningProblem {
  const reader = Object.hasOwn(readers, format) ? readers[format] : undefined
  if (!reader) throw new ProblemError(planningProblem('plan-format-unknown', { value: format, known: formatNames.join('、') }))
  const { input, inOwnWords } = reader(withoutMark(text), convention)
  const { problem, problems } = parseProblem(input)
  if (!problem) throw new ProblemError(inOwnWords ? inOwnWords(problems) : problems)
  return problem
}
