import { request } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { accessDeps, accessRoom } from '../../../test/scope/access.ts'
import { createTestApp, type TestApp } from '../../../test/test-app.ts'
import { accessRoutes } from './routes.ts'
import type { RuleSet } from './engine/rule-set.ts'

const now = Date.parse('2026-03-10T09:30:00+08:00')
let server: TestApp
let clerk: string
beforeAll(async () => {
  server = await createTestApp({ clock: () => now, rooms: [{ ...accessRoom, mount: async (app, context) => void (await app.register(accessRoutes({ ...accessDeps(context), questionsPerMinute: 3000 }))) }] })
  clerk = await server.signIn('clerk')
})
afterAll(() => server.close())

interface Answered {
  readonly status: number
  readonly json: Record<string, unknown>
}

/** Over a real socket: what a body does to a server shows nowhere else. */
async function call(method: string, path: string, body?: string, headers: Record<string, string> = {}): Promise<Answered> {
  const answer = await fetch(`${server.address}${path}`, { method, headers: { cookie: clerk, origin: server.address, ...(body !== undefined && { 'content-type': 'application/json' }), ...headers }, ...(body !== undefined && { body }) })
  return { status: answer.status, json: (await answer.json()) as Record<string, unknown> }
}
async function draft(): Promise<{ path: string; document: RuleSet }> {
  const { json } = await call('POST', '/api/v1/access/drafts', JSON.stringify({ title: '试验' }))
  return { path: `/api/v1/access/drafts/${json['draftId'] as string}`, document: json['document'] as RuleSet }
}
const save = (path: string, document: unknown, revision: number) => call('PUT', path, JSON.stringify({ document }), { 'if-match': `"${revision}"` })

/** Sends a body in pieces and reads the answer, also one that comes before everything is sent. */
const piece = '[120.123456789012,34.123456789012],'.repeat(2 ** 20 / 35)
const opening = '{"document":{"zones":[{"geometry":{"type":"Polygon","coordinates":[['
const pieces = 100
const upload = (path: string, headers: Record<string, string>): Promise<Answered> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(server.address)
    const sending = request({ hostname, port, path, method: 'PUT', headers: { cookie: clerk, origin: server.address, 'content-type': 'application/json', 'if-match': '"1"', ...headers } }, (answer) => {
      let text = ''
      answer.on('data', (chunk: Buffer) => (text += chunk.toString()))
      answer.on('end', () => resolve({ status: answer.statusCode!, json: JSON.parse(text) as Record<string, unknown> }))
    })
    sending.on('error', reject)
    let left = pieces
    const next = (): void => {
      while (left-- > 0) if (!sending.write(piece)) return void sending.once('drain', next)
      sending.end()
    }
    sending.write(opening)
    next()
  })

test.each([['announced', { 'content-length': String(opening.length + pieces * piece.length) }], ['in chunks', { 'transfer-encoding': 'chunked' }]])('a GeoJSON of 100 MB, %s: a clear problem, others answered meanwhile, nothing lost', async (_how, headers) => {
  const { path, document } = await draft()
  const [refused, other] = await Promise.all([upload(path, headers), call('GET', '/api/v1/rule-checks?vehicle=nev-light-truck&point=120.795,34.64')])
  expect(refused).toMatchObject({ status: 413, json: { code: 'access-upload-too-large', cause: '超过 16 MB 的上限', action: expect.any(String) } })
  expect(other.status).toBe(200)
  expect((await call('GET', path)).json).toMatchObject({ revision: 1, document })
})

test('two officers save at the same instant: one is kept, the other told who was first and loses nothing', async () => {
  const { path, document } = await draft()
  const answers = await Promise.all(['甲改', '乙改', '丙改'].map((title) => save(path, { ...document, title }, 1)))
  expect(answers.map((each) => each.status).sort()).toEqual([200, 412, 412])
  const kept = answers.find((each) => each.status === 200)!.json['document'] as RuleSet
  for (const refused of answers.filter((each) => each.status === 412)) expect(refused.json).toMatchObject({ code: 'access-draft-changed', title: expect.stringMatching(/草稿已被 .+ 修改/), cause: '您看到的是第 1 次保存，现在是第 2 次' })
  expect((await call('GET', path)).json).toMatchObject({ revision: 2, document: { title: kept.title } })
  // Published and deleted at the same instant: one of the two happens.
  const both = await Promise.all([
    call('POST', `${path}/publish`, JSON.stringify({ noticeNumber: '试〔2026〕1号' }), { 'if-match': '"2"' }),
    fetch(`${server.address}${path}`, { method: 'DELETE', headers: { cookie: clerk, origin: server.address, 'if-match': '"2"' } }).then(({ status }) => ({ status })),
  ])
  expect(both.filter(({ status }) => status < 300)).toHaveLength(1)
  expect(both.every(({ status }) => status < 500)).toBe(true)
})

