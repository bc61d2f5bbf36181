import { afterAll, beforeAll, expect, test } from 'vitest'
import { accessDeps, accessRoom } from '../../../test/scope/access.ts'
import { createTestApp, type TestApp } from '../../../test/test-app.ts'
import { demoPassword } from '../../accounts/index.ts'
import { workJob } from '../../runtime/jobs.ts'
import type { RuleSet } from './engine/rule-set.ts'
import { accessJobs } from './jobs.ts'

const start = Date.parse('2026-03-10T09:30:20+08:00')
let now = start
let server: TestApp
let clerk: string
beforeAll(async () => {
  server = await createTestApp({ clock: () => now, rooms: [accessRoom] })
  await goTo(start)
})
afterAll(() => server.close())

async function call(method: 'GET' | 'POST' | 'PUT', url: string, body?: object, revision?: number): Promise<Record<string, unknown>> {
  const answer = await server.app.inject({ method, url, headers: { cookie: clerk, ...(revision !== undefined && { 'if-match': `"${revision}"` }) }, ...(body && { payload: body }) })
  return { status: answer.statusCode, ...(JSON.parse(answer.body) as object) }
}

/** Sessions do not outlive the days these tests skip: signs in again at the new time. */
async function goTo(instant: number): Promise<void> {
  now = instant
  const { cookies } = await server.app.inject({ method: 'POST', url: '/api/v1/session', payload: { account: 'clerk', password: demoPassword } })
  clerk = cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
}

/** Drafts, changes and publishes; no date: at once. */
async function publish(change: (value: RuleSet) => void, { effectiveFrom, versionId }: { effectiveFrom?: string; versionId?: string } = {}): Promise<Record<string, unknown>> {
  const made = await call('POST', '/api/v1/access/drafts', { title: '改动', ...(versionId && { versionId }) })
  const document = made['document'] as RuleSet
  change(document)
  const path = `/api/v1/access/drafts/${made['draftId'] as string}`
  expect(await call('PUT', path, { document }, 1)).toMatchObject({ publishable: true })
  return call('POST', `${path}/publish`, { noticeNumber: '试〔2026〕1号', ...(effectiveFrom && { effectiveFrom }) }, 2)
}
const until = (hour: string) => (value: RuleSet) => {
  value.title = `禁行至${hour}`
  value.rules[0]!.times[0]!.to = `${hour}:00`
  value.rules[0]!.examples[1]!.at = `2026-03-10T${hour}:00:00+08:00`
}
const evening = async () => (await call('GET', `/api/v1/rule-checks?vehicle=fuel-light-truck&zone=Z1&at=${encodeURIComponent('2026-03-20T20:30:00+08:00')}`))['allowed']
const inForce = async () => ((await call('GET', '/api/v1/access/rules'))['ruleSet'] as RuleSet).title

test('a version takes effect with the running minute, one for later at its minute without a restart, and an old one comes back', async () => {
  const filed = await inForce()
  const first = await publish(until('21'))
  expect(first).toMatchObject({ status: 201, number: 1, effectiveFrom: '2026-03-10T09:30:00+08:00' })
  now += 1000
  expect([await inForce(), await evening()]).toEqual(['禁行至21', false])

  // Published now, in force on the 12th: asked about later it already answers so, the set in force changes at the minute.
  const second = await publish(until('22'), { effectiveFrom: '2026-03-12T00:00:00+08:00' })
  expect(second).toMatchObject({ status: 201, number: 2 })
  await goTo(Date.parse('2026-03-11T23:59:59+08:00'))
  expect(await inForce()).toBe('禁行至21')
  const etag = (await server.app.inject({ url: '/api/v1/access/rules' })).headers['etag']
  now = Date.parse('2026-03-12T00:00:00+08:00')
  expect(await inForce()).toBe('禁行至22')
  expect((await server.app.inject({ url: '/api/v1/access/rules', headers: { 'if-none-match': etag! } })).statusCode).toBe(200)
  expect(await call('GET', `/api/v1/rule-checks?vehicle=fuel-light-truck&zone=Z1&at=${encodeURIComponent('2026-03-12T21:30:00+08:00')}`)).toMatchObject({ allowed: false, until: '2026-03-12T22:00:00+08:00' })

  // The first version again, as a new one: history is never edited.
  const third = await publish(() => undefined, { versionId: first['versionId'] as string })
  expect(third).toMatchObject({ status: 201, number: 3 })
  now += 1000
  expect(await inForce()).toBe('禁行至21')
  expect((await call('GET', '/api/v1/access/versions'))['items']).toMatchObject([{ number: 1, state: 'past' }, { number: 2, state: expect.stringMatching(/past|never/) }, { number: 3, state: 'in-force' }])
  const [old, back] = await Promise.all([first, third].map(async (each) => (await call('GET', `/api/v1/access/versions/${each['versionId'] as string}`))['document'] as RuleSet))
  expect(back!.rules).toEqual(old!.rules)
  expect(await call('POST', '/api/v1/access/drafts', { title: '没有这一版', versionId: '00000000-0000-7000-8000-000000000000' })).toMatchObject({ status: 404 })
  expect(filed).not.toBe('禁行至21')
})

