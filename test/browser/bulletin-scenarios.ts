import { expect } from 'vitest'
import { looking, type Scenario } from './scenario.ts'

export const bulletinScenarios: readonly Scenario[] = [
  ['text is edited and saved by itself', (given) =>
    looking(given, { account: 'clerk' }, async ({ page, context }) => {
      await page.goto(`/desk/bulletins/${given.bulletinId}`)
      const paragraph = page.locator('.sheet p.body').first()
      await paragraph.click()
      await page.keyboard.press('End')
      await page.keyboard.type('请各单位抓好落实。')
      await page.getByText('有未保存的修改').waitFor()
      await page.getByText('已保存').waitFor()
      const saved = await (await context.request.get(`/api/v1/bulletins/${given.bulletinId}`)).text()
      expect(saved).toContain('请各单位抓好落实。')
    })],
  ['a figure can be neither typed into nor deleted, and opens its basis', (given) =>
    looking(given, { account: 'clerk' }, async ({ page, context }) => {
      const figures = async () => {
        const { document } = (await (await context.request.get(`/api/v1/bulletins/${given.bulletinId}`)).json()) as { document: { blocks: unknown[] } }
        return [...JSON.stringify(document.blocks).matchAll(/"figure":\{[^}]*\}/g)].map(([text]) => text)
      }
      const before = await figures()
      await page.goto(`/desk/bulletins/${given.bulletinId}`)
      const paragraph = page.locator('.sheet p.body').filter({ has: page.locator('.figure-chip') }).first()
      await paragraph.waitFor()
      const chips = await paragraph.locator('.figure-chip').allTextContents()
      await paragraph.click({ position: { x: 5, y: 5 } })
      await page.keyboard.press('ControlOrMeta+a')
      await page.keyboard.press('Delete')
      await page.getByText('数字由指标值生成，不能删除或改动；已恢复。').waitFor()
      expect(await paragraph.locator('.figure-chip').allTextContents()).toEqual(chips)
      await paragraph.locator('.figure-chip').first().click()
      await page.getByRole('complementary', { name: '依据' }).getByText(/计入 .* 行/).waitFor()
      await page.waitForTimeout(2500)
      expect(await figures()).toEqual(before)
    })],
  ['publishing without a document number is refused in words', (given) =>
    looking(given, { account: 'clerk' }, async ({ page }) => {
      await page.goto(`/desk/bulletins/${given.bulletinId}`)
      await page.getByRole('button', { name: '发布并锁定' }).click()
      await page.getByLabel(/请输入发文字号/).fill(((await page.getByRole('textbox', { name: '发文字号', exact: true }).textContent()) ?? '').trim())
      await page.getByRole('button', { name: '确认发布' }).click()
      await page.getByRole('alert').filter({ hasText: '发文字号尚未填写' }).waitFor()
    })],
  ['Word and PDF download', (given) =>
    looking(given, { account: 'clerk' }, async ({ page, context }) => {
      await page.goto(`/desk/bulletins/${given.bulletinId}`)
      for (const name of ['下载 Word', '下载 PDF']) {
        const href = await page.getByRole('link', { name }).getAttribute('href')
        const answer = await context.request.get(href!)
        expect(answer.status(), name).toBe(200)
        expect((await answer.body()).byteLength).toBeGreaterThan(5000)
      }
    })],
]
