import type { Problem } from '../base/problems.ts'
import { unitsInText, type Profile } from '../profiles/index.ts'
import { programmeProblem } from './problems.ts'
import { isHeaderAgain, type TaskColumns } from './task-table-columns.ts'
import { addressOf, cellAt, columnName, type Grid } from './task-table-grid.ts'

export interface YearlyCell {
  readonly year: number
  readonly text: string
  /** null for `-` and for words */
  readonly value: number | null
}

/** A part of a task with its yearly values; the label is empty when the task has no parts. */
export interface TaskItem {
  readonly label: string
  readonly values: readonly YearlyCell[]
  /** one merged cell stands for all years */
  readonly merged: boolean
  readonly row: number
}

/** One task as a workbook gives it; rows count from 1 as people see them. */
export interface RecognisedTask {
  readonly number: string
  readonly group: string
  readonly text: string
  /** unit codes that were recognised */
  readonly lead: readonly string[]
  readonly joint: readonly string[]
  readonly deadline: string | null
  readonly items: readonly TaskItem[]
  readonly row: number
  /** units could not be read because the row is shifted */
  readonly unitsUnread: boolean
}

export interface ReadTasks {
  readonly tasks: readonly RecognisedTask[]
  readonly problems: readonly Problem[]
}

type Building = { -readonly [Key in keyof RecognisedTask]: RecognisedTask[Key] } & { items: TaskItem[] }

const numberPattern = /^-?\d+(\.\d+)?\s*(%|家|个|辆)?$/
const labelPattern = /^\p{Script=Han}{2}.*\d+\s*(个|家|辆)$/u
const isNothing = (text: string) => /^[-–—－]$/.test(text)

/** Reads the rows below a header: tasks with parts, units and yearly values; shifted rows are reported and not guessed. */
export function readTaskRows(grid: Grid, columns: TaskColumns, profile: Pick<Profile, 'units'>): ReadTasks {
  const problems: Problem[] = []
  const tasks: Building[] = []
  const place = (row: number, column: number) => ({ sheet: grid.sheet, row: row + 1, column: columnName(column), cell: addressOf(row, column) })
  for (let row = columns.firstRow; row < grid.rows.length; row++) {
    const cells = grid.rows[row]!
    if (cells.every((cell) => cell.text === '') || isHeaderAgain(grid, row, columns) || isBanner(grid, row, columns)) continue
    const evidence = shiftEvidence(grid, row, columns)
    const shifted = evidence.length > 0
    if (shifted) problems.push(programmeProblem('row-shifted', { ...place(row, evidence[0]!.column), evidence: evidence.map((each) => each.sentence).join('；') }))
    const begun = startTasks(grid, row, columns, tasks)
    if (begun === 'unnumbered') problems.push(programmeProblem('task-number-missing', place(row, columns.text)))
    if (Array.isArray(begun)) {
      for (const task of begun) {
        const earlier = tasks.find((each) => each.number === task.number)
        if (earlier) problems.push(programmeProblem('task-number-repeated', { ...place(row, columns.text), number: task.number, firstRow: earlier.row }))
        tasks.push({ ...task, unitsUnread: shifted, ...(shifted ? {} : readUnits(grid, row, columns, { profile, number: task.number, problems })) })
      }
    }
    if (!shifted) addItem(grid, row, columns, { tasks: Array.isArray(begun) ? tasks.slice(-begun.length) : tasks.slice(-1), problems })
  }
  return { tasks, problems }
}

/** A title or a note: one cell, merged across or alone, outside the task column. */
function isBanner(grid: Grid, row: number, { text }: TaskColumns): boolean {
  const filled = grid.rows[row]!.flatMap((cell, column) => (cell.text === '' ? [] : [{ column, master: cell.master }]))
  return new Set(filled.map((each) => each.master)).size === 1 && filled[0]!.column !== text
}

