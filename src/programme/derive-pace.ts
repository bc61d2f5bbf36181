import { startOfDay } from '../base/time.ts'
import { dayAfter, firstDay, meetsTarget, wordOf, type ProfileIndicator, type ProfilePeriod, type YearlyPlan } from '../profiles/index.ts'
import { figureText } from './figure-wording.ts'

export const paces = ['done', 'on-pace', 'behind', 'far-behind', 'unknown'] as const
export type Pace = (typeof paces)[number]

export const paceNames: Readonly<Record<Pace, string>> = { done: '已达到', 'on-pace': '按进度', behind: '滞后', 'far-behind': '严重滞后', unknown: '暂不能评价' }

/** Our rule, not the plan's: at least this share of what should be there by now is “behind”, less is “far behind”. */
export const behindFromShare = 0.8

export interface PaceReading {
  /** what should be there by now; null where the plan states no yearly values */
  readonly expectedByNow: number | null
  readonly pace: Pace
  /** one Chinese sentence a reader can check by hand */
  readonly reason: string
}

export interface PaceQuestion {
  readonly indicator: ProfileIndicator
  readonly period: Pick<ProfilePeriod, 'from' | 'to'>
  /** null: could not be computed */
  readonly value: number | null
  /** instant up to which the value counts */
  readonly asOf: number
  /** what the measurement said hindered it, a Chinese sentence without full stop */
  readonly obstacle?: string | undefined
}

/**
 * The pace light of one indicator. Increments and running totals are spread over the days of their year (cut to the creation
 * period); a level is asked for when its year is over; nothing is spread where the plan has no yearly values.
 */
export function derivePace(question: PaceQuestion): PaceReading {
  const { indicator, value, asOf, period } = question
  const expectedByNow = indicator.yearly ? expectedBy(indicator.yearly, asOf, period) : null
  if (value === null) return { expectedByNow, pace: 'unknown', reason: whyNoValue(indicator, question.obstacle) }
  if (meetsTarget(value, indicator.comparator, indicator.target)) return { expectedByNow, pace: 'done', reason: `已达到目标“${indicator.targetText}”${canFallBack(indicator) ? '，期末前须保持' : ''}` }
  const due = indicator.due ?? period.to
  if (due && asOf >= startOfDay(dayAfter(due))) return { expectedByNow, pace: 'far-behind', reason: `期限${wordOf(due)}已过，未达到目标“${indicator.targetText}”` }
  if (!indicator.yearly) return { expectedByNow, pace: 'unknown', reason: `方案没有年度分解${due ? `，期限${wordOf(due)}未到` : ''}，不能判断进度` }
  return againstExpected(question, indicator.yearly, expectedByNow)
}

function againstExpected({ indicator, value, asOf, period }: PaceQuestion, yearly: YearlyPlan, expected: number | null): PaceReading {
  const actual = figureText(indicator, value!)
  if (expected === null) return { expectedByNow: null, pace: 'unknown', reason: `${nextCheck(yearly, asOf, period)}，此前没有进度要求；目前${actual}` }
  if (expected <= 0) return { expectedByNow: expected, pace: 'on-pace', reason: '按年度分解至今没有应完成数' }
  const share = value! / expected
  const pace = share >= 1 ? 'on-pace' : share >= behindFromShare ? 'behind' : 'far-behind'
  return { expectedByNow: expected, pace, reason: `按年度分解至今应达${roundedText(indicator, expected)}，目前${actual}，为应达数的${Math.floor(share * 100)}%` }
}

/** An expectation as people say it: nobody owes 274.79 piles. Shares and small numbers keep a decimal, so that the percentage can be followed. */
function roundedText(indicator: ProfileIndicator, expected: number): string {
  const rounded = indicator.unit === '%' ? expected : expected >= 20 ? Math.round(expected) : Math.round(expected * 10) / 10
  return `${rounded === expected ? '' : '约'}${figureText(indicator, rounded)}`
}

/** How far a year of the plan has run at an instant, within the creation period: 0 before, 1 after. */
function yearElapsed(year: number, asOf: number, period: PaceQuestion['period']): number {
  const from = Math.max(startOfDay(`${year}-01-01`), period.from ? startOfDay(firstDay(period.from)) : -Infinity)
  const to = Math.min(startOfDay(`${year + 1}-01-01`), period.to ? startOfDay(dayAfter(period.to)) : Infinity)
  return Math.min(1, Math.max(0, (asOf - from) / (to - from)))
}

const spread = (steps: readonly { year: number; step: number }[], asOf: number, period: PaceQuestion['period']): number =>
  steps.reduce((sum, { year, step }) => sum + step * yearElapsed(year, asOf, period), 0)

/** The last value whose year is over; null while none is. */
const lastDue: Expectation = (yearly, asOf, period) => yearly.values.filter((each) => each.value !== null && yearElapsed(each.year, asOf, period) >= 1).at(-1)?.value ?? null

type Expectation = (yearly: YearlyPlan, asOf: number, period: PaceQuestion['period']) => number | null

const expectations: Record<YearlyPlan['kind'], Expectation> = {
  increment: ({ values }, asOf, period) => spread(values.map(({ year, value }) => ({ year, step: value ?? 0 })), asOf, period),
  cumulative: ({ values }, asOf, period) => spread(values.map(({ year, value }, index) => ({ year, step: (value ?? 0) - (values[index - 1]?.value ?? 0) })), asOf, period),
  level: lastDue,
  presence: lastDue,
  document: lastDue,
}

/** What the plan expects at an instant; null when no yearly value is due yet. */
export const expectedBy: Expectation = (yearly, asOf, period) => expectations[yearly.kind](yearly, asOf, period)

function nextCheck(yearly: YearlyPlan, asOf: number, period: PaceQuestion['period']): string {
  const next = yearly.values.find((each) => each.value !== null && yearElapsed(each.year, asOf, period) < 1)
  return next ? `方案要求${next.year}年${next.text}，到年末评价` : '方案没有后续年度要求'
}

/** Stocks and shares may fall again; things once built do not. */
const canFallBack = ({ unit, direction, canonical }: ProfileIndicator): boolean => unit === '%' || direction === 'down' || canonical === 'charging.piles-per-vehicle'

function whyNoValue({ definition, baseline, openQuestions }: ProfileIndicator, obstacle: string | undefined): string {
  const asked = openQuestions.length > 0 ? `（${openQuestions.join('、')}）` : ''
  if (definition.status === 'open') return `口径待明确${asked}`
  if (baseline && baseline.value === null) return `${baseline.quantity}未登记${asked}`
  return obstacle ?? '暂无数据'
}
