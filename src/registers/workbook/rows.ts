import { unescapeControls } from './parts.ts'
import { sheetText, type Sheet, type Workbook } from './read.ts'
import { attribute, scanXml } from './xml.ts'
import { damaged } from './zip.ts'

/** What a cell holds, formulas by their stored result. */
export type Cell =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'number'; readonly number: number; readonly isDate: boolean }
  | { readonly type: 'boolean'; readonly value: boolean }
  | { readonly type: 'error'; readonly text: string }
  /** a formula whose result was never stored */
  | { readonly type: 'uncomputed' }

export interface Row {
  /** number as Excel shows it, from 1 */
  readonly number: number
  readonly isHidden: boolean
  /** by column number, from 1; empty cells are absent */
  readonly cells: ReadonlyMap<number, Cell>
}

export interface Merge {
  readonly top: number
  readonly bottom: number
  readonly left: number
  readonly right: number
}

/** What has to be known before the rows are read, because Excel writes it after them. */
export interface SheetOutline {
  readonly merges: readonly Merge[]
  /** rows written in the sheet, empty ones included */
  readonly rowCount: number
}

const maxColumn = 16_384
const maxRow = 1_048_576

/** 27 → `AA`. */
export function columnLetter(column: number): string {
  let letters = ''
  for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26)) letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters
  return letters
}

/** `AA` → 27; 0 when it is no column. */
export function columnNumber(letters: string): number {
  if (!/^[A-Z]{1,3}$/.test(letters)) return 0
  const column = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0)
  return column <= maxColumn ? column : 0
}

function parseReference(reference: string): { row: number; column: number } | undefined {
  let at = 0
  let column = 0
  for (; at < reference.length; at += 1) {
    const code = reference.charCodeAt(at)
    if (code < 65 || code > 90) break
    column = column * 26 + code - 64
  }
  const row = Number(reference.slice(at))
  return column >= 1 && column <= maxColumn && Number.isInteger(row) && row >= 1 && row <= maxRow ? { row, column } : undefined
}

/** Merged ranges and the number of rows: one quick pass over the text, without looking into cells. */
export async function outlineOf(workbook: Workbook, sheet: Sheet): Promise<SheetOutline> {
  const merges: Merge[] = []
  let rowCount = 0
  let tail = ''
  const collect = (text: string, upTo: number): void => {
    for (let at = text.indexOf('row>'); at >= 0 && at < upTo; at = text.indexOf('row>', at + 4)) if (text[at - 1] === '/' || (text[at - 1] === ':' && text.lastIndexOf('</', at) > at - 12)) rowCount += 1
    if (!text.includes('mergeCell')) return
    for (const match of text.matchAll(/<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]+\d+):([A-Z]+\d+)"/g)) {
      const [from, to] = [parseReference(match[1]!), parseReference(match[2]!)]
      if (match.index < upTo && from && to) merges.push({ top: from.row, bottom: to.row, left: from.column, right: to.column })
    }
  }
  for await (const piece of sheetText(workbook, sheet)) {
    const text = tail + piece
    // What begins in the last 200 signs may be cut; it is looked at with the next piece.
    const upTo = Math.max(0, text.length - 200)
    collect(text, upTo)
    tail = text.slice(upTo)
  }
  collect(tail, tail.length)
  return { merges, rowCount }
}

const day1900 = Date.UTC(1899, 11, 30)
const day1904 = Date.UTC(1904, 0, 1)

/** `2025-03-31` of an Excel serial number. */
export const dayOfSerial = (serial: number, uses1904: boolean): string => new Date((uses1904 ? day1904 : day1900) + Math.floor(serial) * 86_400_000).toISOString().slice(0, 10)

interface OpenCell {
  column: number
  type: string
  style: number
  hasFormula: boolean
  value: string | undefined
}

