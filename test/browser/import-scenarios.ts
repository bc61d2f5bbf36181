import { readFileSync } from 'node:fs'
import ExcelJS from 'exceljs'
import { expect } from 'vitest'
import { looking, type Scenario } from './scenario.ts'

/** A stop-point workbook as somebody types it: own headings, one bad row. */
async function workbook(): Promise<Buffer> {
  const book = new ExcelJS.Workbook()
  const sheet = book.addWorksheet('停靠点汇总')
  sheet.addRow(['停靠点名称', '类型', '是否占道', '在中心城区', '泊位数量', '启用日期', '状态', '所属县区', '备注'])
  sheet.addRow(['试验街北侧', '临时泊位', '是', '是', 4, '2026-03-01', '启用', '港湾区', '新'])
  sheet.addRow(['试验街南侧', '临时泊位', '是', '是', '四个', '2026-03-01', '启用', '港湾区', '泊位数写成了汉字'])
  sheet.addRow(['试验街东侧', '卸货场地', '否', '否', 2, '2026-04-01', '启用', '青岚区', ''])
  return Buffer.from(await book.xlsx.writeBuffer())
}

export const importScenarios: readonly Scenario[] = [
  ['choose, map, check with a bad row, download it marked, write the good ones, revert', (given) =>
    looking(given, { account: 'clerk' }, async ({ page }) => {
      await page.goto('/desk/registers/stop-points/import')
      await page.locator('input[type=file]').setInputFiles({ name: '停靠点.xlsx', mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', buffer: await workbook() })
      await page.getByText(/请核对每一列对应的栏目/).waitFor()
      expect(await page.getByLabel('对应栏目 启用日期').inputValue()).toBe('createdOn')
      expect(await page.getByLabel('对应栏目 备注').inputValue()).toBe('')
      await page.getByRole('button', { name: '检查（不写入）' }).click()
      await page.getByText('3 行：新增 2，修改 0，无变化 0；1 行有问题').waitFor()
      const bad = page.getByRole('row').filter({ hasText: '四个' })
      expect(await bad.first().textContent()).toMatch(/停靠点汇总3E四个/)
      const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: '下载标注了问题的原工作簿' }).click()])
      const marked = new ExcelJS.Workbook()
      await marked.xlsx.load(readFileSync(await download.path()) as unknown as ArrayBuffer)
      expect(JSON.stringify(marked.worksheets[0]!.getRow(3).values)).toContain('泊位数')
      await page.getByRole('button', { name: '只写入正确的 2 行' }).click()
      await page.getByText('已写入：新增 2').waitFor()
      await page.getByRole('button', { name: '撤销这次导入' }).click()
      await page.getByText('已撤销：删去新增 2 行').waitFor()
    })],
  ['a file that is no workbook is refused in words', (given) =>
    looking(given, { account: 'clerk' }, async ({ page }) => {
      await page.goto('/desk/registers/nodes/import')
      await page.locator('input[type=file]').setInputFiles({ name: '节点.xlsx', mimeType: 'application/octet-stream', buffer: Buffer.from('这不是表格') })
      await page.getByRole('alert').filter({ hasText: '这不是 Excel 工作簿' }).waitFor()
    })],
]
