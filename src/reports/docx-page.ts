import { AlignmentType, DocumentGridType, Footer, Header, LineRuleType, PageNumber, Paragraph, TextRun } from 'docx'
import type { IParagraphOptions, IRunOptions, ISectionOptions } from 'docx'
import { TextWatermark } from 'docx/watermarks'
import { pointsFromMillimetres, twipsFromPoints } from '../base/units.ts'
import { fontRoles } from './font-roles.ts'
import type { FontRole } from './font-roles.ts'
import { pageGeometry, typeSize } from './page-geometry.ts'

const twips = (millimetres: number): number => twipsFromPoints(pointsFromMillimetres(millimetres))
const { margin } = pageGeometry

/** Word lengths of the page in twips, its grid rounded down so that 22 lines and 28 characters fit for certain. */
export const wordPage = {
  width: twips(pageGeometry.widthMm),
  height: twips(pageGeometry.heightMm),
  top: twips(margin.topMm),
  bottom: twips(margin.bottomMm),
  left: twips(margin.leftMm),
  right: twips(margin.rightMm),
  typeAreaWidth: twips(pageGeometry.typeAreaWidthMm),
  linePitch: Math.floor(pageGeometry.linePitchPoints * 20),
  /** width of one character on the grid */
  cell: Math.floor(pageGeometry.characterPitchPoints * 20),
  redHeadTop: twips(pageGeometry.redHeadTopMm),
} as const

/** Grid, as Word's page set-up shows it and a checker reads it: character pitch as difference from the body size, in 1/4096 point. */
const charSpace = Math.floor((pageGeometry.characterPitchPoints - typeSize.body) * 4096)

/** Half-points, as Word counts type size. */
export const halfPoints = (points: number): number => Math.round(points * 2)

/** 28 characters of body size must fit on a line in every word processor: a quarter point less each, the line is then justified. */
const bodyTracking = -5

/** A run in the official font of a role, digits and Latin letters in Times New Roman. */
export function inRole(role: FontRole, sizePoints: number = typeSize.body): IRunOptions {
  const latin = fontRoles.latin.officialName
  const eastAsia = fontRoles[role].officialName
  return { font: { ascii: latin, hAnsi: latin, cs: latin, eastAsia, hint: 'eastAsia' }, size: halfPoints(sizePoints), characterSpacing: sizePoints === typeSize.body ? bodyTracking : 0 }
}

/** Fixed line pitch of the grid. */
export const onGrid = { line: wordPage.linePitch, lineRule: LineRuleType.EXACT, before: 0, after: 0 } as const

/** An empty line of the grid. */
export const blankLine = (): Paragraph => new Paragraph({ spacing: onGrid })

/** Paragraph flush left on the grid. */
export const flush = (options: IParagraphOptions): Paragraph => new Paragraph({ spacing: onGrid, ...options })

function pageNumberFooter(side: 'odd' | 'even'): Footer {
  const style: IRunOptions = inRole('songti', typeSize.small)
  const oneCharacter = twipsFromPoints(typeSize.small)
  return new Footer({
    children: [
      new Paragraph({
        alignment: side === 'odd' ? AlignmentType.RIGHT : AlignmentType.LEFT,
        indent: side === 'odd' ? { right: oneCharacter } : { left: oneCharacter },
        spacing: { line: twipsFromPoints(typeSize.small), lineRule: LineRuleType.EXACT, before: 0, after: 0 },
        children: [new TextRun({ ...style, children: ['— ', PageNumber.CURRENT, ' —'] })],
      }),
    ],
  })
}

const draftHeader = (mark: string): Header =>
  new Header({ children: [new Paragraph({ children: [new TextWatermark({ text: mark, font: fontRoles.heiti.officialName, color: 'C0C0C0', width: 260, height: 130 })] })] })

/** Page set-up of the only section: sheet, margins, grid, page numbers odd right and even left, draft mark. */
export function sectionFrame(draftMark: string | null): Omit<ISectionOptions, 'children'> {
  // the dashes stand 7 mm under the type area; they are drawn in the middle of the footer's line
  const footerHeight = pointsFromMillimetres(margin.bottomMm - pageGeometry.pageNumberGapMm) - typeSize.small / 2
  return {
    properties: {
      page: {
        size: { width: wordPage.width, height: wordPage.height },
        margin: { top: wordPage.top, bottom: wordPage.bottom, left: wordPage.left, right: wordPage.right, header: twips(15), footer: twipsFromPoints(footerHeight), gutter: 0 },
      },
      grid: { type: DocumentGridType.LINES_AND_CHARS, linePitch: wordPage.linePitch, charSpace },
    },
    footers: { default: pageNumberFooter('odd'), even: pageNumberFooter('even') },
    ...(draftMark === null ? {} : { headers: { default: draftHeader(draftMark), even: draftHeader(draftMark) } }),
  }
}
