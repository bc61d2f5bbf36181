import gcoordModule from 'gcoord'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { wait } from '../../src/runtime/clock.ts'
import { overflowOf } from './chromium.ts'
import type { Given } from './given.ts'
import { looking, type Scenario } from './scenario.ts'

// The package's types describe an ES module, its CommonJS entry is the object itself.
const gcoord = gcoordModule as unknown as typeof gcoordModule.default

const headersOf = (given: Given) => ({ origin: given.web })

async function beginDraft(page: Page, title: string): Promise<string> {
  await page.goto('/desk/access/drafts')
  await page.getByLabel('草稿名称').fill(title)
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/desk\/access\/drafts\/[0-9a-f-]{36}/)
  await page.getByRole('grid').waitFor()
  return new URL(page.url()).pathname.split('/').at(-1)!
}

const saved = (page: Page) => page.getByText('已保存', { exact: true }).waitFor()
/** A save waits a moment after the last key, and this machine may be slow. */
const patient = { timeout: 10_000 }
const ready = (page: Page) => page.locator('.zone-map-canvas[data-ready=yes]').waitFor()

/** Presses a key until the focus is where it should be; a page that cannot be reached so fails. */
async function pressUntil(page: Page, key: string, selector: string, limit = 120): Promise<void> {
  for (let tries = 0; tries < limit; tries++) {
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) return
    await page.keyboard.press(key)
  }
  throw new Error(`${selector} was not reached with ${key}`)
}

/** A minute of the city's time from now, as a field takes it. */
const localIn = (minutes: number): string => new Date(Math.ceil(Date.now() / 60_000) * 60_000 + (minutes + 480) * 60_000).toISOString().slice(0, 16)

