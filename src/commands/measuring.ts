import { dayMs, halfYearOf, parsePeriod } from '../base/time.ts'
import { listLatestValues, measureCity, recordMeasurement } from '../indicators/index.ts'
import type { MeasuredValue } from '../programme/index.ts'
import type { Core } from './core.ts'

interface Question {
  readonly cityCode: string
  readonly period: string
  readonly asOf: number
}

/** Newest recorded values of a city for a period, known at `asOf`. */
export const findValues = ({ database: { db } }: Core, { cityCode, period, asOf }: Question): Promise<readonly MeasuredValue[]> => listLatestValues(db, { city: cityCode, period, asOf })

/** Measures and records: what a document is composed of. */
export const measureNow = ({ database: { db }, cities, clock }: Core, { cityCode, period, asOf }: Question, by: string): Promise<readonly MeasuredValue[]> =>
  recordMeasurement(db, { city: cities.get(cityCode), period, asOf, now: clock(), by })

/**
 * Keeps the current half-year's values recorded: an indicator is recorded again when its rows or figure changed, or when the
 * recorded one is a day old, so that pages always open to rows without a row a minute piling up. Returns how many were recorded.
 */
export async function recordChanges(core: Core, cityCode: string): Promise<number> {
  const { database: { db }, cities, clock } = core
  const city = cities.get(cityCode)
  const now = clock()
  const period = halfYearOf(now)
  const measured = await measureCity(db, city, { period: parsePeriod(period)!, asOf: now })
  const latest = new Map((await listLatestValues(db, { city: cityCode, period, asOf: now })).map((each) => [each.code, each]))
  const codes = measured.filter((each) => {
    const known = latest.get(each.code)
    return !known || known.value !== each.value || known.rowDigest !== each.rowDigest || known.definitionVersion !== each.definitionVersion || now - known.asOfMs > dayMs
  }).map((each) => each.code)
  if (codes.length > 0) await recordMeasurement(db, { city, period, asOf: now, codes, now, by: '定时任务' })
  return codes.length
}
