import { escapeXml } from './annotate-sheet.ts'
import { columnLetter } from './rows.ts'

export interface Note {
  readonly row: number
  readonly column: number
  readonly text: string
}

const author = '绿配检查'

const commentXml = (note: Note, authorId: number): string => `<comment ref="${columnLetter(note.column)}${note.row}" authorId="${authorId}"><text><r><rPr><sz val="9"/><color rgb="FFB42318"/></rPr><t xml:space="preserve">${escapeXml(note.text)}</t></r></text></comment>`

/** The part with the comments, new or with ours added to what is there; a cell that has one already keeps it. */
export function commentsPart(existing: string | undefined, notes: readonly Note[]): string {
  if (existing === undefined) return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><authors><author>${author}</author></authors><commentList>${notes.map((note) => commentXml(note, 0)).join('')}</commentList></comments>`
  const authors = existing.match(/<(?:\w+:)?author>|<(?:\w+:)?author\/>/g)?.length ?? 0
  return existing.replace(/<\/((?:\w+:)?)authors>/, `<$1author>${author}</$1author></$1authors>`).replace(/<\/((?:\w+:)?)commentList>/, (close, prefix: string) => notes.map((note) => commentXml(note, authors).replace(/<(\/?)(?=[a-z])/gi, `<$1${prefix}`)).join('') + close)
}

/** Cells that carry a comment already. */
export const commentedCells = (existing: string): Set<string> => new Set([...existing.matchAll(/<(?:\w+:)?comment\s[^>]*?ref="([A-Z]+\d+)"/g)].map((match) => match[1]!))

const shapeXml = (note: Note, id: number): string => {
  const [row, column] = [note.row - 1, note.column - 1]
  return `<v:shape id="_x0000_s${id}" type="#_x0000_t202" style="position:absolute;width:220pt;height:70pt;z-index:1;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"/><x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>${column + 1}, 15, ${row}, 2, ${column + 5}, 15, ${row + 4}, 4</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>${row}</x:Row><x:Column>${column}</x:Column></x:ClientData></v:shape>`
}

const vmlHead = '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout>'
const noteShape = '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'

/** The drawing that places the comments' boxes. Ids of added shapes begin far above those Excel hands out. */
export function drawingPart(existing: string | undefined, notes: readonly Note[]): string {
  if (existing === undefined) return `${vmlHead}${noteShape}${notes.map((note, at) => shapeXml(note, 1025 + at)).join('')}</xml>`
  const at = existing.lastIndexOf('</xml>')
  return `${existing.slice(0, at)}${existing.includes('_x0000_t202"') ? '' : noteShape}${notes.map((note, index) => shapeXml(note, 900_001 + index)).join('')}${existing.slice(at)}`
}
