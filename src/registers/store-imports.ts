import type { DataScope } from '../accounts/actor.ts'
import { isId } from '../base/ids.ts'
import type { Problem } from '../base/problems.ts'
import { findRow, rows, run, sql, type Db } from '../runtime/database.ts'
import type { Author } from './entity.ts'
import type { Mapping, Proposal } from './imports/mapping.ts'
import type { ImportCounts, ImportProblem, RowChange } from './imports/run.ts'

export type ImportState = 'uploaded' | 'mapped' | 'checking' | 'checked' | 'applying' | 'applied' | 'reverted' | 'failed'

/** A sheet of an uploaded workbook, with what its columns seem to be. */
export interface SheetChoice {
  readonly name: string
  readonly isHidden: boolean
  readonly proposal: Proposal | null
  /** why nothing can be proposed */
  readonly problem: Problem | null
}

export interface RevertCounts {
  /** rows the import had brought, gone again */
  readonly removed: number
  /** rows back to what they were before */
  readonly restored: number
  /** rows somebody changed after the import; they stay as that person left them */
  readonly kept: number
}

export interface ImportRecord {
  readonly cityCode: string
  readonly id: string
  readonly register: string
  readonly state: ImportState
  readonly fileName: string
  readonly fileSha256: string
  readonly fileBytes: number
  readonly sheets: readonly SheetChoice[]
  readonly sheet: string | null
  readonly mapping: Mapping | null
  readonly mode: 'all' | 'good' | null
  readonly validFrom: string | null
  readonly rowsDone: number
  readonly rowsTotal: number | null
  readonly counts: (ImportCounts & { readonly reverted?: RevertCounts }) | null
  readonly sample: readonly RowChange[] | null
  readonly failure: Problem | null
  readonly author: string
  readonly uploadedAt: number
  readonly checkedAt: number | null
  readonly appliedAt: number | null
  readonly revertedAt: number | null
  readonly revertedBy: string | null
}

const columns = sql`city_code as "cityCode", import_id as id, register, state, file_name as "fileName", file_sha256 as "fileSha256", file_bytes as "fileBytes", sheets, sheet, mapping, mode,
  valid_from as "validFrom", rows_done as "rowsDone", rows_total as "rowsTotal", counts, sample, failure, author_name as author, uploaded_at as "uploadedAt", checked_at as "checkedAt",
  applied_at as "appliedAt", reverted_at as "revertedAt", reverted_by as "revertedBy"`

const pieceBytes = 2 ** 20

export interface NewImport {
  readonly id: string
  readonly register: string
  readonly scope: DataScope
  readonly author: Author
  readonly fileName: string
  readonly fileSha256: string
  readonly bytes: Uint8Array
  readonly sheets: readonly SheetChoice[]
  readonly sheet: string | null
  readonly now: number
}

/** Keeps an upload: its record and its bytes. */
export async function insertImport(db: Db, made: NewImport): Promise<void> {
  const at = new Date(made.now)
  await run(db, sql`insert into register_import (city_code, import_id, register, state, file_name, file_sha256, file_bytes, sheets, sheet, author_id, author_name, scope, uploaded_at, heartbeat_at)
    values (${made.scope.cityCode}, ${made.id}, ${made.register}, 'uploaded', ${made.fileName}, ${made.fileSha256}, ${made.bytes.length}, ${JSON.stringify(made.sheets)}::jsonb, ${made.sheet}, ${made.author.id}, ${made.author.name}, ${JSON.stringify(made.scope)}::jsonb, ${at}, ${at})`)
  for (let part = 0; part * pieceBytes < made.bytes.length; part += 1) {
    const bytes = Buffer.from(made.bytes.subarray(part * pieceBytes, (part + 1) * pieceBytes))
    await run(db, sql`insert into register_import_file (city_code, import_id, part, bytes) values (${made.scope.cityCode}, ${made.id}, ${part}, ${bytes})`)
  }
}

/** The uploaded workbook's bytes. */
export async function readImportFile(db: Db, { cityCode, id }: { readonly cityCode: string; readonly id: string }): Promise<Buffer> {
  const pieces: Buffer[] = []
  for (let part = 0; ; part += 1) {
    const row = await findRow(db, sql<{ bytes: Buffer }>`select bytes from register_import_file where city_code = ${cityCode} and import_id = ${id} and part = ${part}`)
    if (!row) return Buffer.concat(pieces)
    pieces.push(row.bytes)
  }
}

/** City, and the same narrowing to a district or firm as the person who uploaded, when one's own scope is narrowed. */
const visible = (scope: DataScope) => sql`city_code = ${scope.cityCode} and (${scope.districtCode}::text is null or scope->>'districtCode' = ${scope.districtCode}) and (${scope.enterpriseId}::text is null or scope->>'enterpriseId' = ${scope.enterpriseId})`

export const findImport = async (db: Db, scope: DataScope, id: string): Promise<ImportRecord | undefined> => (isId(id) ? findRow(db, sql<ImportRecord>`select ${columns} from register_import where ${visible(scope)} and import_id = ${id}`) : undefined)

