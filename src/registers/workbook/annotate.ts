import { crc32, createDeflateRaw } from 'node:zlib'
import { Readable } from 'node:stream'
import { commentedCells, commentsPart, drawingPart, type Note } from './annotate-comments.ts'
import { editSheet, type SheetEdit } from './annotate-sheet.ts'
import { readRelations, sheetText, type Sheet, type Workbook } from './read.ts'
import { columnLetter, readRows } from './rows.ts'
import { wholeText, type ZipEntry } from './zip.ts'
import { packed, writeZip } from './zip-write.ts'

/** A sentence for a row, and for a cell of it when it concerns one. */
export interface Remark {
  readonly row: number
  /** column number, or undefined for the row as a whole */
  readonly column: number | undefined
  readonly text: string
}

export interface Annotation {
  readonly workbook: Workbook
  readonly sheet: Sheet
  readonly headerRow: number
  /** heading of the problem column */
  readonly heading: string
  readonly remarks: readonly Remark[]
}

/** More comments than this make Excel slow; the problem column always holds every remark. */
export const commentLimit = 5000

const officeRelations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const letterRow = (note: Note): string => `${columnLetter(note.column)}${note.row}`

/** The last column used and where an earlier round put its problem column. */
async function columnsOf({ workbook, sheet, headerRow, heading }: Annotation): Promise<{ last: number; old: number | undefined }> {
  let last = 0
  let old: number | undefined
  for await (const rows of readRows(workbook, sheet)) {
    for (const row of rows) {
      for (const [column, cell] of row.cells) {
        if (column > last) last = column
        if (row.number === headerRow && cell.type === 'text' && cell.text === heading) old = column
      }
    }
  }
  return { last, old }
}

async function editedSheet(annotation: Annotation, edit: SheetEdit): Promise<ZipEntry> {
  const { workbook, sheet } = annotation
  let crc = 0
  let size = 0
  const plain = async function* (): AsyncGenerator<Buffer> {
    for await (const text of editSheet(sheetText(workbook, sheet), edit)) {
      const bytes = Buffer.from(text, 'utf8')
      crc = crc32(bytes, crc)
      size += bytes.length
      yield bytes
    }
  }
  const raw: Buffer[] = []
  for await (const piece of Readable.from(plain()).pipe(createDeflateRaw()) as AsyncIterable<Buffer>) raw.push(piece)
  return { name: sheet.path, method: 8, crc, size, raw: Buffer.concat(raw) }
}

function notesOf({ remarks, headerRow }: Annotation, column: number): Note[] {
  const byCell = new Map<string, Note>()
  for (const remark of remarks) {
    const note: Note = { row: remark.row, column: remark.column ?? column, text: remark.text }
    const known = byCell.get(letterRow(note))
    byCell.set(letterRow(note), known ? { ...known, text: `${known.text}\n${note.text}` } : note)
  }
  const notes = [...byCell.values()]
  return notes.length <= commentLimit ? notes : [...notes.slice(0, commentLimit), { row: headerRow, column, text: `批注只加在前 ${commentLimit} 个单元格上；每一行的全部说明都写在本列` }]
}

const relationsPath = (part: string): string => part.replace(/([^/]+)$/, '_rels/$1.rels')

