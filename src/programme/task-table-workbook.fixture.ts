import ExcelJS from 'exceljs'
import type { Profile, ProfileTask } from '../profiles/index.ts'
import { unitName } from '../profiles/index.ts'

/** Parts of Lianyungang's annex that have a row of their own, as the annex words them. */
const partLabels: Record<string, string> = { 'L-01': '一级节点3个', 'L-02': '二级节点8个', 'L-03': '末端共同配送站80个', 'L-05': '充电站5个', 'L-06': '充电桩300个', 'L-08': '新增新能源城市配送车辆150辆' }

export interface AnnexDamage {
  /** vertical merges are lost; 充电桩 moves left, row （8） moves right and drops its last cell, row （10） loses a character */
  readonly asReExtracted?: boolean
  /** cells to overwrite at the end: `{ H9: '市商务居' }` */
  readonly cells?: Readonly<Record<string, string | number | null>>
}

type Value = string | number | null

/** The annex of Lianyungang as offices make it: two header rows, merged groups, tasks over several rows, the header repeated by page breaks. */
export async function annexWorkbook(profile: Profile, { asReExtracted = false, cells = {} }: AnnexDamage = {}): Promise<Uint8Array> {
  const workbook = new ExcelJS.Workbook()
  const sheet = workbook.addWorksheet('分工表')
  sheet.addRow(['连云港市城市绿色货运配送示范工程创建重点任务及分工表'])
  sheet.mergeCells('A1:I1')
  let row = addHeader(sheet, 2)
  const groups = Map.groupBy(tasksOfAnnex(profile), (each) => each.group.number!)
  for (const [number, tasks] of groups) {
    if (number === '4' || number === '7') row = addHeader(sheet, row)
    const firstRow = row
    for (const task of tasks) row = addTask(sheet, row, { profile, task, merged: !asReExtracted })
    for (const [column, text] of [['A', number], ['B', tasks[0]!.group.title]] as const) {
      sheet.getCell(`${column}${firstRow}`).value = column === 'A' ? Number(text) : text
      if (!asReExtracted && row - 1 > firstRow) sheet.mergeCells(`${column}${firstRow}:${column}${row - 1}`)
    }
  }
  if (asReExtracted) damage(sheet)
  for (const [address, value] of Object.entries(cells)) sheet.getCell(address).value = value
  return new Uint8Array((await workbook.xlsx.writeBuffer()) as ArrayBuffer)
}

interface AnnexTask {
  readonly text: string
  readonly group: ProfileTask['group']
  readonly task: ProfileTask
}

/** （1） and （2） share one cell in the annex. */
function tasksOfAnnex(profile: Profile): AnnexTask[] {
  const [first, second, ...others] = profile.tasks.map((task) => ({ task, group: task.group, text: `${task.passages[0]!.number}${task.passages[0]!.text}` }))
  return [{ ...first!, text: `${first!.text}\n${second!.text}` }, ...others]
}

function addHeader(sheet: ExcelJS.Worksheet, row: number): number {
  const values = { A: '序\n号', B: '主要任务', C: '重点工作', E: '年度工作分解', H: '牵头单位', I: '共同责任单位' }
  for (const [column, text] of Object.entries(values)) sheet.getCell(`${column}${row}`).value = text
  for (const [index, column] of ['E', 'F', 'G'].entries()) sheet.getCell(`${column}${row + 1}`).value = `${2023 + index} 年`
  for (const range of [`A${row}:A${row + 1}`, `B${row}:B${row + 1}`, `C${row}:D${row + 1}`, `E${row}:G${row}`, `H${row}:H${row + 1}`, `I${row}:I${row + 1}`]) sheet.mergeCells(range)
  return row + 2
}

function addTask(sheet: ExcelJS.Worksheet, firstRow: number, { profile, task: { task, text }, merged }: { profile: Profile; task: AnnexTask; merged: boolean }): number {
  const planned = profile.indicators.filter((each) => task.targets.includes(each.code) && each.yearly)
  const labelled = planned.filter((each) => partLabels[each.code])
  const names = (codes: readonly string[]) => codes.map((code) => unitName(profile, code)).join('、')
  sheet.getCell(`C${firstRow}`).value = text
  sheet.getCell(`H${firstRow}`).value = names(task.lead)
  sheet.getCell(`I${firstRow}`).value = names(task.joint)
  const rows = labelled.length > 0 ? labelled : planned.slice(0, 1)
  rows.forEach((indicator, index) => {
    const at = firstRow + index
    if (partLabels[indicator.code]) sheet.getCell(`D${at}`).value = partLabels[indicator.code]!
    fillYears(sheet, at, indicator.yearly!)
  })
  const lastRow = firstRow + Math.max(1, rows.length) - 1
  if (rows.length === 0) {
    sheet.getCell(`E${firstRow}`).value = task.deadline.text
    sheet.mergeCells(`E${firstRow}:G${firstRow}`)
  }
  const hasParts = labelled.length > 0
  if (!hasParts) sheet.mergeCells(`C${firstRow}:D${lastRow}`)
  if (merged && lastRow > firstRow) for (const column of hasParts ? ['C', 'H', 'I'] : ['H', 'I']) sheet.mergeCells(`${column}${firstRow}:${column}${lastRow}`)
  return lastRow + 1
}

function fillYears(sheet: ExcelJS.Worksheet, row: number, { values, merged }: NonNullable<Profile['indicators'][number]['yearly']>): void {
  const put = (column: string, text: string) => {
    const cell = sheet.getCell(`${column}${row}`)
    const percent = /^([\d.]+)%$/.exec(text)
    cell.value = percent ? Number(percent[1]) / 100 : /^\d+$/.test(text) ? Number(text) : text
    if (percent) cell.numFmt = '0.0%'
  }
  if (merged) {
    put('E', values[0]!.text)
    sheet.mergeCells(`E${row}:G${row}`)
  } else values.forEach(({ text }, index) => put('EFG'[index]!, text))
}

/** What a careless re-extraction did to the annex. */
function damage(sheet: ExcelJS.Worksheet): void {
  const columns = [...'ABCDEFGHI']
  const rowWith = (text: string): number => {
    for (let row = 1; row <= sheet.rowCount; row++) if (columns.some((column) => String(sheet.getCell(`${column}${row}`).value ?? '').includes(text))) return row
    throw new Error(`no row with ${text}`)
  }
  const write = (row: number, values: readonly Value[]) => columns.forEach((column, index) => (sheet.getCell(`${column}${row}`).value = values[index] ?? null))
  write(rowWith('充电桩300个'), ['充电桩300个', 100, null, 150, 50])
  const eighth = rowWith('（8）')
  const cells = columns.map((column) => sheet.getCell(`${column}${eighth}`).value as Value)
  write(eighth, [...cells.slice(0, 3), null, ...cells.slice(3, 8)])
  const tenth = sheet.getCell(`C${rowWith('（10）')}`)
  tenth.value = String(tenth.value).replace('便利通行政策', '便利行政策')
}
