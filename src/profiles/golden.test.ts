import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { listProfiles, loadProfile, unitByName, type Profile } from './index.ts'
import { lianyungangAnnex, lianyungangBody, linziDuties, linziTasks, luoyangRows, panjinTasks, type DocumentTask } from './seed-documents.fixture.ts'

const root = join(import.meta.dirname, '../..')
const golden = (name: string) => JSON.parse(readFileSync(join(root, 'fixtures/profiles', `${name}.golden.json`), 'utf8')) as Record<string, (DocumentTask & GoldenIndicator & { unit: string })[]>
const profileOf = (name: string): Profile => loadProfile(join(root, 'cities', name)).profile!

interface GoldenIndicator {
  readonly code: string
  readonly comparator: string
  readonly target: number | null
  readonly unit: string
  readonly kind: string | null
  readonly yearly: (number | null)[] | null
  readonly due: string | null
}

/** Punctuation differs between two extractions of the same page; words may not. */
const wordsOf = (text: string) => text.replace(/[\s（）()，,：:；;。]/g, '')
const codes = (profile: Profile, names: readonly string[]) => [...new Set(names.map((name) => unitByName(profile, name)?.code ?? `未登记：${name}`))]
/** Tasks of one numbering in the document's order. */
const inNumbering = (profile: Profile, numbering: string) => profile.tasks.flatMap((task) => task.passages.filter((each) => each.numbering === numbering).map((passage) => ({ task, passage })))

describe('every profile', () => {
  const loaded = listProfiles(join(root, 'cities'))
  it.each(loaded.map((each) => [each.directory.split('/').at(-1), each] as const))('%s has no problems', (_, { problems }) => {
    expect(problems).toEqual([])
  })
  it('is one of five', () => {
    expect(loaded.map((each) => each.profile?.code)).toEqual(['999900', '320700', '370305', '410300', '211100'])
  })
})

describe.each([
  ['lianyungang', 'annex', 16],
  ['lianyungang', 'body', 13],
  ['panjin', 'body', 23],
  ['linzi', 'body', 15],
  ['luoyang', 'row', 29],
])('tasks of %s, %s numbering', (name, numbering, count) => {
  const profile = profileOf(name)
  const rows = golden(name)[numbering]!
  const found = inNumbering(profile, numbering)
  it(`are ${count}`, () => {
    expect(rows).toHaveLength(count)
    expect(found).toHaveLength(count)
  })
  it.each(rows.map((row, index) => [row.number, row, index] as const))('row %s has its units, words and deadline', (number, row, index) => {
    const { task, passage } = found[index]!
    const words = wordsOf(`${numbering === 'body' && passage.title ? passage.title : ''}${passage.text}`)
    if (name === 'linzi') {
      // Its numbers restart in every section, and headings of unnumbered tasks stand in front of their text.
      expect(wordsOf(row.text).endsWith(words)).toBe(true)
    } else {
      expect(passage.number.replace(/^（(\d+)）$/, '$1')).toBe(number)
      // The re-extracted annex misprints 便利通行 in row 10 and lost the joint units of row 8.
      expect(words).toBe(wordsOf(row.text).replace('便利行政策', '便利通行政策'))
    }
    expect(task.lead).toEqual(codes(profile, row.lead))
    if (row.joint.length > 0) expect(task.joint).toEqual(codes(profile, row.joint))
    if (row.deadline) expect(task.deadline.text).toBe(row.deadline)
  })
})