export const accessScenarios: readonly Scenario[] = [
  ['rules in force: list and map choose the same zone by mouse and by keys, and the notice opens in place', (given) =>
    looking(given, { account: 'clerk' }, async ({ page }) => {
      await page.goto('/desk/access?vehicle=fuel-light-truck&at=2026-03-10T10:00')
      await ready(page)
      const map = page.locator('.zone-map')
      await page.getByRole('button', { name: /内环限行区.*禁止驶入/ }).click()
      await page.getByText('燃油货车7时至20时禁止驶入').first().waitFor()
      await expect.poll(() => map.getAttribute('data-selected'), patient).toBe('qinggang/Z1')
      await page.keyboard.press('ArrowDown')
      await expect.poll(() => map.getAttribute('data-selected'), patient).toBe('qinggang/Z2')
      await pressUntil(page, 'Tab', '.maplibregl-canvas')
      await page.keyboard.press(']')
      await page.locator('li[data-zone=Z3].open').waitFor()
      await page.locator('tr[data-rule=Z3-heavy-peak].selected').waitFor()
      await expect.poll(() => page.getByRole('img', { name: /07:00–20:00 禁止驶入，其余时间没有限制/ }).count(), patient).toBeGreaterThan(0)
    })],
  ['with the keyboard alone: a rule and a vertex are changed, checked, compared, published, and the new rule answers', (given) =>
    looking(given, { account: 'clerk' }, async ({ page, context }) => {
      const id = await beginDraft(page, '内环燃油货车禁行至21时')
      const draft = async () => (await (await context.request.get(`/api/v1/access/drafts/${id}`)).json()) as { revision: number; document: { rules: { times: { to: string }[] }[]; zones: { geometry: { coordinates: number[][][] } }[] } }
      const before = await draft()
      // the table: third column of the first row
      await pressUntil(page, 'Tab', 'td[data-cell="0-0"]')
      await page.keyboard.press('ArrowRight')
      await page.keyboard.press('ArrowRight')
      await page.keyboard.type('7点到21点')
      await page.keyboard.press('Enter')
      await page.getByRole('alert').filter({ hasText: '看不懂' }).waitFor()
      await page.keyboard.press('Control+a')
      await page.keyboard.type('7:00-21:00')
      await page.keyboard.press('Enter')
      await saved(page)
      await page.locator('td[data-cell="0-2"]').filter({ hasText: '07:00-21:00' }).waitFor()
      // its example that 20:00 is free fails now, and the finding leads there
      await page.locator('tr[data-rule=Z1-fuel-day]').getByText('1/3 个不成立').waitFor()
      await pressUntil(page, 'Shift+Tab', '.tabs button:nth-child(4)')
      await page.keyboard.press('Enter')
      await pressUntil(page, 'Tab', '.findings .button')
      await page.keyboard.press('Enter')
      const at = page.getByLabel('时刻').nth(1)
      await at.waitFor()
      await at.fill('2026-03-10T21:00')
      await page.locator('tr[data-rule=Z1-fuel-day]').getByText('3 个通过').waitFor()
      // the border: next point, ten metres east twice
      await pressUntil(page, 'Shift+Tab', '.tabs button:nth-child(2)')
      await page.keyboard.press('Enter')
      await ready(page)
      await pressUntil(page, 'Tab', '.maplibregl-canvas')
      await page.keyboard.press(']')
      await page.getByText('第 1 点，共 80 点').waitFor()
      await page.keyboard.press('ArrowRight')
      await page.keyboard.press('ArrowRight')
      await expect.poll(async () => (await draft()).document.zones[0]!.geometry.coordinates[0]![0]![0], patient).toBeGreaterThan(before.document.zones[0]!.geometry.coordinates[0]![0]![0]!)
      const after = (await draft()).document
      const metres = (after.zones[0]!.geometry.coordinates[0]![0]![0]! - before.document.zones[0]!.geometry.coordinates[0]![0]![0]!) * 111_320 * Math.cos((34.63 * Math.PI) / 180)
      expect(Math.abs(metres - 20)).toBeLessThan(0.5)
      expect(after.rules[0]!.times[0]!.to).toBe('21:00')
      await saved(page)
      await pressUntil(page, 'Shift+Tab', '.tabs button:nth-child(5)')
      await page.keyboard.press('Enter')
      await page.locator('ins').filter({ hasText: '07:00-21:00' }).waitFor()
      await page.getByText('边界变化的区域').waitFor()
      await pressUntil(page, 'Shift+Tab', '.tabs button:nth-child(7)')
      await page.keyboard.press('Enter')
      await pressUntil(page, 'Tab', '#notice-number')
      await page.keyboard.type('青公交告〔2026〕9号（虚构）')
      await page.locator('#in-force-from').fill(localIn(0))
      await page.locator('#number-again').focus()
      await page.keyboard.type('青公交告〔2026〕8号（虚构）')
      await page.getByText('两次输入的文号不同').waitFor()
      expect(await page.getByRole('button', { name: '发布', exact: true }).last().isDisabled()).toBe(true)
      await page.keyboard.press('Control+a')
      await page.keyboard.type('青公交告〔2026〕9号（虚构）')
      await page.keyboard.press('Enter')
      await page.getByRole('heading', { name: '第 1 版已发布' }).waitFor()
      const answer = async () => (await (await context.request.get(`/api/v1/rule-checks?vehicle=fuel-light-truck&zone=Z1&at=${encodeURIComponent(`${localIn(1440).slice(0, 10)}T20:30:00+08:00`)}`)).json()) as { allowed: boolean }
      await expect.poll(async () => (await answer()).allowed, patient).toBe(false)
      await page.getByRole('link', { name: '查看此版本' }).click()
      await page.getByText(/青公交告〔2026〕9号（虚构），.*林晓青/).waitFor()
    })],
  ['two officers on one draft: nothing is overwritten, both are told apart, and what does not touch is merged', (given) =>
    looking(given, { account: 'clerk' }, async ({ page, context }) => {
      const id = await beginDraft(page, '两人同改')
      await wait(300)
      const read = (await (await context.request.get(`/api/v1/access/drafts/${id}`)).json()) as { revision: number; document: { rules: { title: string; priority: number }[] } }
      const theirs = structuredClone(read.document)
      theirs.rules[1]!.priority = 150
      const put = await context.request.put(`/api/v1/access/drafts/${id}`, { data: { document: theirs }, headers: { 'if-match': `"${read.revision}"`, ...headersOf(given) } })
      expect(put.status()).toBe(200)
      await page.locator('td[data-cell="0-0"]').click()
      await page.keyboard.press('Enter')
      await page.keyboard.press('Control+a')
      await page.keyboard.type('内环燃油货车禁行')
      await page.keyboard.press('Enter')
      const panel = page.getByRole('alertdialog')
      await panel.getByText(/林晓青.*保存了这份草稿，您的修改还没有写入/).first().waitFor()
      await panel.getByText('修改规则“内环新能源货车早晚高峰禁行”：优先级').waitFor()
      // what I typed outlives a reload before anything is settled
      page.once('dialog', (dialog) => void dialog.accept())
      await page.reload()
      await page.getByRole('alertdialog').getByText(/修改规则“内环燃油货车禁行”：名称/).waitFor()
      await page.getByRole('button', { name: '合并后保存' }).click()
      await saved(page)
      const merged = (await (await context.request.get(`/api/v1/access/drafts/${id}`)).json()) as typeof read
      expect([merged.document.rules[0]!.title, merged.document.rules[1]!.priority]).toEqual(['内环燃油货车禁行', 150])
    })],
  ['a draft is given another name with the keyboard; a pass added by mistake goes again, one that is used stays', (given) =>
    looking(given, { account: 'clerk' }, async ({ page }) => {
      await beginDraft(page, '没起好的名字')
      await page.getByRole('button', { name: '改名' }).focus()
      await page.keyboard.press('Enter')
      await page.keyboard.press('Control+a')
      await page.keyboard.type('鼓楼街区夜间装卸')
      await page.keyboard.press('Enter')
      await page.getByRole('heading', { level: 1, name: '鼓楼街区夜间装卸' }).waitFor()
      await saved(page)
      await page.getByRole('button', { name: '文件与名目' }).click()
      const passes = page.locator('.section', { hasText: '通行证种类' }).locator('.basis-row')
      await page.getByRole('button', { name: '增加通行证' }).click()
      expect(await passes.count()).toBe(2)
      await passes.first().getByText(/有 \d+ 处引用/).waitFor()
      await passes.last().getByRole('button', { name: '删去' }).click()
      await expect.poll(() => passes.count(), patient).toBe(1)
      await saved(page)
      await page.getByRole('link', { name: '规则草稿' }).first().click()
      await page.getByRole('link', { name: '鼓楼街区夜间装卸' }).waitFor()
      expect(await page.getByText('没起好的名字').count()).toBe(0)
    })],
  ['an example added in the form is tried at the save that follows', (given) =>
    looking(given, { account: 'clerk' }, async ({ page }) => {
      await beginDraft(page, '新样例')
      await page.getByRole('button', { name: '增加样例' }).click()
      const example = page.locator('.example-table tbody tr').last()
      await example.getByText('不成立').waitFor()
      await example.getByLabel('车辆').selectOption({ label: '燃油轻型货车' })
      await example.getByText('通过').waitFor()
      await saved(page)
      expect(await page.locator('.grid-unsaved').count()).toBe(0)
    })],
  ['a draft is replayed on recorded drives: whom it touches is named, and no change touches nobody', (given) =>
    looking(given, { account: 'clerk' }, async ({ page, context }) => {
      const id = await beginDraft(page, '全天全车禁行')
      const path = `/api/v1/access/drafts/${id}`
      await page.getByRole('button', { name: '推演' }).click()
      await page.getByLabel('起始日').fill(given.day)
      await page.getByRole('button', { name: '开始推演' }).click()
      await page.getByText('没有车辆受这次修改影响').waitFor()
      const read = (await (await context.request.get(path)).json()) as { revision: number; document: { rules: Record<string, unknown>[] } }
      read.document.rules.push({ ...read.document.rules[0], code: 'all', title: '全天全车禁行', times: [{ from: '00:00', to: '24:00' }], vehicles: [{}], priority: 900 })
      expect((await context.request.put(path, { data: { document: read.document }, headers: { 'if-match': `"${read.revision}"`, ...headersOf(given) } })).status()).toBe(200)
      await page.reload()
      await page.getByLabel('起始日').fill(given.day)
      await page.getByRole('button', { name: '开始推演' }).click()
      await page.getByRole('link', { name: given.truck.plate }).waitFor()
      const row = await page.locator('tr', { hasText: '新受限制' }).first().locator('td').allTextContents()
      expect(row.slice(1, 4)).toEqual(['1', '1', '1'])
      expect(Number(row[4])).toBeGreaterThan(1)
    })],
  ['a bad border is told at its zone, on the map and in words; undone, nothing is left of it', (given) =>
    looking(given, { account: 'clerk' }, async ({ page, context }) => {
      const id = await beginDraft(page, '坏边界')
      await page.getByRole('button', { name: '区域', exact: true }).click()
      await ready(page)
      await page.getByText('粘贴或上传坐标').click()
      const paste = page.getByRole('textbox', { name: '粘贴或上传坐标' })
      const use = page.getByRole('button', { name: '用作“内环限行区”的边界' })
      await paste.fill('{"type":"Polygon","coordinates":[[[120.79,34.60]')
      await use.click()
      await page.getByText(/不是有效的 JSON/).waitFor()
      await paste.fill(JSON.stringify({ type: 'Polygon', coordinates: [[[120.79, 34.63], [120.81, 34.65], [120.79, 34.65], [120.81, 34.63], [120.79, 34.63]]] }))
      await use.click()
      await page.locator('.zone-names').getByText(/边界自相交/).waitFor()
      await page.getByRole('button', { name: '撤销' }).click()
      await expect.poll(() => page.locator('.zone-names').getByText(/边界自相交/).count(), patient).toBe(0)
      // the same border as a web map gives it: refused as WGS-84, taken when its system is said
      const { document } = (await (await context.request.get(`/api/v1/access/drafts/${id}`)).json()) as { document: { zones: { geometry: { type: 'Polygon'; coordinates: [number, number][][] } }[] } }
      const shifted = { type: 'Polygon', coordinates: document.zones[0]!.geometry.coordinates.map((ring) => ring.map((each) => gcoord.transform(each, gcoord.WGS84, gcoord.GCJ02))) }
      await paste.fill(JSON.stringify(shifted))
      await use.click()
      await page.locator('.zone-names').getByText(/像是 GCJ-02/).waitFor()
      await page.getByLabel('坐标系').selectOption('GCJ-02')
      await paste.fill(JSON.stringify(shifted))
      await use.click()
      await expect.poll(() => page.locator('.zone-names').getByText(/像是 GCJ-02/).count(), patient).toBe(0)
      await page.getByRole('button', { name: /检查（/ }).click()
      await page.getByText(/工作日历.*只到/).waitFor()
    })],
  ['a closure is drawn, holds at once, and is ended early', (given) =>
    looking(given, { account: 'clerk' }, async ({ page, context }) => {
      await page.goto('/desk/access/closures')
      await page.getByText('没有正在或将要实施的临时管制').waitFor()
      await page.getByRole('button', { name: '发布临时管制' }).click()
      await ready(page)
      await page.getByLabel('名称').fill('马拉松')
      await page.getByLabel('原因和条文（公众可见）').fill('比赛期间禁止一切车辆驶入')
      await page.getByLabel('文号').fill('青公交告〔2026〕10号（虚构）')
      await page.getByLabel('发布机关').fill('青港市公安局（虚构）')
      await page.getByLabel('结束').fill(localIn(120))
      await page.getByRole('button', { name: '发布并生效' }).click()
      await page.getByText('已发布；公众查询和路线规划同时生效。').waitFor()
      const { items: [closure] } = (await (await context.request.get('/api/v1/access/closures')).json()) as { items: { geometry: { coordinates: number[][][] } }[] }
      const [[lon, lat], , [east, north]] = closure!.geometry.coordinates[0]! as [[number, number], unknown, [number, number]]
      const inside = async () => ((await (await context.request.get(`/api/v1/rule-checks?vehicle=e-tricycle&point=${(lon + east) / 2},${(lat + north) / 2}`)).json()) as { allowed: boolean }).allowed
      await expect.poll(inside, patient).toBe(false)
      await page.getByRole('button', { name: '提前解除' }).click()
      await page.getByRole('alertdialog').getByRole('button', { name: '提前解除' }).click()
      await page.getByText('已提前解除').waitFor()
    })],
  ['asking by keyboard: the cross is moved and Enter takes the place', (given) =>
    looking(given, { account: 'clerk' }, async ({ page }) => {
      await page.goto('/desk/access/ask?vehicle=fuel-light-truck&at=2026-03-10T10:00')
      await ready(page)
      await pressUntil(page, 'Tab', '.maplibregl-canvas')
      await page.keyboard.press('Enter')
      await page.waitForURL(/point=/)
      await page.locator('.answer-verdict').waitFor()
      await page.getByLabel('经度,纬度').fill('120.795,34.64')
      await page.keyboard.press('Enter')
      await page.getByText('燃油货车7时至20时禁止驶入').waitFor()
      await page.getByText('最早可以驶入的时间：2026年3月10日 20:00').waitFor()
    })],
  ['a liaison reads the rules and cannot begin a draft; nothing is wider than a phone', (given) =>
    looking(given, { account: 'liaison', width: 390, height: 844 }, async ({ page }) => {
      await page.goto('/desk/access')
      await page.locator('.zone-list li').first().waitFor()
      expect(await overflowOf(page)).toBeLessThanOrEqual(0)
      await page.goto('/desk/access/drafts')
      await page.getByRole('heading', { name: '规则草稿' }).waitFor()
      expect(await page.getByRole('button', { name: '起草' }).count()).toBe(0)
      for (const path of ['ask', 'closures', 'versions']) {
        await page.goto(`/desk/access/${path}`)
        await page.getByRole('heading', { level: 1 }).waitFor()
        expect(await overflowOf(page), path).toBeLessThanOrEqual(0)
      }
    })],
]
