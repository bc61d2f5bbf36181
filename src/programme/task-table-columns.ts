import { cellAt, type Grid } from './task-table-grid.ts'

/** Which column of a task table holds what; null where the table has no such column. */
export interface TaskColumns {
  readonly headerRow: number
  /** first row below the header */
  readonly firstRow: number
  readonly number: number | null
  readonly group: number | null
  readonly text: number
  /** second column under the same heading, for the parts of a task (一级节点3个) */
  readonly item: number | null
  readonly years: readonly { readonly year: number; readonly column: number }[]
  readonly lead: number
  readonly joint: number | null
  readonly deadline: number | null
}

const words = (text: string) => text.replace(/\s/g, '')

const headings = {
  number: /^序号$/,
  group: /^(主要任务|指标分类|任务类别)$/,
  text: /^(重点工作|重点任务|工作目标|工作任务)$/,
  lead: /^牵头(单位|部门)$/,
  joint: /^(共同责任|责任|配合)(单位|部门)$/,
  deadline: /^(完成)?时限$/,
} as const

/** The first row that has both a lead and a task heading, read as a header; years may stand one row below. */
export function findColumns(grid: Grid): TaskColumns | undefined {
  for (let row = 0; row < grid.rows.length; row++) {
    const found = (kind: keyof typeof headings) => columnsOf(grid, row, (text) => headings[kind].test(text))
    const [lead] = found('lead')
    const texts = found('text')
    if (lead === undefined || texts.length === 0) continue
    const yearRow = columnsOf(grid, row + 1, isYear).length > 0 ? row + 1 : row
    const years = columnsOf(grid, yearRow, isYear).map((column) => ({ year: Number(words(cellAt(grid, yearRow, column).text).slice(0, 4)), column }))
    return {
      headerRow: row,
      firstRow: yearRow + 1,
      number: found('number')[0] ?? null,
      group: found('group')[0] ?? null,
      text: texts[0]!,
      item: texts.length > 1 ? texts.at(-1)! : null,
      years,
      lead,
      joint: found('joint')[0] ?? null,
      deadline: found('deadline')[0] ?? null,
    }
  }
  return undefined
}

const isYear = (text: string): boolean => /^20\d\d年?$/.test(text)

const columnsOf = (grid: Grid, row: number, matches: (text: string) => boolean): number[] => (grid.rows[row] ?? []).flatMap((cell, column) => (matches(words(cell.text)) ? [column] : []))

/** A header repeated by a page break. */
export const isHeaderAgain = (grid: Grid, row: number, columns: TaskColumns): boolean => {
  const lead = words(cellAt(grid, row, columns.lead).text)
  const isTitle = columnsOf(grid, row, (text) => headings.lead.test(text)).length > 0
  return isTitle || (columns.years.length > 0 && !lead && columnsOf(grid, row, isYear).length >= columns.years.length) || headings.lead.test(lead)
}
