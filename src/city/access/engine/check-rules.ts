import type { Problem } from '../../../base/problems.ts'
import { formatInstant, parseInstant } from '../../../base/time.ts'
import { isCalendarEnding, type WorkCalendar } from './calendar.ts'
import { accessProblem, type CheckFinding, type CheckSeverity } from './check-finding.ts'
import { describePlace } from './describe-place.ts'
import type { AccessRule, RuleSet, TimeSpan } from './rule-set.ts'

type Path = (string | number)[]

/** `2026-03-10 08:00`: the minute as people write it. */
const describeInstant = (instant: number): string => formatInstant(instant).slice(0, 16).replace('T', ' ')
type Code = Parameters<typeof accessProblem>[0]

const finding = (severity: CheckSeverity, path: Path, code: Code, details: Record<string, unknown>): CheckFinding => ({ severity, path, problem: accessProblem(code, details) })

/** Codes, references, times, dates and the calendar of a rule set. */
export function checkRules(ruleSet: RuleSet, { calendar, now }: { calendar: WorkCalendar | null; now: number }): CheckFinding[] {
  return [
    ...checkCodes(ruleSet),
    ...ruleSet.rules.flatMap((rule, at) => [...checkReferences(rule, ruleSet, ['rules', at]), ...checkRule(rule, ['rules', at], now)]),
    ...ruleSet.periods.flatMap((period, at) =>
      period.spans.length === 0 ? [finding('error', ['periods', at], 'access-period-unset', { period: period.title })] : period.spans.flatMap((span, index) => checkSpan(span, ['periods', at, 'spans', index], `时段“${period.title}”`))),
    ...checkCalendar(ruleSet, calendar, now),
  ]
}

function checkCodes(ruleSet: RuleSet): CheckFinding[] {
  const found: CheckFinding[] = []
  for (const list of ['zones', 'rules', 'periods', 'notices', 'passes', 'vehicleClasses'] as const) {
    const seen = new Set<string>()
    ruleSet[list].forEach(({ code }, at) => {
      if (seen.has(code)) found.push(finding('error', [list, at, 'code'], 'access-code-repeated', { what: describePlace(ruleSet, [list]), value: code }))
      seen.add(code)
    })
  }
  return found
}

function checkReferences(rule: AccessRule, ruleSet: RuleSet, path: Path): CheckFinding[] {
  const unknown = (what: string, codes: readonly string[], known: readonly { readonly code: string }[], field: string): CheckFinding[] =>
    codes.filter((code) => !known.some((each) => each.code === code)).map((value) => finding('error', [...path, field], 'access-reference-unknown', { rule: rule.title, what, value }))
  return [
    ...unknown('区域', rule.zones.filter((each) => each !== '*'), ruleSet.zones, 'zones'),
    ...unknown('时段', rule.periods, ruleSet.periods, 'periods'),
    ...unknown('通行证', rule.passes, ruleSet.passes, 'passes'),
    ...unknown('文件', [rule.notice.code], ruleSet.notices, 'notice'),
    ...rule.examples.flatMap((example, at) => [
      ...unknown('车辆类别', [example.vehicle], ruleSet.vehicleClasses, 'examples'),
      ...unknown('区域', example.zone ? [example.zone] : [], ruleSet.zones, 'examples'),
      ...(example.zone || example.point ? [] : [finding('error', [...path, 'examples', at], 'access-example-place', { rule: rule.title, example: example.title })]),
    ]),
  ]
}

function checkRule(rule: AccessRule, path: Path, now: number): CheckFinding[] {
  const found = rule.times.flatMap((span, at) => checkSpan(span, [...path, 'times', at], `规则“${rule.title}”`))
  const named = { rule: rule.title }
  if (rule.times.length === 0 && rule.periods.length === 0) found.push(finding('error', [...path, 'times'], 'access-times-missing', named))
  if (rule.effect === 'pass-needed' && rule.passes.length === 0) found.push(finding('error', [...path, 'passes'], 'access-passes-missing', named))
  if (rule.effect === 'limited' && !rule.limit) found.push(finding('error', [...path, 'limit'], 'access-limit-missing', named))
  if (rule.examples.length === 0) found.push(finding('error', [...path, 'examples'], 'access-examples-missing', named))
  const [from, to] = [rule.effectiveFrom === null ? -Infinity : parseInstant(rule.effectiveFrom)!, rule.effectiveTo === null ? Infinity : parseInstant(rule.effectiveTo)!]
  if (from >= to) found.push(finding('error', [...path, 'effectiveTo'], 'access-dates-reversed', { ...named, from: describeInstant(from), to: describeInstant(to) }))
  else if (to <= now) found.push(finding('error', [...path, 'effectiveTo'], 'access-rule-past', { ...named, to: describeInstant(to) }))
  return found
}

function checkSpan({ from, to }: TimeSpan, path: Path, whose: string): CheckFinding[] {
  if (from === '24:00') return [finding('error', path, 'access-time-start-24', { whose })]
  if (from === to) return [finding('error', path, 'access-time-empty', { whose, from })]
  if (to === '00:00') return [finding('note', path, 'access-time-to-midnight', { whose })]
  return to < from ? [finding('note', path, 'access-time-over-midnight', { whose, from, to })] : []
}

function checkCalendar(ruleSet: RuleSet, calendar: WorkCalendar | null, now: number): CheckFinding[] {
  if (!calendar) return [finding('error', ['calendar'], 'access-calendar-unknown', { calendar: ruleSet.calendar })]
  return calendarWarnings(ruleSet, calendar, now).map((problem): CheckFinding => ({ severity: 'warning', path: ['calendar'], problem }))
}

/** Asked with every answer: stops at the first span that names kinds of days. */
const asksCalendar = ({ rules, periods }: RuleSet): boolean => rules.some((rule) => rule.times.some((span) => span.days)) || periods.some((period) => period.spans.some((span) => span.days))

/** Says that the work calendar a rule set asks ends within `calendarWarningDays`, or has ended. */
export function calendarWarnings(ruleSet: RuleSet, calendar: WorkCalendar | null, now: number): Problem[] {
  return calendar && isCalendarEnding(calendar, now) && asksCalendar(ruleSet) ? [accessProblem('access-calendar-ending', { calendar: calendar.title, to: calendar.to })] : []
}
