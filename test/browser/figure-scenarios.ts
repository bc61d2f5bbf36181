import { expect } from 'vitest'
import { looking, type Scenario } from './scenario.ts'

export const figureScenarios: readonly Scenario[] = [
  ['two clicks lead from a figure to the rows it counts and the ones it leaves out', (given) =>
    looking(given, { account: 'clerk' }, async ({ page }) => {
      await page.goto('/desk/indicators')
      const row = page.getByRole('row').filter({ hasText: 'D-03' })
      const printed = Number.parseInt((await row.locator('b').first().textContent()) ?? '', 10)
      await row.getByRole('link', { name: /的依据/ }).click()
      await page.getByRole('tab', { name: `计入 ${printed}` }).waitFor()
      expect(await page.locator('tbody tr').count()).toBe(Math.min(printed, 20))
      await page.getByRole('tab', { name: /未计入/ }).click()
      await page.getByText('未计入原因：').waitFor()
      await page.getByRole('tab', { name: /^计入/ }).click()
      await page.locator('tbody a').first().click()
      await page.waitForURL(/\/desk\/registers\/nodes\//)
    })],
  ['a journey figure opens to vehicle, day, position and the frame that brought it', (given) =>
    looking(given, { account: 'clerk' }, async ({ page }) => {
      await page.goto('/desk/indicators')
      await page.getByRole('row').filter({ hasText: 'D-17' }).getByRole('link', { name: /的依据/ }).click()
      await page.getByRole('link', { name: new RegExp(given.truck.plate) }).first().click()
      await page.getByRole('link', { name: given.day }).first().click()
      await page.getByRole('link', { name: '查看报文' }).first().click()
      await page.getByRole('heading', { name: '报文字节（十六进制）' }).waitFor()
      expect(await page.locator('pre.hex').textContent()).toContain('7e 02 00')
    })],
  ['the track of a day replays, and its point opens its frame', (given) =>
    looking(given, { account: 'clerk' }, async ({ page }) => {
      await page.goto(`/desk/vehicles/${given.truck.id}/track/${given.day}`)
      await page.getByText(/行驶 5\d\.\d km/).waitFor()
      await page.locator('.city-map-canvas[data-ready=yes]').waitFor()
      const timeline = page.getByRole('slider', { name: '时间轴' })
      await timeline.focus()
      const before = await timeline.getAttribute('aria-valuetext')
      await page.keyboard.press('PageUp')
      expect(await timeline.getAttribute('aria-valuetext')).not.toBe(before)
      await page.getByRole('button', { name: '播放' }).click()
      await page.getByRole('button', { name: '暂停' }).waitFor()
      await page.getByRole('link', { name: '查看此点的原始报文' }).click()
      await page.getByRole('heading', { name: '原始报文' }).waitFor()
    })],
  ['the live map links list and mark, and says how old the data are', (given) =>
    looking(given, { account: 'clerk' }, async ({ page }) => {
      await page.goto('/desk/map')
      await page.getByRole('button', { name: new RegExp(given.truck.plate) }).click()
      await page.waitForURL(new RegExp(`vehicle=${given.truck.id}`))
      const card = page.getByRole('complementary', { name: given.truck.plate })
      await card.getByText(/数据 .*前/).waitFor()
      expect(await page.locator('.city-map-canvas').getAttribute('data-points')).toBe('1')
    })],
  ['what the plan leaves open is shown as open, with who must answer', (given) =>
    looking(given, { account: 'clerk' }, async ({ page }) => {
      await page.goto('/desk/indicators/D-13')
      await page.getByText('口径待定').waitFor()
      await page.getByText(/请 市商务局 明确/).waitFor()
    })],
  ['the task table merges its cells, filters by unit and prints', (given) =>
    looking(given, { account: 'clerk' }, async ({ page }) => {
      await page.goto('/desk/tasks')
      await page.getByRole('columnheader', { name: '牵头单位' }).waitFor()
      const all = await page.locator('th.task-title').count()
      expect(all).toBe(16)
      expect(await page.locator('th.task-title[rowspan="3"]').count()).toBeGreaterThan(0)
      await page.getByLabel('单位').selectOption({ label: '市邮政管理局' })
      await expect.poll(() => page.locator('th.task-title').count()).toBeLessThan(all)
      expect((await page.pdf({ preferCSSPageSize: true })).byteLength).toBeGreaterThan(10_000)
    })],
]