/** Adds relations to a part's `_rels`, making it when there is none. */
function withRelations(existing: string | undefined, added: readonly { id: string; type: string; target: string }[]): string {
  const xml = added.map(({ id, type, target }) => `<Relationship Id="${id}" Type="${officeRelations}/${type}" Target="${target}"/>`).join('')
  if (existing === undefined || !/<\/(?:\w+:)?Relationships>/.test(existing)) return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${xml}</Relationships>`
  return existing.replace(/<\/(\w+:)?Relationships>/, (close, prefix: string | undefined) => xml.replaceAll('<Relationship ', `<${prefix ?? ''}Relationship `) + close)
}

function withContentTypes(existing: string, commentsPath: string): string {
  let types = existing
  if (!/Extension="vml"/i.test(types)) types = types.replace(/(<(?:\w+:)?Types[^>]*>)/, '$1<Default Extension="vml" ContentType="application/vnd.openxmlformats-officedocument.vmlDrawing"/>')
  if (!types.includes(`/${commentsPath}"`)) types = types.replace(/<\/(?:\w+:)?Types>/, (close) => `<Override PartName="/${commentsPath}" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"/>${close}`)
  return types
}

/** A target as Excel writes it, relative to the sheet's folder: some readers know no other form. */
function relativeTarget(from: string, to: string): string {
  const [base, target] = [from.split('/').slice(0, -1), to.split('/')]
  let shared = 0
  while (shared < base.length && base[shared] === target[shared]) shared += 1
  return [...base.slice(shared).map(() => '..'), ...target.slice(shared)].join('/')
}

const freeName = (entries: ReadonlyMap<string, ZipEntry>, make: (n: number) => string): string => {
  let n = 1
  while (entries.has(make(n))) n += 1
  return make(n)
}

/**
 * The same workbook, part for part as it was uploaded, with the remarks in it: a filterable problem column after the last
 * column, and a comment on every cell concerned.
 */
export async function annotateWorkbook(annotation: Annotation): Promise<Buffer> {
  const { workbook, sheet, remarks } = annotation
  const { last, old } = await columnsOf(annotation)
  const column = old !== undefined && old === last ? old : last + 1
  const textOfRow = new Map<number, string>()
  for (const remark of remarks) textOfRow.set(remark.row, textOfRow.has(remark.row) ? `${textOfRow.get(remark.row)!}；${remark.text}` : remark.text)
  const relations = [...(await readRelations(workbook.entries, sheet.path)).entries()].map(([id, each]) => ({ id, ...each }))
  const partOf = (suffix: string) => relations.find((each) => each.type.endsWith(`/${suffix}`) && workbook.entries.has(each.target))?.target
  const [oldComments, oldDrawing] = [partOf('comments'), partOf('vmlDrawing')]
  const read = async (path: string | undefined) => (path ? wholeText(workbook.entries.get(path)!) : undefined)
  const [commentsText, drawingText] = [await read(oldComments), await read(oldDrawing)]
  const taken = commentsText ? commentedCells(commentsText) : new Set<string>()
  const notes = notesOf(annotation, column).filter((note) => !taken.has(letterRow(note)))
  const commentsPath = oldComments ?? freeName(workbook.entries, (n) => `xl/comments${n}.xml`)
  const drawingPath = oldDrawing ?? freeName(workbook.entries, (n) => `xl/drawings/vmlDrawing${n}.vml`)
  const drawingId = relations.find((each) => each.target === drawingPath)?.id ?? 'rIdLvpeiDrawing'
  const added = [
    ...(oldComments ? [] : [{ id: 'rIdLvpeiComments', type: 'comments', target: relativeTarget(sheet.path, commentsPath) }]),
    ...(oldDrawing ? [] : [{ id: 'rIdLvpeiDrawing', type: 'vmlDrawing', target: relativeTarget(sheet.path, drawingPath) }]),
  ]
  const entries = new Map(workbook.entries)
  const put = (entry: ZipEntry): unknown => entries.set(entry.name, entry)
  put(await editedSheet(annotation, { column, headerRow: annotation.headerRow, heading: annotation.heading, textOfRow, oldColumn: old, legacyDrawingId: drawingId }))
  put(packed(commentsPath, commentsPart(commentsText, notes)))
  put(packed(drawingPath, drawingPart(drawingText, notes)))
  if (added.length > 0) put(packed(relationsPath(sheet.path), withRelations(await read(entries.has(relationsPath(sheet.path)) ? relationsPath(sheet.path) : undefined), added)))
  put(packed('[Content_Types].xml', withContentTypes(await wholeText(entries.get('[Content_Types].xml')!), commentsPath)))
  return writeZip(entries.values())
}
