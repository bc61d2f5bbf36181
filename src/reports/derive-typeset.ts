import type { Block, OfficialDocument, Run } from '../programme/index.ts'
import { chineseDate, factUrl, figureWording, isFigure, plainText } from './derive-figures.ts'
import { deriveRedHead, deriveTitleLines } from './derive-lines.ts'
import { pageGeometry, widthInCharacters } from './page-geometry.ts'

/** Words of the document that both renderers print in the same way. */
export interface TypesetWords {
  readonly head: ReturnType<typeof deriveRedHead>
  readonly titleLines: readonly string[]
  /** 主送 with its full-width colon; empty when there is none */
  readonly recipients: string
  readonly signedOn: string
  /** blank characters to the right of the signature */
  readonly signatureIndent: number
  /** 抄送 names with the closing 。; null when nobody gets a copy */
  readonly copyTo: string | null
  readonly printedOn: string
}

/** 成文日期 stands four characters from the right edge (§7.3.5.1). */
export const dateIndent = 4

/** Composes the fixed wording of head, addressees, signature and imprint by GB/T 9704-2012 §7.2–7.4. */
export function deriveWords(document: OfficialDocument): TypesetWords {
  const signedOn = chineseDate(document.date)
  return {
    head: deriveRedHead(document.headText || `${document.issuer}文件`),
    titleLines: deriveTitleLines(document.title),
    recipients: document.recipients.length === 0 ? '' : `${document.recipients.join('，')}：`,
    signedOn,
    signatureIndent: deriveSignatureIndent(document.signature, signedOn),
    copyTo: document.copyTo.length === 0 ? null : `${document.copyTo.join('，')}。`,
    printedOn: `${chineseDate(document.printedOn)}印发`,
  }
}

/** The signature is centred over the date; one too long for that keeps two blank characters on the right (§7.3.5.2). */
function deriveSignatureIndent(signature: string, signedOn: string): number {
  const centre = dateIndent + widthInCharacters(signedOn) / 2
  const indent = centre - widthInCharacters(signature) / 2
  if (indent >= 0) return indent
  return Math.max(0, Math.min(2, pageGeometry.charactersPerLine - widthInCharacters(signature)))
}

/** Longer than this and moving the paragraph would leave a hole that looks worse. */
const mostLinesMoved = 8

/**
 * A page must not carry a signature alone (§7.3.5.4): the last paragraph goes with it to the next page, when it is
 * short enough. (A longer one ends on the signature's page anyway, unless it happens to fill the page before.)
 */
export function lastStaysWithSignature({ blocks }: OfficialDocument): boolean {
  const last = blocks.at(-1)
  return last?.kind === 'paragraph' && widthInCharacters(plainText(last.runs)) <= mostLinesMoved * pageGeometry.charactersPerLine
}

type TypesetRun = { readonly text: string } | { readonly figure: string; readonly valueId: string; readonly url: string; readonly first: boolean }

/** Blocks as the typesetter reads them: figures spelled out with their address, the first occurrence of each marked. */
export function deriveTypesetBlocks(document: OfficialDocument, baseUrl: string): unknown[] {
  const seen = new Set<string>()
  const typesetRun = (run: Run): TypesetRun => {
    if (!isFigure(run)) return { text: run.text }
    const { valueId } = run.figure
    const first = !seen.has(valueId)
    seen.add(valueId)
    return { figure: figureWording(run), valueId, url: factUrl(baseUrl, valueId), first }
  }
  return document.blocks.map((block: Block) =>
    block.kind === 'table'
      ? { kind: block.kind, caption: block.caption, columns: block.columns, cells: block.rows.flat().map((runs) => runs.map(typesetRun)) }
      : { ...block, runs: block.runs.map(typesetRun) },
  )
}
