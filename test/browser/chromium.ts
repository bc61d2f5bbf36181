import { existsSync } from 'node:fs'
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core'

const executables = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** Path of the machine's Chromium; undefined: the browser tests are skipped, and say so. */
export const chromiumPath = (): string | undefined => executables.find((path) => existsSync(path))

const flags = ['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader']

export const launchChromium = (): Promise<Browser> => chromium.launch({ executablePath: chromiumPath()!, args: flags })

/** What a page complained about; a test ends with none. */
export interface WatchedPage {
  readonly page: Page
  readonly context: BrowserContext
  readonly complaints: string[]
}

export interface VisitOptions {
  readonly width?: number
  readonly height?: number
  /** demo account to be signed in with; absent: nobody */
  readonly account?: string
}

export const demoPassword = 'Lvpei-demo-2025'

/** A page of its own, signed in through the API as the browser would be; refusals a test provokes are not complaints. */
export async function visit(browser: Browser, baseURL: string, { width = 1440, height = 900, account }: VisitOptions = {}): Promise<WatchedPage> {
  const context = await browser.newContext({ baseURL, viewport: { width, height }, locale: 'zh-CN', timezoneId: 'Asia/Shanghai', acceptDownloads: true })
  if (account) {
    const answer = await context.request.post('/api/v1/session', { data: { account, password: demoPassword }, headers: { origin: baseURL } })
    if (!answer.ok()) throw new Error(`${account} cannot sign in: ${await answer.text()}`)
  }
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  const complaints: string[] = []
  page.on('console', (message) => {
    // Chromium writes its own line for every refused request; what matters of those is told by the page.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('response', (answer) => {
    if (answer.status() >= 500) complaints.push(`${answer.status()} ${answer.url()}`)
  })
  return { page, context, complaints }
}

/** Pixels by which a page is wider than its window. */
export const overflowOf = (page: Page): Promise<number> => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
