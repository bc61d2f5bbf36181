import { expect } from 'vitest'
import { demoPassword, overflowOf } from './chromium.ts'
import { looking, type Scenario } from './scenario.ts'

const deskPages = (truck: string, day: string) => ['/desk', '/desk/tasks', '/desk/indicators', '/desk/indicators/D-03', '/desk/bulletins', '/desk/map', `/desk/vehicles/${truck}/track/${day}`, '/desk/registers/vehicles', '/desk/registers/nodes?view=map', '/desk/registers/nodes/new', '/desk/registers/nodes/import', '/desk/search?q=青', '/desk/faults']

export const frameScenarios: readonly Scenario[] = [
  ['a demo account signs in with one click and sees what it owes', (given) =>
    looking(given, {}, async ({ page }) => {
      await page.goto('/desk')
      await page.getByRole('button', { name: /林晓青/ }).click()
      await page.getByRole('heading', { name: '当期应办任务' }).waitFor()
      expect(await page.getByRole('navigation', { name: '主菜单' }).getByRole('link').allTextContents()).toContain('任务分工表')
    })],
  ['a wrong password is refused in words and the name stays', (given) =>
    looking(given, {}, async ({ page }) => {
      await page.goto('/desk')
      await page.getByLabel('账号', { exact: true }).fill('clerk')
      await page.getByLabel('密码').fill('not the password')
      await page.getByRole('button', { name: '登录' }).click()
      await page.getByRole('alert').filter({ hasText: '账号或密码不正确' }).waitFor()
      expect(await page.getByLabel('账号', { exact: true }).inputValue()).toBe('clerk')
    })],
  ['the menu shows a role only what it may open', (given) =>
    looking(given, { account: 'auditor' }, async ({ page }) => {
      await page.goto('/desk')
      const menu = page.getByRole('navigation', { name: '主菜单' })
      await menu.getByRole('link', { name: '审计记录' }).waitFor()
      expect(await menu.getByRole('link').allTextContents()).toEqual(['工作台', '审计记录'])
    })],
  ['a session that ends asks over the page and keeps what was typed', (given) =>
    looking(given, { account: 'clerk' }, async ({ page, context }) => {
      await page.goto('/desk/registers/nodes/new')
      await page.getByLabel(/节点名称/).fill('不能丢的文字')
      await page.locator('.ant-select').waitFor()
      await page.waitForLoadState('networkidle')
      await context.clearCookies()
      await page.getByRole('button', { name: '登记', exact: true }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel('密码').fill(demoPassword)
      await dialog.getByRole('button', { name: '登录' }).click()
      await dialog.waitFor({ state: 'detached' })
      expect(await page.getByLabel(/节点名称/).inputValue()).toBe('不能丢的文字')
    })],
  ['the keyboard alone reaches the content and opens a row', (given) =>
    looking(given, { account: 'clerk' }, async ({ page }) => {
      await page.goto('/desk/registers/nodes')
      await page.locator('tbody tr').first().waitFor()
      await page.keyboard.press('Tab')
      expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('跳到正文')
      await page.keyboard.press('Enter')
      for (let presses = 0; presses < 40; presses++) {
        await page.keyboard.press('Tab')
        if (await page.evaluate(() => document.activeElement?.tagName === 'TR')) break
      }
      await page.keyboard.press('Enter')
      await page.getByRole('navigation').getByRole('link', { name: '历史' }).waitFor()
    })],
  ['English is one click away and comes back', (given) =>
    looking(given, { account: 'clerk' }, async ({ page }) => {
      await page.goto('/desk/indicators')
      await page.getByRole('button', { name: 'English' }).click()
      await page.getByRole('heading', { name: 'Indicators' }).waitFor()
      expect(await page.evaluate(() => document.documentElement.lang)).toBe('en')
      await page.getByRole('button', { name: '中文' }).click()
      await page.getByRole('heading', { name: '指标', exact: true }).waitFor()
    })],
  ['the as-of date goes into every read and stays while moving on', (given) =>
    looking(given, { account: 'clerk' }, async ({ page }) => {
      const reads: string[] = []
      page.on('request', (request) => reads.push(request.url()))
      await page.goto('/desk/registers/nodes?asOf=2026-01-31')
      await page.getByText('正在查看截至 2026年1月31日').waitFor()
      await page.locator('tbody tr').first().waitFor()
      await page.getByRole('link', { name: '充电站' }).click()
      await page.waitForURL(/charging-stations.*asOf=2026-01-31/)
      const asked = reads.filter((url) => /\/api\/v1\/(nodes|charging-stations)\?/.test(url))
      expect(asked.length).toBeGreaterThan(1)
      expect(asked.every((url) => url.includes('asOf=2026-02-01T00')), asked.join('\n')).toBe(true)
    })],
  ['no page is wider than a phone of 390 pixels', (given) =>
    looking(given, { account: 'clerk', width: 390, height: 844 }, async ({ page }) => {
      const wide: string[] = []
      for (const path of [...deskPages(given.truck.id, given.day), `/desk/bulletins/${given.bulletinId}`]) {
        await page.goto(path)
        await page.locator('h1').first().waitFor()
        await page.waitForTimeout(600)
        const over = await overflowOf(page)
        if (over > 0) wide.push(`${path} by ${over} px`)
      }
      expect(wide).toEqual([])
    })],
]
