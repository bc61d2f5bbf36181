import { expect } from 'vitest'
import { looking, type Scenario } from './scenario.ts'

export const registerScenarios: readonly Scenario[] = [
  ['a list filters, searches and sorts, and its address says so', (given) =>
    looking(given, { account: 'clerk' }, async ({ page }) => {
      await page.goto('/desk/registers/nodes')
      await page.getByText(/当前条件下共 40 条/).waitFor()
      await page.getByLabel('节点状态').selectOption('in-operation')
      await page.waitForURL(/f\.status=in-operation/)
      await expect.poll(() => page.locator('tbody tr').count()).toBeLessThan(40)
      const cells = await page.locator('tbody tr td:nth-child(3)').allTextContents()
      expect(new Set(cells)).toEqual(new Set(['运营']))
      await page.getByLabel('查找').last().fill('末端')
      await page.waitForURL(/q=/)
      await page.getByRole('button', { name: '投入运营日期' }).click()
      await page.waitForURL(/order=inOperationSince/)
      await page.getByRole('button', { name: '清除条件' }).click()
      await page.getByText(/当前条件下共 40 条/).waitFor()
    })],
  ['a field saves by itself, keeps its history, and a refusal says why', (given) =>
    looking(given, { account: 'clerk' }, async ({ page }) => {
      await page.goto('/desk/registers/nodes')
      await page.locator('tbody a').first().click()
      await page.getByRole('link', { name: '修改', exact: true }).click()
      const address = page.getByLabel('地址')
      const before = await address.inputValue()
      await address.fill(`${before}（东门）`)
      await address.press('Tab')
      await page.getByText('已保存').waitFor()
      const area = page.getByLabel(/占地面积/)
      await area.fill('很大')
      await area.press('Tab')
      await page.getByText(/未保存：.*不是数字/).waitFor()
      expect(await area.inputValue()).toBe('很大')
      await page.getByRole('link', { name: '历史', exact: true }).click()
      await page.locator('ins').filter({ hasText: '（东门）' }).waitFor()
      await page.locator('del').filter({ hasText: before }).waitFor()
    })],
  ['two people changing the same row: the second is told', (given) =>
    looking(given, { account: 'clerk' }, async ({ page, context }) => {
      await page.goto('/desk/registers/stop-points')
      await page.locator('tbody a').first().click()
      await page.getByRole('link', { name: '修改', exact: true }).click()
      await page.getByLabel('可用时段').waitFor()
      const id = new URL(page.url()).pathname.split('/').at(-1)!
      const read = await context.request.get(`/api/v1/stop-points/${id}`)
      const other = await context.request.patch(`/api/v1/stop-points/${id}`, { data: { hours: '07:00-09:00' }, headers: { 'if-match': read.headers()['etag']!, origin: given.web } })
      expect(other.status()).toBe(200)
      await page.getByLabel('可用时段').fill('22:00-06:00')
      await page.getByLabel('可用时段').press('Tab')
      await page.getByText('他人已修改，请刷新后再改').waitFor()
    })],
  ['list and map show the same rows', (given) =>
    looking(given, { account: 'clerk' }, async ({ page }) => {
      await page.goto('/desk/registers/stop-points?view=map')
      const map = page.locator('.city-map-canvas[data-ready=yes]')
      await map.waitFor()
      const total = Number(/共 (\d+) 条/.exec((await page.locator('.page-state').textContent()) ?? '')?.[1])
      await expect.poll(async () => Number(await map.getAttribute('data-points'))).toBe(total)
    })],
  ['a firm sees its own vehicles and cannot edit what is not its own', (given) =>
    looking(given, { account: 'firm' }, async ({ page }) => {
      await page.goto('/desk/registers/vehicles')
      await page.locator('tbody tr').first().waitFor()
      expect(new Set(await page.locator('tbody tr td:nth-child(4)').allTextContents()).size).toBe(1)
      await page.goto('/desk/registers/nodes')
      await page.locator('tbody tr').first().waitFor()
      expect(await page.getByRole('link', { name: '导入 Excel' }).count()).toBe(0)
    })],
]
