import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestApp, type TestApp } from '../../../test/test-app.ts'
import { accessDeps, accessRoom } from '../../../test/scope/access.ts'
import { verifyAudit } from '../../accounts/index.ts'
import { formatInstant } from '../../base/time.ts'
import { accessRoutes } from './routes.ts'
import type { RuleSet } from './engine/rule-set.ts'
import { createHttp } from '../../runtime/http.ts'
import { createLog } from '../../runtime/log.ts'
import { publicActor } from '../../accounts/index.ts'

const start = Date.parse('2026-03-10T09:30:00+08:00')
let now = start
let server: TestApp
let clerk: string

beforeAll(async () => {
  server = await createTestApp({ clock: () => now, rooms: [accessRoom] })
  clerk = await server.signIn('clerk')
})
afterAll(() => server.close())

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'
async function call(method: Method, url: string, { body, headers = {}, cookie = clerk }: { body?: unknown; headers?: Record<string, string>; cookie?: string | null } = {}) {
  const answer = await server.app.inject({ method, url, headers: { ...headers, ...(cookie && { cookie }) }, ...(body === undefined ? {} : { payload: body as object }) })
  return { status: answer.statusCode, headers: answer.headers, json: answer.body === '' ? null : (JSON.parse(answer.body) as Record<string, unknown>) }
}
const may = (query: string) => call('GET', `/api/v1/rule-checks?${query}`, { cookie: null })
const inZ1 = 'point=120.795,34.64'

describe('can I go', () => {
  test('the public gets the deciding rule, its notice and until when', async () => {
    const { status, json } = await may(`vehicle=nev-light-truck&${inZ1}&at=${encodeURIComponent('2026-03-10T08:00:00+08:00')}`)
    expect(status).toBe(200)
    expect(json).toMatchObject({ allowed: false, decidedBy: { rule: 'Z1-nev-peak', notice: '青公交告〔2025〕0号（虚构）', zone: { code: 'Z1' } }, until: '2026-03-10T09:00:00+08:00', nextAllowed: '2026-03-10T09:00:00+08:00' })
    expect((await may(`vehicle=nev-light-truck&${inZ1}`)).json).toMatchObject({ allowed: true, at: '2026-03-10T09:30:00+08:00', until: '2026-03-10T17:00:00+08:00' })
    expect((await may(`vehicle=fuel-heavy-truck&zone=Z3&at=${encodeURIComponent('2026-03-10T08:00:00+08:00')}`)).json).toMatchObject({ allowed: false, decidedBy: { rule: 'Z3-heavy-peak' } })
    expect((await may(`vehicle=fuel-light-truck&from=120.75,34.62&to=120.80,34.65`)).json).toMatchObject({ allowed: false, path: 'straight', decidedBy: { rule: 'Z1-fuel-day' } })
  })

  test('what cannot be answered is a problem with an action', async () => {
    expect((await may(`vehicle=flying-carpet&${inZ1}`)).json).toMatchObject({ status: 404, code: 'access-vehicle-unknown' })
    expect((await may(`vehicle=nev-light-truck&zone=Z9`)).json).toMatchObject({ code: 'access-zone-unknown' })
    expect((await may('vehicle=nev-light-truck')).json).toMatchObject({ code: 'access-place-missing' })
    expect((await may(`vehicle=nev-light-truck&${inZ1}&at=2026-03-10`)).json).toMatchObject({ code: 'access-time-invalid' })
    expect((await may('vehicle=nev-light-truck&point=north')).status).toBe(400)
  })

  test('a thousand questions at once, a wrong one among them spoils no other', async () => {
    const items = Array.from({ length: 1000 }, (_, at) => ({ vehicle: at === 500 ? 'nobody' : 'nev-light-truck', at: formatInstant(start + at * 60_000), point: { lon: 120.795, lat: 34.64 } }))
    const { status, json } = await call('POST', '/api/v1/rule-checks:batch', { body: { items }, cookie: null })
    expect(status).toBe(200)
    const answers = json!['items'] as { allowed: boolean }[]
    expect(answers).toHaveLength(1000)
    expect(answers[500]).toMatchObject({ problem: { code: 'access-vehicle-unknown' } })
    for (const [at, item] of answers.entries()) if (at !== 500) expect(item.allowed).toBe(at < 450 || at >= 540)
    expect((await call('POST', '/api/v1/rule-checks:batch', { body: { items: [...items, items[0]] }, cookie: null })).status).toBe(400)
  })

  test('a vehicle may be described instead of named, and the calendar says until when it reaches', async () => {
    const effectIn = async (facts: string) => ((await call('GET', `/api/v1/access/zones?at=${encodeURIComponent('2026-03-10T10:00:00+08:00')}&${facts}`, { cookie: null })).json!['features'] as { properties: { code: string; now: { effect: string } } }[]).find((each) => each.properties.code === 'Z1')!.properties.now.effect
    expect([await effectIn('category=delivery-truck&energy=diesel&grossMassKg=4495&body=box'), await effectIn('category=delivery-truck&energy=bev&grossMassKg=3500')]).toEqual(['no-go', 'allowed'])
    expect((await call('GET', '/api/v1/access/calendar', { cookie: null })).json).toMatchObject({ isEnding: false, calendar: { code: 'china', to: '2027-01-01' } })
  })

  test('zones say now, today and the week', async () => {
    const { json } = await call('GET', `/api/v1/access/zones?vehicle=nev-light-truck`, { cookie: null })
    type Strip = { parts: { from: string; to: string; allowed: boolean }[] }
    const features = json!['features'] as { properties: { code: string; now: unknown; today: Strip; week: Strip[] } }[]
    const zone = features.find((each) => each.properties.code === 'Z1')!.properties
    expect(zone.now).toMatchObject({ allowed: true })
    expect(zone.today.parts.map((each) => [each.from, each.to, each.allowed])).toEqual([['00:00', '07:00', true], ['07:00', '09:00', false], ['09:00', '17:00', true], ['17:00', '18:30', false], ['18:30', '24:00', true]])
    expect(zone.week.map((each) => each.parts.length)).toEqual([5, 5, 5, 5, 1, 1, 5])
  })
})

