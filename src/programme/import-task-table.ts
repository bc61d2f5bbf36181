import { problemLine, type Problem } from '../base/problems.ts'
import { unitName, type Profile } from '../profiles/index.ts'
import { programmeProblem } from './problems.ts'
import { findColumns } from './task-table-columns.ts'
import { compareWithProfile } from './task-table-compare.ts'
import { readGrids, type Grid } from './task-table-grid.ts'
import { readTaskRows, type RecognisedTask } from './task-table-rows.ts'

export interface TaskTable {
  readonly sheet: string | null
  readonly tasks: readonly RecognisedTask[]
  /** each with sheet, row and, where one is meant, column and cell */
  readonly problems: readonly Problem[]
}

/**
 * Reads a plan's task table out of grids with merges resolved and compares it with the registered plan. Pure. Rows that do not fit
 * their columns are reported, never guessed into place.
 */
export function importTaskTable(grids: readonly Grid[], profile: Profile): TaskTable {
  for (const grid of grids) {
    const columns = findColumns(grid)
    if (!columns) continue
    const { tasks, problems } = readTaskRows(grid, columns, profile)
    const compared = compareWithProfile({ sheet: grid.sheet, tasks }, profile)
    return { sheet: grid.sheet, tasks, problems: [...problems, ...compared].sort((a, b) => rowOf(a) - rowOf(b)) }
  }
  return { sheet: null, tasks: [], problems: [programmeProblem('sheet-missing', {})] }
}

const rowOf = ({ details }: Problem): number => (typeof details['row'] === 'number' ? details['row'] : Number.MAX_SAFE_INTEGER)

/** `./lvpei import tasks FILE.xlsx --city CODE --dry-run`: what was recognised and every problem, as text and as data. */
export async function importTasksCommand(bytes: Uint8Array, profile: Profile): Promise<{ text: string; json: TaskTable & { ok: boolean }; problems: readonly Problem[] }> {
  const table = importTaskTable(await readGrids(bytes), profile)
  const names = (codes: readonly string[]) => codes.map((code) => unitName(profile, code)).join('、') || '—'
  const lines = table.tasks.map(({ number, text, lead, joint, items, row }) => {
    const years = items.flatMap(({ label, values }) => (values.some((each) => each.value !== null) ? [`${label || '年度'} ${values.map((each) => each.text).join(' / ')}`] : []))
    return `第${row}行（${number}）${text.slice(0, 24)}　${profile.words.lead}：${names(lead)}　${profile.words.joint}：${names(joint)}${years.length > 0 ? `　${years.join('；')}` : ''}`
  })
  const verdict = table.problems.length === 0 ? `识别任务 ${table.tasks.length} 项，与方案一致` : `识别任务 ${table.tasks.length} 项，发现 ${table.problems.length} 个问题`
  const problems = table.problems.map((each) => `  ${'row' in each.details ? `第${String(each.details['row'])}行 ` : ''}${problemLine(each)}`)
  return { text: [...lines, verdict, ...problems].join('\n'), json: { ok: table.problems.length === 0, ...table }, problems: table.problems }
}
