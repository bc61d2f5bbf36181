import {
  AlignmentType, BorderStyle, LineRuleType, Paragraph, RelativeHorizontalPosition, RelativeVerticalPosition, Table, TableAnchorType, TableCell,
  TableLayoutType, TableRow, TabStopType, TextRun, VerticalAlignTable, WidthType,
} from 'docx'
import type { IParagraphOptions } from 'docx'
import { pointsFromMillimetres, twipsFromPoints } from '../base/units.ts'
import type { OfficialDocument } from '../programme/index.ts'
import { dateIndent } from './derive-typeset.ts'
import type { TypesetWords } from './derive-typeset.ts'
import { blankLine, flush, inRole, onGrid, wordPage } from './docx-page.ts'
import { pageGeometry, typeSize, widthInCharacters } from './page-geometry.ts'

const red = 'E60012'
const { cell } = wordPage
/** Border sizes are eighths of a point. */
const eighths = (millimetres: number): number => Math.round(pointsFromMillimetres(millimetres) * 8)

/** 发文机关标志, 发文字号 (and 签发人), red line, title, 主送. */
export function composeHead(document: OfficialDocument, words: TypesetWords): Paragraph[] {
  const { head } = words
  const headLine = (text: string, index: number) =>
    new Paragraph({
      alignment: AlignmentType.CENTER,
      spacing: { before: index === 0 ? wordPage.redHeadTop : 0, after: 0, line: twipsFromPoints(head.sizePoints * 1.18), lineRule: LineRuleType.EXACT },
      children: [new TextRun({ ...inRole('xiaobiaosong', head.sizePoints), color: red, scale: Math.round(head.scale * 100), text })],
    })
  const titleLine = (text: string) =>
    flush({ style: 'official-title', alignment: AlignmentType.CENTER, children: [new TextRun({ ...inRole('xiaobiaosong', typeSize.title), text })] })
  return [
    ...head.lines.map(headLine),
    blankLine(),
    blankLine(),
    documentNumber(document),
    blankLine(),
    blankLine(),
    ...words.titleLines.map(titleLine),
    blankLine(),
    ...(words.recipients === '' ? [] : [flush({ children: [new TextRun({ ...inRole('fangsong'), text: words.recipients })] })]),
  ]
}

/** Centred; with a 签发人 the number stands left and the signer right, one character in (§7.2.6). The red line is its lower border. */
function documentNumber({ documentNumber: number, signer }: OfficialDocument): Paragraph {
  // the fixed line leaves about 6 points under the characters; 4 mm are wanted
  const space = Math.round(pointsFromMillimetres(pageGeometry.redLineGapMm) - (pageGeometry.linePitchPoints - typeSize.body) / 2)
  const border = { bottom: { style: BorderStyle.SINGLE, size: 12, color: red, space } }
  const numberRun = new TextRun({ ...inRole('fangsong'), text: signer === null ? number : `　${number}` })
  if (signer === null) return flush({ alignment: AlignmentType.CENTER, border, children: [numberRun] })
  return flush({
    border,
    tabStops: [{ type: TabStopType.RIGHT, position: wordPage.typeAreaWidth }],
    children: [numberRun, new TextRun({ ...inRole('fangsong'), text: '\t签发人：' }), new TextRun({ ...inRole('kaiti'), text: `${signer}　` })],
  })
}

/** 附件说明: two characters in, names aligned under each other (§7.3.4). */
export function composeAttachments(attachments: readonly string[]): Paragraph[] {
  if (attachments.length === 0) return []
  const several = attachments.length > 1
  const hanging = several ? 4.2 * cell : 3 * cell
  const line = (name: string, index: number) => {
    const label = index === 0 ? '附件：' : '　　　'
    return flush({
      keepNext: true,
      indent: { left: 2 * cell + hanging, hanging },
      tabStops: [{ type: TabStopType.LEFT, position: 2 * cell + hanging }],
      children: [new TextRun({ ...inRole('fangsong'), text: several ? `${label}${index + 1}.\t${name}` : `${label}${name}` })],
    })
  }
  return [flush({ keepNext: true }), ...attachments.map(line)]
}

