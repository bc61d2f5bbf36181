import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { strFromU8, unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { jt808, wallClockOf } from '../src/gateways/index.ts'
import { addDays, dayOf, halfYearOf, startOfDay } from '../src/base/time.ts'
import { wait } from '../src/runtime/clock.ts'
import { Peer } from './gateway-peer.ts'
import { startPlatformProcess, type RunningPlatform } from './running-platform.ts'

/** A day's drive a civil servant can check by hand: along a parallel, 60 km/h for an hour, one position a minute. */
const day = addDays(dayOf(Date.now()), -2)
const minutes = 60
const metresAMinute = 1000
const latitude = 34.4
const metresADegree = 111_195 * Math.cos((latitude * Math.PI) / 180)
const drive = Array.from({ length: minutes + 1 }, (_, minute) => ({
  observedAt: startOfDay(day) + 9 * 3_600_000 + minute * 60_000,
  longitude: 121 + (minute * metresAMinute) / metresADegree,
}))
const expectedKm = (minutes * metresAMinute) / 1000

describe('life of a frame', () => {
  let directory: string
  let platform: RunningPlatform
  let cookie = ''
  const ask = async <Body>(path: string, init: { method?: string; body?: unknown; headers?: Record<string, string> } = {}): Promise<Body> => {
    const answer = await fetch(`${platform.web}/api/v1${path}`, { method: init.method ?? 'GET', headers: { cookie, ...(init.body !== undefined && { 'content-type': 'application/json' }), ...init.headers }, ...(init.body !== undefined && { body: JSON.stringify(init.body) }) })
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`)
    const setCookie = answer.headers.get('set-cookie')
    if (setCookie) cookie = setCookie.split(';')[0]!
    return (answer.headers.get('content-type')?.includes('json') ? await answer.json() : new Uint8Array(await answer.arrayBuffer())) as Body
  }

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'lvpei-life-'))
    platform = await startPlatformProcess({ dataDirectory: directory })
    await ask('/session', { method: 'POST', body: { account: 'clerk', password: 'Lvpei-demo-2025' } })
  })
  afterAll(async () => {
    await platform?.stop()
    rmSync(directory, { recursive: true, force: true })
  })

  it('bytes to a port become a sentence in the bulletin, and the sentence opens to the bytes', async () => {
    // A truck of the register, by the terminal phone mounted in it.
    const { items } = await ask<{ items: { id: string; naturalKey: string; data: { terminalPhone?: string; retiredOn?: string } }[] }>('/vehicles?category=delivery-truck&limit=200')
    const truck = items.find((each) => each.data.terminalPhone && !each.data.retiredOn)!
    const terminal: jt808.TerminalIdentity = { phone: truck.data.terminalPhone!.padStart(12, '0'), version: '2011/2013' }

    // Bytes to a port: register, authenticate, then one frame a minute; the last is remembered as hex.
    const peer = await Peer.connect(platform.jt808Port, new jt808.FrameSplitter())
    peer.send(jt808.registerFrame(terminal, 0, { province: 32, city: 700, manufacturerId: 'QGDEV', terminalModel: 'LP-100', terminalId: '0000001', plateColor: 94, plateNo: '' }))
    const registered = jt808.decodeAnswer((await peer.waitFor(1))[0]!)
    if (registered.kind !== 'registration' || !registered.authCode) throw new Error('not registered')
    peer.send(jt808.authenticateFrame(terminal, 1, { authCode: registered.authCode }))
    await peer.waitFor(2)
    const frames = drive.map(({ observedAt, longitude }, at) => jt808.positionFrame(terminal, at + 2, {
      alarm: 0, status: 3, latitude: Math.round(latitude * 1e6), longitude: Math.round(longitude * 1e6), altitude: 5, speed: 600, direction: 90, time: wallClockOf(observedAt),
    }))
    peer.send(...frames)
    const answers = (await peer.waitFor(2 + frames.length)).slice(2).map((each) => jt808.decodeAnswer(each))
    expect(answers.every((each) => each.kind === 'general' && each.result === 0), 'every frame acknowledged').toBe(true)
    peer.end()

    // Facts become a vehicle-day: the distance of the day, within half a percent of what the hand computes.
    const track = await ask<{ items: { frameId: string }[] }>(`/vehicles/${truck.id}/track?from=${encodeURIComponent(`${day}T00:00:00+08:00`)}&to=${encodeURIComponent(`${addDays(day, 1)}T00:00:00+08:00`)}`)
    expect(track.items).toHaveLength(frames.length)
    let days: { day: string; distanceMetres: number }[] = []
    for (let tries = 0; tries < 120 && days.length === 0; tries++) {
      await wait(500)
      days = (await ask<{ items: typeof days }>(`/vehicles/${truck.id}/days?from=${day}&to=${addDays(day, 1)}`)).items
    }
    const km = days[0]!.distanceMetres / 1000
    expect(Math.abs(km - expectedKm) / expectedKm).toBeLessThan(0.005)

    // The vehicle-day becomes an indicator value, the value a figure of the bulletin: 变化率 against the registered baseline.
    const period = halfYearOf(startOfDay(day))
    const bulletin = await ask<{ id: string; document: { blocks: { kind: string; runs?: { figure?: { valueId: string; indicatorCode: string; text: string } ; text?: string }[] }[] } }>('/bulletins', { method: 'POST', body: { period } })
    const paragraph = bulletin.document.blocks.find((block) => block.runs?.some((run) => run.figure?.indicatorCode === 'D-17'))!
    const { figure } = paragraph.runs!.find((run) => run.figure?.indicatorCode === 'D-17')!
    const sentence = paragraph.runs!.map((run) => run.text ?? run.figure!.text).join('')
    const baselineKm = 52
    const expectedChange = ((km - baselineKm) / baselineKm) * 100
    expect(Number(figure!.text.replace('%', ''))).toBeCloseTo(expectedChange, 1)
    expect(sentence).toContain(figure!.text)

    // The figure opens to its rows, the row to its day, the day to the frames, the frame to the bytes sent.
    const lineage = await ask<{ counted: { rows: { kind: string; id: string; name: string; lineage: string }[] }; verification: { differs: boolean } }>(`/facts/${figure!.valueId}/lineage`)
    expect(lineage.verification.differs).toBe(false)
    const row = lineage.counted.rows.find((each) => each.kind === 'vehicle-days' && each.name.includes(truck.naturalKey))!
    const opened = await ask<{ days: { day: string; lineage: string }[] }>(row.lineage.replace('/api/v1', ''))
    const dayRow = opened.days.find((each) => each.day === day)!
    const { positions } = await ask<{ positions: { frame: string }[] }>(dayRow.lineage.replace('/api/v1', ''))
    const frame = await ask<{ hex: string; decoded: { ok: boolean; msgId: string } }>(positions.at(-1)!.frame.replace('/api/v1', ''))
    expect(frame.hex).toBe(Buffer.from(frames.at(-1)!).toString('hex'))
    expect(frame.decoded).toMatchObject({ ok: true, msgId: '0200' })

    // The same figure stands in the Word file, and the PDF is one.
    const docx = await ask<Uint8Array>(`/bulletins/${bulletin.id}.docx`)
    expect(strFromU8(unzipSync(docx)['word/document.xml']!)).toContain(figure!.text)
    const pdf = await ask<Uint8Array>(`/bulletins/${bulletin.id}.pdf`)
    expect(strFromU8(pdf.subarray(0, 5))).toBe('%PDF-')
  }, 120_000)
})
