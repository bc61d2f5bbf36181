import { strFromU8, unzipSync } from 'fflate'
import { beforeAll, describe, expect, it } from 'vitest'
import { figureWording, isFigure, listFigures, runsOf } from './derive-figures.ts'
import { qinggangBulletin } from './qinggang-bulletin.fixture.ts'
import { renderDocx } from './render-docx.ts'

const baseUrl = 'https://lp.qinggang.example'
const twipsPerMm = 1440 / 25.4
let parts: Record<string, string> = {}
let body = ''

const unpack = async (document = qinggangBulletin): Promise<Record<string, string>> =>
  Object.fromEntries(Object.entries(unzipSync(await renderDocx(document, { baseUrl }))).map(([name, bytes]) => [name, strFromU8(bytes)]))

/** Attribute of the first element of that name. */
const attribute = (xml: string, element: string, name: string): string | undefined =>
  new RegExp(`<w:${element} [^>]*w:${name}="([^"]*)"`, 'u').exec(xml)?.[1]
/** The paragraph around a text. */
const paragraphWith = (text: string): string => [...body.matchAll(/<w:p>.*?<\/w:p>/gu)].map((match) => match[0]).find((each) => each.replace(/<[^>]*>/gu, '').includes(text)) ?? ''

beforeAll(async () => {
  parts = await unpack()
  body = parts['word/document.xml'] ?? ''
})

describe('page of the Word file', () => {
  it('is A4 with the margins of the type area', () => {
    const lengths = { w: 210, h: 297 } as const
    for (const [name, millimetres] of Object.entries(lengths)) expect(Number(attribute(body, 'pgSz', name)) / twipsPerMm).toBeCloseTo(millimetres, 1)
    const margins = { top: 37, left: 28, right: 210 - 28 - 156, bottom: 297 - 37 - 225 }
    for (const [name, millimetres] of Object.entries(margins)) expect(Number(attribute(body, 'pgMar', name)) / twipsPerMm).toBeCloseTo(millimetres, 1)
  })

  it('has a grid of 22 lines and 28 characters', () => {
    expect(attribute(body, 'docGrid', 'type')).toBe('linesAndChars')
    const height = (225 * 1440) / 25.4
    const width = (156 * 1440) / 25.4
    expect(Math.floor(height / Number(attribute(body, 'docGrid', 'linePitch')))).toBe(22)
    const characterTwips = (16 + Number(attribute(body, 'docGrid', 'charSpace')) / 4096) * 20
    expect(Math.floor(width / characterTwips)).toBe(28)
  })

  it('numbers pages odd right, even left, in 4号 between dashes', () => {
    expect(parts['word/settings.xml']).toContain('<w:evenAndOddHeaders/>')
    const footers = Object.entries(parts).filter(([name]) => /^word\/footer\d+\.xml$/u.test(name)).map(([, xml]) => xml)
    expect(footers.map((xml) => attribute(xml, 'jc', 'val')).sort()).toEqual(['left', 'right'])
    for (const xml of footers) {
      expect(attribute(xml, 'sz', 'val')).toBe('28')
      expect(xml.replace(/<[^>]*>/gu, '')).toBe('— PAGE —')
    }
    expect(body).toMatch(/<w:footerReference w:type="default".*<w:footerReference w:type="even"/u)
  })
})

describe('type of the Word file', () => {
  it('sets the body in 3号 仿宋_GB2312 at the fixed pitch, two characters in', () => {
    const normal = /<w:style [^>]*w:styleId="Normal">.*?<\/w:style>/u.exec(parts['word/styles.xml'] ?? '')?.[0] ?? ''
    expect(attribute(normal, 'rFonts', 'eastAsia')).toBe('仿宋_GB2312')
    expect(attribute(normal, 'sz', 'val')).toBe('32')
    expect(normal).toMatch(/<w:spacing w:before="0" w:after="0" w:line="579" w:lineRule="exact"\/>/u)
    const official = /<w:style [^>]*w:styleId="official-body">.*?<\/w:style>/u.exec(parts['word/styles.xml'] ?? '')?.[0] ?? ''
    expect(attribute(official, 'ind', 'firstLineChars')).toBe('200')
  })

  it.each([
    ['关于2025年上半年', '方正小标宋简体', '44'],
    ['一、总体进展', '黑体', '32'],
    ['（一）完善三级', '楷体_GB2312', '32'],
    ['1．分时停放', '仿宋_GB2312', '32'],
  ])('%s is %s', (text, font, size) => {
    const style = /<w:pStyle w:val="([^"]*)"/u.exec(paragraphWith(text))?.[1] ?? ''
    const definition = new RegExp(`<w:style [^>]*w:styleId="${style}">.*?</w:style>`, 'u').exec(parts['word/styles.xml'] ?? '')?.[0] ?? ''
    expect(attribute(definition, 'rFonts', 'eastAsia')).toBe(font)
    expect(attribute(definition, 'sz', 'val')).toBe(size)
  })

  it('prints the head red over a red line', () => {
    expect(attribute(paragraphWith('创建工作领导小组办公室文件'), 'color', 'val')).toBe('E60012')
    expect(paragraphWith('青绿配办〔2025〕3号')).toMatch(/<w:pBdr><w:bottom [^>]*w:color="E60012"/u)
  })

  it('repeats the head of a table and keeps its rows whole', () => {
    expect(body.match(/<w:tblHeader\/>/gu)).toHaveLength(1)
    expect(body.match(/<w:tr>/gu)?.length).toBe(15 + 2)
  })
})

describe('figures of the Word file', () => {
  it('are locked controls, each tagged with its value and linked to its evidence, printed unchanged', () => {
    const controls = [...body.matchAll(/<w:hyperlink [^>]*r:id="([^"]*)"[^>]*><w:sdt>(.*?)<\/w:sdt><\/w:hyperlink>/gu)]
    const figures = qinggangBulletin.blocks.flatMap((block) => runsOf(block).filter(isFigure))
    expect(controls).toHaveLength(figures.length)
    const relations = parts['word/_rels/document.xml.rels'] ?? ''
    controls.forEach(([, relation, control], index) => {
      const figure = figures[index]!
      expect(attribute(control!, 'tag', 'val')).toBe(figure.figure.valueId)
      expect(attribute(control!, 'lock', 'val')).toBe('sdtContentLocked')
      expect(control!.replace(/<[^>]*>/gu, '')).toBe(figureWording(figure))
      const target = [...relations.matchAll(/<Relationship [^>]*>/gu)].map((match) => match[0]).find((each) => each.includes(`Id="${relation}"`))
      expect(target).toContain(`Target="${baseUrl}/facts/${figure.figure.valueId}"`)
    })
    const ids = [...body.matchAll(/<w:id w:val="(\d+)"\/>/gu)].map((match) => match[1])
    expect(new Set(ids).size).toBe(listFigures(qinggangBulletin).length)
  })
})

it('marks a draft on odd and even pages, a published document on none', async () => {
  expect(Object.keys(parts).filter((name) => name.startsWith('word/header'))).toEqual([])
  const draft = await unpack({ ...qinggangBulletin, draftMark: '草稿' })
  const headers = Object.entries(draft).filter(([name]) => /^word\/header\d+\.xml$/u.test(name))
  expect(headers).toHaveLength(2)
  for (const [, xml] of headers) expect(xml).toContain('草稿')
})
