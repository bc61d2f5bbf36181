import { parseCoordinateSystem, parseDivision } from '../../base/identifiers.ts'
import type { Problem } from '../../base/problems.ts'
import type { AnyRegister, CheckContext, EnumField, Field, FieldType, NumberField } from '../define.ts'
import { registerProblem as problem } from '../problems.ts'
import { parseDay, tidyText, type Read } from '../values.ts'
import { columnNumber, dayOfSerial, type Cell, type Row } from '../workbook/rows.ts'
import { cellText, templateColumns, type Mapping } from './mapping.ts'

interface CellContext extends CheckContext {
  readonly uses1904: boolean
}

/** Text a person meant who typed this cell: numbers without exponent, dates as days; an export's guard apostrophe falls off. */
function textOf(cell: Cell, context: CellContext): string {
  if (cell.type === 'number') return cell.isDate ? dayOfSerial(cell.number, context.uses1904) : Number.isInteger(cell.number) ? BigInt(cell.number).toString() : String(cell.number)
  const text = cellText(cell)
  return /^'+[=+\-@]/.test(text) ? text.slice(1) : text
}

const unitWords: Readonly<Record<string, readonly string[]>> = { kg: ['kg', '公斤', '千克'], kW: ['kw', '千瓦'], 'm²': ['m2', '㎡', '平方米', '平米'], 'm³': ['m3', '立方米', '立方', '方'], 个: ['个'], 分钟: ['分钟', 'min'] }

function numberOf(field: NumberField, cell: Cell, context: CellContext): Read {
  if (cell.type === 'number') return { value: cell.number }
  const raw = textOf(cell, context)
  let text = raw.normalize('NFKC').replace(/[\s,]/g, '').toLowerCase()
  const unit = (unitWords[field.unit ?? ''] ?? []).map((word) => word.normalize('NFKC').toLowerCase()).find((word) => text.endsWith(word))
  if (unit) text = text.slice(0, -unit.length)
  if (!/^[+-]?\d+(\.\d+)?$/.test(text)) return { problem: problem('value-not-number', { title: field.title, value: raw, unit: field.unit ?? '数字' }) }
  return { value: Number(text) }
}

/** Excel serials of the years 2000–2099; a bare number in a date column is taken for one only within them. */
const serials = { from: 36_526, to: 73_051 } as const

function dayOfCell(field: Field, cell: Cell, context: CellContext): Read {
  if (cell.type === 'number' && (cell.isDate || (cell.number >= serials.from && cell.number < serials.to))) return { value: dayOfSerial(cell.number, context.uses1904) }
  const text = textOf(cell, context)
  const day = parseDay(text)
  return day ? { value: day } : { problem: problem('value-not-date', { title: field.title, value: text }) }
}

const yes = new Set(['是', '有', '对', '已', 'y', 'yes', 'true', '1', '√', '✓', '✔'])
const no = new Set(['否', '无', '没有', '不', '未', 'n', 'no', 'false', '0', '×', '✗', '✘'])

function booleanOf(field: Field, cell: Cell, context: CellContext): Read {
  if (cell.type === 'boolean') return { value: cell.value }
  const raw = textOf(cell, context)
  const text = raw.normalize('NFKC').trim().toLowerCase()
  return yes.has(text) ? { value: true } : no.has(text) ? { value: false } : { problem: problem('value-not-boolean', { title: field.title, value: raw }) }
}

const plain = (text: string): string => text.normalize('NFKC').replace(/\s/g, '').toUpperCase()
const lookups = new WeakMap<EnumField, ReadonlyMap<string, string>>()

/** Code, Chinese name and synonyms → code. */
function lookupOf(field: EnumField): ReadonlyMap<string, string> {
  const known = lookups.get(field)
  if (known) return known
  const made = new Map<string, string>()
  for (const [word, code] of Object.entries(field.synonyms ?? {})) made.set(plain(word), code)
  for (const [code, title] of Object.entries(field.values)) made.set(plain(title), code)
  for (const code of Object.keys(field.values)) made.set(plain(code), code)
  lookups.set(field, made)
  return made
}

const unlisted = (field: EnumField, value: string): Problem => problem('value-not-listed', { title: field.title, value, choices: Object.values(field.values).join('、') })

function enumOf(field: EnumField, cell: Cell, context: CellContext): Read {
  const text = textOf(cell, context)
  const code = lookupOf(field).get(plain(text))
  return code === undefined ? { problem: unlisted(field, text) } : { value: code }
}

function enumListOf(field: EnumField, cell: Cell, context: CellContext): Read {
  const words = textOf(cell, context).split(/[、,，;；/|\s]+/).filter((word) => word !== '')
  const wrong = words.find((word) => !lookupOf(field).has(plain(word)))
  return wrong === undefined ? { value: [...new Set(words.map((word) => lookupOf(field).get(plain(word))!))] } : { problem: unlisted(field, wrong) }
}

