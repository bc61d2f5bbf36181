import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import type { OfficialDocument } from '../programme/index.ts'
import { deriveEvidencePages } from './derive-evidence-pages.ts'
import { deriveTypesetBlocks, deriveWords, lastStaysWithSignature } from './derive-typeset.ts'
import { loadFonts, substitutionSentence } from './fonts.ts'
import type { FontSet } from './fonts.ts'
import { pageGeometry, typeSize } from './page-geometry.ts'
import type { RenderOptions } from './render-options.ts'

const workspace = fileURLToPath(new URL('.', import.meta.url))
const template = readFileSync(new URL('official.typ', import.meta.url), 'utf8')

/** One compiler for each set of fonts: opening the fonts takes longer than setting a document. */
const compilers = new WeakMap<FontSet, NodeCompiler>()

function compilerFor(fonts: FontSet): NodeCompiler {
  const known = compilers.get(fonts)
  if (known) return known
  const fontPaths = [...new Set(Object.values(fonts).flatMap((each) => each.file ?? []))]
  const compiler = NodeCompiler.create({ workspace, fontArgs: [{ fontPaths }] })
  compilers.set(fonts, compiler)
  return compiler
}

export interface PdfOptions extends RenderOptions {
  /** default: the fonts of this machine */
  readonly fonts?: FontSet
}

/**
 * Sets an official document as PDF by GB/T 9704-2012, fonts embedded, figures linked to their evidence and listed
 * with QR codes on a 附页. The same document gives the same bytes.
 * @throws ProblemError `fonts-missing` when no Chinese font can be had
 */
export async function renderPdf(document: OfficialDocument, options: PdfOptions): Promise<Uint8Array> {
  const fonts = options.fonts ?? (await loadFonts())
  const data = {
    ...document,
    ...deriveWords(document),
    geometry: pageGeometry,
    sizes: typeSize,
    fonts,
    lastStaysWithSignature: lastStaysWithSignature(document),
    blocks: deriveTypesetBlocks(document, options.baseUrl),
    evidence: await deriveEvidencePages(document, options),
    date: calendarDay(document.date),
    description: substitutionSentence(fonts),
    keywords: ['GB/T 9704-2012', document.documentNumber],
  }
  return compile(compilerFor(fonts), JSON.stringify(data))
}

/** `2025-07-15` as the typesetter's date; null for anything else, the PDF then carries none. */
function calendarDay(date: string): { year: number; month: number; day: number } | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/u.exec(date)
  return match ? { year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) } : null
}

/** Synchronous from shadow file to bytes, so that two documents never mix in one compiler. */
function compile(compiler: NodeCompiler, json: string): Uint8Array {
  compiler.mapShadow(`${workspace}document.json`, Buffer.from(json))
  try {
    const outcome = compiler.compile({ mainFileContent: template })
    if (outcome.result === null) {
      const diagnostics = outcome.takeDiagnostics()
      throw new Error(`typesetting failed: ${JSON.stringify(diagnostics?.shortDiagnostics)}`)
    }
    return new Uint8Array(compiler.pdf(outcome.result))
  } finally {
    compiler.unmapShadow(`${workspace}document.json`)
    compiler.evictCache(10)
  }
}
