import { formatInstant, startOfDay, type Period } from '../base/time.ts'
import { dayAfter, firstDay, type Profile } from '../profiles/index.ts'
import type { MeasureWindow } from './definition.ts'
import type { ProfileIndicator, Snapshot } from './types.ts'

/** What a measurement takes from a profile. */
export function snapshotOf(profile: Profile, indicator: ProfileIndicator): Snapshot {
  const { from, to, openQuestions } = profile.period
  return {
    cityCode: profile.code,
    cityName: profile.name,
    madeUp: profile.madeUp,
    indicator,
    parts: (indicator.composedOf ?? []).map((code) => profile.indicators.find((each) => each.code === code)).filter((each) => each !== undefined),
    creationFrom: from === null ? null : firstDay(from),
    creationTo: to === null ? null : dayAfter(to),
    periodOpenQuestions: openQuestions,
  }
}

/** Calendar of a measurement: new is what came into being from the creation period's beginning to the end of `period` (or of the creation period). */
export function windowOf(snapshot: Pick<Snapshot, 'creationFrom' | 'creationTo'>, period: Period, asOf: number): MeasureWindow {
  const newTo = snapshot.creationTo !== null && snapshot.creationTo < period.to ? snapshot.creationTo : period.to
  return { period, to: period.to, newFrom: snapshot.creationFrom, newTo, asOf }
}

export const isProvisional = (period: Period, asOf: number): boolean => asOf < startOfDay(period.to)
export const asOfText = (asOf: number): string => formatInstant(asOf)
