import type { Actor } from '../../accounts/actor.ts'
import { newId } from '../../base/ids.ts'
import { ProblemError, type Problem } from '../../base/problems.ts'
import { dayOf } from '../../base/time.ts'
import type { Db } from '../../runtime/database.ts'
import { checkAuthority } from '../authority.ts'
import { checkData, differences, hasError } from '../check.ts'
import { naturalKeyTitle, type AnyRegister, type CheckContext, type ReferenceField, type Severity } from '../define.ts'
import { unmasked } from '../present.ts'
import { registerProblem, workbookProblem } from '../problems.ts'
import { belongsTo, checkContext, insertVersions, knownFrom, lockSegments, startDay, versionOf, versionsOfChange, type NewVersion, type Segment, type Writing } from '../store-record.ts'
import { referenceFinder } from '../store-references.ts'
import { readValue } from '../values.ts'
import { detached } from '../workbook/parts.ts'
import type { Sheet, Workbook } from '../workbook/read.ts'
import { columnNumber, readRows, type Row, type SheetOutline } from '../workbook/rows.ts'
import { rowReader, type ParsedRow, type RowReader } from './cells.ts'
import { headingFinder, type Mapping } from './mapping.ts'

export interface ImportCounts {
  readonly rows: number
  readonly created: number
  readonly changed: number
  readonly unchanged: number
  readonly bad: number
  /** rows that go in although something looks odd */
  readonly warned: number
  /** rows hidden in the workbook; they are read like the others */
  readonly hidden: number
  /** headings repeated between the rows, left out */
  readonly headings: number
}

/** A row of the preview: what would become of it. */
export interface RowChange {
  readonly row: number
  readonly naturalKey: string
  readonly outcome: 'created' | 'changed'
  readonly changes: readonly { readonly field: string; readonly before: unknown; readonly after: unknown }[]
}

export interface ImportProblem {
  readonly row: number
  readonly column: string | null
  readonly field: string
  readonly severity: Severity
  readonly value: string | null
  readonly problem: Problem
}

export interface ImportResult {
  readonly counts: ImportCounts
  /** the first changed and the first new rows; the counts are of all */
  readonly sample: readonly RowChange[]
}

export interface ImportJob {
  readonly register: AnyRegister
  readonly workbook: Workbook
  readonly sheet: Sheet
  readonly outline: SheetOutline
  readonly mapping: Mapping
  readonly actor: Actor
  readonly writing: Writing
  readonly validFrom?: string
  /** `check` only looks; `good` writes the good rows; `all` writes all or throws `import-has-bad-rows` */
  readonly mode: 'check' | 'good' | 'all'
  readonly onProblems?: (problems: readonly ImportProblem[]) => Promise<void>
  readonly onProgress?: (rowsDone: number) => Promise<void>
}

// Small enough that a batch is gone before the garbage collector counts it as old: 1000 rows cost 100 MB more.
const batchRows = 250
const sampleRows = { changed: 200, created: 20 } as const

interface Pass {
  readonly db: Db
  readonly job: ImportJob
  readonly context: CheckContext
  readonly reader: RowReader
  readonly finders: ReadonlyMap<string, ReturnType<typeof referenceFinder>>
  /** natural key → first row that carries it */
  readonly seen: Map<string, number>
  readonly counts: { -readonly [Name in keyof ImportCounts]: number }
  readonly sample: RowChange[]
  /** the batch the database is still writing */
  writing: Promise<void>
}

/** Natural key of a row as it would be stored; undefined when a part is missing. */
function keyOf({ job, context }: Pass, row: ParsedRow): string | undefined {
  const parts = job.register.naturalKey.map((code) => readValue(job.register.fields[code]!, row.values[code], context).value)
  return parts.every((part) => typeof part === 'string') ? parts.join(' ') : undefined
}