/** Signature over the date, room for the seal above them. */
export function composeSignature(document: OfficialDocument, words: TypesetWords): Paragraph[] {
  const rightAligned = (text: string, characters: number, keepNext: boolean) =>
    flush({ alignment: AlignmentType.RIGHT, keepNext, indent: { right: Math.round(characters * cell) }, children: [new TextRun({ ...inRole('fangsong'), text })] })
  return [
    flush({ keepNext: true }),
    flush({ keepNext: true }),
    rightAligned(document.signature, words.signatureIndent, true),
    rightAligned(words.signedOn, dateIndent, false),
  ]
}

/** 版记: a floating table on the lower edge of the type area of the last page, 抄送 over 印发机关 and date, between their lines. */
export function composeImprint(document: OfficialDocument, words: TypesetWords): (Paragraph | Table)[] {
  const rule = (millimetres: number) => ({ style: BorderStyle.SINGLE, size: eighths(millimetres), color: '000000' })
  const none = { style: BorderStyle.NONE, size: 0, color: 'auto' }
  const oneCharacter = twipsFromPoints(typeSize.small)
  const style = inRole('fangsong', typeSize.small)
  // the date keeps its line; a long 印发机关 breaks beside it
  const dateWidth = Math.ceil((widthInCharacters(words.printedOn) + 2) * oneCharacter)
  const tableWidth = wordPage.typeAreaWidth
  const widths = [tableWidth - dateWidth, dateWidth]
  const cellOf = (text: string, options: { width: number; columnSpan?: number; paragraph?: IParagraphOptions; left?: number; right?: number }) =>
    new TableCell({
      width: { size: options.width, type: WidthType.DXA },
      columnSpan: options.columnSpan ?? 1,
      verticalAlign: VerticalAlignTable.BOTTOM,
      margins: { left: options.left ?? oneCharacter, right: options.right ?? oneCharacter, top: 0, bottom: 0 },
      children: [flush({ alignment: AlignmentType.LEFT, ...options.paragraph, children: [new TextRun({ ...style, text })] })],
    })
  const row = (...children: TableCell[]) => new TableRow({ cantSplit: true, children })
  const copies = row(
    cellOf(`抄送：${words.copyTo ?? ''}`, { width: tableWidth, columnSpan: 2, paragraph: { indent: { left: 3 * oneCharacter, hanging: 3 * oneCharacter } } }),
  )
  const printed = row(
    cellOf(document.printedBy, { width: widths[0]!, right: 0 }),
    cellOf(words.printedOn, { width: widths[1]!, left: 0, paragraph: { alignment: AlignmentType.RIGHT } }),
  )
  const table = new Table({
    width: { size: tableWidth, type: WidthType.DXA },
    columnWidths: widths,
    layout: TableLayoutType.FIXED,
    float: {
      horizontalAnchor: TableAnchorType.MARGIN,
      verticalAnchor: TableAnchorType.MARGIN,
      relativeHorizontalPosition: RelativeHorizontalPosition.CENTER,
      relativeVerticalPosition: RelativeVerticalPosition.BOTTOM,
    },
    borders: { top: rule(pageGeometry.imprintLine.outerMm), bottom: rule(pageGeometry.imprintLine.outerMm), insideHorizontal: rule(pageGeometry.imprintLine.innerMm), left: none, right: none, insideVertical: none },
    rows: words.copyTo === null ? [printed] : [copies, printed],
  })
  // LibreOffice 7.4 does not float it: there it follows the date. A floating table belongs to the paragraph after it: an empty one of no height, so that it stands on the last page
  return [table, new Paragraph({ spacing: { ...onGrid, line: 20 } })]
}