describe('deadlines', () => {
  it('of Lianyungang’s annex are what its yearly columns say', () => {
    const kinds = profileOf('lianyungang').tasks.map((each) => each.deadline.kind)
    expect(kinds.join(' ')).toBe('recurring recurring recurring yearly-split yearly-split yearly-split yearly-split yearly-split ongoing undated yearly-split yearly-split yearly-split yearly-split period-end yearly-split')
  })
  it('of Luoyang are dates, recurrences or ongoing, row by row', () => {
    const shown = profileOf('luoyang').tasks.map(({ deadline }) => (deadline.kind === 'date' ? deadline.by : deadline.kind === 'recurring' ? `${deadline.boundary} ${deadline.months?.join(',')}` : deadline.kind))
    const later = '2025-06'
    expect(shown).toEqual([
      'before 2', 'within 1,7', 'within 1', 'within 1,7', '2024-06', '2024-06', 'ongoing', '2024-06', later, later, later, later, later, later, later, '2024-06',
      later, 'ongoing', later, 'ongoing', '2024-06', later, later, later, later, later, later, later, 'ongoing',
    ])
  })
  it('map annex and body numbers of Lianyungang onto each other', () => {
    const pairs = profileOf('lianyungang').tasks.map((each) => each.passages.map((passage) => passage.number).join('='))
    expect(pairs).toEqual(['（1）', '（2）', '（3）', ...Array.from({ length: 13 }, (_, index) => `（${index + 4}）=${index + 1}`)])
  })
})

describe.each(['lianyungang', 'panjin', 'linzi', 'luoyang'])('indicators of %s', (name) => {
  const profile = profileOf(name)
  it.each(golden(name)['indicators']!.map((each) => [each.code, each] as const))('%s', (code, row) => {
    const found = profile.indicators.find((each) => each.code === code)!
    const { comparator, target, unit, due } = found
    expect({ code, comparator, target, unit, kind: found.yearly?.kind ?? null, yearly: found.yearly?.values.map((each) => each.value) ?? null, due }).toEqual(row)
  })
})

describe('duties of Linzi', () => {
  const profile = profileOf('linzi')
  it.each(golden('linzi')['duties']!.map((each) => [each.number, each] as const))('item %s belongs to its unit, in full', (_, row) => {
    const unit = unitByName(profile, row.unit)!
    expect(wordsOf(unit.duties.map((each) => each.text).join(''))).toBe(wordsOf(row.text))
  })
})

const documents = join(root, '../shared/seeds')
describe.runIf(existsSync(documents))('the golden files are what the documents say (skipped where the documents are absent)', () => {
  const read = (prefix: string) => readFileSync(join(documents, readdirSync(documents).find((each) => each.startsWith(prefix))!), 'utf8')
  const same: [string, string, () => unknown][] = [
    ['lianyungang', 'annex', () => lianyungangAnnex(read('001'))],
    ['lianyungang', 'body', () => lianyungangBody(read('000'))],
    ['panjin', 'body', () => panjinTasks(read('002'))],
    ['linzi', 'body', () => linziTasks(read('003'))],
    ['linzi', 'duties', () => linziDuties(read('003'))],
    ['luoyang', 'row', () => luoyangRows(read('004'))],
  ]
  it.each(same)('%s %s', (name, part, extract) => {
    expect(golden(name)[part]).toEqual(extract())
  })
  const sources = (): Record<string, string> => ({ lianyungang: read('000'), panjin: read('002'), linzi: read('003'), luoyang: read('004') })
  it('and every heading a task stands under is a heading of its document', () => {
    for (const [name, text] of Object.entries(sources())) {
      const words = wordsOf(text)
      const headings = new Set(profileOf(name).tasks.flatMap((each) => each.group.title.split('／')))
      expect([...headings].filter((each) => !words.includes(wordsOf(each)))).toEqual([])
    }
  })
  it('and so do the words of governance and of safeguards', () => {
    for (const [name, text] of Object.entries(sources())) {
      const words = wordsOf(text)
      const { calendar, measures, office, leadingGroup } = profileOf(name).governance
      const said = [...calendar.map((each) => each.quote), ...measures.flatMap((each) => [each.title, each.text]), ...(office?.duties ?? []), ...(name === 'linzi' ? (leadingGroup?.duties ?? []) : [])]
      expect(said.filter((each) => !words.includes(wordsOf(each)))).toEqual([])
    }
  })
  it('and every quotation of an indicator stands in its document', () => {
    for (const [name, text] of Object.entries(sources())) {
      const words = wordsOf(text)
      const missing = profileOf(name).indicators.flatMap((each) => each.quotes).filter((each) => !each.clause.startsWith('表1') && !words.includes(wordsOf(each.text)))
      expect(missing).toEqual([])
    }
  })
})
