import { readFile, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { Actor } from '../accounts/actor.ts'
import { problemLine, ProblemError } from '../base/problems.ts'
import { registerProblem } from './problems.ts'
import type { RegisterDeps } from './deps.ts'
import { applyImport, checkImport, getImport, mapImport, problemWorkbook, uploadImport } from './imports/work.ts'
import { listProblems, type ImportRecord } from './store-imports.ts'

export interface ImportArguments {
  /** code, plural or Chinese title of a register */
  readonly register: string
  /** path of the .xlsx */
  readonly file: string
  /** code of the city */
  readonly city: string
  readonly dryRun?: boolean
  readonly mode?: 'all' | 'good'
  readonly sheet?: string
  /** day the changes hold from, or `start` for corrections; default today */
  readonly validFrom?: string
  /** coordinate system of a file that has no column for it */
  readonly coordinates?: string
}

export interface ImportOutcome {
  readonly importId: string
  readonly register: string
  readonly state: ImportRecord['state']
  readonly sheet: string | null
  /** column letter → field */
  readonly columns: Readonly<Record<string, string | null>>
  readonly counts: ImportRecord['counts']
  /** path of the workbook with its problems, when there are any */
  readonly problems: string | null
  /** 0 done or would be done · 1 rows or the whole had problems */
  readonly exitCode: 0 | 1
}

/** The office at the command line: whoever may start the program may write the whole city's registers. */
const operator = (cityCode: string): Actor => ({ personId: null, name: '命令行', role: 'office-clerk', scope: { cityCode, districtCode: null, unitCode: null, enterpriseId: null } })

/**
 * `./lvpei import REGISTER FILE.xlsx --city CODE [--dry-run] [--mode all|good]`: the same four steps as in the web. Problem
 * lines go to `print`; the annotated workbook is written beside the input. Throws ProblemError when the file cannot be read.
 */
export async function importCommand(deps: RegisterDeps, args: ImportArguments, print: (line: string) => void = () => undefined): Promise<ImportOutcome> {
  const register = deps.registers.find((each) => [each.code, each.plural, each.title].includes(args.register))
  if (!register) throw new ProblemError(registerProblem('query-unknown', { name: args.register, register: '登记', known: deps.registers.map((each) => each.code).join('、') }))
  const actor = operator(args.city)
  const uploaded = await uploadImport(deps, { register, actor, fileName: basename(args.file), bytes: await readFile(args.file) })
  const constants = args.coordinates && register.pointField ? { [`${register.pointField}.system`]: args.coordinates } : undefined
  await mapImport(deps, actor, uploaded.id, { sheet: args.sheet, constants })
  await (await checkImport(deps, actor, uploaded.id, { validFrom: args.validFrom }))()
  let record = await getImport(deps, actor, uploaded.id)
  const problems = await writeProblems(deps, { actor, record, file: args.file, print })
  const mode = args.mode ?? 'all'
  const mayApply = record.state === 'checked' && !args.dryRun && (mode === 'good' || record.counts!.bad === 0)
  if (mayApply) {
    await (await applyImport(deps, actor, record.id, { mode }))()
    record = await getImport(deps, actor, record.id)
  }
  if (record.failure) print(problemLine(record.failure))
  const isFine = (record.state === 'applied' || (args.dryRun === true && record.state === 'checked')) && record.counts!.bad === 0
  return { importId: record.id, register: register.code, state: record.state, sheet: record.sheet, columns: record.mapping?.columns ?? {}, counts: record.counts, problems, exitCode: isFine ? 0 : 1 }
}

/** Prints every problem as a line and writes the annotated workbook; its path, or null without problems. */
async function writeProblems(deps: RegisterDeps, { actor, record, file, print }: { actor: Actor; record: ImportRecord; file: string; print: (line: string) => void }): Promise<string | null> {
  let after = 0
  for (;;) {
    const page = await listProblems(deps.db, record, { after, limit: 1000 })
    if (page.length === 0) break
    for (const each of page) print(problemLine({ ...each.problem, details: { file: `${basename(file)} [${record.sheet ?? ''}] ${each.column ?? ''}${each.row}` } }))
    after = page.at(-1)!.sequence
  }
  if (after === 0) return null
  const { fileName, bytes } = await problemWorkbook(deps, actor, record.id)
  const path = join(dirname(file), fileName)
  await writeFile(path, bytes)
  return path
}