function shiftEvidence(grid: Grid, row: number, columns: TaskColumns): { column: number; sentence: string }[] {
  const found: { column: number; sentence: string }[] = []
  const check = (column: number | null, title: string, isWrong: (text: string) => boolean) => {
    const text = column === null ? '' : cellAt(grid, row, column).text
    if (column !== null && text !== '' && isWrong(text)) found.push({ column, sentence: `“${text}”出现在“${title}”列（${addressOf(row, column)}）` })
  }
  check(columns.number, '序号', (text) => !/^\d+$/.test(text.replace(/\s/g, '')))
  check(columns.group, '主要任务', (text) => numberPattern.test(text))
  check(columns.item, '重点工作', (text) => numberPattern.test(text))
  for (const { year, column } of columns.years) check(column, `${year}年`, (text) => labelPattern.test(text))
  check(columns.lead, '牵头单位', (text) => numberPattern.test(text))
  check(columns.joint, '责任单位', (text) => numberPattern.test(text))
  return found
}

/** Tasks that begin in a row: several when one cell holds （1）… （2）…; none when it continues the task above. */
function startTasks(grid: Grid, row: number, columns: TaskColumns, before: readonly RecognisedTask[]): Omit<Building, 'unitsUnread'>[] | 'continues' | 'unnumbered' {
  const { text, master } = cellAt(grid, row, columns.text)
  const above = row > columns.firstRow && master !== '' && cellAt(grid, row - 1, columns.text).master === master
  if (above || text === '') return before.length > 0 ? 'continues' : 'unnumbered'
  const blank = { group: columns.group === null ? '' : cellAt(grid, row, columns.group).text, lead: [], joint: [], deadline: columns.deadline === null ? null : cellAt(grid, row, columns.deadline).text || null, items: [], row: row + 1 }
  const parts = [...text.matchAll(/[（(](\d{1,2})[）)]\s*([\s\S]*?)(?=\s*[（(]\d{1,2}[）)]\s*\p{Script=Han}|$)/gu)]
  if (parts.length > 0 && /^[（(]\d/.test(text)) return parts.map(([, number, words]) => ({ ...blank, number: number!, text: words!.trim() }))
  const serial = columns.number === null ? '' : cellAt(grid, row, columns.number).text.replace(/\s/g, '')
  return /^\d+$/.test(serial) ? [{ ...blank, number: serial, text }] : 'unnumbered'
}

function readUnits(grid: Grid, row: number, columns: TaskColumns, { profile, number, problems }: { profile: Pick<Profile, 'units'>; number: string; problems: Problem[] }): Pick<RecognisedTask, 'lead' | 'joint'> {
  const read = (column: number | null, role: string): string[] => {
    if (column === null) return []
    const { text } = cellAt(grid, row, column)
    const at = { sheet: grid.sheet, row: row + 1, column: columnName(column), cell: addressOf(row, column), number, role }
    if (text === '') {
      problems.push(programmeProblem('unit-cell-empty', at))
      return []
    }
    const { units, unknown } = unitsInText(profile, text)
    for (const each of unknown) problems.push(programmeProblem('unit-not-recognised', { ...at, value: each.text, suggestion: each.nearest ? `；是否为“${each.nearest}”？` : '' }))
    return [...new Set(units.map((each) => each.code))]
  }
  return { lead: read(columns.lead, '牵头单位'), joint: read(columns.joint, '责任单位') }
}

function addItem(grid: Grid, row: number, columns: TaskColumns, { tasks, problems }: { tasks: readonly Building[]; problems: Problem[] }): void {
  if (columns.years.length === 0 || tasks.length === 0) return
  const text = cellAt(grid, row, columns.text)
  const item = columns.item === null ? undefined : cellAt(grid, row, columns.item)
  const label = item && item.master !== text.master ? item.text : ''
  const cells = columns.years.map(({ year, column }) => ({ year, column, ...cellAt(grid, row, column) }))
  const merged = new Set(cells.map((each) => each.master)).size === 1 && cells.length > 1
  const values = cells.map(({ year, text: cell }) => ({ year, text: cell, value: numberPattern.test(cell) ? Number.parseFloat(cell) : null }))
  if (!merged && values.some((each) => each.value !== null)) {
    for (const { year, column, text: cell } of cells) {
      const at = { sheet: grid.sheet, row: row + 1, column: columnName(column), cell: addressOf(row, column), item: label || tasks[0]!.text.slice(0, 20), year }
      if (cell === '') problems.push(programmeProblem('yearly-cell-missing', at))
      else if (!numberPattern.test(cell) && !isNothing(cell)) problems.push(programmeProblem('yearly-cell-invalid', { ...at, value: cell }))
    }
  }
  for (const task of tasks) task.items.push({ label, values, merged, row: row + 1 })
}
