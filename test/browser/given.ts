import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { addDays, dayOf, startOfDay } from '../../src/base/time.ts'
import { jt808, wallClockOf } from '../../src/gateways/index.ts'
import { wait } from '../../src/runtime/clock.ts'
import { Peer } from '../gateway-peer.ts'
import { startPlatformProcess, type RunningPlatform } from '../running-platform.ts'
import { demoPassword, launchChromium } from './chromium.ts'

/** What the browser scenarios stand on: the real product, one vehicle that drove yesterday, measured indicators, a drafted bulletin. */
export interface Given {
  readonly web: string
  readonly browser: Browser
  readonly truck: { readonly id: string; readonly plate: string; readonly terminalPhone: string }
  /** where terminals connect */
  readonly jt808Port: number
  /** the day it drove */
  readonly day: string
  readonly bulletinId: string
  stop(): Promise<void>
}

type Ask = <Body>(path: string, body?: unknown) => Promise<Body>

async function signedIn(web: string): Promise<Ask> {
  const answer = await fetch(`${web}/api/v1/session`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ account: 'clerk', password: demoPassword }) })
  const cookie = answer.headers.get('set-cookie')!.split(';')[0]!
  return async <Body>(path: string, body?: unknown) => {
    const found = await fetch(`${web}/api/v1${path}`, { method: body === undefined ? 'GET' : 'POST', headers: { cookie, ...(body !== undefined && { 'content-type': 'application/json' }) }, ...(body !== undefined && { body: JSON.stringify(body) }) })
    if (!found.ok) throw new Error(`${path} answered ${found.status}: ${await found.text()}`)
    return (await found.json()) as Body
  }
}

/** An hour's drive eastwards, one position a minute, through the real port. */
async function drive(platform: RunningPlatform, phone: string, day: string): Promise<void> {
  const terminal: jt808.TerminalIdentity = { phone: phone.padStart(12, '0'), version: '2011/2013' }
  const peer = await Peer.connect(platform.jt808Port, new jt808.FrameSplitter())
  peer.send(jt808.registerFrame(terminal, 0, { province: 32, city: 700, manufacturerId: 'QGDEV', terminalModel: 'LP-100', terminalId: '0000001', plateColor: 94, plateNo: '' }))
  const registered = jt808.decodeAnswer((await peer.waitFor(1))[0]!)
  if (registered.kind !== 'registration' || !registered.authCode) throw new Error('the terminal was not registered')
  peer.send(jt808.authenticateFrame(terminal, 1, { authCode: registered.authCode }))
  await peer.waitFor(2)
  const frames = Array.from({ length: 61 }, (_, minute) =>
    jt808.positionFrame(terminal, minute + 2, { alarm: 0, status: 3, latitude: 34_640_000, longitude: Math.round(120_790_000 + minute * 10_000), altitude: 5, speed: 550, direction: 90, time: wallClockOf(startOfDay(day) + 9 * 3_600_000 + minute * 60_000) }))
  peer.send(...frames)
  await peer.waitFor(2 + frames.length)
  peer.end()
}

/** Starts everything once for all scenarios. */
export async function startGiven(): Promise<Given> {
  const directory = mkdtempSync(join(tmpdir(), 'lvpei-browser-'))
  const platform = await startPlatformProcess({ dataDirectory: directory })
  const ask = await signedIn(platform.web)
  const day = addDays(dayOf(Date.now()), -1)
  const { items } = await ask<{ items: { id: string; naturalKey: string; data: { terminalPhone?: string; retiredOn?: string } }[] }>('/vehicles?category=delivery-truck&limit=200')
  const truck = items.find(({ data }) => data.terminalPhone && !data.retiredOn)!
  await drive(platform, truck.data.terminalPhone!, day)
  for (let tries = 0; ; tries++) {
    if ((await ask<{ items: unknown[] }>(`/vehicles/${truck.id}/days?from=${day}&to=${addDays(day, 1)}`)).items.length > 0) break
    if (tries > 120) throw new Error('the drive was not derived within a minute')
    await wait(500)
  }
  const period = `${day.slice(0, 4)}H${Number(day.slice(5, 7)) <= 6 ? 1 : 2}`
  await ask('/indicators/measure', { period })
  const { id: bulletinId } = await ask<{ id: string }>('/bulletins', { period })
  const browser = await launchChromium()
  return {
    web: platform.web,
    browser,
    truck: { id: truck.id, plate: truck.naturalKey, terminalPhone: truck.data.terminalPhone! },
    jt808Port: platform.jt808Port,
    day,
    bulletinId,
    async stop() {
      await browser.close()
      await platform.stop()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}