/** Replaces the texts of references by entity ids; those not found become problems of their cell. */
async function resolveReferences(pass: Pass, batch: readonly ParsedRow[]): Promise<void> {
  for (const [code, finder] of pass.finders) {
    const spellings = batch.map((row) => row.values[code]).filter((text): text is string => typeof text === 'string')
    const find = await finder(spellings)
    for (const row of batch) {
      const text = row.values[code]
      if (typeof text !== 'string') continue
      const found = find(text)
      row.values[code] = typeof found === 'string' ? found : null
      if (typeof found !== 'string') row.problems.push({ field: code, column: pass.reader.letterOf.get(code) ?? null, value: text, problem: found })
    }
  }
}

/** The whole row as it would be stored: what the workbook says over what is known. */
function mergedData({ job, reader }: Pass, row: ParsedRow, known: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const data: Record<string, unknown> = { ...known }
  for (const code of reader.fields) data[code] = row.values[code] ?? undefined
  const { owner } = job.register
  const { enterpriseId } = job.actor.scope
  if (owner && owner !== 'self' && enterpriseId && !reader.fields.includes(owner)) data[owner] ??= enterpriseId
  return unmasked(job.register, data, known)
}

interface Judged {
  readonly problems: readonly ImportProblem[]
  readonly versions: readonly NewVersion[]
  readonly change?: RowChange
}

function problemsOf(pass: Pass, row: ParsedRow, { data, key, known }: { data: Record<string, unknown>; key: string | undefined; known: Segment | undefined }): { problems: ImportProblem[]; checked: Record<string, unknown> } {
  const { register, actor } = pass.job
  const unread = new Set(row.problems.map((each) => each.field))
  for (const code of unread) delete data[code]
  const { data: checked, problems } = checkData(register, data, pass.context)
  const found: ImportProblem[] = row.problems.map((each) => ({ row: row.number, column: each.column, field: each.field, severity: 'error', value: each.value, problem: each.problem }))
  for (const each of problems) if (!unread.has(each.field)) found.push({ row: row.number, column: pass.reader.letterOf.get(each.field) ?? null, field: each.field, severity: each.severity, value: data[each.field] === undefined ? null : String(data[each.field]), problem: each.problem })
  const whole = (problem: Problem) => found.push({ row: row.number, column: pass.reader.letterOf.get(register.naturalKey[0]!) ?? null, field: register.naturalKey[0]!, severity: 'error', value: key ?? null, problem })
  const firstRow = key === undefined ? undefined : pass.seen.get(key)
  if (firstRow !== undefined) whole(registerProblem('natural-key-repeated', { value: key, firstRow, title: naturalKeyTitle(register) }))
  if (known && checkAuthority(register, actor, belongsTo(register, known.entity_id, known.data))) whole(registerProblem('row-not-yours', { value: key }))
  else if (!hasError(problems) && unread.size === 0) {
    const refused = checkAuthority(register, actor, belongsTo(register, known?.entity_id ?? '', checked))
    if (refused) whole(refused)
  }
  const place = (each: ImportProblem): number => (each.column === null ? Infinity : columnNumber(each.column))
  return { problems: found.length > 1 ? found.toSorted((a, b) => place(a) - place(b)) : found, checked }
}

/** What is to become of one row, given what is known of its key. */
function judge(pass: Pass, row: ParsedRow, segments: readonly Segment[] | undefined): Judged {
  const { register, writing, validFrom } = pass.job
  const recordedAt = writing.now
  const known = segments?.findLast((each) => each.valid_from <= dayOf(recordedAt)) ?? segments?.[0]
  const key = keyOf(pass, row)
  const { problems, checked } = problemsOf(pass, row, { data: mergedData(pass, row, known?.data ?? {}), key, known })
  if (key !== undefined && !pass.seen.has(key)) pass.seen.set(detached(key), row.number)
  if (problems.some((each) => each.severity === 'error')) return { problems, versions: [] }
  const naturalKey = key!
  if (!segments || !known) {
    const version = versionOf(register, newId<'entity'>(recordedAt), { data: checked, validFrom: startDay(register, checked, validFrom, recordedAt), now: recordedAt })
    return { problems, versions: [version], change: { row: row.number, naturalKey, outcome: 'created', changes: [] } }
  }
  const versions = versionsOfChange(register, segments, { data: checked, validFrom, recordedAt })
  if (versions.length === 0) return { problems, versions }
  const changes = differences(register, known.data, checked).map((field) => ({ field, before: known.data[field] ?? null, after: checked[field] ?? null }))
  return { problems, versions, change: { row: row.number, naturalKey, outcome: 'changed', changes } }
}

