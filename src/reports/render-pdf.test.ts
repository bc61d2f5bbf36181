import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findFonts } from './fonts.ts'
import { factUrl, listFigures } from './derive-figures.ts'
import { fullTextDocument, qinggangBulletin } from './qinggang-bulletin.fixture.ts'
import { renderPdf } from './render-pdf.ts'

const options = { baseUrl: 'https://lp.qinggang.example' }
const hasFonts = findFonts(['/usr/share/fonts', '/usr/local/share/fonts', '/System/Library/Fonts', '/Library/Fonts', 'C:\\Windows\\Fonts']) !== undefined
const canMeasure = hasFonts && spawnSync('pdftotext', ['-v']).error === undefined
if (!hasFonts) console.warn('PDF tests skipped: no Chinese font installed (Debian: fonts-noto-cjk)')
else if (!canMeasure) console.warn('PDF measurements skipped: pdftotext is not installed (Debian: poppler-utils)')

const folder = mkdtempSync(join(tmpdir(), 'lvpei-pdf-'))
afterAll(() => rmSync(folder, { recursive: true }))
const millimetres = (points: number) => (points / 72) * 25.4

interface Line {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
  readonly text: string
}

/** Lines of one page in millimetres from its upper left corner, as poppler measures them. */
function linesOfPage(pdf: Uint8Array, page: number): Line[] {
  const path = join(folder, 'measured.pdf')
  writeFileSync(path, pdf)
  const xml = execFileSync('pdftotext', ['-bbox-layout', '-f', String(page), '-l', String(page), path, '-'], { encoding: 'utf8' })
  return [...xml.matchAll(/<line xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)<\/line>/gsu)].map((match) => {
    const [left, top, right, bottom] = match.slice(1, 5).map((points) => millimetres(Number(points))) as [number, number, number, number]
    return { left, top, right, bottom, text: match[5]!.replace(/<[^>]*>|\s/gu, '') }
  })
}

describe.skipIf(!hasFonts)('PDF', () => {
  let pdf: Uint8Array = new Uint8Array()
  let source = ''
  beforeAll(async () => {
    pdf = await renderPdf(qinggangBulletin, options)
    source = Buffer.from(pdf).toString('latin1')
  })

  it('is A4 with every font embedded as a subset', () => {
    expect(source.startsWith('%PDF-1.7')).toBe(true)
    const boxes = [...source.matchAll(/\/MediaBox\s*\[([^\]]*)\]/gu)].map((match) => match[1]!.trim().split(/\s+/u).map((points) => Math.round(millimetres(Number(points)))))
    expect(boxes.length).toBeGreaterThanOrEqual(5)
    for (const box of boxes) expect(box).toEqual([0, 0, 210, 297])
    const descriptors = source.match(/\/Type\s*\/FontDescriptor/gu)?.length ?? 0
    expect(descriptors).toBeGreaterThanOrEqual(2)
    expect(source.match(/\/FontFile[23]?\s+\d+ 0 R/gu)).toHaveLength(descriptors)
    const names = [...source.matchAll(/\/FontName\s*\/([^\s/]+)/gu)].map((match) => match[1]!)
    for (const name of names) expect(name).toMatch(/^[A-Z]{6}\+/u)
    // the simplified face of the collection, not the Japanese one that comes first in it
    for (const name of names.filter((each) => each.includes('CJK'))) expect(name).toContain('CJKsc')
  })

  it('stays small, and the same document gives the same bytes', async () => {
    expect(pdf.byteLength).toBeLessThan(400_000)
    expect(Buffer.from(await renderPdf(qinggangBulletin, options)).equals(Buffer.from(pdf))).toBe(true)
  })

  it('links every figure to its evidence', () => {
    const targets = new Set([...source.matchAll(/\/URI\s*\(([^)]*)\)/gu)].map((match) => match[1]))
    for (const { figure } of listFigures(qinggangBulletin)) expect(targets).toContain(factUrl(options.baseUrl, figure.valueId))
  })
})

describe.skipIf(!canMeasure)('a full page of text', () => {
  let lines: Line[] = []
  beforeAll(async () => {
    const pdf = await renderPdf(fullTextDocument, options)
    lines = linesOfPage(pdf, 2).filter((line) => !line.text.includes('—'))
  })

  it('has 22 lines of 28 characters', () => {
    expect(lines).toHaveLength(22)
    for (const line of lines.slice(1)) expect(Array.from(line.text)).toHaveLength(28)
  })

  it('fills the type area of 156 × 225 mm, 37 mm from the top and 28 mm from the left', () => {
    expect(Math.abs(lines[0]!.top - 37)).toBeLessThan(1)
    for (const line of lines.slice(1)) {
      expect(Math.abs(line.left - 28)).toBeLessThan(0.3)
      expect(Math.abs(line.right - (28 + 156))).toBeLessThan(0.5)
    }
    expect(lines.at(-1)!.bottom).toBeLessThanOrEqual(37 + 225)
    const pitches = lines.slice(1).map((line, index) => line.top - lines[index]!.top)
    for (const pitch of pitches) expect(pitch).toBeCloseTo(225 / 22, 2)
  })

  it('has characters of 3号', () => {
    const pitch = (lines[2]!.right - lines[2]!.left) / 28
    expect(pitch).toBeCloseTo(156 / 28, 1)
    expect(lines[2]!.bottom - lines[2]!.top).toBeCloseTo(millimetres(16), 1)
  })
})

