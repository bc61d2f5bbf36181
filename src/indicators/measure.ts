import { formatInstant, type Period } from '../base/time.ts'
import { newId } from '../base/ids.ts'
import { meetsTarget, type Profile } from '../profiles/index.ts'
import type { Db } from '../runtime/database.ts'
import type { IndicatorSources, MeasureWindow } from './definition.ts'
import { definitionOf } from './definitions/index.ts'
import { byYear, combineRows, digestRows, engineVersion, sortRows } from './derive-value.ts'
import { createSources } from './sources.ts'
import type { Measured, MeasuredRow, Snapshot } from './types.ts'
import { isProvisional, snapshotOf, windowOf } from './window.ts'

export interface MeasureRequest {
  readonly period: Period
  /** knowledge instant, epoch ms */
  readonly asOf: number
  /** only these city codes; all when absent */
  readonly codes?: readonly string[]
}

/** Measures the indicators of a city, in the profile's order. Nothing is stored. */
export async function measureCity(db: Db, profile: Profile, { period, asOf, codes }: MeasureRequest): Promise<Measured[]> {
  const wanted = codes ? profile.indicators.filter((indicator) => codes.includes(indicator.code)) : profile.indicators
  const snapshots = wanted.map((indicator) => snapshotOf(profile, indicator))
  const first = snapshots[0]
  if (!first) return []
  const sources = createSources(db, profile.code, windowOf(first, period, asOf))
  const measured: Measured[] = []
  for (const snapshot of snapshots) measured.push(await measureSnapshot(snapshot, windowOf(snapshot, period, asOf), sources))
  return measured
}

/** Measures one indicator from what a recorded value kept of its profile. */
export const measureAgain = (db: Db, snapshot: Snapshot, { period, asOf }: MeasureRequest): Promise<Measured> => {
  const window = windowOf(snapshot, period, asOf)
  return measureSnapshot(snapshot, window, createSources(db, snapshot.cityCode, window))
}

async function measureSnapshot(snapshot: Snapshot, window: MeasureWindow, sources: IndicatorSources): Promise<Measured> {
  const { indicator } = snapshot
  const definition = definitionOf(indicator.canonical)
  const parts: Measured[] = []
  for (const part of snapshot.parts) parts.push(await measureSnapshot({ ...snapshot, indicator: part, parts: [] }, window, sources))
  const { watched, empty } = watchEmpty(sources)
  const set = await definition.collect({ snapshot, window, sources: watched, parts })
  const rows = sortRows(set.rows)
  const combined = combineRows(rows, definition.combine, set.baseline)
  const obstacle = set.obstacle ?? nothingRegistered(rows, empty) ?? combined.obstacle
  const value = obstacle === null ? combined.value : null
  const hasRows = rows.length > 0 || obstacle === null
  const years = byYear(rows)
  return {
    id: newId<'indicator-value'>(window.asOf),
    city: snapshot.cityCode, code: indicator.code, name: indicator.name,
    definition: definition.id, definitionVersion: `${definition.version}.${engineVersion}`,
    period: window.period.name, asOf: formatInstant(window.asOf),
    value, unit: indicator.unit,
    numerator: hasRows ? combined.numerator : null,
    denominator: hasRows ? combined.denominator : null,
    rowsCounted: combined.rowsCounted, rowsExcluded: combined.rowsExcluded,
    comparator: indicator.comparator, target: indicator.target,
    ...verdict(value, snapshot, obstacle),
    openQuestions: openQuestionsOf(snapshot, window, obstacle),
    snapshot, rows, rowDigest: digestRows(rows, set.baseline), baseline: set.baseline, obstacle, assumptions: set.assumptions,
    byYear: years, inPeriod: years && sumInside(rows, window.period), provisional: isProvisional(window.period, window.asOf),
  }
}

/** The same sources, noting the registers in which the city has no row at all. */
function watchEmpty(sources: IndicatorSources): { watched: IndicatorSources; empty: Set<string> } {
  const empty = new Set<string>()
  const entities: IndicatorSources['entities'] = async (register) => {
    const found = await sources.entities(register)
    if (found.length === 0) empty.add(register.title)
    return found
  }
  return { watched: { ...sources, entities }, empty }
}

/** Nothing registered is not zero of it: an empty register says that nobody has filled it in yet. */
const nothingRegistered = (rows: readonly MeasuredRow[], empty: ReadonlySet<string>): string | null =>
  rows.every((row) => row.kind === 'baseline') && empty.size > 0 ? `${[...empty].join('、')}登记中尚无任何记录` : null

/** Whether the target is met, or why that cannot be said. */
function verdict(value: number | null, { indicator }: Snapshot, obstacle: string | null): { met: boolean | null; metReason: string | null } {
  if (value === null) return { met: null, metReason: obstacle }
  const isPaper = indicator.comparator === 'document' || indicator.comparator === 'presence'
  if (indicator.target === null && !isPaper) return { met: null, metReason: '方案没有给出目标值' }
  return { met: meetsTarget(value, indicator.comparator, indicator.target), metReason: null }
}

/** Questions of the plan that touch this value, and the sentence why there is none. */
function openQuestionsOf({ indicator, periodOpenQuestions }: Snapshot, { newFrom }: MeasureWindow, obstacle: string | null): string[] {
  const isAboutPeriod = newFrom === null && (indicator.variant?.counting === 'new-in-period' || indicator.canonical.startsWith('nev.'))
  const baseline = indicator.baseline?.value === null ? indicator.baseline.openQuestion : null
  const questions = [...indicator.openQuestions, ...(baseline ? [baseline] : []), ...(isAboutPeriod ? periodOpenQuestions : []), ...(obstacle ? [obstacle] : [])]
  return [...new Set(questions)]
}

const sumInside = (rows: readonly MeasuredRow[], { from, to }: Period): number =>
  rows.reduce((sum, row) => (row.included && row.day !== null && row.day >= from && row.day < to ? sum + row.numerator : sum), 0)
