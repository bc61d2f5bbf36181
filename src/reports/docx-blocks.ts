import { AlignmentType, BorderStyle, LineRuleType, Paragraph, Table, TableCell, TableLayoutType, TableRow, TextRun, VerticalAlignTable, WidthType } from 'docx'
import type { ParagraphChild } from 'docx'
import type { Block, Run } from '../programme/index.ts'
import { blankLine, flush, inRole, onGrid, wordPage } from './docx-page.ts'
import type { runComposer } from './docx-figure.ts'
import type { FontRole } from './font-roles.ts'
import { typeSize } from './page-geometry.ts'

type ComposeRuns = ReturnType<typeof runComposer>
type TableBlock = Extract<Block, { kind: 'table' }>

const headingRoles: Readonly<Record<1 | 2 | 3, FontRole>> = { 1: 'heiti', 2: 'kaiti', 3: 'fangsong' }
/** Two characters, also when somebody changes the type size. */
export const firstLineIndent = { firstLine: 2 * wordPage.cell, firstLineChars: 200 } as const

/** Body blocks of a document; the last paragraph stays with the signature under it. */
export function composeBlocks(blocks: readonly Block[], compose: ComposeRuns): (Paragraph | Table)[] {
  return blocks.flatMap((block, index) => {
    if (block.kind === 'table') return composeTable(block, compose)
    if (block.kind === 'paragraph') {
      return [new Paragraph({ style: 'official-body', keepNext: index === blocks.length - 1, children: compose(block.runs) })]
    }
    return [new Paragraph({ style: `official-heading-${block.level}`, keepNext: true, children: compose(block.runs, inRole(headingRoles[block.level])) })]
  })
}

function composeTable(block: TableBlock, compose: ComposeRuns): (Paragraph | Table)[] {
  const totalWidth = block.columns.reduce((sum, column) => sum + column.width, 0)
  const widths = block.columns.map((column) => Math.floor((wordPage.typeAreaWidth * column.width) / totalWidth))
  const line = { style: BorderStyle.SINGLE, size: 4, color: '000000' }
  const head = new TableRow({
    tableHeader: true,
    cantSplit: true,
    children: block.columns.map((column, index) =>
      cell([new TextRun({ ...inRole('heiti', typeSize.table), text: column.title })], { width: widths[index]!, align: 'center' }),
    ),
  })
  const style = inRole('fangsong', typeSize.table)
  const row = (cells: readonly (readonly Run[])[]) =>
    new TableRow({
      cantSplit: true,
      children: block.columns.map((column, index) => cell(compose(cells[index] ?? [], style), { width: widths[index]!, align: column.align })),
    })
  return [
    flush({ alignment: AlignmentType.CENTER, keepNext: true, children: [new TextRun({ ...inRole('heiti', typeSize.small), text: block.caption })] }),
    new Table({
      width: { size: widths.reduce((sum, width) => sum + width, 0), type: WidthType.DXA },
      columnWidths: widths,
      layout: TableLayoutType.FIXED,
      borders: { top: line, bottom: line, left: line, right: line, insideHorizontal: line, insideVertical: line },
      rows: [head, ...block.rows.map(row)],
    }),
    blankLine(),
  ]
}

function cell(children: ParagraphChild[], { width, align }: { width: number; align: 'left' | 'center' | 'right' }): TableCell {
  return new TableCell({
    width: { size: width, type: WidthType.DXA },
    verticalAlign: VerticalAlignTable.CENTER,
    margins: { top: 100, bottom: 100, left: 100, right: 100 },
    children: [new Paragraph({ alignment: align, spacing: { ...onGrid, line: 320, lineRule: LineRuleType.EXACT }, children })],
  })
}
