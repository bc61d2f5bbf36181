import { dayOf } from '../../../base/time.ts'
import type { WorkCalendar } from './calendar.ts'
import { checkConflicts } from './check-conflicts.ts'
import { checkCoordinates, type KnownPlaces } from './check-coordinates.ts'
import { checkExamples } from './check-examples.ts'
import { accessProblem, type CheckFinding } from './check-finding.ts'
import { checkGaps } from './check-gaps.ts'
import { checkGeometry, orientZone } from './check-geometry.ts'
import { checkRules } from './check-rules.ts'
import { compile } from './compile.ts'
import { describePlace } from './describe-place.ts'
import { describeIssue } from './describe-shape.ts'
import type { FactNames } from './describe-vehicle.ts'
import { ruleSetSchema, type RuleSet } from './rule-set.ts'

export interface CheckedRuleSet {
  /** with rings turned the right way; null when its shape is wrong */
  readonly ruleSet: RuleSet | null
  readonly findings: readonly CheckFinding[]
  /** no error among the findings */
  readonly publishable: boolean
  /** false: shape or areas are too broken for the examples to be tried; their silence is no success */
  readonly examplesRan: boolean
}

export interface CheckContext {
  readonly calendar: WorkCalendar | null
  readonly known: KnownPlaces | null
  readonly now: number
  /** what the codes of a vehicle's facts are called; codes stand as they are without */
  readonly factNames?: FactNames
}

/** With the place as a pointer (RFC 6901), for a page that leads there. */
const pointed = (found: CheckFinding): CheckFinding => ({ ...found, problem: { ...found.problem, details: { ...found.problem.details, pointer: found.path.map((each) => `/${each}`).join('') } } })

/** Everything there is to say about a rule set before it is published: shape, areas, times, references, conflicts, gaps, examples. */
export function checkRuleSet(value: unknown, { calendar, known, now, factNames = {} }: CheckContext): CheckedRuleSet {
  const parsed = ruleSetSchema.safeParse(value)
  if (!parsed.success) {
    const findings = parsed.error.issues.slice(0, 100).map((issue): CheckFinding => {
      const path = issue.path.map((each) => (typeof each === 'number' ? each : String(each)))
      return { severity: 'error', path, problem: accessProblem('access-shape-invalid', { place: describePlace(value, path), reason: describeIssue(issue) }) }
    })
    return { ruleSet: null, findings: findings.map(pointed), publishable: false, examplesRan: false }
  }
  const given = parsed.data
  const geometry = checkGeometry(given)
  const ruleSet = { ...given, zones: given.zones.map((zone) => orientZone(zone).zone) }
  const areBroken = geometry.some((each) => each.severity === 'error' && each.problem.code !== 'access-zone-without-geometry')
  const findings = [...geometry, ...checkRules(ruleSet, { calendar, now })]
  if (!areBroken) {
    // Examples try what the rules say, whenever the set takes effect; a rule's own dates hold.
    const compiled = compile([{ ruleSet, from: null, to: null }], calendar)
    findings.push(...checkCoordinates(ruleSet, known), ...checkConflicts(ruleSet, factNames), ...checkExamples(ruleSet, compiled), ...checkGaps(ruleSet, compiled, dayOf(now)))
  }
  return { ruleSet, findings: findings.map(pointed), publishable: !findings.some((each) => each.severity === 'error'), examplesRan: !areBroken }
}
