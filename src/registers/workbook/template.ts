import type ExcelJS from 'exceljs'
import { coordinateSystems } from '../../base/identifiers.ts'
import type { AnyRegister, CheckContext, EnumField, Field, FieldType } from '../define.ts'
import { templateColumns, type TemplateColumn } from '../imports/mapping.ts'
import { columnLetter } from './rows.ts'

/** Rows of the template prepared with drop-downs and formats. */
const preparedRows = 5000
const headFill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFE8F3EE' } } as const

/** What a cell of this type should look like, for the instruction sheet. */
const howToFill: Readonly<Record<FieldType, string>> = {
  text: '文字',
  integer: '整数',
  decimal: '数字',
  date: '日期，如 2025-03-31',
  boolean: '是 或 否',
  enum: '从下拉列表选择',
  'enum-list': '可多项，用顿号隔开',
  district: '从下拉列表选择',
  reference: '编号或全称，须已登记',
  point: '十进制度数',
}

/** Choices of a column's drop-down; undefined: free entry. */
export function choicesOf(register: AnyRegister, column: TemplateColumn, divisions: CheckContext['divisions']): readonly string[] | undefined {
  const field = register.fields[column.field]!
  if (column.key.endsWith('.system')) return Object.keys(coordinateSystems)
  if (field.type === 'enum') return Object.values((field as EnumField).values)
  if (field.type === 'boolean') return ['是', '否']
  return field.type === 'district' ? divisions.map((each) => each.name) : undefined
}

/** Number format of a column, so that codes stay text and days stay days. */
export const formatOf = (field: Field): string => (field.type === 'date' ? 'yyyy-mm-dd' : field.type === 'integer' ? '0' : field.type === 'decimal' || field.type === 'point' ? 'General' : '@')

export const headingOf = (register: AnyRegister, column: TemplateColumn): string => {
  const { unit } = register.fields[column.field]!
  return `${column.title}${unit ? `（${unit}）` : ''}${column.required ? '*' : ''}`
}

/** Writes the choice lists to a hidden sheet and returns, per column key, the range a drop-down points to. */
function addLists(workbook: ExcelJS.Workbook, lists: ReadonlyMap<string, readonly string[]>): Map<string, string> {
  const sheet = workbook.addWorksheet('选项', { state: 'hidden' })
  const ranges = new Map<string, string>()
  for (const [key, values] of lists) {
    const letter = columnLetter(ranges.size + 1)
    for (const [at, value] of values.entries()) sheet.getCell(`${letter}${at + 1}`).value = value
    ranges.set(key, `'选项'!$${letter}$1:$${letter}$${values.length}`)
  }
  return ranges
}

function addInstructions(workbook: ExcelJS.Workbook, register: AnyRegister, columns: readonly TemplateColumn[], lists: ReadonlyMap<string, readonly string[]>): void {
  const sheet = workbook.addWorksheet('填写说明')
  sheet.columns = [{ width: 24 }, { width: 8 }, { width: 26 }, { width: 46 }, { width: 60 }]
  sheet.addRow([`${register.title}登记表填写说明`]).font = { bold: true, size: 14 }
  sheet.addRow([register.description])
  sheet.addRow(['带 * 的栏必填。第一行为栏名，第二行为代码，请勿改动；从第三行起每行填一条。列的顺序可以调整，多余的列会被忽略。'])
  sheet.addRow(['已登记的记录再次导入时，按主要编号对应：内容相同的不变，不同的成为新版本，旧内容保留在历史中。'])
  sheet.addRow([])
  const head = sheet.addRow(['栏名', '必填', '填写方式', '说明', '可选值'])
  head.font = { bold: true }
  head.fill = headFill
  for (const column of columns) {
    const field = register.fields[column.field]!
    const isEnumList = field.type === 'enum-list'
    const choices = isEnumList ? Object.values((field as EnumField).values) : lists.get(column.key)
    sheet.addRow([column.title, column.required ? '是' : '', howToFill[field.type] + (field.unit ? `，单位 ${field.unit}` : ''), field.hint, choices?.join('、') ?? '']).alignment = { wrapText: true, vertical: 'top' }
  }
}

/** exceljs is loaded when a workbook is written, not when the program starts: it costs 40 MB. */
const newWorkbook = async (): Promise<ExcelJS.Workbook> => new (await import('exceljs')).default.Workbook()

/** The empty workbook people fill in: headings and codes locked, drop-downs, formats, an instruction sheet. */
export async function renderTemplate(register: AnyRegister, divisions: CheckContext['divisions']): Promise<Buffer> {
  const workbook = await newWorkbook()
  const columns = templateColumns(register)
  const lists = new Map(columns.flatMap((column) => {
    const choices = choicesOf(register, column, divisions)
    return choices ? [[column.key, choices] as const] : []
  }))
  const sheet = workbook.addWorksheet(register.title, { views: [{ state: 'frozen', xSplit: 1, ySplit: 2 }] })
  sheet.addRow(columns.map((column) => headingOf(register, column)))
  sheet.addRow(columns.map((column) => column.key))
  sheet.getRow(1).font = { bold: true }
  sheet.getRow(1).height = 24
  sheet.getRow(2).font = { color: { argb: 'FF5B6773' }, size: 9 }
  for (const number of [1, 2]) sheet.getRow(number).fill = headFill
  addInstructions(workbook, register, columns, lists)
  const ranges = addLists(workbook, lists)
  for (const [at, column] of columns.entries()) {
    const field = register.fields[column.field]!
    const letter = columnLetter(at + 1)
    sheet.getColumn(at + 1).width = Math.max(12, column.title.length * 2 + 4)
    sheet.getColumn(at + 1).numFmt = formatOf(field)
    sheet.getColumn(at + 1).protection = { locked: false }
    for (const number of [1, 2]) sheet.getCell(`${letter}${number}`).protection = { locked: true }
    sheet.getCell(`${letter}1`).note = field.hint
    const range = ranges.get(column.key)
    if (range) dropDown(sheet, `${letter}3:${letter}${preparedRows + 2}`, { range, title: column.title })
  }
  // Only the two heading rows are locked; no password, so that nobody is kept out of their own file.
  await sheet.protect('', { selectLockedCells: true, selectUnlockedCells: true, formatCells: true, formatColumns: true, formatRows: true, insertRows: true, deleteRows: true, sort: true, autoFilter: true })
  return Buffer.from(await workbook.xlsx.writeBuffer())
}

function dropDown(sheet: ExcelJS.Worksheet, cells: string, { range, title }: { range: string; title: string }): void {
  const validations = (sheet as unknown as { dataValidations: { add(cells: string, validation: ExcelJS.DataValidation): void } }).dataValidations
  validations.add(cells, { type: 'list', allowBlank: true, formulae: [range], showErrorMessage: true, errorStyle: 'warning', errorTitle: title, error: '不在可选范围内，请从下拉列表选择' })
}
