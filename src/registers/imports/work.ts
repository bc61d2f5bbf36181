import { createHash } from 'node:crypto'
import type { Actor } from '../../accounts/actor.ts'
import { newId } from '../../base/ids.ts'
import { ProblemError, type Problem } from '../../base/problems.ts'
import { notFound } from '../../runtime/http.ts'
import { transaction } from '../../runtime/database.ts'
import { checkAuthority } from '../authority.ts'
import type { AnyRegister } from '../define.ts'
import { workbookProblem as problem } from '../problems.ts'
import { writingOf, type RegisterDeps } from '../deps.ts'
import * as store from '../store-imports.ts'
import type { ImportRecord, ImportState, SheetChoice } from '../store-imports.ts'
import { revertImport } from '../store-revert.ts'
import { annotateWorkbook, type Remark } from '../workbook/annotate.ts'
import { chooseSheet, openWorkbook, type Sheet, type Workbook } from '../workbook/read.ts'
import { columnNumber, outlineOf, readRows, type Row } from '../workbook/rows.ts'
import { checkMapping, headerSearchRows, problemColumnTitle, proposeMapping, type Mapping, type Proposal } from './mapping.ts'
import { runImport, type ImportCounts, type ImportJob } from './run.ts'

/** Without a sign of life for this long, an import's process is taken to have died. */
const silenceMs = 60_000
/** How often progress is written down. */
const progressEveryMs = 500

const stateNames: Readonly<Record<ImportState, string>> = { uploaded: '已上传', mapped: '已对应', checking: '检查中', checked: '已检查', applying: '应用中', applied: '已应用', reverted: '已撤销', failed: '未完成' }

let lastOpened: { readonly id: string; readonly workbook: WeakRef<Workbook> } | undefined

/** The import's workbook; between the steps of one import it stays open as long as memory allows. */
async function openUploaded(deps: RegisterDeps, record: ImportRecord): Promise<Workbook> {
  const held = lastOpened?.id === record.id ? lastOpened.workbook.deref() : undefined
  if (held) return held
  const workbook = await openWorkbook(await store.readImportFile(deps.db, record))
  lastOpened = { id: record.id, workbook: new WeakRef(workbook) }
  return workbook
}

async function firstRows(workbook: Workbook, sheet: Sheet): Promise<Row[]> {
  const rows: Row[] = []
  for await (const batch of readRows(workbook, sheet)) {
    rows.push(...batch)
    if (rows.length >= headerSearchRows + 10) break
  }
  return rows.slice(0, headerSearchRows + 10)
}

async function propose(register: AnyRegister, workbook: Workbook, sheet: Sheet, headerRow?: number): Promise<{ proposal: Proposal | null; problem: Problem | null }> {
  try {
    return { proposal: proposeMapping(register, await firstRows(workbook, sheet), headerRow), problem: null }
  } catch (error) {
    if (error instanceof ProblemError && error.problems[0]!.code === 'header-not-found') return { proposal: null, problem: error.problems[0]! }
    throw error
  }
}

/** Step one: keeps the file and says what its sheets and columns seem to be. Throws ProblemError for a file that cannot be read. */
export async function uploadImport(deps: RegisterDeps, { register, actor, fileName, bytes }: { register: AnyRegister; actor: Actor; fileName: string; bytes: Uint8Array }): Promise<ImportRecord> {
  const refused = checkAuthority(register, actor)
  if (refused) throw new ProblemError(refused, 403)
  const workbook = await openWorkbook(bytes)
  const sheets: SheetChoice[] = []
  for (const sheet of workbook.sheets) sheets.push({ name: sheet.name, isHidden: sheet.isHidden, ...(await propose(register, workbook, sheet)) })
  const likely = sheets.filter((each) => !each.isHidden).toSorted((a, b) => (a.proposal?.missing.length ?? Infinity) - (b.proposal?.missing.length ?? Infinity))[0]
  const id = newId<'import'>(deps.clock())
  lastOpened = { id, workbook: new WeakRef(workbook) }
  await store.insertImport(deps.db, { id, register: register.code, scope: actor.scope, author: { id: actor.personId, name: actor.name }, fileName, fileSha256: createHash('sha256').update(bytes).digest('hex'), bytes, sheets, sheet: likely?.name ?? null, now: deps.clock() })
  await deps.audit?.(actor, 'register.import.upload', { object: `import/${id}`, register: register.code, fileName })
  return getImport(deps, actor, id)
}

