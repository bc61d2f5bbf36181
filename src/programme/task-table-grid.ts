import type { Cell } from 'exceljs'

/** A cell of a sheet with merges resolved: every cell of a merged range has the text of its first cell. */
export interface GridCell {
  readonly text: string
  /** `C5` of the range's first cell; the cell's own address when it is not merged */
  readonly master: string
}

export interface Grid {
  readonly sheet: string
  /** rows and columns from 0; the sheet's row 1 is row 0 */
  readonly rows: readonly (readonly GridCell[])[]
}

const empty: GridCell = { text: '', master: '' }
export const cellAt = ({ rows }: Grid, row: number, column: number): GridCell => rows[row]?.[column] ?? empty

/** `C5` of row 4, column 2. */
export const addressOf = (row: number, column: number): string => `${columnName(column)}${row + 1}`

/** `A` of column 0, `AA` of column 26. */
export const columnName = (column: number): string => (column < 26 ? '' : columnName(Math.floor(column / 26) - 1)) + String.fromCharCode(65 + (column % 26))

/** All sheets of an `.xlsx` file. The reader is loaded with the first workbook, not with the server. */
export async function readGrids(bytes: Uint8Array): Promise<Grid[]> {
  const { default: ExcelJS } = await import('exceljs')
  const workbook = new ExcelJS.Workbook()
  await workbook.xlsx.load(bytes.slice().buffer)
  return workbook.worksheets.map((sheet) => ({
    sheet: sheet.name,
    rows: Array.from({ length: sheet.rowCount }, (_, row) =>
      Array.from({ length: sheet.columnCount }, (_, column) => {
        const cell = sheet.getCell(row + 1, column + 1)
        return { text: shownText(cell), master: cell.master.address }
      }),
    ),
  }))
}

/** What the cell shows; a percentage is stored as a fraction and shown by its format. */
function shownText(cell: Cell): string {
  const { value, numFmt } = cell.master
  if (typeof value === 'number' && numFmt?.includes('%')) return `${Number((value * 100).toFixed(4))}%`
  return (cell.master.text ?? '').trim()
}

/** A grid of plain rows, for tables that never were a workbook (tab-separated text). */
export const plainGrid = (sheet: string, rows: readonly (readonly string[])[]): Grid => ({
  sheet,
  rows: rows.map((cells, row) => cells.map((text, column) => ({ text: text.trim(), master: addressOf(row, column) }))),
})
