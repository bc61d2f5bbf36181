import { attribute } from './xml.ts'
import { columnLetter } from './rows.ts'

export const escapeXml = (text: string): string =>
  text
    // Control signs XML cannot carry, and lone halves of surrogate pairs.
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .toWellFormed()
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')

export interface SheetEdit {
  /** column number of the problem column */
  readonly column: number
  readonly headerRow: number
  readonly heading: string
  readonly textOfRow: ReadonlyMap<number, string>
  /** existing problem column of an earlier round, emptied */
  readonly oldColumn: number | undefined
  readonly legacyDrawingId: string
}

/** Splits a sheet's text into its head (to `<sheetData>` inclusive), its rows one by one, and its tail. */
async function* segments(pieces: AsyncIterable<string>): AsyncGenerator<{ kind: 'head' | 'row' | 'tail'; text: string }> {
  let rest = ''
  let state: 'head' | 'rows' | 'tail' = 'head'
  for await (const piece of pieces) {
    rest += piece
    if (state === 'head') {
      const match = /<(?:\w+:)?sheetData\s*(\/?)>/.exec(rest)
      if (!match) continue
      const end = match.index + match[0].length
      yield { kind: 'head', text: match[1] === '/' ? rest.slice(0, match.index) : rest.slice(0, end) }
      rest = match[1] === '/' ? match[0].replace('/>', '></sheetData>').replace(/<(\w+:)?sheetData\s*><\/sheetData>/, '<$1sheetData></$1sheetData>') + rest.slice(end) : rest.slice(end)
      state = 'rows'
    }
    while (state === 'rows') {
      const open = /<(?:\w+:)?row(?=[\s>/])[^>]*>|<\/(?:\w+:)?sheetData>/.exec(rest)
      if (!open) break
      if (open[0].startsWith('</')) {
        state = 'tail'
        rest = rest.slice(open.index)
        break
      }
      if (open[0].endsWith('/>')) {
        yield { kind: 'row', text: open[0] }
        rest = rest.slice(open.index + open[0].length)
        continue
      }
      const close = /<\/(?:\w+:)?row>/.exec(rest)
      if (!close) break
      yield { kind: 'row', text: rest.slice(open.index, close.index + close[0].length) }
      rest = rest.slice(close.index + close[0].length)
    }
  }
  yield { kind: 'tail', text: rest }
}

function editRow(text: string, edit: SheetEdit, prefix: string): string {
  const openEnd = text.indexOf('>')
  const opening = text.slice(0, openEnd)
  const number = Number(attribute(opening, 'r'))
  const isHeader = number === edit.headerRow
  const message = isHeader ? edit.heading : edit.textOfRow.get(number)
  let body = opening.endsWith('/') ? '' : text.slice(openEnd + 1, text.lastIndexOf('</'))
  const headingStyle = isHeader ? [...body.matchAll(/<(?:\w+:)?c\s[^>]*?\bs="(\d+)"/g)].at(-1)?.[1] : undefined
  if (edit.oldColumn !== undefined) body = body.replace(new RegExp(`<(?:\\w+:)?c\\s[^>]*?r="${columnLetter(edit.oldColumn)}${number}"(?:[^>]*/>|[^>]*>.*?</(?:\\w+:)?c>)`, 's'), '')
  else if (message === undefined) return text
  const cell = message === undefined ? '' : `<${prefix}c r="${columnLetter(edit.column)}${number}"${headingStyle ? ` s="${headingStyle}"` : ''} t="inlineStr"><${prefix}is><${prefix}t xml:space="preserve">${escapeXml(message)}</${prefix}t></${prefix}is></${prefix}c>`
  return `${opening.replace(/\s*\/$/, '').replace(/\sspans="[^"]*"/, '')}>${body}${cell}</${prefix}row>`
}

/** Elements that may stand between the rows and the automatic filter (ECMA-376 part 1, 18.3.1.99). */
const beforeFilter = ['sheetCalcPr', 'sheetProtection', 'protectedRanges', 'scenarios']
/** Elements that follow the reference to comments. */
const afterLegacyDrawing = ['legacyDrawingHF', 'drawingHF', 'picture', 'oleObjects', 'controls', 'webPublishItems', 'tableParts', 'extLst']

function endOf(tail: string, name: string): number {
  const match = new RegExp(`<(?:\\w+:)?${name}(?=[\\s>/])(?:[^>]*/>|[\\s\\S]*?</(?:\\w+:)?${name}>)`).exec(tail)
  return match ? match.index + match[0].length : -1
}

function editTail(text: string, edit: SheetEdit, { prefix, lastRow }: { prefix: string; lastRow: number }): string {
  let tail = text
  const range = `A${edit.headerRow}:${columnLetter(edit.column)}${Math.max(lastRow, edit.headerRow)}`
  if (/<(?:\w+:)?autoFilter\s/.test(tail)) tail = tail.replace(/(<(?:\w+:)?autoFilter\s[^>]*?ref=")[^"]*(")/, `$1${range}$2`)
  // A table has a filter of its own and may not lie under a second one.
  else if (!/<(?:\w+:)?tableParts/.test(tail)) {
    const start = tail.indexOf('>') + 1
    const at = Math.max(start, ...beforeFilter.map((name) => endOf(tail, name)))
    tail = `${tail.slice(0, at)}<${prefix}autoFilter ref="${range}"/>${tail.slice(at)}`
  }
  if (/<(?:\w+:)?legacyDrawing\s/.test(tail)) return tail
  const followers = afterLegacyDrawing.map((name) => new RegExp(`<(?:\\w+:)?${name}(?=[\\s>/])`).exec(tail)?.index ?? -1).filter((at) => at >= 0)
  const at = Math.min(tail.lastIndexOf('</'), ...followers)
  return `${tail.slice(0, at)}<${prefix}legacyDrawing xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="${edit.legacyDrawingId}"/>${tail.slice(at)}`
}

function editHead(text: string, edit: SheetEdit, prefix: string): string {
  const head = text.replace(/<(?:\w+:)?dimension\s[^>]*\/>/, '')
  const width = `<${prefix}col min="${edit.column}" max="${edit.column}" width="70" customWidth="1"/>`
  const isTaken = [...head.matchAll(/<(?:\w+:)?col\s[^>]*?max="(\d+)"/g)].some((match) => Number(match[1]) >= edit.column)
  if (isTaken) return head
  if (/<\/(?:\w+:)?cols>/.test(head)) return head.replace(/<\/(?:\w+:)?cols>/, (close) => width + close)
  return head.replace(/<(?:\w+:)?sheetData\s*>$/, (open) => `<${prefix}cols>${width}</${prefix}cols>${open}`)
}

/** The sheet's XML with the problem column, the filter over it and the link to the comments; everything else as it was. */
export async function* editSheet(pieces: AsyncIterable<string>, edit: SheetEdit): AsyncGenerator<string> {
  let prefix = ''
  let lastRow = 0
  for await (const { kind, text } of segments(pieces)) {
    if (kind === 'head') {
      prefix = /<(\w+:)?worksheet[\s>]/.exec(text)?.[1] ?? ''
      yield editHead(text, edit, prefix)
    } else if (kind === 'row') {
      lastRow = Number(attribute(text.slice(0, text.indexOf('>')), 'r')) || lastRow + 1
      yield editRow(text, edit, prefix)
    } else yield editTail(text, edit, { prefix, lastRow })
  }
}