/** A cell as the value its field stores; a reference stays text until all rows' references are looked up together. */
const cellReaders: Readonly<Record<Exclude<FieldType, 'point'>, (field: Field, cell: Cell, context: CellContext) => Read>> = {
  text: (_field, cell, context) => ({ value: textOf(cell, context) }),
  reference: (_field, cell, context) => ({ value: textOf(cell, context) }),
  district: (_field, cell, context) => {
    const division = parseDivision(textOf(cell, context), context.divisions)
    return 'name' in division ? { value: division.code } : { problem: division }
  },
  integer: (field, cell, context) => numberOf(field as NumberField, cell, context),
  decimal: (field, cell, context) => numberOf(field as NumberField, cell, context),
  date: dayOfCell,
  boolean: booleanOf,
  enum: (field, cell, context) => enumOf(field as EnumField, cell, context),
  'enum-list': (field, cell, context) => enumListOf(field as EnumField, cell, context),
}

/** What kept a cell from being read at all. */
function unreadable(title: string, cell: Cell): Problem | undefined {
  if (cell.type === 'error') return problem('value-is-formula-error', { title, value: cell.text })
  return cell.type === 'uncomputed' ? problem('value-has-no-result', { title }) : undefined
}

export interface CellProblem {
  readonly field: string
  /** letter of the column it stands in; null when the sheet has no such column */
  readonly column: string | null
  readonly value: string
  readonly problem: Problem
}

export interface ParsedRow {
  readonly number: number
  readonly isHidden: boolean
  /** values by field; a reference still as its text; null: the cell is empty */
  readonly values: Record<string, unknown>
  readonly problems: CellProblem[]
}

/** Where each field stands, worked out once for all rows. */
export interface RowReader {
  /** fields the workbook speaks about; the others stay as they are */
  readonly fields: readonly string[]
  readonly letterOf: ReadonlyMap<string, string>
  read(row: Row): ParsedRow
}

function readPointCells(cells: { lon?: Cell; lat?: Cell; system?: Cell }, title: string, context: CellContext): Read {
  const { lon, lat, system } = cells
  if (!lon && !lat) return {}
  const bad = [lon, lat, system].map((cell) => cell && unreadable(title, cell)).find((each) => each !== undefined)
  if (bad) return { problem: bad }
  if (!lon || !lat || !system) return { problem: problem('point-incomplete', { title }) }
  const field = { type: 'decimal', title, hint: '' } as const
  const [x, y] = [numberOf(field, lon, context), numberOf(field, lat, context)]
  const known = parseCoordinateSystem(textOf(system, context))
  const wrong = x.problem ?? y.problem ?? (typeof known === 'string' ? undefined : known)
  return wrong ? { problem: wrong } : { value: { system: known, declaredLon: x.value, declaredLat: y.value } }
}

/** Makes the reader of a mapping's rows. */
export function rowReader(register: AnyRegister, mapping: Mapping, context: CellContext): RowReader {
  const letterOf = new Map<string, string>()
  for (const [letter, key] of Object.entries(mapping.columns)) if (key !== null) letterOf.set(key, letter)
  const constants = new Map(Object.entries(mapping.constants ?? {}).map(([key, text]): [string, Cell] => [key, { type: 'text', text: tidyText(text) }]))
  const spoken = (key: string) => letterOf.has(key) || constants.has(key)
  const fields = [...new Set(templateColumns(register).filter((column) => spoken(column.key)).map((column) => column.field))]
  const columnOf = new Map([...letterOf].map(([key, letter]) => [key, columnNumber(letter)]))
  const readCell = (row: Row, key: string): Cell | undefined => {
    const column = columnOf.get(key)
    const cell = column === undefined ? undefined : row.cells.get(column)
    return cell && !(cell.type === 'text' && tidyText(cell.text) === '') ? cell : constants.get(key)
  }
  const readField = (row: Row, code: string): Read => {
    const field = register.fields[code]!
    if (field.type === 'point') {
      const [lon, lat, system] = [readCell(row, `${code}.lon`), readCell(row, `${code}.lat`), readCell(row, `${code}.system`)]
      return readPointCells({ ...(lon ? { lon } : {}), ...(lat ? { lat } : {}), ...(system ? { system } : {}) }, field.title, context)
    }
    const cell = readCell(row, code)
    if (!cell) return {}
    const bad = unreadable(field.title, cell)
    return bad ? { problem: bad } : cellReaders[field.type](field, cell, context)
  }
  return {
    fields,
    letterOf: new Map(fields.flatMap((code) => [code, `${code}.lon`, `${code}.lat`].flatMap((key) => (letterOf.has(key) ? [[code, letterOf.get(key)!] as const] : [])).slice(0, 1))),
    read(row) {
      const parsed: ParsedRow = { number: row.number, isHidden: row.isHidden, values: {}, problems: [] }
      for (const code of fields) {
        const { value, problem: found } = readField(row, code)
        const key = register.fields[code]!.type === 'point' ? `${code}.lon` : code
        if (found) parsed.problems.push({ field: code, column: letterOf.get(key) ?? null, value: cellText(readCell(row, key)), problem: found })
        parsed.values[code] = value ?? null
      }
      return parsed
    },
  }
}
