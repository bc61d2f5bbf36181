import { canonicalIndicators, indicatorGroups, meetsTarget, unitName, type IndicatorGroup, type OpenQuestion, type Profile, type ProfileIndicator } from '../profiles/index.ts'
import { derivePace, type PaceReading } from './derive-pace.ts'
import { figureText } from './figure-wording.ts'
import type { MeasuredValue } from './measured-value.ts'

export interface AskedQuestion {
  readonly id: string
  readonly question: string
  /** official name of the unit that must answer; null when the plan names nobody */
  readonly askUnit: string | null
  readonly clause: string
}

/** One target of a city with what was measured against it. */
export interface TargetRow extends PaceReading {
  readonly code: string
  readonly name: string
  readonly canonical: ProfileIndicator['canonical']
  readonly group: IndicatorGroup
  readonly comparator: ProfileIndicator['comparator']
  readonly target: number | null
  /** in the city's own words: `≤4∶1`, `不少于80个` */
  readonly targetText: string
  readonly unit: string
  readonly actual: number | null
  readonly actualText: string | null
  /** null when there is no value */
  readonly met: boolean | null
  readonly expectedText: string | null
  readonly baseline: ProfileIndicator['baseline']
  /** id of the recorded value; opens to its rows */
  readonly valueId: string | null
  readonly rowsCounted: number | null
  readonly rowsExcluded: number | null
  readonly asOf: string | null
  /** lead units of the tasks that must bring it about */
  readonly leadUnits: readonly { code: string; name: string }[]
  readonly openQuestions: readonly AskedQuestion[]
  readonly clause: string
}

export const askedQuestion = (profile: Profile, { id, question, askUnit, clause }: OpenQuestion): AskedQuestion => ({ id, question, askUnit: askUnit ? unitName(profile, askUnit) : null, clause })

/** Questions by id, in the profile's order. */
export const askedQuestions = (profile: Profile, ids: readonly string[]): AskedQuestion[] => profile.openQuestions.filter((each) => ids.includes(each.id)).map((each) => askedQuestion(profile, each))

/**
 * Every target of a profile, in the order of the ministry's nine classes and then of the plan, with the values measured for it.
 * @param at instant the pace is judged at: the end of the period, or now while it runs (a value's own `asOf` says what was known, not up to when it counts)
 */
export function deriveTargets(profile: Profile, values: readonly MeasuredValue[], at: number): TargetRow[] {
  const byCode = new Map(values.map((each) => [each.code, each]))
  const groupOf = (indicator: ProfileIndicator) => indicatorGroups.indexOf(canonicalIndicators[indicator.canonical].group)
  return [...profile.indicators].sort((a, b) => groupOf(a) - groupOf(b)).map((indicator) => targetRow(profile, indicator, byCode.get(indicator.code), at))
}

function targetRow(profile: Profile, indicator: ProfileIndicator, measured: MeasuredValue | undefined, at: number): TargetRow {
  const { code, name, canonical, comparator, target, targetText, unit, baseline, clause } = indicator
  const actual = measured?.value ?? null
  // The measurement gives ids of the plan's questions and sentences of its own.
  const asked = new Set([...indicator.openQuestions, ...(measured?.openQuestions ?? [])])
  const obstacle = measured?.openQuestions.find((each) => !profile.openQuestions.some((question) => question.id === each))
  const reading = derivePace({ indicator, period: profile.period, value: actual, asOf: at, obstacle })
  return {
    code, name, canonical, comparator, target, targetText, unit, baseline, clause,
    group: canonicalIndicators[canonical].group,
    actual,
    actualText: actual === null ? null : figureText(indicator, actual),
    met: actual === null ? null : meetsTarget(actual, comparator, target),
    expectedText: reading.expectedByNow === null ? null : figureText(indicator, reading.expectedByNow),
    valueId: measured?.id ?? null,
    rowsCounted: measured?.rowsCounted ?? null,
    rowsExcluded: measured?.rowsExcluded ?? null,
    asOf: measured?.asOf ?? null,
    leadUnits: leadUnitsOf(profile, code),
    openQuestions: askedQuestions(profile, [...asked]),
    ...reading,
  }
}

function leadUnitsOf(profile: Profile, indicatorCode: string): { code: string; name: string }[] {
  const codes = profile.tasks.filter((task) => task.targets.includes(indicatorCode)).flatMap((task) => task.lead)
  return [...new Set(codes)].map((code) => ({ code, name: unitName(profile, code) }))
}