/** An import the person may see; one whose process died shows as failed. Throws `not-found`. */
export async function getImport(deps: RegisterDeps, actor: Actor, id: string): Promise<ImportRecord> {
  await store.failSilentImports(deps.db, { failure: problem('import-interrupted'), silentSince: deps.clock() - silenceMs, now: deps.clock() })
  const found = await store.findImport(deps.db, actor.scope, id)
  if (!found) throw notFound(`导入 ${id}`)
  return found
}

const registerOf = (deps: RegisterDeps, record: ImportRecord): AnyRegister => {
  const register = deps.registers.find((each) => each.code === record.register)
  if (!register) throw new Error(`import ${record.id} is of the unknown register ${record.register}`)
  return register
}

async function move(deps: RegisterDeps, record: ImportRecord, { from, to, step }: { from: readonly ImportState[]; to: ImportState; step: string }): Promise<void> {
  if (await store.moveImport(deps.db, record, { from, to, now: deps.clock() })) return
  throw new ProblemError(problem('import-not-ready', { state: stateNames[record.state], step }), 409)
}

function mayWork(deps: RegisterDeps, actor: Actor, record: ImportRecord): AnyRegister {
  const register = registerOf(deps, record)
  const refused = checkAuthority(register, actor)
  if (refused) throw new ProblemError(refused, 403)
  return register
}

export interface MappingChoice {
  readonly sheet?: string | undefined
  readonly headerRow?: number | undefined
  readonly columns?: Readonly<Record<string, string | null>> | undefined
  readonly constants?: Readonly<Record<string, string>> | undefined
}

/** Step two: settles sheet, header row and columns; what is left out is taken from the proposal. Throws the mapping's problems (422). */
export async function mapImport(deps: RegisterDeps, actor: Actor, id: string, choice: MappingChoice): Promise<ImportRecord> {
  const record = await getImport(deps, actor, id)
  const register = mayWork(deps, actor, record)
  const workbook = await openUploaded(deps, record)
  const sheet = chooseSheet(workbook, choice.sheet ?? record.sheet ?? undefined)
  const { proposal, problem: found } = await propose(register, workbook, sheet, choice.headerRow)
  if (!proposal) throw new ProblemError(found!, 422)
  const mapping: Mapping = { headerRow: proposal.mapping.headerRow, columns: choice.columns ?? proposal.mapping.columns, ...(choice.constants ? { constants: choice.constants } : {}) }
  const problems = checkMapping(register, mapping)
  if (problems.length > 0) throw new ProblemError(problems, 422)
  await move(deps, record, { from: ['uploaded', 'mapped', 'checked', 'failed'], to: 'mapped', step: '对应' })
  await store.saveMapping(deps.db, record, { sheet: sheet.name, mapping })
  return getImport(deps, actor, id)
}

async function jobOf(deps: RegisterDeps, actor: Actor, record: ImportRecord, mode: ImportJob['mode']): Promise<ImportJob> {
  const workbook = await openUploaded(deps, record)
  const sheet = chooseSheet(workbook, record.sheet ?? undefined)
  const outline = await outlineOf(workbook, sheet)
  const validFrom = record.validFrom ?? undefined
  let writtenAt = -Infinity
  return {
    register: registerOf(deps, record),
    workbook,
    sheet,
    outline,
    mapping: record.mapping!,
    actor,
    writing: writingOf(deps, actor, { kind: 'import', ref: record.id }),
    ...(validFrom ? { validFrom } : {}),
    mode,
    async onProgress(rowsDone) {
      const now = deps.clock()
      if (now - writtenAt < progressEveryMs) return
      writtenAt = now
      await store.saveProgress(deps.db, record, { rowsDone, rowsTotal: Math.max(rowsDone, outline.rowCount - record.mapping!.headerRow), now })
    },
  }
}

/** Runs the work of a step; what stops it is kept with the import in words, what is our own fault is also reported. */
async function settle(deps: RegisterDeps, record: ImportRecord, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    const errorId = newId<'error'>(deps.clock())
    if (!(error instanceof ProblemError)) deps.onError?.(error, errorId)
    const failure = error instanceof ProblemError ? error.problems[0]! : problem('import-failed', { errorId })
    await store.saveFailed(deps.db, record, { failure, now: deps.clock() })
  }
}