describe.skipIf(!canMeasure)('parts of the document', () => {
  let pdf: Uint8Array = new Uint8Array()
  beforeAll(async () => {
    pdf = await renderPdf(qinggangBulletin, options)
  })
  const find = (page: number, text: string) => linesOfPage(pdf, page).find((line) => line.text.includes(text))

  it('stand where the standard puts them on the first page', () => {
    const head = find(1, '青港市城市绿色货运配送示范工程')!
    expect(Math.abs(head.top - (37 + 35))).toBeLessThan(2)
    expect((head.left + head.right) / 2).toBeCloseTo(28 + 156 / 2, 0)
    const number = find(1, '〔2025〕3号')!
    expect((number.left + number.right) / 2).toBeCloseTo(28 + 156 / 2, 0)
    expect(find(1, '市各有关单位：')!.left).toBeCloseTo(28, 0)
  })

  it('number the pages 7 mm under the type area, odd right and even left, one character in', () => {
    const oneCharacter = millimetres(14)
    const [odd, even] = [find(1, '—1—')!, find(2, '—2—')!]
    expect(odd.right).toBeCloseTo(28 + 156 - oneCharacter, 0)
    expect(even.left).toBeCloseTo(28 + oneCharacter, 0)
    for (const line of [odd, even]) expect(Math.abs((line.top + line.bottom) / 2 - (37 + 225 + 7))).toBeLessThan(1)
  })

  const readAll = () => execFileSync('pdftotext', ['-layout', join(folder, 'measured.pdf'), '-'], { encoding: 'utf8' })

  it('close with the imprint on the lower edge of the type area of the last page', () => {
    const pages = Number(/\/Type\s*\/Pages[^>]*\/Count (\d+)/u.exec(Buffer.from(pdf).toString('latin1'))?.[1])
    expect(pages).toBeGreaterThanOrEqual(5)
    const imprint = find(pages, '印发')!
    expect(imprint.bottom).toBeLessThanOrEqual(37 + 225)
    expect(imprint.bottom).toBeGreaterThan(37 + 225 - 10)
  })

  it('put an imprint that finds no room at the bottom of a page of its own, a long 印发机关 beside its date', async () => {
    const [first] = listFigures(qinggangBulletin)
    const figures = Array.from({ length: 24 }, (_, n) => ({ figure: { ...first!.figure, valueId: first!.figure.valueId.replace(/..$/u, String(10 + n)) } }))
    const printedBy = '青港市城市绿色货运配送示范工程创建工作领导小组办公室'
    const document = { ...qinggangBulletin, printedBy, blocks: [{ kind: 'paragraph' as const, id: 'p', runs: figures }] }
    const crowded = await renderPdf(document, options)
    const last = Number(/\/Type\s*\/Pages[^>]*\/Count (\d+)/u.exec(Buffer.from(crowded).toString('latin1'))?.[1])
    const date = linesOfPage(crowded, last).find((line) => line.text.includes('15日印发'))!
    expect(date.bottom).toBeGreaterThan(37 + 225 - 10)
    expect(date.right).toBeCloseTo(28 + 156 - millimetres(14), 0)
    expect(date.text).toBe('2025年7月15日印发')
  })

  it('repeat the head of a table on every page it reaches', async () => {
    const rows = [1, 2, 3].flatMap(() => qinggangBulletin.blocks.flatMap((block) => (block.kind === 'table' ? block.rows : [])))
    const long = { ...qinggangBulletin, blocks: qinggangBulletin.blocks.map((block) => (block.kind === 'table' ? { ...block, rows } : block)) }
    writeFileSync(join(folder, 'measured.pdf'), await renderPdf(long, { ...options, documentUrl: 'https://lp.qinggang.example/b' }))
    // 沙浦县 stands nowhere but in the table
    const tablePages = readAll().split('\f').filter((page) => page.includes('沙浦县'))
    expect(tablePages.length).toBeGreaterThanOrEqual(2)
    for (const page of tablePages) expect(page.match(/备注/gu)).toHaveLength(1)
  })

  it('never leave a signature alone on its page, wherever the text ends', async () => {
    const paragraph = (id: string, characters: number) => ({ kind: 'paragraph' as const, id, runs: [{ text: '城'.repeat(characters) }] })
    for (let lines = 1; lines <= 22; lines++) {
      const document = { ...qinggangBulletin, blocks: [paragraph('long', 28 * (8 + lines) - 2), paragraph('last', 80)] }
      writeFileSync(join(folder, 'measured.pdf'), await renderPdf(document, options))
      const page = readAll().split('\f').find((each) => each.includes(qinggangBulletin.signature)) ?? ''
      expect(page.replace(/\s/gu, ''), `${lines} lines`).toContain('城'.repeat(20))
    }
  })

  it('start a long last paragraph on the page where there is room', async () => {
    const pdfOfText = await renderPdf(fullTextDocument, options)
    expect(linesOfPage(pdfOfText, 1).filter((line) => Array.from(line.text).length >= 26).length).toBeGreaterThanOrEqual(6)
  })

  it('print the evidence of every figure: number, page, id', () => {
    writeFileSync(join(folder, 'measured.pdf'), pdf)
    const text = readAll()
    expect(text).toContain('数字依据')
    for (const { figure } of listFigures(qinggangBulletin)) expect(text).toContain(figure.valueId.slice(19))
  })
})
