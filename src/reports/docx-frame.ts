import { AlignmentType, BorderStyle, FrameAnchorType, FrameWrap, HorizontalPositionAlign, LineRuleType, Paragraph, TabStopType, TextRun, VerticalPositionAlign } from 'docx'
import type { IParagraphOptions } from 'docx'
import { pointsFromMillimetres, twipsFromPoints } from '../base/units.ts'
import type { OfficialDocument } from '../programme/document-model.ts'
import { dateIndent } from './derive-typeset.ts'
import type { TypesetWords } from './derive-typeset.ts'
import { blankLine, flush, inRole, onGrid, wordPage } from './docx-page.ts'
import { pageGeometry, typeSize } from './page-geometry.ts'

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
      children: [new TextRun({ ...inRole('xiaobiaosong', head.sizePoints), color: red, scale: Math.round(head.scale * 100), snapToGrid: false, text })],
    })
  const titleLine = (text: string) =>
    flush({ style: 'official-title', alignment: AlignmentType.CENTER, children: [new TextRun({ ...inRole('xiaobiaosong', typeSize.title), snapToGrid: false, text })] })
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

/** 版记 in a frame on the lower edge of the type area of the last page: 抄送, then 印发机关 and date, between their lines. */
export function composeImprint(document: OfficialDocument, words: TypesetWords): Paragraph[] {
  const outer = { style: BorderStyle.SINGLE, size: eighths(pageGeometry.imprintLine.outerMm), color: '000000', space: 0 }
  const inner = { ...outer, size: eighths(pageGeometry.imprintLine.innerMm) }
  const oneCharacter = twipsFromPoints(typeSize.small)
  const style = inRole('fangsong', typeSize.small)
  const framed = (options: IParagraphOptions) =>
    new Paragraph({
      spacing: onGrid,
      frame: {
        type: 'alignment',
        width: wordPage.typeAreaWidth,
        height: 0,
        anchor: { horizontal: FrameAnchorType.MARGIN, vertical: FrameAnchorType.MARGIN },
        alignment: { x: HorizontalPositionAlign.CENTER, y: VerticalPositionAlign.BOTTOM },
        wrap: FrameWrap.AROUND,
      },
      ...options,
    })
  const copies = framed({
    border: { top: outer },
    indent: { left: 4 * oneCharacter, hanging: 3 * oneCharacter, right: oneCharacter },
    children: [new TextRun({ ...style, snapToGrid: false, text: `抄送：${words.copyTo ?? ''}` })],
  })
  const printed = framed({
    border: { top: words.copyTo === null ? outer : inner, bottom: outer },
    tabStops: [{ type: TabStopType.RIGHT, position: wordPage.typeAreaWidth - oneCharacter }],
    indent: { left: oneCharacter, right: oneCharacter },
    children: [new TextRun({ ...style, snapToGrid: false, text: `${document.printedBy}\t${words.printedOn}` })],
  })
  return words.copyTo === null ? [printed] : [copies, printed]
}