function count(pass: Pass, row: ParsedRow, { problems, change }: Judged): void {
  const { counts, sample } = pass
  counts.rows += 1
  if (row.isHidden) counts.hidden += 1
  if (problems.some((each) => each.severity === 'error')) counts.bad += 1
  else {
    counts[change?.outcome ?? 'unchanged'] += 1
    if (problems.length > 0) counts.warned += 1
  }
  if (change && sample.filter((each) => each.outcome === change.outcome).length < sampleRows[change.outcome]) sample.push(change)
}

async function runBatch(pass: Pass, batch: readonly ParsedRow[]): Promise<void> {
  const { job, db } = pass
  await resolveReferences(pass, batch)
  const keys = batch.map((row) => keyOf(pass, row)).filter((key) => key !== undefined)
  const byId = await lockSegments(db, job.register, { cityCode: job.writing.cityCode, keys, isLooking: job.mode === 'check' })
  const byKey = new Map([...byId.values()].filter((segments) => segments.length > 0).map((segments) => [segments.at(-1)!.natural_key, segments]))
  const problems: ImportProblem[] = []
  const versions: NewVersion[] = []
  for (const row of batch) {
    const judged = judge(pass, row, byKey.get(keyOf(pass, row) ?? ''))
    count(pass, row, judged)
    problems.push(...judged.problems)
    versions.push(...judged.versions)
  }
  if (problems.length > 0) await job.onProblems?.(problems)
  if (job.mode === 'all' && pass.counts.bad > 0) throw new ProblemError(workbookProblem('import-has-bad-rows', { bad: pass.counts.bad }), 422)
  if (job.mode !== 'check') {
    // The database writes while the next rows are read; whoever comes next waits for it first.
    await pass.writing
    pass.writing = insertVersions(db, job.register, { ...job.writing, recordedAt: knownFrom(job.writing.now, byId) }, versions)
    pass.writing.catch(() => undefined)
  }
  await job.onProgress?.(pass.counts.rows)
}

/**
 * Reads the sheet once and judges every row; writes unless it only checks. The same code checks and applies, so what a check
 * promised is what an apply does. To write, `db` must be a transaction.
 */
export async function runImport(db: Db, job: ImportJob): Promise<ImportResult> {
  const { register, mapping, workbook, writing } = job
  const context = checkContext(writing)
  const isHeading = headingFinder(register, mapping)
  const reader = rowReader(register, mapping, { ...context, uses1904: workbook.uses1904 })
  const references = reader.fields.filter((code) => register.fields[code]!.type === 'reference')
  const pass: Pass = {
    db,
    job,
    context,
    reader,
    finders: new Map(references.map((code) => [code, referenceFinder(db, register.fields[code] as ReferenceField, { cityCode: writing.cityCode, asOf: writing.now })])),
    seen: new Map(),
    counts: { rows: 0, created: 0, changed: 0, unchanged: 0, bad: 0, warned: 0, hidden: 0, headings: 0 },
    sample: [],
    writing: Promise.resolve(),
  }
  let batch: ParsedRow[] = []
  const take = async (row: Row): Promise<void> => {
    if (row.number <= mapping.headerRow) return
    if (isHeading(row)) {
      pass.counts.headings += 1
      return
    }
    const parsed = reader.read(row)
    if (parsed.problems.length === 0 && Object.values(parsed.values).every((value) => value === null)) return
    batch.push(parsed)
    if (batch.length < batchRows) return
    await runBatch(pass, batch)
    batch = []
  }
  for await (const rows of readRows(workbook, job.sheet, job.outline.merges)) for (const row of rows) await take(row)
  if (batch.length > 0) await runBatch(pass, batch)
  await pass.writing
  return { counts: pass.counts, sample: pass.sample.toSorted((a, b) => a.row - b.row) }
}