describe('drafting and publishing', () => {
  const edit = (document: RuleSet, change: (value: RuleSet) => void): RuleSet => {
    const copy = structuredClone(document)
    change(copy)
    return copy
  }

  test('two officers, examples on save, conflicts, publication that holds everywhere within two seconds', async () => {
    const deps = accessDeps(server)
    // Another process with its own memory of the rules.
    const other = await createHttp({ log: createLog('silent'), requestId: () => 'other' })
    other.addHook('onRequest', async (request) => void (request.actor = publicActor(server.world.home.cityCode)))
    other.decorateRequest('actor')
    await other.register(accessRoutes(deps))
    const there = async () => ((await other.inject({ url: `/api/v1/rule-checks?vehicle=fuel-light-truck&${inZ1}&at=${encodeURIComponent('2026-03-12T20:30:00+08:00')}` })).json() as { allowed: boolean; revision: number })
    expect(await there()).toMatchObject({ allowed: true })

    const made = await call('POST', '/api/v1/access/drafts', { body: { title: '延长到21时' } })
    expect(made.status).toBe(201)
    const { draftId, document } = made.json as { draftId: string; document: RuleSet }
    const path = `/api/v1/access/drafts/${draftId}`
    expect(made.headers['etag']).toBe('"1"')
    expect((await call('GET', `${path}/diff`)).json).toEqual({ items: [], areas: [] })

    // A longer ban breaks the example that 20:00 is free: saved, but not to be published.
    const longer = edit(document, (value) => { value.rules[0]!.times[0]!.to = '21:00' })
    const saved = await call('PUT', path, { body: { document: longer }, headers: { 'if-match': '"1"' } })
    expect(saved.json).toMatchObject({ publishable: false, examplesRan: true, revision: 2 })
    expect(saved.json!['findings']).toContainEqual(expect.objectContaining({ severity: 'error', code: 'access-example-failed', pointer: '/rules/0/examples/1' }))
    expect((await call('POST', `${path}/publish`, { body: { noticeNumber: '青公交告〔2026〕1号', effectiveFrom: '2026-03-12T00:00:00+08:00' }, headers: { 'if-match': '"2"' } })).json).toMatchObject({ status: 422, code: 'access-example-failed' })

    // The second officer saves over an old copy: refused, nothing lost.
    expect((await call('PUT', path, { body: { document }, headers: { 'if-match': '"1"' } })).json).toMatchObject({ status: 412, code: 'access-draft-changed' })
    expect((await call('PUT', path, { body: { document } })).json).toMatchObject({ status: 428, code: 'access-revision-required' })

    const right = edit(longer, (value) => { value.rules[0]!.examples[1]!.at = '2026-03-10T21:00:00+08:00' })
    expect((await call('PUT', path, { body: { document: right }, headers: { 'if-match': '"2"' } })).json).toMatchObject({ publishable: true, revision: 3 })
    expect((await call('GET', `${path}/diff`)).json!['items']).toMatchObject([{ what: 'rule', code: 'Z1-fuel-day', kind: 'changed', fields: [{ field: 'times' }, { field: 'examples' }] }])
    const publication = { noticeNumber: '青公交告〔2026〕1号', effectiveFrom: '2026-03-12T00:00:00+08:00' }
    expect((await call('POST', `${path}/publish`, { body: { ...publication, effectiveFrom: '2026-03-01T00:00:00+08:00' }, headers: { 'if-match': '"3"' } })).json).toMatchObject({ status: 422, code: 'access-effective-past' })
    expect((await call('POST', `${path}/publish`, { body: publication, headers: { 'if-match': '"3"' }, cookie: await server.signIn('district') })).json).toMatchObject({ status: 403, code: 'access-city-only' })

    const second = await call('POST', '/api/v1/access/drafts', { body: { title: '同时起草的另一份' } })
    const published = await call('POST', `${path}/publish`, { body: publication, headers: { 'if-match': '"3"' } })
    expect(published.json).toMatchObject({ number: 1, noticeNumber: '青公交告〔2026〕1号', effectiveFrom: '2026-03-12T00:00:00+08:00' })

    const versions = (await call('GET', '/api/v1/access/versions')).json!['items'] as { versionId: string; state: string; effectiveTo: string | null }[]
    expect(versions).toMatchObject([{ state: 'coming', effectiveTo: null }])
    expect((await call('GET', `/api/v1/access/versions/${versions[0]!.versionId}/diff`)).json).toMatchObject({ items: expect.arrayContaining([expect.objectContaining({ what: 'rule', code: 'Z1-fuel-day' })]), areas: [] })

    now += 2000
    const inForceAt = async (at: string) => ((await call('GET', `/api/v1/access/rules?at=${encodeURIComponent(at)}`, { cookie: null })).json!['ruleSet'] as RuleSet).rules[0]!.times[0]!.to
    expect([await inForceAt('2026-03-11T23:59:00+08:00'), await inForceAt('2026-03-12T00:00:00+08:00')]).toEqual(['20:00', '21:00'])
    expect(await there()).toMatchObject({ allowed: false, revision: 1 })
    // Before its date the old rules hold, and answers see over the date.
    expect((await may(`vehicle=fuel-light-truck&${inZ1}&at=${encodeURIComponent('2026-03-11T20:30:00+08:00')}`)).json).toMatchObject({ allowed: true, until: '2026-03-12T07:00:00+08:00' })
    expect((await may(`vehicle=fuel-light-truck&${inZ1}&at=${encodeURIComponent('2026-03-12T20:30:00+08:00')}`)).json).toMatchObject({ allowed: false, until: '2026-03-12T21:00:00+08:00' })

    // A draft on an outdated base must first be compared with what it was begun from, whatever has come since.
    const late = `/api/v1/access/drafts/${(second.json as { draftId: string }).draftId}`
    expect((await call('GET', `${late}/base`)).json).toEqual({ document: (await call('GET', '/api/v1/access/rules', { cookie: null })).json!['ruleSet'] })
    expect((await call('POST', `${late}/publish`, { body: publication, headers: { 'if-match': '"1"' } })).json).toMatchObject({ status: 409, code: 'access-base-outdated' })
    expect((await call('DELETE', late, { headers: { 'if-match': '"1"' } })).status).toBe(204)
    expect(await verifyAudit(server.database.db)).toMatchObject({ ok: true })
    await other.close()
  })

  test('overlap without precedence cannot be published; bad areas and huge bodies are said', async () => {
    const made = await call('POST', '/api/v1/access/drafts', { body: { title: '冲突' } })
    const { draftId, document } = made.json as { draftId: string; document: RuleSet }
    const path = `/api/v1/access/drafts/${draftId}`
    const clash = edit(document, (value) => void value.rules.push({ ...value.rules[0]!, code: 'X', title: '另一条', effect: 'allowed', examples: value.rules[1]!.examples }))
    const saved = await call('PUT', path, { body: { document: clash }, headers: { 'if-match': '"1"' } })
    expect(saved.json!['findings']).toContainEqual(expect.objectContaining({ code: 'access-conflict', severity: 'error' }))
    expect(saved.json!['findings']).toContainEqual(expect.objectContaining({ code: 'access-gap', severity: 'note' }))
    const broken = await call('PUT', path, { body: { document: { nonsense: true } }, headers: { 'if-match': '"2"' } })
    expect(broken.json).toMatchObject({ publishable: false, examplesRan: false, revision: 3 })
    const huge = await server.app.inject({ method: 'PUT', url: path, headers: { cookie: clerk, 'if-match': '"3"', 'content-type': 'application/json' }, payload: `{"document":"${'x'.repeat(17 * 2 ** 20)}"}` })
    expect(huge.json()).toMatchObject({ status: 413, code: 'access-upload-too-large' })
  })
})

