import type { Block, FigureRun, OfficialDocument, Run } from '../programme/index.ts'

export const isFigure = (run: Run): run is FigureRun => 'figure' in run

/** Printed wording of a figure: the bound text and its unit, nothing added. */
export const figureWording = (run: FigureRun): string => run.figure.text + run.figure.unit

/** All runs of a block in reading order; a table is read row by row. */
export const runsOf = (block: Block): readonly Run[] => (block.kind === 'table' ? block.rows.flat(2) : block.runs)

/** Plain text of runs, figures as printed. */
export const plainText = (runs: readonly Run[]): string =>
  runs.map((run) => (isFigure(run) ? figureWording(run) : run.text)).join('')

export interface PlacedFigure {
  readonly blockId: string
  readonly figure: FigureRun['figure']
}

/** Every occurrence of a figure in reading order. */
export const listFigures = (document: OfficialDocument): PlacedFigure[] =>
  document.blocks.flatMap((block) =>
    runsOf(block)
      .filter(isFigure)
      .map((run) => ({ blockId: block.id, figure: run.figure })),
  )

/** One section of the document (a level-1 heading and what follows) with the figures that appear in it first. */
export interface EvidenceSection {
  /** block id of the heading; null for what stands before the first heading */
  readonly headingId: string | null
  readonly heading: string
  /** numbered through the whole document from 1 */
  readonly figures: readonly (FigureRun['figure'] & { readonly number: number })[]
}

/** The figures of a document by section, each value once, where it is read first. Sections without figures are left out. */
export function deriveEvidence(document: OfficialDocument): EvidenceSection[] {
  const seen = new Set<string>()
  const sections: { headingId: string | null; heading: string; figures: EvidenceSection['figures'][number][] }[] = [
    { headingId: null, heading: '', figures: [] },
  ]
  for (const block of document.blocks) {
    if (block.kind === 'heading' && block.level === 1) sections.push({ headingId: block.id, heading: plainText(block.runs), figures: [] })
    for (const run of runsOf(block).filter(isFigure)) {
      if (seen.has(run.figure.valueId)) continue
      seen.add(run.figure.valueId)
      sections.at(-1)!.figures.push({ ...run.figure, number: seen.size })
    }
  }
  return sections.filter((section) => section.figures.length > 0)
}

/** Address of the evidence of one value. */
export const factUrl = (baseUrl: string, valueId: string): string =>
  `${baseUrl.replace(/\/+$/u, '')}/facts/${encodeURIComponent(valueId)}`

/** `2025-07-15` → `2025年7月15日` (GB/T 9704-2012 §7.3.5.4: 阿拉伯数字, no leading zeros); anything else is printed as it is. */
export function chineseDate(date: string): string {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/u.exec(date)
  return match ? `${match[1]}年${Number(match[2])}月${Number(match[3])}日` : date
}