test('a replay is ordered, worked beside the web, and says what it found; a draft with broken areas is not replayed', async () => {
  const made = await call('POST', '/api/v1/access/drafts', { title: '推演一下' })
  const path = `/api/v1/access/drafts/${made['draftId'] as string}`
  expect(await call('POST', `${path}/replays`, { from: '2026-03-10', to: '2026-03-10' })).toMatchObject({ status: 400, code: 'access-replay-period' })
  const ordered = await call('POST', `${path}/replays`, { from: '2026-01-01', to: '2026-03-01' })
  expect(ordered).toMatchObject({ status: 202, state: 'waiting', result: null, draftTitle: '推演一下', requestedBy: expect.any(String) })
  const { db } = server.database
  const worker = { db, clock: () => now, log: { error: () => undefined }, handlers: accessJobs({ db, rules: accessDeps(server).rules }) }
  expect(await workJob(worker, { cityCode: server.world.home.cityCode, jobId: ordered['replayId'] as string })).toBe('over')
  const nothing = { vehicles: 0, firms: 0, trips: 0, positions: 0, distanceMetres: 0 }
  expect(await call('GET', `/api/v1/access/replays/${ordered['replayId'] as string}`)).toMatchObject({ status: 200, state: 'done', result: { newlyBarred: nothing, newlyAllowed: nothing, rows: [], rowsLeftOut: 0 } })
  expect(await call('POST', `/api/v1/access/replays/${ordered['replayId'] as string}/cancel`)).toMatchObject({ status: 409, code: 'access-replay-over' })
  const waiting = await call('POST', `${path}/replays`, { from: '2026-01-01', to: '2026-03-01' })
  expect(await call('POST', `/api/v1/access/replays/${waiting['replayId'] as string}/cancel`)).toMatchObject({ status: 200, state: 'cancelled' })
  expect(((await call('GET', `/api/v1/access/replays?draft=${made['draftId'] as string}`))['items'] as unknown[]).length).toBe(2)

  const document = made['document'] as RuleSet
  ;(document.zones[0]!.geometry as { coordinates: number[][][] }).coordinates[0]!.pop()
  await call('PUT', path, { document }, 1)
  expect(await call('POST', `${path}/replays`, { from: '2026-01-01', to: '2026-03-01' })).toMatchObject({ status: 422, code: 'access-ring-unclosed' })
})

test('passes held come with the question: as kinds in the address, with validity and zones in a batch', async () => {
  const at = '2026-03-20T10:00:00+08:00'
  const one = async (passes: string) => (await call('GET', `/api/v1/rule-checks?vehicle=fuel-reefer&zone=Z1&at=${encodeURIComponent(at)}${passes}`))['allowed']
  expect([await one(''), await one('&passes=fresh'), await one('&passes=old,fresh'), await one('&passes=old')]).toEqual([false, true, true, false])
  const ask = { vehicle: 'fuel-reefer', zone: 'Z1', at }
  const held = { pass: 'fresh', from: '2026-03-01T00:00:00+08:00', to: '2026-03-20T11:00:00+08:00' }
  const { items } = await call('POST', '/api/v1/rule-checks:batch', { items: [{ ...ask, passes: [held] }, { ...ask, at: '2026-03-20T11:00:00+08:00', passes: [held] }, { ...ask, passes: [{ ...held, zones: ['Z2'] }] }, { ...ask, passes: [{ ...held, zones: ['Z1', 'Z2'] }] }] })
  expect(items).toMatchObject([{ allowed: true, until: '2026-03-20T11:00:00+08:00' }, { allowed: false, passes: ['fresh'] }, { allowed: false }, { allowed: true }])
})

test('the end of the work calendar is said with the answers from sixty days before', async () => {
  await goTo(Date.parse('2026-11-20T08:00:00+08:00'))
  const answer = await call('GET', '/api/v1/rule-checks?vehicle=nev-light-truck&zone=Z1')
  expect(answer['warnings']).toMatchObject([{ code: 'access-calendar-ending', message: '工作日历“全国法定节假日和调休安排”只到 2027-01-01' }])
  expect(answer['beyondCalendar']).toBeNull()
  expect(await call('GET', `/api/v1/rule-checks?vehicle=nev-light-truck&zone=Z1&at=${encodeURIComponent('2027-02-08T08:00:00+08:00')}`)).toMatchObject({ beyondCalendar: '2027-02-08' })
})
