import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadProfile } from '../profiles/index.ts'
import { importTasksCommand, importTaskTable } from './import-task-table.ts'
import { addressOf, plainGrid, readGrids } from './task-table-grid.ts'
import { annexWorkbook, type AnnexDamage } from './task-table-workbook.fixture.ts'

const root = join(import.meta.dirname, '../..')
const lianyungang = loadProfile(join(root, 'cities/lianyungang')).profile!
const importAnnex = async (damage?: AnnexDamage) => importTaskTable(await readGrids(await annexWorkbook(lianyungang, damage)), lianyungang)
const reported = (problems: readonly { code: string; details: Readonly<Record<string, unknown>> }[]) => problems.map(({ code, details }) => [code, details['row'], details['cell'] ?? null])

describe('the annex of Lianyungang as a workbook with merged cells', () => {
  it('is recognised whole and agrees with the plan', async () => {
    const { tasks, problems } = await importAnnex()
    expect(problems).toEqual([])
    expect(tasks.map((each) => each.number)).toEqual(Array.from({ length: 16 }, (_, index) => String(index + 1)))
  })

  it('reads merged units, parts over several rows, and two tasks in one cell', async () => {
    const { tasks } = await importAnnex()
    const [first, second, , fourth, fifth] = tasks
    expect([first?.row, second?.row]).toEqual([4, 4])
    expect(second).toMatchObject({ lead: ['transport'], joint: ['all-members'] })
    expect(fourth?.items.map((each) => [each.label, ...each.values.map((cell) => cell.value)])).toEqual([
      ['一级节点3个', 1, 1, 1],
      ['二级节点8个', 4, 2, 2],
      ['末端共同配送站80个', 30, 40, 10],
    ])
    expect(fifth).toMatchObject({ lead: ['industry'], joint: ['development', 'natural-resources', 'housing', 'city-management', 'power-supply'] })
  })

  it('reads percentages, cumulative 家 and one merged cell for all years', async () => {
    const { tasks } = await importAnnex()
    const yearsOf = (number: string) => tasks.find((each) => each.number === number)!.items[0]!
    expect(yearsOf('13').values.map((each) => each.text)).toEqual(['40%', '45%', '50%'])
    expect(yearsOf('14')).toMatchObject({ merged: true, values: [{ value: 0.5 }, { value: 0.5 }, { value: 0.5 }] })
    expect(yearsOf('16').values.map((each) => each.value)).toEqual([1, 2, 3])
    expect(yearsOf('11').values.map((each) => each.value)).toEqual([null, 1, null])
  })
})

describe('damage is reported row by row', () => {
  it('the shifted 充电桩 row, the shifted row （8） without its joint units, and the missing character', async () => {
    const { tasks, problems } = await importAnnex({ asReExtracted: true })
    expect(tasks).toHaveLength(16)
    expect(reported(problems)).toEqual([
      ['yearly-item-absent', 9, null],
      ['row-shifted', 10, 'A10'],
      ['row-shifted', 15, 'E15'],
      ['yearly-item-absent', 15, null],
      ['task-text-differs', 17, null],
    ])
    const [piles, shifted, eighth, , tenth] = problems
    expect(piles!.message).toBe('任务 5 没有“充电桩300个”一行的年度值')
    expect(shifted!.cause).toBe('“充电桩300个”出现在“序号”列（A10）；“100”出现在“主要任务”列（B10）；“150”出现在“重点工作”列（D10）')
    expect(eighth!.cause).toBe('“新增新能源城市配送车辆150辆”出现在“2023年”列（E15）；“30”出现在“牵头单位”列（H15）')
    expect(tenth!.cause).toContain('便利通行政策')
  })

  it.each([
    ['an empty joint cell', { I4: null }, [['unit-cell-empty', 4, 'I4'], ['unit-cell-empty', 4, 'I4']]],
    ['a unit with a slip', { H5: '市交通运输局、市工信局、市商务居' }, [['unit-not-recognised', 5, 'H5'], ['units-differ', 5, null]]],
    ['a missing year', { F6: null }, [['yearly-cell-missing', 6, 'F6']]],
    ['words in a year', { F6: '一个' }, [['yearly-cell-invalid', 6, 'F6'], ['yearly-differs', 6, null]]],
    ['another number', { F8: 41 }, [['yearly-differs', 8, null]]],
    ['another unit', { H11: '市商务局' }, [['units-differ', 11, null]]],
  ] as const)('%s', async (_, cells, expected) => {
    expect(reported((await importAnnex({ cells })).problems)).toEqual(expected)
  })

  it('a number given twice and a task that is missing', async () => {
    const text = '（5）完善城市配送车辆停靠与装卸点设置，加快专业化城市配送车辆停靠等配套基础设施规划建设，新增设置城市配送车辆临时停靠点不少于80个'
    const codes = (await importAnnex({ cells: { C11: text } })).problems.map((each) => each.code)
    expect(codes).toContain('task-number-repeated')
    expect(codes).toContain('task-absent')
  })

  it('a workbook without a task table says so', async () => {
    expect(importTaskTable([plainGrid('空', [['a', 'b']])], lianyungang).problems.map((each) => each.code)).toEqual(['sheet-missing'])
  })

  it('the command prints every task and every problem', async () => {
    const { text, json } = await importTasksCommand(await annexWorkbook(lianyungang, { asReExtracted: true }), lianyungang)
    expect(json.ok).toBe(false)
    expect(text).toContain('识别任务 16 项，发现 5 个问题')
    expect(text).toContain('第15行 row-shifted')
  })
})

const documents = join(root, '../shared/seeds')
describe.runIf(existsSync(documents))('the re-extracted annex itself (skipped where it is absent)', () => {
  it('names the rows its own header does not fit', () => {
    const file = readdirSync(documents).find((each) => each.startsWith('001'))!
    const rows = readFileSync(join(documents, file), 'utf8').split('\n').map((line) => line.split('\t'))
    const { tasks, problems } = importTaskTable([plainGrid('附件', rows)], lianyungang)
    expect(tasks).toHaveLength(16)
    const shifted = problems.filter((each) => each.code === 'row-shifted').map((each) => String(each.cause))
    expect(shifted.some((each) => each.includes('充电桩300个'))).toBe(true)
    expect(shifted.some((each) => each.includes('新增新能源城市配送车辆150辆'))).toBe(true)
    expect(problems.some((each) => each.code === 'task-text-differs' && each.details['number'] === '10')).toBe(true)
  })
})

it('addresses columns beyond Z', () => {
  expect([addressOf(0, 0), addressOf(4, 25), addressOf(4, 26), addressOf(9, 701), addressOf(9, 702)]).toEqual(['A1', 'Z5', 'AA5', 'ZZ10', 'AAA10'])
})
