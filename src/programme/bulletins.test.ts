import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { programmeRoom } from '../../test/scope/programme.ts'
import { createTestApp, type TestApp } from '../../test/test-app.ts'
import { rows, sql } from '../runtime/database.ts'
import type { OfficialDocument } from './document-model.ts'

let server: TestApp
const now = Date.parse('2026-07-10T09:00:00+08:00')

beforeAll(async () => {
  server = await createTestApp({ clock: () => now, rooms: [programmeRoom] })
})
afterAll(() => server.close())

type Method = 'GET' | 'POST' | 'PATCH'
interface Bulletin {
  id: string
  version: number
  status: string
  asOf: string
  reason: string | null
  document: OfficialDocument
}
async function call(method: Method, url: string, { account = 'clerk', payload, seen }: { account?: string; payload?: object; seen?: number } = {}) {
  const headers = { cookie: await server.signIn(account), ...(seen === undefined ? {} : { 'if-match': `"v${seen}"` }) }
  const answer = await server.app.inject({ method, url, headers, ...(payload ? { payload } : {}) })
  return { status: answer.statusCode, etag: answer.headers['etag'], body: answer.json<Bulletin & { code: string; errors: { code: string }[]; items: Record<string, unknown>[] }>() }
}

describe('what is promised and what is there', () => {
  test('plans are open to everybody', async () => {
    const list = await server.app.inject({ url: '/api/v1/profiles' })
    expect(list.json().items[0]).toMatchObject({ code: '990100', madeUp: true, tasks: 16 })
    const one = await server.app.inject({ url: '/api/v1/profiles/990100' })
    expect(one.json().tasks).toHaveLength(16)
    expect((await server.app.inject({ url: '/api/v1/profiles/000000' })).statusCode).toBe(404)
  })

  test('targets come with actual, pace, reason and the rows behind them', async () => {
    const { body } = await call('GET', '/api/v1/targets?period=2026H1&asOf=2026-07-01T00:00:00%2B08:00', { account: 'liaison' })
    // 8 (2025) + 14 × 181/365 = 14.94 stations should be there
    expect(body.items.find((each) => each['code'] === 'D-03')).toMatchObject({ actualText: '21个', expectedText: '14.94个', pace: 'on-pace', met: false, rowsCounted: 21, rowsExcluded: 2, valueId: 'value-D-03' })
    expect(body.items).toHaveLength(21)
  })

  test('nothing is known of the time after now', async () => {
    const { status, body } = await call('GET', '/api/v1/targets?asOf=2099-01-01T00:00:00%2B08:00')
    expect([status, (body as unknown as { asOf: string; period: string }).asOf, (body as unknown as { period: string }).period]).toEqual([200, '2026-07-10T09:00:00+08:00', '2026H2'])
  })

  test('tasks can be asked for a unit', async () => {
    const { body } = await call('GET', '/api/v1/tasks?unit=post')
    expect(body.items.map((each) => each['id'])).toContain('D-T07')
    expect(body.items.length).toBeLessThan(16)
  })

  test('a wrong period or instant is a problem, not an error', async () => {
    expect(await call('GET', '/api/v1/targets?period=half')).toMatchObject({ status: 400, body: { code: 'period-invalid' } })
    expect(await call('GET', '/api/v1/targets?asOf=yesterday')).toMatchObject({ status: 400, body: { code: 'instant-invalid' } })
  })
})