test.each<[what: string, body: string, status: number, code: string]>([
  ['nested a hundred thousand deep', `{"document":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, 422, 'access-document-deep'],
  ['no JSON', '{"document": {', 400, 'request-invalid'],
  ['no document', '{}', 400, 'request-invalid'],
  ['an unknown field', '{"document":{},"force":true}', 400, 'request-invalid'],
  ['a NUL in a title', '{"document":{"title":"a\\u0000b"}}', 400, 'request-invalid'],
])('%s is refused and the draft stays', async (_what, body, status, code) => {
  const { path, document } = await draft()
  expect(await call('PUT', path, body, { 'if-match': '"1"' })).toMatchObject({ status, json: { code } })
  expect((await call('GET', path)).json).toMatchObject({ revision: 1, document })
})

test.each<[what: string, body: string, message: string]>([
  ['a number beyond all numbers', '{"zones":[{"code":"Z","title":"区","geometry":{"type":"Polygon","coordinates":[[[1e999,34],[120,34],[120,35],[1e999,34]]]}}]}', '区域第 1 项“区”的边界的坐标第 1 圈第 1 点的经度不合要求：应为数'],
  ['nothing of a rule set', '"规则"', '规则集不合要求：应为对象'],
])('%s is kept as a draft and said', async (_what, document, message) => {
  const { path } = await draft()
  const { status, json } = await call('PUT', path, `{"document":${document}}`, { 'if-match': '"1"' })
  expect(status).toBe(200)
  expect(json).toMatchObject({ revision: 2, publishable: false, findings: expect.arrayContaining([expect.objectContaining({ severity: 'error', code: 'access-shape-invalid', message })]) })
})

test('questions in a wrong shape say what is wrong; hours beyond the day and leap days that are none are no instants', async () => {
  const ask = (query: string) => call('GET', `/api/v1/rule-checks?vehicle=nev-light-truck&zone=Z1&at=${encodeURIComponent(query)}`)
  for (const at of ['2026-03-10T25:00:00+08:00', '2027-02-29T08:00:00+08:00', '2026-03-10T08:00:00', '2026-03-10']) expect((await ask(at)).json, at).toMatchObject({ code: 'access-time-invalid', action: expect.any(String) })
  expect((await ask('2026-03-10T24:00:00+08:00')).json).toMatchObject({ at: '2026-03-11T00:00:00+08:00' })
  // The same instant in any zone's clock is the same answer.
  const [here, there] = await Promise.all([ask('2026-03-10T08:00:00+08:00'), ask('2026-03-10T00:00:00Z')])
  expect(there!.json).toEqual(here!.json)
  const one = { vehicle: 'nev-light-truck', zone: 'Z1' }
  expect(await call('POST', '/api/v1/rule-checks:batch', JSON.stringify({ items: Array.from({ length: 1001 }, () => one) }))).toMatchObject({ status: 400, json: { code: 'request-invalid', title: expect.stringContaining('一次至多 1000 问，请分批提交') } })
  for (const place of ['', '&point=120.8,34.6&zone=Z1', '&from=120.8,34.6', '&zone=Z1&from=120.8,34.6&to=120.8,34.65']) expect((await call('GET', `/api/v1/rule-checks?vehicle=nev-light-truck${place}`)).json, place).toMatchObject({ code: 'access-place-missing' })
  const wrong = [{ ...one, facts: { energy: 'bev', colour: 'red' } }, { vehicle: 'nev-light-truck', point: { lon: 200, lat: 34 } }]
  for (const item of wrong) expect((await call('POST', '/api/v1/rule-checks:batch', JSON.stringify({ items: [item] }))).status).toBe(400)
})

test('rules and zones are not sent again to whoever holds them', async () => {
  for (const path of ['/api/v1/access/rules', '/api/v1/access/zones?vehicle=nev-light-truck']) {
    const first = await fetch(`${server.address}${path}`)
    const etag = first.headers.get('etag')!
    expect([first.status, etag]).toEqual([200, expect.stringMatching(/^W\//)])
    const again = await fetch(`${server.address}${path}`, { headers: { 'if-none-match': etag } })
    expect([again.status, await again.text()]).toEqual([304, ''])
  }
})

test('an address that is not signed in gets its share a minute, routes counted by their work, then a clear no; whoever is signed in goes on', async () => {
  const routes = JSON.stringify({ items: Array.from({ length: 100 }, () => ({ vehicle: 'unheard-of', from: { lon: 120.79, lat: 34.64 }, to: { lon: 120.8, lat: 34.65 } })) })
  const askPublic = (body: string) => fetch(`${server.address}/api/v1/rule-checks:batch`, { method: 'POST', headers: { origin: server.address, 'content-type': 'application/json' }, body })
  expect((await askPublic(routes)).status).toBe(200)
  const refused = await askPublic(routes)
  expect(refused.status).toBe(429)
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(await refused.json()).toMatchObject({ code: 'access-too-many-questions', cause: expect.stringContaining('同一来源每分钟至多 3000 问') })
  // What is left is still given; then nothing, the map of zones neither.
  const left = JSON.stringify({ items: Array.from({ length: 990 }, () => ({ vehicle: 'unheard-of', zone: 'Z1' })) })
  expect([(await askPublic(left)).status, (await askPublic(left)).status]).toEqual([200, 429])
  const zones = async () => (await fetch(`${server.address}/api/v1/access/zones?vehicle=nev-light-truck`)).status
  const asked: number[] = []
  for (let tries = 0; tries < 5; tries++) asked.push(await zones())
  expect(asked.at(-1)).toBe(429)
  expect((await call('POST', '/api/v1/rule-checks:batch', routes)).status).toBe(200)
})
