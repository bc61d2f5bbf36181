import { ProblemError } from '../base/problems.ts'
import type { Db } from '../runtime/database.ts'
import type { ProfileDirectory } from './facts.ts'
import { measureCity } from './measure.ts'
import { indicatorProblem } from './problems.ts'
import { asOfFrom, periodFrom } from './routes.ts'
import type { IndicatorValue } from './types.ts'
import { verifyLineage, type LineageReport } from './verify.ts'

export type MeasureLine = Pick<IndicatorValue, 'code' | 'value' | 'unit' | 'numerator' | 'denominator' | 'comparator' | 'target' | 'met' | 'rowsCounted' | 'rowsExcluded' | 'definitionVersion' | 'asOf' | 'openQuestions'> & { readonly name: string; readonly definition: string }

/** `./lvpei measure --city CODE --period P [--asOf T]`: one object an indicator. Throws problems for a city, period or instant that is none. */
export async function measureCommand({ db, cities, now }: { db: Db; cities: ProfileDirectory; now: number }, { city, period, asOf }: { city: string; period: string; asOf?: string }): Promise<MeasureLine[]> {
  const profile = cities.find(city)
  if (!profile) throw new ProblemError(indicatorProblem('city-without-profile', { value: city }), 404)
  const values = await measureCity(db, profile, { period: periodFrom(period, now), asOf: asOfFrom(asOf, now) })
  return values.map(({ code, name, value, unit, numerator, denominator, comparator, target, met, rowsCounted, rowsExcluded, definition, definitionVersion, asOf: known, openQuestions }) => ({
    code, name, value, unit, numerator, denominator, comparator, target, met, rowsCounted, rowsExcluded, definition, definitionVersion, asOf: known, openQuestions,
  }))
}

/** `./lvpei verify lineage`: every recorded figure from its rows; not ok when one differs. */
export async function verifyLineageCommand(db: Db): Promise<{ ok: boolean; json: LineageReport; text: string }> {
  const report = await verifyLineage(db)
  const words = { differs: '与各行重算的结果不同', 'definition-changed': '口径版本已更新，本程序不能重算' } as const
  const lines = report.faults.map((fault) => `${fault.city} ${fault.code} ${fault.period}（${fault.id}）：${words[fault.fault]}，记录 ${fault.recorded.value ?? '空'}，重算 ${fault.recomputed.value ?? '空'}`)
  return { ok: report.faults.length === 0, json: report, text: [`已核对 ${report.checked} 个指标值，${report.same} 个与各行一致`, ...lines].join('\n') }
}
