import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { OfficialDocument } from '../programme/index.ts'
import { listSubstitutions, loadFonts } from './fonts.ts'
import type { FontSubstitution } from './fonts.ts'
import { renderDocx } from './render-docx.ts'
import type { RenderOptions } from './render-options.ts'
import { renderPdf } from './render-pdf.ts'

export interface BulletinFilesRequest extends RenderOptions {
  readonly document: OfficialDocument
  readonly outDir: string
  /** file name without extension */
  readonly baseName: string
}

export interface WrittenFile {
  readonly path: string
  readonly bytes: number
}

export interface BulletinFiles {
  readonly docx: WrittenFile
  readonly pdf: WrittenFile
  /** official fonts the PDF does not carry */
  readonly substitutions: readonly FontSubstitution[]
}

/**
 * Writes `<baseName>.docx` and `<baseName>.pdf` into `outDir`, which is made when absent. The Word file is written
 * first, so that it is there even when no font for the PDF can be had.
 * @throws ProblemError `fonts-missing`
 */
export async function renderBulletinFiles({ document, outDir, baseName, ...options }: BulletinFilesRequest): Promise<BulletinFiles> {
  await mkdir(outDir, { recursive: true })
  const write = async (extension: string, content: Uint8Array): Promise<WrittenFile> => {
    const path = join(outDir, `${baseName}.${extension}`)
    await writeFile(path, content)
    return { path, bytes: content.byteLength }
  }
  const docx = await write('docx', await renderDocx(document, options))
  const fonts = await loadFonts()
  const pdf = await write('pdf', await renderPdf(document, { ...options, fonts }))
  return { docx, pdf, substitutions: listSubstitutions(fonts) }
}
