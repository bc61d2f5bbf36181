import { pointsFromMillimetres } from '../base/units.ts'

/** GB/T 9704-2012 §5.2: the sheet, its margins and the grid every line of text stands on. */
const sheet = { widthMm: 210, heightMm: 297 }
const typeArea = { widthMm: 156, heightMm: 225 }
const margin = {
  topMm: 37,
  leftMm: 28,
  rightMm: sheet.widthMm - typeArea.widthMm - 28,
  bottomMm: sheet.heightMm - typeArea.heightMm - 37,
}
const linesPerPage = 22
const charactersPerLine = 28

/** Chinese type sizes in points: 2号, 3号, 4号, 小四. */
export const typeSize = { title: 22, body: 16, small: 14, table: 12 } as const

/** Everything both renderers need to know about the page; lengths in mm or points as named. */
export const pageGeometry = {
  ...sheet,
  typeAreaWidthMm: typeArea.widthMm,
  typeAreaHeightMm: typeArea.heightMm,
  margin,
  linesPerPage,
  charactersPerLine,
  linePitchPoints: pointsFromMillimetres(typeArea.heightMm) / linesPerPage,
  characterPitchPoints: pointsFromMillimetres(typeArea.widthMm) / charactersPerLine,
  typeAreaWidthPoints: pointsFromMillimetres(typeArea.widthMm),
  /** §7.2.4: from the top of the type area to the top of the 发文机关标志 */
  redHeadTopMm: 35,
  /** §7.2.7: the red line stands 4 mm under the document number */
  redLineGapMm: 4,
  /** §7.5: the dashes of the page number stand 7 mm under the type area */
  pageNumberGapMm: 7,
  /** §7.4.1: 版记 lines, outer and inner */
  imprintLine: { outerMm: 0.35, innerMm: 0.25 },
} as const

/** Width of a printed string in characters: a Latin letter, digit or space is half as wide as a Chinese character. */
export const widthInCharacters = (text: string): number =>
  Array.from(text).reduce((sum, character) => sum + (character.codePointAt(0)! < 0x2000 ? 0.5 : 1), 0)