/** The import log, newest first. */
export const listImports = (db: Db, scope: DataScope, { register, before, limit }: { register?: string; before?: number; limit: number }): Promise<ImportRecord[]> =>
  rows(db, sql<ImportRecord>`select ${columns} from register_import where ${visible(scope)} ${register ? sql`and register = ${register}` : sql``} ${before === undefined ? sql`` : sql`and uploaded_at < ${new Date(before)}`} order by uploaded_at desc, import_id desc limit ${limit}`)

interface Which {
  readonly cityCode: string
  readonly id: string
}

const which = ({ cityCode, id }: Which) => sql`city_code = ${cityCode} and import_id = ${id}`

/** Moves an import on if it still stands where the caller believes; false when somebody else moved it first. */
export async function moveImport(db: Db, target: Which, move: { from: readonly ImportState[]; to: ImportState; now: number }): Promise<boolean> {
  return (await run(db, sql`update register_import set state = ${move.to}, failure = null, rows_done = 0, heartbeat_at = ${new Date(move.now)} where ${which(target)} and state = any(${move.from}::text[])`)) === 1
}

export const saveMapping = (db: Db, target: Which, { sheet, mapping }: { sheet: string; mapping: Mapping }): Promise<number> =>
  run(db, sql`update register_import set sheet = ${sheet}, mapping = ${JSON.stringify(mapping)}::jsonb, header_row = ${mapping.headerRow}, counts = null, sample = null where ${which(target)}`)

export const saveValidFrom = (db: Db, target: Which, validFrom: string | null): Promise<number> => run(db, sql`update register_import set valid_from = ${validFrom} where ${which(target)}`)

export const saveProgress = (db: Db, target: Which, { rowsDone, rowsTotal, now }: { rowsDone: number; rowsTotal: number; now: number }): Promise<number> =>
  run(db, sql`update register_import set rows_done = ${rowsDone}, rows_total = ${rowsTotal}, heartbeat_at = ${new Date(now)} where ${which(target)}`)

export const saveChecked = (db: Db, target: Which, { counts, sample, now }: { counts: ImportCounts; sample: readonly RowChange[]; now: number }): Promise<number> =>
  run(db, sql`update register_import set state = 'checked', counts = ${JSON.stringify(counts)}::jsonb, sample = ${JSON.stringify(sample)}::jsonb, checked_at = ${new Date(now)}, heartbeat_at = ${new Date(now)} where ${which(target)}`)

/** Called inside the transaction that writes the rows: both become true together. */
export const saveApplied = (db: Db, target: Which, { counts, mode, now }: { counts: ImportCounts; mode: 'all' | 'good'; now: number }): Promise<number> =>
  run(db, sql`update register_import set state = 'applied', counts = ${JSON.stringify(counts)}::jsonb, mode = ${mode}, applied_at = ${new Date(now)}, heartbeat_at = ${new Date(now)} where ${which(target)}`)

export const saveFailed = (db: Db, target: Which, { failure, now }: { failure: Problem; now: number }): Promise<number> =>
  run(db, sql`update register_import set state = 'failed', failure = ${JSON.stringify(failure)}::jsonb, heartbeat_at = ${new Date(now)} where ${which(target)}`)

/** Imports whose process went silent while at work are marked failed: nothing of theirs was written, they can be checked again. */
export const failSilentImports = (db: Db, { failure, silentSince, now }: { failure: Problem; silentSince: number; now: number }): Promise<number> =>
  run(db, sql`update register_import set state = 'failed', failure = ${JSON.stringify(failure)}::jsonb, heartbeat_at = ${new Date(now)} where state in ('checking', 'applying') and heartbeat_at < ${new Date(silentSince)}`)

/** One import of a register at a time; released with the transaction. */
export const lockImports = (db: Db, cityCode: string, register: string): Promise<number> => run(db, sql`select pg_advisory_xact_lock(hashtextextended(${`register-import ${cityCode} ${register}`}, 0))`)

export const eraseProblems = (db: Db, target: Which): Promise<number> => run(db, sql`delete from register_import_problem where ${which(target)}`)

export async function insertProblems(db: Db, target: Which, first: number, problems: readonly ImportProblem[]): Promise<void> {
  const list = problems.map((each, at) => ({ sequence: first + at, row_number: each.row, column_letter: each.column, field: each.field, severity: each.severity, code: each.problem.code, value: each.value, problem: each.problem }))
  await run(db, sql`insert into register_import_problem (city_code, import_id, sequence, row_number, column_letter, field, severity, code, value, problem)
    select ${target.cityCode}, ${target.id}::uuid, sequence, row_number, column_letter, field, severity, code, value, problem
    from jsonb_to_recordset(${JSON.stringify(list)}::jsonb) as t(sequence integer, row_number integer, column_letter text, field text, severity text, code text, value text, problem jsonb)`)
}

export type StoredProblem = ImportProblem & { readonly sequence: number }

/** Problems of an import in the order of its rows, after a sequence number. */
export const listProblems = (db: Db, target: Which, { after, limit }: { after: number; limit: number }): Promise<StoredProblem[]> =>
  rows(db, sql<StoredProblem>`select sequence, row_number as row, column_letter as column, field, severity, value, problem from register_import_problem where ${which(target)} and sequence > ${after} order by sequence limit ${limit}`)
