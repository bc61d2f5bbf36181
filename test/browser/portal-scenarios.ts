import { expect } from 'vitest'
import { overflowOf } from './chromium.ts'
import { looking, type Scenario } from './scenario.ts'

export const portalScenarios: readonly Scenario[] = [
  ['the front page needs no login: progress in plain words, places on map and list, who stands behind it', (given) =>
    looking(given, {}, async ({ page }) => {
      await page.goto('/')
      await page.getByRole('heading', { level: 1, name: /青港市/ }).waitFor()
      await page.getByText('演示城市：所有单位、企业、车辆和数字均为虚构').waitFor()
      expect(await page.locator('.progress-table tbody tr').count()).toBe(21)
      const map = page.locator('.city-map-canvas[data-ready=yes]')
      await map.waitFor()
      const shown = Number(await map.getAttribute('data-points'))
      await page.getByRole('checkbox', { name: '充电站' }).uncheck()
      await expect.poll(async () => Number(await map.getAttribute('data-points'))).toBeLessThan(shown)
      await page.getByText(/主办单位：/).waitFor()
      expect(await page.content()).not.toContain('备案号')
    })],
  ['长辈版 has text of 18 px and targets of 60 px', (given) =>
    looking(given, { width: 390, height: 844 }, async ({ page }) => {
      await page.goto('/')
      await page.getByRole('button', { name: '长辈版' }).click()
      await page.getByRole('button', { name: '标准版' }).waitFor()
      expect(await page.evaluate(() => Number.parseFloat(getComputedStyle(document.body).fontSize))).toBeGreaterThanOrEqual(18)
      const small = await page.evaluate(() => [...document.querySelectorAll('button, a.button')].filter((each) => each.clientHeight > 0 && each.getBoundingClientRect().height < 59.5).map((each) => each.textContent))
      expect(small).toEqual([])
      const tiny = await page.evaluate(() => [...document.querySelectorAll('main *')].filter((each) => each.childNodes.length > 0 && [...each.childNodes].some((node) => node.nodeType === 3 && node.textContent!.trim()) && !each.closest('.maplibregl-map') && Number.parseFloat(getComputedStyle(each).fontSize) < 18).map((each) => each.textContent))
      expect(tiny).toEqual([])
      expect(await overflowOf(page)).toBeLessThanOrEqual(0)
    })],
  ['on a phone the list comes first and nothing scrolls sideways', (given) =>
    looking(given, { width: 390, height: 844 }, async ({ page }) => {
      await page.goto('/')
      await page.locator('.place-list li').first().waitFor()
      expect(await page.locator('.city-map').count()).toBe(0)
      await page.getByLabel('按名称或地址查找').fill('公共配送中心')
      await expect.poll(() => page.locator('.place-list li').count()).toBeLessThan(10)
      expect(await overflowOf(page)).toBeLessThanOrEqual(0)
    })],
  ['“may my vehicle drive in now” is answered without a login: zones for the vehicle, any place on the map, always with the notice', (given) =>
    looking(given, {}, async ({ page }) => {
      await page.goto('/')
      await page.getByRole('combobox', { name: '我的车' }).selectOption({ label: '燃油轻型货车' })
      await page.getByLabel('什么时候').fill('2026-03-10T10:00')
      // until the answer for this time is there, the list shows the answer for now, in which the zone may stand twice
      const zone = page.locator('li[data-zone=Z1]').filter({ hasText: '禁止驶入' }).first()
      await zone.getByText('禁止驶入').first().waitFor()
      await zone.getByRole('button').click()
      await zone.getByText('最早可以驶入的时间：2026年3月10日 20:00').waitFor()
      await zone.getByText(/青港市公安局（虚构）《青港市货车通行通告/).waitFor()
      await page.locator('.zone-map-canvas[data-ready=yes]').scrollIntoViewIfNeeded()
      await page.locator('.zone-map .maplibregl-canvas').click()
      await page.locator('.access-here .answer-verdict').waitFor()
    })],
]
