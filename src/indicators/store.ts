import { findRow, rows, run, sql, type Db } from '../runtime/database.ts'
import { formatInstant, parseInstant, type Period } from '../base/time.ts'
import type { IndicatorValue, Measured, Snapshot } from './types.ts'

/** What is kept beside the figure, so that it can be measured again and explained. */
export interface ValueContext {
  readonly name: string
  readonly snapshot: Snapshot
  readonly baseline: number | null
  readonly obstacle: string | null
  readonly metReason: string | null
  readonly assumptions: readonly string[]
  readonly inPeriod: number | null
  readonly byYear: Readonly<Record<string, number>> | null
  readonly provisional: boolean
}

/** A recorded value as stored. */
export interface RecordedValue extends IndicatorValue {
  readonly measuredAt: number
  readonly measuredBy: string
  readonly asOfMs: number
  readonly rowDigest: string
  readonly context: ValueContext
}

interface ValueRow extends Omit<RecordedValue, 'asOf' | 'asOfMs'> {
  asOfMs: number
  asOf: number
}

const columns = sql`value_id as id, city_code as city, code, definition, definition_version as "definitionVersion", period, as_of as "asOf", as_of as "asOfMs", measured_at as "measuredAt", measured_by as "measuredBy",
  value, unit, numerator, denominator, rows_counted as "rowsCounted", rows_excluded as "rowsExcluded", comparator, target, met, open_questions as "openQuestions", row_digest as "rowDigest", context`

const valueOf = (row: ValueRow): RecordedValue => ({ ...row, asOf: formatInstant(row.asOfMs) })

/** Appends measured values in one statement. */
export async function insertValues(db: Db, values: readonly Measured[], { period, measuredAt, measuredBy }: { period: Period; measuredAt: number; measuredBy: string }): Promise<void> {
  const records = values.map((value) => ({
    id: value.id, city: value.city, code: value.code, definition: value.definition, version: value.definitionVersion, as_of: parseInstant(value.asOf)!,
    value: value.value, unit: value.unit, numerator: value.numerator, denominator: value.denominator, counted: value.rowsCounted, excluded: value.rowsExcluded,
    comparator: value.comparator, target: value.target, met: value.met, questions: value.openQuestions, digest: value.rowDigest, context: contextOf(value),
  }))
  await run(db, sql`
    insert into indicator_value (city_code, value_id, code, definition, definition_version, period, period_from, period_to, as_of, measured_at, measured_by, value, unit, numerator, denominator,
      rows_counted, rows_excluded, comparator, target, met, open_questions, row_digest, context)
    select city, id, code, definition, version, ${period.name}, ${period.from}::date, ${period.to}::date, to_timestamp(as_of / 1000), to_timestamp(${measuredAt / 1000}), ${measuredBy}, value, unit, numerator, denominator,
      counted, excluded, comparator, target, met, questions, digest, context
    from jsonb_to_recordset(${JSON.stringify(records)}::jsonb) as r (city text, id uuid, code text, definition text, version text, as_of float8, value float8, unit text, numerator float8, denominator float8,
      counted bigint, excluded bigint, comparator text, target float8, met bool, questions jsonb, digest text, context jsonb)`)
}

const contextOf = ({ name, snapshot, baseline, obstacle, metReason, assumptions, inPeriod, byYear, provisional }: Measured): ValueContext => ({ name, snapshot, baseline, obstacle, metReason, assumptions, inPeriod, byYear, provisional })

/** A recorded value by id, or undefined. */
export async function findValue(db: Db, id: string): Promise<RecordedValue | undefined> {
  const row = await findRow(db, sql<ValueRow>`select ${columns} from indicator_value where value_id = ${id}`)
  return row && valueOf(row)
}

/** The newest recorded value of each indicator of a city and period, known at `asOf` or before. */
export async function listLatestValues(db: Db, { city, period, asOf }: { city: string; period: string; asOf: number }): Promise<RecordedValue[]> {
  const found = await rows(db, sql<ValueRow>`select distinct on (code) ${columns} from indicator_value
    where city_code = ${city} and period = ${period} and as_of <= to_timestamp(${asOf / 1000}) order by code, as_of desc, measured_at desc, value_id desc`)
  return found.map((row) => valueOf(row))
}

/** Recorded values in the order of recording, after an id, for checks that walk all of them. */
export async function listValuesAfter(db: Db, { after, limit }: { after: string | null; limit: number }): Promise<RecordedValue[]> {
  const found = await rows(db, sql<ValueRow>`select ${columns} from indicator_value where ${after === null ? sql`true` : sql`value_id > ${after}::uuid`} order by value_id limit ${limit}`)
  return found.map((row) => valueOf(row))
}

/** Recorded values of one indicator, newest first: its history. */
export async function listValuesOf(db: Db, { city, code, limit }: { city: string; code: string; limit: number }): Promise<RecordedValue[]> {
  const found = await rows(db, sql<ValueRow>`select ${columns} from indicator_value where city_code = ${city} and code = ${code} order by measured_at desc, value_id desc limit ${limit}`)
  return found.map((row) => valueOf(row))
}
