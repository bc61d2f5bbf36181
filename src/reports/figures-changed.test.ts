import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Block, OfficialDocument, Run } from '../programme/index.ts'
import { isFigure, listFigures } from './derive-figures.ts'
import { checkFiguresUnchanged, findTypedNumbers } from './figures-changed.ts'
import { fixtureValueId, qinggangBulletin } from './qinggang-bulletin.fixture.ts'

/** The bulletin with the runs of one paragraph rewritten. */
const edit = (blockId: string, change: (runs: readonly Run[]) => readonly Run[]): OfficialDocument => ({
  ...qinggangBulletin,
  blocks: qinggangBulletin.blocks.map((block): Block => (block.id === blockId && block.kind !== 'table' ? { ...block, runs: change(block.runs) } : block)),
})
const codes = (edited: OfficialDocument) => checkFiguresUnchanged(qinggangBulletin, edited).map((problem) => problem.code)

describe('figures of an edited bulletin', () => {
  it('lets every text be rewritten', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (words) => {
        const edited = qinggangBulletin.blocks.map((block, index): Block =>
          block.kind === 'table' ? block : { ...block, runs: block.runs.map((run) => (isFigure(run) ? run : { text: words[index % Math.max(1, words.length)] ?? '' })) },
        )
        expect(codes({ ...qinggangBulletin, blocks: edited })).toEqual([])
      }),
    )
  })

  it('names the figure that was removed', () => {
    const problems = checkFiguresUnchanged(qinggangBulletin, edit('p-nodes', (runs) => runs.filter((run) => !isFigure(run) || run.figure.valueId !== fixtureValueId(1))))
    expect(problems.map((problem) => problem.code)).toEqual(['figure-removed'])
    expect(problems[0]?.message).toBe('数字“14个”被删除')
    expect(problems[0]?.details).toMatchObject({ blockId: 'p-nodes', valueId: fixtureValueId(1) })
  })

  it.each([['text', { text: '15' }], ['unit', { unit: '座' }], ['indicator', { indicatorCode: 'nodes-hub' }]])('refuses an altered %s', (_, change) => {
    const edited = edit('p-nodes', (runs) => runs.map((run) => (isFigure(run) && run.figure.valueId === fixtureValueId(1) ? { figure: { ...run.figure, ...change } } : run)))
    expect(codes(edited)).toEqual(['figure-altered'])
  })

  it('refuses a figure turned into text, and one that no indicator gave', () => {
    expect(codes(edit('p-nodes', (runs) => runs.map((run) => (isFigure(run) && run.figure.valueId === fixtureValueId(2) ? { text: '2个' } : run))))).toEqual(['figure-removed'])
    const invented: Run = { figure: { valueId: fixtureValueId(999), indicatorCode: 'nodes-hub', text: '3', unit: '个' } }
    expect(codes(edit('p-nodes', (runs) => [...runs, invented]))).toEqual(['figure-invented'])
  })

  it('refuses two figures that changed places of value', () => {
    const swapped = edit('p-nodes', (runs) => runs.map((run) => {
      if (!isFigure(run)) return run
      const other = { [fixtureValueId(2)]: '4', [fixtureValueId(3)]: '2' }[run.figure.valueId]
      return other === undefined ? run : { figure: { ...run.figure, text: other } }
    }))
    expect(codes(swapped)).toEqual(['figure-altered', 'figure-altered'])
  })

  it('lets a figure move and be named twice', () => {
    const moved = listFigures(qinggangBulletin)[0]!.figure
    const edited = edit('p-vehicles', (runs) => [...runs, { figure: moved }])
    expect(codes(edited)).toEqual([])
    const without = { ...edited, blocks: edited.blocks.map((block): Block => (block.id === 'p-nodes' && block.kind === 'paragraph' ? { ...block, runs: block.runs.filter((run) => !isFigure(run) || run.figure.valueId !== moved.valueId) } : block)) }
    expect(codes(without)).toEqual([])
  })
})

describe('numbers typed by hand', () => {
  it('finds none in the bulletin as composed', () => expect(findTypedNumbers(qinggangBulletin)).toEqual([]))

  it.each([['1', ''], ['1.', '5'], ['', '０']])('finds a digit that touches a figure: %j … %j', (before, after) => {
    const edited = edit('p-nodes', (runs) => {
      const at = runs.findIndex(isFigure)
      return [...runs.slice(0, at), { text: `共${before}` }, runs[at]!, { text: `${after}处` }, ...runs.slice(at + 1)]
    })
    const expected = /\d$/u.test(before) || after !== '' ? ['digit-touches-figure'] : []
    expect(findTypedNumbers(edited).map((finding) => finding.code)).toEqual(expected)
  })

  it('finds a number with the unit of a figure, and leaves dates alone', () => {
    const edited = edit('p-network-1', () => [{ text: '2025年6月新增 85 个节点，同比增长12.5%。' }])
    const findings = findTypedNumbers(edited)
    expect(findings.map((finding) => finding.code)).toEqual(['number-typed-as-text', 'number-typed-as-text'])
    expect(findings[0]?.message).toContain('85 个')
  })

  it('leaves alone what the composed text said already', () => {
    const original = edit('p-network-1', () => [{ text: '目标80个。' }])
    expect(findTypedNumbers(original).map((finding) => finding.code)).toEqual(['number-typed-as-text'])
    expect(findTypedNumbers(original, original)).toEqual([])
    const edited = edit('p-network-1', () => [{ text: '目标80个，已建90个。' }])
    expect(findTypedNumbers(edited, original).map((finding) => finding.message)).toEqual([expect.stringContaining('90个')])
  })
})
