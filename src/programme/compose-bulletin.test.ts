import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ProblemError } from '../base/problems.ts'
import { loadProfile, type Profile } from '../profiles/index.ts'
import { composeBulletin } from './compose-bulletin.ts'
import type { Block, OfficialDocument, Run } from './document-model.ts'
import { officialDocument } from './document-schema.ts'
import type { MeasuredValue } from './measured-value.ts'

const profileOf = (name: string): Profile => loadProfile(join(import.meta.dirname, '../../cities', name)).profile!
const value = (code: string, number: number | null): MeasuredValue => ({
  id: `id-${code}`, city: '320700', code, definition: 'test', definitionVersion: '1', period: '2024H1', asOf: '2024-07-01T00:00:00+08:00', value: number, unit: '', numerator: null, denominator: null, rowsCounted: 0, rowsExcluded: 0, met: null, openQuestions: [],
})
const lianyungang = profileOf('lianyungang')
const values = [value('L-01', 2), value('L-02', 5), value('L-03', 49), value('L-07', 0.3125), value('L-13', 0.4), value('L-18', null)]
const bulletin = composeBulletin(lianyungang, '2024H1', values, { date: '2024-07-15' })

const runsOf = (block: Block): readonly Run[] => (block.kind === 'table' ? block.rows.flat(2) : block.runs)
const shown = (run: Run): string => ('text' in run ? run.text : `${run.figure.text}${run.figure.unit}`)
const textOf = (document: OfficialDocument, id: string): string => runsOf(document.blocks.find((each) => each.id === id)!).map(shown).join('')

describe('the half-yearly bulletin of Lianyungang', () => {
  it('has the parts of a 公文, the number left open', () => {
    expect(bulletin).toMatchObject({
      issuer: '连云港市城市绿色货运配送示范工程创建工作领导小组',
      title: '关于连云港市2024年上半年城市绿色货运配送示范工程创建工作进展情况的通报',
      documentNumber: '〔2024〕　号',
      recipients: ['各成员单位'],
      date: '2024-07-15',
      draftMark: '草稿',
    })
    expect(officialDocument.safeParse(bulletin).success).toBe(true)
    expect(bulletin.blocks.flatMap((each) => (each.kind === 'heading' && each.level === 1 ? [shown(each.runs[0]!)] : []))).toEqual(['一、总体进展', '二、分项进展', '三、存在的问题', '四、下一步工作'])
  })

  it('cites the plan and the last day of the period', () => {
    expect(textOf(bulletin, 'opening')).toContain('根据《连云港市城市绿色货运配送示范工程创建实施方案》（连政办发〔2023〕2号）')
    expect(textOf(bulletin, 'overall-counts')).toContain('截至2024年6月30日')
  })

  it('binds every measured number to its value and writes no number where there is none', () => {
    const figures = bulletin.blocks.flatMap(runsOf).flatMap((run) => ('figure' in run ? [run.figure] : []))
    expect(new Set(figures.map((each) => each.valueId))).toEqual(new Set(['id-L-01', 'id-L-02', 'id-L-03', 'id-L-07', 'id-L-13']))
    const first = (code: string) => figures.find((each) => each.indicatorCode === code)
    expect(first('L-03')).toEqual({ valueId: 'id-L-03', indicatorCode: 'L-03', text: '49', unit: '个' })
    expect(first('L-07')).toMatchObject({ text: '1∶3.2', unit: '' })
    expect(first('L-13')).toMatchObject({ text: '0.4', unit: '%' })
  })

  it('lists in the table every target of the plan, in the order of the nine classes', () => {
    const table = bulletin.blocks.find((each) => each.id === 'targets')
    const rows = table?.kind === 'table' ? table.rows.map((row) => row.map((cell) => cell.map(shown).join(''))) : []
    expect(rows).toHaveLength(20)
    expect(rows[2]).toEqual(['3', '末端共同配送站', '不少于80个', '49个', '滞后'])
    expect(rows.at(-1)).toEqual(['20', '单位周转量能耗降低比例', '降低3%以上', '暂无数据', '待评价'])
  })

  it('says what lags, why, and who leads it', () => {
    // 30 + 40 × 182/366 = 49.89 stations should be there
    expect(textOf(bulletin, 'lagging-L-03')).toBe('1．末端共同配送站：已完成49个，目标不少于80个，按年度分解至今应达约50个，为应达数的98%。牵头单位：市交通运输局、市商务局、市邮政管理局。')
  })

  it('asks the open questions of those who must answer', () => {
    expect(textOf(bulletin, 'question-L-Q02')).toMatch(/“‘城市配送车辆利用效率’如何计算”，请连云港市.*领导小组研究明确。$/)
  })

  it('counts the targets of every lead unit', () => {
    const table = bulletin.blocks.find((each) => each.id === 'units')
    const rows = table?.kind === 'table' ? table.rows.map((row) => row.map((cell) => cell.map(shown).join(''))) : []
    expect(rows.find((row) => row[0] === '市邮政管理局')).toEqual(['市邮政管理局', '6', '0', '2', '1', '0', '3'])
  })

  it('is the same for the same values', () => {
    expect(composeBulletin(lianyungang, '2024H1', values, { date: '2024-07-15' })).toEqual(bulletin)
  })
})

it('names what comes next from the plan’s own calendar', () => {
  const demo = composeBulletin(profileOf('demo'), '2026H1', [], { date: '2026-07-10', documentNumber: '青绿配办〔2026〕3号' })
  expect(demo.documentNumber).toBe('青绿配办〔2026〕3号')
  expect(textOf(demo, 'task-D-T10')).toMatch(/开展配送需求调查，2026年11月30日前完成。牵头单位：市交通运输局。$/)
  // The first week of July is over on the tenth; the next round is October's.
  expect(textOf(demo, 'task-D-T02')).toContain('2026年10月7日前完成')
  expect(textOf(demo, 'opening')).toContain('城市、单位和数据均为虚构')
})

it('refuses a period that is none', () => {
  expect(() => composeBulletin(lianyungang, '上半年', [], { date: '2024-07-15' })).toThrow(ProblemError)
})
