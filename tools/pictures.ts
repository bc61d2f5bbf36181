// `npm run pictures`: starts the product with its simulated fleet in a directory of its own, looks at it in Chromium and writes docs/pictures/*.png.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { BrowserContext, Page } from 'playwright-core'
import { chromiumPath, launchChromium, visit } from '../test/browser/chromium.ts'
import { startPlatformProcess } from '../test/running-platform.ts'
import { halfYearOf } from '../src/base/time.ts'
import { wait } from '../src/runtime/clock.ts'

const folder = fileURLToPath(new URL('../docs/pictures/', import.meta.url))
const limitBytes = 250_000
const say = (text: string): void => void process.stderr.write(`lvpei: ${text}\n`)

interface Picture {
  readonly name: string
  readonly account?: string
  readonly path: string
  readonly width?: number
  readonly prepare: (page: Page) => Promise<void>
}

const mapReady = (page: Page) => page.locator('.city-map-canvas[data-ready=yes]').waitFor()

/** Every picture of the README: what is opened, and what must be seen before it is taken. */
const pictures = (bulletinId: string): readonly Picture[] => [
  { name: 'portal', path: '/#places', width: 920, prepare: mapReady },
  { name: 'portal-phone', path: '/', width: 390, prepare: (page) => page.locator('.zone-list li').nth(1).waitFor() },
  { name: 'home', account: 'clerk', path: '/desk', prepare: (page) => page.locator('.owed li').first().waitFor() },
  { name: 'live-map', account: 'clerk', path: '/desk/map', width: 1020, async prepare(page) {
    await mapReady(page)
    await page.getByRole('checkbox', { name: '充电站' }).check()
    await page.locator('.vehicle-list li button').first().click()
    await page.locator('.vehicle-card').waitFor()
  } },
  { name: 'traffic-rules', account: 'clerk', path: '/desk/access?vehicle=fuel-light-truck&zone=Z1&at=2026-03-10T10:00', width: 980, async prepare(page) {
    await page.locator('.zone-map-canvas[data-ready=yes]').waitFor()
    await page.locator('.zone-list li.open').waitFor()
  } },
  { name: 'registers', account: 'clerk', path: '/desk/registers/vehicles', prepare: (page) => page.locator('tbody tr').first().waitFor() },
  { name: 'basis-of-a-figure', account: 'clerk', path: '/desk/indicators/D-04', prepare: (page) => page.getByRole('tab').first().waitFor() },
  { name: 'task-table', account: 'clerk', path: '/desk/tasks', prepare: (page) => page.locator('.task-title').first().waitFor() },
  { name: 'bulletin', account: 'clerk', path: `/desk/bulletins/${bulletinId}`, async prepare(page) {
    await page.locator('.figure-chip').first().click()
    await page.locator('.evidence-panel .figure').waitFor()
  } },
]

async function post<Body>(context: BrowserContext, origin: string, { path, body }: { path: string; body: unknown }): Promise<Body> {
  const answer = await context.request.post(`/api/v1${path}`, { data: body, headers: { origin } })
  if (!answer.ok()) throw new Error(`${path} answered ${answer.status()}: ${await answer.text()}`)
  return (await answer.json()) as Body
}

if (!chromiumPath()) {
  say('no Chromium on this machine: install Debian\'s chromium and fonts-noto-cjk, then run npm run pictures again')
  process.exit(1)
}
const directory = mkdtempSync(join(tmpdir(), 'lvpei-pictures-'))
const platform = await startPlatformProcess({ dataDirectory: directory, args: ['--months', '1'] })
const browser = await launchChromium()
try {
  const clerk = await visit(browser, platform.web, { account: 'clerk' })
  say('the simulated fleet lays down a month …')
  for (;;) {
    const { progress } = (await (await clerk.context.request.get('/api/v1/demo')).json()) as { progress: { phase: string } | null }
    if (progress?.phase === 'live') break
    await wait(1000)
  }
  const period = halfYearOf(Date.now())
  await post(clerk.context, platform.web, { path: '/indicators/measure', body: { period } })
  const { id } = await post<{ id: string }>(clerk.context, platform.web, { path: '/bulletins', body: { period } })
  mkdirSync(folder, { recursive: true })
  for (const { name, account, path, width = 1280, prepare } of pictures(id)) {
    const { page, context } = await visit(browser, platform.web, { width, height: width > 500 ? Math.round(width * 0.625) : 844, ...(account && { account }) })
    await page.goto(path)
    await prepare(page)
    await page.waitForTimeout(2000)
    const file = join(folder, `${name}.png`)
    const picture = await page.screenshot()
    if (picture.length > limitBytes) throw new Error(`${name}.png would have ${picture.length / 1000} kB, more than ${limitBytes / 1000}: take it narrower`)
    writeFileSync(file, picture)
    say(`docs/pictures/${name}.png ${(picture.length / 1000).toFixed(0)} kB`)
    await context.close()
  }
} finally {
  await browser.close()
  await platform.stop()
  rmSync(directory, { recursive: true, force: true })
}