function cellOf(workbook: Workbook, cell: OpenCell): Cell | undefined {
  const { type, value } = cell
  if (value === undefined) return cell.hasFormula ? { type: 'uncomputed' } : undefined
  if (type === 's') {
    const text = workbook.sharedStrings[Number(value)]
    if (text === undefined) throw damaged(`单元格引用了不存在的第 ${value} 条共享文字`)
    return text === '' ? undefined : { type: 'text', text }
  }
  if (type === 'inlineStr' || type === 'str' || type === 'd') return value === '' ? undefined : { type: 'text', text: unescapeControls(value) }
  if (type === 'b') return { type: 'boolean', value: value === '1' || value === 'true' }
  if (type === 'e') return { type: 'error', text: value }
  const number = Number(value)
  if (value.trim() === '') return cell.hasFormula ? { type: 'uncomputed' } : undefined
  return Number.isFinite(number) ? { type: 'number', number, isDate: workbook.isDateStyle[cell.style] ?? false } : { type: 'text', text: value }
}

/** Carries the value of a vertically merged cell down to the rows it covers: people merge a firm's name over its trucks. */
function mergeFiller(merges: readonly Merge[]): (row: number, cells: Map<number, Cell>) => void {
  const starting = new Map<number, Merge[]>()
  for (const merge of merges) if (merge.bottom > merge.top) starting.set(merge.top, [...(starting.get(merge.top) ?? []), merge])
  const open = new Map<number, { readonly bottom: number; readonly cell: Cell }>()
  return (row, cells) => {
    for (const [column, { bottom, cell }] of open) {
      if (row > bottom) open.delete(column)
      else if (!cells.has(column)) cells.set(column, cell)
    }
    for (const merge of starting.get(row) ?? []) {
      const cell = cells.get(merge.left)
      if (cell) open.set(merge.left, { bottom: merge.bottom, cell })
    }
  }
}

/** Rows of a sheet in order, in batches as the file unpacks; rows without any value are left out. */
export async function* readRows(workbook: Workbook, sheet: Sheet, merges: readonly Merge[] = []): AsyncGenerator<Row[]> {
  const fill = mergeFiller(merges)
  let ready: Row[] = []
  let rowNumber = 0
  let isHidden = false
  let cells = new Map<number, Cell>()
  let column = 0
  let cell: OpenCell | undefined
  let takesText = false
  let inPhonetic = false
  const scanner = scanXml({
    open(name, attributes) {
      if (name === 'c') {
        const reference = attribute(attributes, 'r')
        const place = reference === undefined ? undefined : parseReference(reference)
        if (reference !== undefined && !place) throw damaged(`单元格地址 ${reference} 不合规则`)
        column = place?.column ?? column + 1
        cell = { column, type: attribute(attributes, 't') ?? 'n', style: Number(attribute(attributes, 's') ?? 0), hasFormula: false, value: undefined }
      } else if (name === 'row') {
        rowNumber = Number(attribute(attributes, 'r') ?? rowNumber + 1)
        if (!Number.isInteger(rowNumber) || rowNumber < 1 || rowNumber > maxRow) throw damaged('行号不合规则')
        isHidden = ['1', 'true'].includes(attribute(attributes, 'hidden') ?? '')
        cells = new Map()
        column = 0
      } else if (cell) {
        if (name === 'f') cell.hasFormula = true
        else if (name === 'rPh') inPhonetic = true
        else if (name === 'v' || (name === 't' && !inPhonetic)) takesText = true
      }
    },
    close(name) {
      if (name === 'v' || name === 't') takesText = false
      else if (name === 'rPh') inPhonetic = false
      else if (name === 'c' && cell) {
        const value = cellOf(workbook, cell)
        if (value) cells.set(cell.column, value)
        cell = undefined
      } else if (name === 'row') {
        fill(rowNumber, cells)
        if (cells.size > 0) ready.push({ number: rowNumber, isHidden, cells })
      }
    },
    text(piece) {
      if (takesText && cell) cell.value = (cell.value ?? '') + piece
    },
  })
  for await (const piece of sheetText(workbook, sheet)) {
    scanner.write(piece)
    if (ready.length > 0) {
      yield ready
      ready = []
    }
  }
  scanner.end()
  if (ready.length > 0) yield ready
}