/** Step three, the dry run: counts, differences, problems. Resolves when done; the record then is `checked` or `failed`. */
export async function checkImport(deps: RegisterDeps, actor: Actor, id: string, { validFrom }: { validFrom?: string | undefined } = {}): Promise<() => Promise<void>> {
  let record = await getImport(deps, actor, id)
  mayWork(deps, actor, record)
  if (record.state === 'uploaded') record = await mapImport(deps, actor, id, {})
  await move(deps, record, { from: ['mapped', 'checked', 'failed'], to: 'checking', step: '检查' })
  return () =>
    settle(deps, record, async () => {
      await store.saveValidFrom(deps.db, record, validFrom ?? null)
      await store.eraseProblems(deps.db, record)
      const job = await jobOf(deps, actor, (await store.findImport(deps.db, actor.scope, id))!, 'check')
      let written = 0
      const result = await runImport(deps.db, {
        ...job,
        async onProblems(problems) {
          await store.insertProblems(deps.db, record, written + 1, problems)
          written += problems.length
        },
      })
      await store.saveChecked(deps.db, record, { ...result, now: deps.clock() })
    })
}

const sameCounts = (a: ImportCounts, b: ImportCounts): boolean => a.created === b.created && a.changed === b.changed && a.unchanged === b.unchanged && a.bad === b.bad

/** Step four: writes all rows or only the good ones, in one transaction; the record then is `applied` or `failed`. */
export async function applyImport(deps: RegisterDeps, actor: Actor, id: string, { mode }: { mode: 'all' | 'good' }): Promise<() => Promise<void>> {
  const record = await getImport(deps, actor, id)
  const register = mayWork(deps, actor, record)
  if (record.state === 'checked' && mode === 'all' && record.counts!.bad > 0) throw new ProblemError(problem('import-has-bad-rows', { bad: record.counts!.bad }), 409)
  await move(deps, record, { from: ['checked'], to: 'applying', step: '应用' })
  return () =>
    settle(deps, record, async () => {
      const job = await jobOf(deps, actor, record, mode)
      const counts = await transaction(deps.db, async (inside) => {
        await store.lockImports(inside, record.cityCode, register.code)
        const result = await runImport(inside, job)
        if (!sameCounts(result.counts, record.counts!)) throw new ProblemError(problem('import-changed-meanwhile'), 409)
        await store.saveApplied(inside, record, { counts: result.counts, mode, now: deps.clock() })
        return result.counts
      })
      await deps.audit?.(actor, 'register.import.apply', { object: `import/${id}`, register: register.code, fileSha256: record.fileSha256, ...counts })
    })
}

/** Takes a whole applied import back. Throws `import-not-ready` unless it is applied. */
export async function revertWholeImport(deps: RegisterDeps, actor: Actor, id: string): Promise<ImportRecord> {
  const record = await getImport(deps, actor, id)
  mayWork(deps, actor, record)
  if (record.state !== 'applied') throw new ProblemError(problem('import-not-ready', { state: stateNames[record.state], step: '撤销' }), 409)
  const counts = await revertImport(deps.db, record, { now: deps.clock(), author: actor.name })
  await deps.audit?.(actor, 'register.import.revert', { object: `import/${id}`, register: record.register, ...counts })
  return getImport(deps, actor, id)
}

/** The uploaded workbook with its problems in it. */
export async function problemWorkbook(deps: RegisterDeps, actor: Actor, id: string): Promise<{ fileName: string; bytes: Buffer }> {
  const record = await getImport(deps, actor, id)
  if (!record.mapping || !record.counts) throw new ProblemError(problem('import-not-ready', { state: stateNames[record.state], step: '下载问题' }), 409)
  const workbook = await openUploaded(deps, record)
  const remarks: Remark[] = []
  for (let after = 0; ; ) {
    const page = await store.listProblems(deps.db, record, { after, limit: 5000 })
    if (page.length === 0) break
    for (const each of page) remarks.push({ row: each.row, column: each.column ? columnNumber(each.column) : undefined, text: `${each.severity === 'warning' ? '提示：' : ''}${each.problem.message}。${each.problem.cause}。${each.problem.action}` })
    after = page.at(-1)!.sequence
  }
  const bytes = await annotateWorkbook({ workbook, sheet: chooseSheet(workbook, record.sheet ?? undefined), headerRow: record.mapping.headerRow, heading: problemColumnTitle, remarks })
  return { fileName: record.fileName.replace(/(\.xlsx)?$/i, '.problems.xlsx'), bytes }
}
