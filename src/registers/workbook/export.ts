import { PassThrough } from 'node:stream'
import type ExcelJS from 'exceljs'
import type { Actor } from '../../accounts/actor.ts'
import type { SurveyedPoint } from '../../base/identifiers.ts'
import { startOfDay } from '../../base/time.ts'
import type { AnyRegister, EnumField } from '../define.ts'
import type { Entity } from '../entity.ts'
import { templateColumns, type TemplateColumn } from '../imports/mapping.ts'
import { visibleData } from '../present.ts'
import { formatOf, headingOf } from './template.ts'

/** A sheet of an .xlsx ends here; more rows go on to a further sheet, nothing is cut. */
const rowsPerSheet = 1_048_575

/** Text that a spreadsheet could take for a formula gets a guard apostrophe; the import takes it off again. */
export const guarded = (text: string): string => (/^'*[=+\-@\t\r]/.test(text) ? `'${text}` : text)

const shanghaiMs = 8 * 3_600_000

type CellValue = string | number | boolean | Date | null

function valueOf(register: AnyRegister, column: TemplateColumn, { data, names }: { data: Readonly<Record<string, unknown>>; names: ReadonlyMap<string, string> }): CellValue {
  const field = register.fields[column.field]!
  const value = data[column.field]
  if (value === undefined) return null
  switch (field.type) {
    case 'point': {
      const point = value as SurveyedPoint
      return column.key.endsWith('.lon') ? point.declaredLon : column.key.endsWith('.lat') ? point.declaredLat : point.system
    }
    case 'enum':
      return (field as EnumField).values[value as string] ?? String(value)
    case 'enum-list':
      return (value as string[]).map((code) => (field as EnumField).values[code] ?? code).join('、')
    case 'boolean':
      return value ? '是' : '否'
    case 'date':
      return new Date(startOfDay(value as string) + shanghaiMs)
    case 'reference':
    case 'district':
      return guarded(names.get(value as string) ?? String(value))
    default:
      return typeof value === 'number' ? value : guarded(String(value))
  }
}

export interface ExportJob {
  readonly register: AnyRegister
  readonly actor: Actor
  readonly entities: AsyncIterable<readonly Entity[]>
  /** what references and districts are called, by id and code */
  readonly namesOf: (entities: readonly Entity[]) => Promise<ReadonlyMap<string, string>>
  /** sentences under the table's sheet name: filters, as-of, who, when */
  readonly remarks: readonly string[]
}

/**
 * Streams the rows as a workbook with the template's columns, so that it imports back as no change. A second sheet says
 * what was exported and how many rows; there is no limit.
 */
export function exportWorkbook(job: ExportJob): PassThrough {
  const stream = new PassThrough()
  const work = async (): Promise<void> => {
    const { default: exceljs } = await import('exceljs')
    const writer = new exceljs.stream.xlsx.WorkbookWriter({ stream, useStyles: true, useSharedStrings: false })
    const columns = templateColumns(job.register)
    let sheet: ExcelJS.Worksheet | undefined
    let sheets = 0
    let total = 0
    const open = (): ExcelJS.Worksheet => {
      sheets += 1
      const made = writer.addWorksheet(sheets === 1 ? job.register.title : `${job.register.title}${sheets}`, { views: [{ state: 'frozen', ySplit: 1, xSplit: 1 }] })
      made.columns = columns.map((column) => ({ header: headingOf(job.register, column), width: Math.max(12, column.title.length * 2 + 4), style: { numFmt: formatOf(job.register.fields[column.field]!) } }))
      made.getRow(1).font = { bold: true }
      made.getRow(1).commit()
      return made
    }
    sheet = open()
    let inSheet = 0
    for await (const page of job.entities) {
      const names = page.length > 0 ? await job.namesOf(page) : new Map<string, string>()
      for (const entity of page) {
        if (inSheet === rowsPerSheet) {
          sheet.commit()
          sheet = open()
          inSheet = 0
        }
        const data = visibleData(job.register, entity, job.actor)
        sheet.addRow(columns.map((column) => valueOf(job.register, column, { data, names }))).commit()
        inSheet += 1
        total += 1
      }
    }
    sheet.commit()
    const about = writer.addWorksheet('导出说明')
    for (const line of [...job.remarks, `共 ${total} 行`]) about.addRow([guarded(line)]).commit()
    about.commit()
    await writer.commit()
  }
  work().catch((error: unknown) => stream.destroy(error as Error))
  return stream
}