describe('a bulletin', () => {
  let bulletin: Bulletin
  const url = () => `/api/v1/bulletins/${bulletin.id}`
  const runs = (id: string) => bulletin.document.blocks.flatMap((each) => (each.id === id && each.kind !== 'table' ? each.runs : []))

  beforeAll(async () => {
    const made = await call('POST', '/api/v1/bulletins', { payload: { period: '2026H1' } })
    expect(made).toMatchObject({ status: 201, etag: '"v1"' })
    bulletin = made.body
  })
  beforeEach(async () => {
    bulletin = (await call('GET', url())).body
  })

  test('is not written about a time that has not come', async () => {
    expect(await call('POST', '/api/v1/bulletins', { payload: { period: '2027H1' } })).toMatchObject({ status: 422, body: { code: 'period-ahead' } })
  })

  test('is composed from the values up to the end of its period, once', async () => {
    expect(bulletin).toMatchObject({ version: 1, status: 'draft', asOf: '2026-07-01T00:00:00+08:00', document: { documentNumber: '〔2026〕　号', draftMark: '草稿' } })
    expect(await call('POST', '/api/v1/bulletins', { payload: { period: '2026H1' } })).toMatchObject({ status: 409, body: { code: 'bulletin-exists' } })
  })

  test('takes new words around its figures', async () => {
    const edited = runs('progress-1-text').map((run) => ('text' in run ? { text: run.text.replace('末端共同配送站', '全市末端共同配送站') } : run))
    const saved = await call('PATCH', url(), { seen: 1, payload: { blocks: [{ id: 'progress-1-text', runs: edited }] } })
    expect(saved).toMatchObject({ status: 200, etag: '"v2"', body: { version: 2, status: 'draft' } })
    expect(JSON.stringify(saved.body.document)).toContain('全市末端共同配送站')
  })

  test.each([
    ['altered', 'figure-altered', (figure: object) => [{ figure: { ...figure, text: '85' } }]],
    ['removed', 'figure-removed', () => [{ text: '21个' }]],
    ['invented', 'figure-invented', (figure: object) => [{ figure }, { figure: { ...figure, valueId: 'mine' } }]],
  ])('refuses a figure that was %s', async (_, code, replace) => {
    const edited = runs('progress-1-text').flatMap((run): object[] => ('figure' in run ? replace(run.figure) : [run]))
    expect(await call('PATCH', url(), { seen: bulletin.version, payload: { blocks: [{ id: 'progress-1-text', runs: edited }] } })).toMatchObject({ status: 422, body: { code } })
    expect((await call('GET', url())).body.version).toBe(bulletin.version)
  })

  test('refuses tables, unknown paragraphs, nothing at all, and an old version', async () => {
    const patch = (payload: object, seen = bulletin.version) => call('PATCH', url(), { seen, payload })
    expect(await patch({ blocks: [{ id: 'targets', runs: [] }] })).toMatchObject({ status: 422, body: { code: 'table-text-fixed' } })
    expect(await patch({ blocks: [{ id: 'nowhere', runs: [] }] })).toMatchObject({ status: 422, body: { code: 'block-unknown' } })
    expect(await patch({})).toMatchObject({ status: 422, body: { code: 'edit-empty' } })
    expect(await patch({ title: '通报' }, bulletin.version - 1)).toMatchObject({ status: 412, body: { code: 'version-conflict' } })
    expect(await call('PATCH', url(), { payload: { title: '通报' } })).toMatchObject({ status: 428, body: { code: 'bulletin-version-required' } })
  })

  test('two people saving the same version: one wins, the other is told', async () => {
    const both = await Promise.all(['甲', '乙'].map((title) => call('PATCH', url(), { seen: bulletin.version, payload: { title } })))
    expect(both.map((each) => each.status).sort()).toEqual([200, 412])
  })

  test('is published with a number, locked, and corrected with a reason', async () => {
    const publish = (seen: number) => call('POST', `${url()}/publish`, { seen })
    expect(await publish(bulletin.version)).toMatchObject({ status: 422, body: { code: 'document-number-missing' } })
    const numbered = await call('PATCH', url(), { seen: bulletin.version, payload: { documentNumber: '青绿配办〔2026〕3号' } })
    const published = await publish(numbered.body.version)
    expect(published).toMatchObject({ status: 200, body: { status: 'published', document: { draftMark: null } } })
    expect(await publish(published.body.version)).toMatchObject({ status: 409, body: { code: 'bulletin-not-draft' } })
    expect(await call('PATCH', url(), { seen: published.body.version, payload: { title: '更正' } })).toMatchObject({ status: 409, body: { code: 'bulletin-published' } })
    expect(await call('POST', `${url()}/recompose`, { seen: published.body.version })).toMatchObject({ status: 409 })
    const corrected = await call('PATCH', url(), { seen: published.body.version, payload: { title: '关于更正的通报', reason: '标题有误' } })
    expect(corrected.body).toMatchObject({ status: 'draft', reason: '标题有误', document: { draftMark: '草稿' } })
    const earlier = await call('GET', `${url()}?version=${published.body.version}`)
    expect(earlier.body).toMatchObject({ status: 'published', document: published.body.document })
  })

  test('can be composed again from new values while it is a draft', async () => {
    const again = await call('POST', `${url()}/recompose`, { seen: bulletin.version })
    expect(again.body).toMatchObject({ version: bulletin.version + 1, document: { documentNumber: '青绿配办〔2026〕3号' } })
    expect(again.body.document.title).toContain('2026年上半年')
  })

  test('every version is kept and nobody can change one', async () => {
    const { body } = await call('GET', `${url()}/versions`)
    expect(body.items.map((each) => each['version'])).toEqual(Array.from({ length: bulletin.version }, (_, index) => index + 1))
    await expect(rows(server.database.db, sql`update bulletin_version set reason = 'x'`)).rejects.toThrow('only ever added')
    await expect(rows(server.database.db, sql`delete from bulletin_version`)).rejects.toThrow('only ever added')
    const audited = await rows(server.database.db, sql<{ action: string }>`select action from audit_entry where object = ${`bulletin/${bulletin.id}`} order by seq`)
    expect(new Set(audited.map((each) => each.action))).toEqual(new Set(['bulletins.compose', 'bulletins.edit', 'bulletins.publish', 'bulletins.correct', 'bulletins.recompose']))
  })

  test('is written by the office only', async () => {
    expect(await call('POST', '/api/v1/bulletins', { account: 'liaison', payload: { period: '2026H2' } })).toMatchObject({ status: 403 })
    expect(await call('POST', '/api/v1/bulletins', { account: 'district', payload: { period: '2026H2' } })).toMatchObject({ status: 404 })
    expect(await call('GET', '/api/v1/bulletins', { account: 'firm' })).toMatchObject({ status: 403 })
    expect((await call('GET', '/api/v1/bulletins', { account: 'inspector' })).body.items).toHaveLength(1)
  })
})
