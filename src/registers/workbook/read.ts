import { ProblemError } from '../../base/problems.ts'
import { workbookProblem as problem } from '../problems.ts'
import { readDateStyles, readSharedStrings } from './parts.ts'
import { attribute, scanXml } from './xml.ts'
import { damaged, openZip, unpackedText, wholeText, type ZipEntry } from './zip.ts'

export interface Sheet {
  readonly name: string
  readonly isHidden: boolean
  /** path of its part in the archive */
  readonly path: string
}

/** An opened workbook: its parts, its sheets in tab order, and what all cells refer to. */
export interface Workbook {
  readonly entries: ReadonlyMap<string, ZipEntry>
  readonly sheets: readonly Sheet[]
  readonly sharedStrings: readonly string[]
  /** by cell style: is its number format a date */
  readonly isDateStyle: readonly boolean[]
  /** days count from 1904 instead of 1900 */
  readonly uses1904: boolean
}

/** `xl/worksheets/sheet1.xml` of a relation's target seen from a part of `xl/`. */
export const resolvePart = (base: string, target: string): string => {
  if (target.startsWith('/')) return target.slice(1)
  const parts = base.split('/').slice(0, -1)
  for (const step of target.split('/')) {
    if (step === '..') parts.pop()
    else if (step !== '.') parts.push(step)
  }
  return parts.join('/')
}

/** Relation id → target of a part's `_rels`. */
export async function readRelations(entries: ReadonlyMap<string, ZipEntry>, part: string): Promise<Map<string, { target: string; type: string }>> {
  const at = part.lastIndexOf('/')
  const entry = entries.get(`${part.slice(0, at)}/_rels/${part.slice(at + 1)}.rels`)
  const relations = new Map<string, { target: string; type: string }>()
  if (!entry) return relations
  const scanner = scanXml({
    open(name, attributes) {
      const id = name === 'Relationship' ? attribute(attributes, 'Id') : undefined
      if (id) relations.set(id, { target: resolvePart(part, attribute(attributes, 'Target') ?? ''), type: attribute(attributes, 'Type') ?? '' })
    },
    close() {},
    text() {},
  })
  scanner.write(await wholeText(entry))
  scanner.end()
  return relations
}

/** Opens an .xlsx: what it is made of, not yet its rows. Throws ProblemError 422/413 with the reason. */
export async function openWorkbook(bytes: Uint8Array): Promise<Workbook> {
  const entries = openZip(bytes)
  const main = entries.get('xl/workbook.xml') ?? [...entries.values()].find((each) => /^xl\/workbook[^/]*\.xml$/.test(each.name))
  if (!main) throw entries.has('xl/workbook.bin') ? new ProblemError(problem('workbook-not-xlsx'), 422) : damaged('缺少工作簿部件')
  const relations = await readRelations(entries, main.name)
  const sheets: Sheet[] = []
  let uses1904 = false
  const scanner = scanXml({
    open(name, attributes) {
      if (name === 'workbookPr') uses1904 = ['1', 'true'].includes(attribute(attributes, 'date1904') ?? '')
      if (name !== 'sheet') return
      const relation = relations.get(attribute(attributes, 'r:id') ?? attribute(attributes, 'id') ?? '')
      if (relation && entries.has(relation.target) && relation.type.endsWith('/worksheet')) sheets.push({ name: attribute(attributes, 'name') ?? '', isHidden: (attribute(attributes, 'state') ?? 'visible') !== 'visible', path: relation.target })
    },
    close() {},
    text() {},
  })
  scanner.write(await wholeText(main))
  scanner.end()
  if (!sheets.some((sheet) => !sheet.isHidden)) throw new ProblemError(problem('workbook-has-no-sheet'), 422)
  return { entries, sheets, sharedStrings: await readSharedStrings(entries.get('xl/sharedStrings.xml')), isDateStyle: await readDateStyles(entries.get('xl/styles.xml')), uses1904 }
}

/** The chosen sheet, or the only sensible one: the first visible. Throws `sheet-not-found`. */
export function chooseSheet(workbook: Workbook, name?: string): Sheet {
  const sheet = name === undefined ? workbook.sheets.find((each) => !each.isHidden) : workbook.sheets.find((each) => each.name === name)
  if (!sheet) throw new ProblemError(problem('sheet-not-found', { sheet: name, known: workbook.sheets.map((each) => each.name).join('、') }), 422)
  return sheet
}

/** Text pieces of a sheet's XML. */
export const sheetText = (workbook: Workbook, sheet: Sheet): AsyncGenerator<string> => unpackedText(workbook.entries.get(sheet.path)!)
