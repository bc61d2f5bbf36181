import { describe, expect, it } from 'vitest'
import { deriveEvidencePages } from './derive-evidence-pages.ts'
import { deriveEvidence, factUrl } from './derive-figures.ts'
import { fixtureValueId, qinggangBulletin } from './qinggang-bulletin.fixture.ts'

const baseUrl = 'https://lp.qinggang.example/'
const documentUrl = 'https://lp.qinggang.example/bulletins/2025H1'
const withoutTable = { ...qinggangBulletin, blocks: qinggangBulletin.blocks.filter((block) => block.kind !== 'table') }

describe('evidence of a document', () => {
  it('lists each value once, under the section where it is read first', () => {
    const doubled = { ...withoutTable, blocks: [...withoutTable.blocks, ...withoutTable.blocks] }
    const sections = deriveEvidence(doubled)
    expect(sections.map((section) => section.heading)).toEqual(['一、总体进展'])
    expect(sections[0]!.figures.map((figure) => figure.number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])
  })

  it('has a code for each of up to 24 figures', async () => {
    const pages = await deriveEvidencePages(withoutTable, { baseUrl, documentUrl })
    expect(pages?.by).toBe('figure')
    for (const figure of pages!.sections[0]!.figures) expect(figure.qr).toMatch(/^<svg/u)
  })

  it('has a code for each section when there are more, and goes back to figures when the document has no address', async () => {
    const pages = await deriveEvidencePages(qinggangBulletin, { baseUrl, documentUrl })
    expect(pages?.by).toBe('section')
    expect(pages?.sections.map((section) => section.heading)).toEqual(['一、总体进展', '三、各县区进展'])
    expect(pages?.sections.every((section) => section.qr?.startsWith('<svg'))).toBe(true)
    expect((await deriveEvidencePages(qinggangBulletin, { baseUrl }))?.by).toBe('figure')
  })

  it('is no page at all for a document without figures', async () => {
    expect(await deriveEvidencePages({ ...qinggangBulletin, blocks: [] }, { baseUrl })).toBeNull()
  })

  it('prints as-of and name where they are known and nothing where not', async () => {
    const describeFigure = (id: string) => (id === fixtureValueId(1) ? { name: '投入使用的配送节点', asOf: '2025-06-30' } : undefined)
    const pages = await deriveEvidencePages(withoutTable, { baseUrl, describeFigure })
    expect(pages?.dated).toBe(true)
    expect(pages?.sections[0]?.figures[0]).toMatchObject({ name: '投入使用的配送节点', asOf: '2025-06-30' })
    expect(pages?.sections[0]?.figures[1]).toMatchObject({ name: null, asOf: null })
  })

  it('joins addresses with one slash', () => expect(factUrl(baseUrl, 'a b')).toBe('https://lp.qinggang.example/facts/a%20b'))
})