describe('closures', () => {
  const square = { type: 'Polygon', coordinates: [[[120.79, 34.60], [120.79, 34.61], [120.80, 34.61], [120.80, 34.60], [120.79, 34.60]]] }
  const body = { title: '马拉松', reason: '比赛期间禁止货车驶入', noticeNumber: '青公交告〔2026〕2号', authority: '青港市公安局（虚构）', geometry: square, endsAt: '2026-03-10T13:00:00+08:00' }
  const inside = `vehicle=nev-light-truck&point=120.795,34.605`

  test('bar everything from start to end, are explained, and can be withdrawn', async () => {
    now = start + 60_000
    expect((await may(inside)).json).toMatchObject({ allowed: true })
    const made = await call('POST', '/api/v1/access/closures', { body })
    expect(made.status).toBe(201)
    now += 1000
    expect((await may(inside)).json).toMatchObject({ allowed: false, decidedBy: { notice: '青公交告〔2026〕2号', text: '比赛期间禁止货车驶入' }, until: '2026-03-10T13:00:00+08:00' })
    expect((await call('GET', '/api/v1/access/closures', { cookie: null })).json!['items']).toMatchObject([{ title: '马拉松' }])
    expect((await call('POST', `/api/v1/access/closures/${made.json!['closureId'] as string}/withdraw`)).status).toBe(200)
    now += 60_000
    expect((await may(inside)).json).toMatchObject({ allowed: true })
  })

  test('in the past, reversed, crossing itself or far away: refused', async () => {
    const refused = async (change: object) => (await call('POST', '/api/v1/access/closures', { body: { ...body, ...change } })).json!['code'] as string
    expect(await refused({ startsAt: '2026-03-01T00:00:00+08:00' })).toBe('access-closure-times')
    now = Date.parse('2026-03-10T09:40:20+08:00')
    expect(await refused({ startsAt: '2026-03-10T09:39:00+08:00' })).toBe('access-closure-times')
    // The minute that runs is not the past.
    expect((await call('POST', '/api/v1/access/closures', { body: { ...body, startsAt: '2026-03-10T09:40:00+08:00', endsAt: '2026-03-10T09:41:00+08:00' } })).status).toBe(201)
    expect(await refused({ startsAt: '2026-03-10T14:00:00+08:00' })).toBe('access-closure-times')
    expect(await refused({ geometry: { type: 'Polygon', coordinates: [[[120.79, 34.60], [120.80, 34.61], [120.79, 34.61], [120.80, 34.60], [120.79, 34.60]]] } })).toBe('access-ring-crosses-itself')
    expect(await refused({ geometry: { type: 'Polygon', coordinates: [square.coordinates[0]!.map(([lon, lat]) => [lon! - 10, lat!])] } })).toBe('access-position-far')
  })
})
