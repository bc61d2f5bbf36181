import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { checkRuleSet, compile, readCalendars, readRuleFile, wholeOf, type CompiledRules, type RuleSet, type VehicleFacts } from '../../city/access/index.ts'
import { ProblemError } from '../../base/problems.ts'
import { roadProblem } from './problems.ts'

export interface LoadedRules {
  readonly ruleSet: RuleSet
  readonly compiled: CompiledRules
}

/**
 * Reads a rule set from its file as the city's files are laid out: the base map in `../world`, the work calendars in `../../calendar`.
 * `now`: the instant by which dated rules are judged. Throws what is wrong with it.
 */
export function loadRules(file: string, now: number): LoadedRules {
  if (!existsSync(file)) throw new ProblemError(roadProblem('roads-file-unreadable', { file, reason: 'ENOENT' }))
  const read = readRuleFile(file, join(dirname(file), '..', 'world'))
  if (read.problems.length > 0) throw new ProblemError(read.problems)
  const named = (read.value as { calendar?: unknown } | undefined)?.calendar
  const calendar = readCalendars(join(dirname(file), '..', '..', 'calendar')).get(String(named)) ?? null
  const { ruleSet, findings } = checkRuleSet(read.value, { calendar, known: null, now })
  const errors = findings.filter((each) => each.severity === 'error')
  if (!ruleSet || errors.length > 0) throw new ProblemError(errors.map(read.place))
  return { ruleSet, compiled: compile([wholeOf(ruleSet)], calendar) }
}

/** Facts of a vehicle class of the set; throws `roads-input-invalid` naming the classes there are. */
export function factsOfClass({ ruleSet }: LoadedRules, code: string, pointer: string): VehicleFacts {
  const known = ruleSet.vehicleClasses.find((each) => each.code === code)
  if (!known) throw new ProblemError(roadProblem('roads-input-invalid', { pointer, reason: `规则集中没有车辆类别“${code}”；有 ${ruleSet.vehicleClasses.map((each) => each.code).join('、')}` }))
  return known.facts
}
