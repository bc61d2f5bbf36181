import { createHash } from 'node:crypto'
import type { Combine, MeasuredRow } from './types.ts'

/** Raised when combining, verdict or digest change for all definitions; the second part of every `definitionVersion`. */
export const engineVersion = '1'

export interface Combined {
  readonly value: number | null
  readonly numerator: number | null
  readonly denominator: number | null
  readonly rowsCounted: number
  readonly rowsExcluded: number
  readonly obstacle: string | null
}

/** One order for rows everywhere: adding and digesting never depend on how they were read. */
export const sortRows = (rows: readonly MeasuredRow[]): MeasuredRow[] =>
  [...rows].sort((a, b) => compare(a.kind, b.kind) || compare(a.id, b.id) || Number(b.included) - Number(a.included) || compare(a.reason ?? '', b.reason ?? ''))

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** The number that follows from sorted rows. Deterministic, so that a recorded value can be recomputed and compared exactly. */
export function combineRows(rows: readonly MeasuredRow[], combine: Combine, baseline: number | null): Combined {
  const counted = rows.filter((row) => row.included)
  const sum = (pick: (row: MeasuredRow) => number, of: readonly MeasuredRow[]) => millionths(of.reduce((total, row) => total + pick(row), 0))
  const numerator = sum((row) => row.numerator, counted)
  const denominator = sum((row) => row.denominator, counted)
  const counts = { rowsCounted: sum((row) => row.count, counted), rowsExcluded: sum((row) => row.count, rows.filter((row) => !row.included)) }
  const none = (obstacle: string): Combined => ({ value: null, numerator, denominator, ...counts, obstacle })
  if (combine.kind === 'sum') return { value: numerator, numerator, denominator: null, ...counts, obstacle: null }
  if (denominator === 0) return none('分母为零，无法计算比例')
  if (combine.kind === 'all') return { value: numerator === denominator ? 1 : 0, numerator, denominator, ...counts, obstacle: null }
  if (combine.kind === 'ratio') return { value: (combine.scale * numerator) / denominator, numerator, denominator, ...counts, obstacle: null }
  if (baseline === null || baseline === 0) return none('没有期初值，无法计算变化率')
  return { value: (100 * (numerator / denominator - baseline)) / baseline, numerator, denominator, ...counts, obstacle: null }
}

/** Rows add whole pieces or kilometres to the centimetre; what binary fractions leave behind the sixth decimal is no figure. */
const millionths = (sum: number): number => Math.round(sum * 1e6) / 1e6

/** sha256 over the sorted rows: which were counted, which left out and why, in which version, with what contribution. */
export function digestRows(rows: readonly MeasuredRow[], baseline: number | null): string {
  const hash = createHash('sha256')
  for (const row of rows) hash.update(`${JSON.stringify([row.kind, row.id, row.versionId, row.included, row.reason, row.numerator, row.denominator, row.count])}\n`)
  return hash.update(JSON.stringify(['baseline', baseline])).digest('hex')
}

/** Numerator of counted rows by the calendar year of their day; null when no row that adds to it carries a day. */
export function byYear(rows: readonly MeasuredRow[]): Record<string, number> | null {
  const dated = rows.filter((row) => row.included && row.numerator > 0 && row.day !== null)
  if (dated.length === 0) return null
  const years: Record<string, number> = {}
  for (const row of dated) years[row.day!.slice(0, 4)] = (years[row.day!.slice(0, 4)] ?? 0) + row.numerator
  return Object.fromEntries(Object.entries(years).sort())
}
