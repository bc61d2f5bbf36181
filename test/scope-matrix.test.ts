import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { may, permissions, permissionsOf, verifyAudit, type Permission, type Role } from '../src/accounts/index.ts'
import { notFound } from '../src/runtime/http.ts'
import type { Dimension, Exempt, ForeignCase, TestRoom } from './scope/room.ts'
import { listProductionRoutes } from './scope/production.ts'
import { createTestApp, testRooms, type KnownRoute, type TestApp } from './test-app.ts'

/**
 * Every route × every kind of account × things of another city, another district, another firm. Routes come from the server, so a
 * new route is walked without anybody thinking of it; one with an id, a body or a scope filter fails here until its room's file
 * in test/scope says what a foreign id is.
 */

interface Caller {
  readonly account: string | null
  readonly role: Role
  /** dimensions in which this caller is narrowed */
  readonly narrowed: readonly Dimension[]
}

const callers: readonly Caller[] = [
  { account: null, role: 'public', narrowed: ['city'] },
  { account: 'clerk', role: 'office-clerk', narrowed: ['city'] },
  { account: 'district', role: 'office-clerk', narrowed: ['city', 'district'] },
  { account: 'liaison', role: 'liaison', narrowed: ['city'] },
  { account: 'firm', role: 'enterprise', narrowed: ['city', 'enterprise'] },
  { account: 'inspector', role: 'inspector', narrowed: ['city'] },
  { account: 'administrator', role: 'administrator', narrowed: ['city'] },
  { account: 'district-administrator', role: 'administrator', narrowed: ['city', 'district'] },
  { account: 'auditor', role: 'auditor', narrowed: ['city'] },
]

/** Query names by which a route lets the caller choose a place, and what a caller must not get by them. */
const scopeFilters: Record<string, Dimension> = {
  city: 'city', cityCode: 'city', cities: 'city', district: 'district', districtCode: 'district', enterprise: 'enterprise', enterpriseId: 'enterprise',
}

/** Routes every signed-in person may use, administrators and auditors included; none shows business data. */
const forEverybodySignedIn = new Set(['DELETE /api/v1/session', 'POST /api/v1/session/password'])

type Fixtures = ReadonlyMap<string, readonly ForeignCase[] | Exempt>

const keyOf = ({ method, url }: KnownRoute): string => `${method} ${url}`
const isExempt = (entry: readonly ForeignCase[] | Exempt): entry is Exempt => 'exempt' in entry
const apiRoutes = (server: TestApp): KnownRoute[] => server.routes.filter((each) => each.url.startsWith('/api/'))

async function gather(server: TestApp, rooms: readonly TestRoom[]): Promise<Fixtures> {
  const fixtures = new Map<string, readonly ForeignCase[] | Exempt>()
  for (const room of rooms) for (const [key, entry] of Object.entries(await room.foreign(server))) fixtures.set(key, entry)
  return fixtures
}

/** What a route lacks, in a sentence; undefined when it can be walked. */
function checkFixture(route: KnownRoute, fixtures: Fixtures): string | undefined {
  const entry = fixtures.get(keyOf(route))
  const names = [...route.url.matchAll(/:(\w+)/g)].map((each) => each[1]!)
  if (!entry) {
    const needs = route.url.includes('*') || names.length > 0 ? 'an id' : route.hasBody || route.method !== 'GET' ? 'a body' : undefined
    return needs && `${keyOf(route)} takes ${needs}: say in test/scope/<room>.ts what a foreign one is, or why there is none`
  }
  if (isExempt(entry)) return entry.exempt.length > 10 ? undefined : `${keyOf(route)} is exempt without a reason`
  if (entry.length === 0) return `${keyOf(route)} has no case`
  if (!entry.some((each) => each.of === 'city')) return `${keyOf(route)} has no case of another city`
  const lacking = entry.flatMap((each) => names.filter((name) => each.params?.[name] === undefined))
  if (lacking.length > 0) return `${keyOf(route)}: a case gives no ${lacking[0]}`
  if (route.method === 'GET' && entry.some((each) => each.visibleTo === undefined)) return `${keyOf(route)}: a case names nobody who may see it, so it may look for what is not there`
  return undefined
}

/** The fixed cases of a route, one for every scope filter in its query, and the bare request. */
function casesOf(route: KnownRoute, entry: readonly ForeignCase[] | Exempt | undefined, { world }: TestApp): ForeignCase[] {
  const fixed = entry && !isExempt(entry) ? [...entry] : []
  if (route.method !== 'GET' || route.url.includes(':') || route.url.includes('*')) return fixed
  const values: Record<Dimension, string[]> = {
    city: [world.foreign.cityCode],
    district: [world.foreign.districtCode, world.neighbour.districtCode],
    enterprise: [world.foreign.enterpriseId, world.neighbour.enterpriseId],
  }
  const filters = route.query.flatMap((name) => (scopeFilters[name] ? values[scopeFilters[name]].map((value): ForeignCase => ({ of: scopeFilters[name]!, query: { [name]: value } })) : []))
  return [...fixed, { of: 'city' }, ...filters]
}

function urlOf(route: KnownRoute, { params = {}, query = {} }: ForeignCase): string {
  const path = route.url.replaceAll(/:(\w+)|\*/g, (whole, name: string | undefined) => encodeURIComponent(params[name ?? whole] ?? 'none'))
  const search = new URLSearchParams(query).toString()
  return search ? `${path}?${search}` : path
}

async function send(server: TestApp, route: KnownRoute, attack: ForeignCase, account: string | null): Promise<{ statusCode: number; payload: string }> {
  const headers: Record<string, string> = account ? { cookie: await server.signIn(account) } : {}
  const url = urlOf(route, attack)
  if (route.url.includes('/stream/')) return listen(`${server.address}${url}`, headers)
  return server.app.inject({ method: route.method as 'GET', url, headers, ...(attack.body === undefined ? {} : { payload: attack.body as object }) })
}

/** What a stream says in its first moments. */
async function listen(url: string, headers: Record<string, string>): Promise<{ statusCode: number; payload: string }> {
  const hangUp = AbortSignal.timeout(300)
  const answer = await fetch(url, { headers, signal: hangUp })
  let payload = ''
  try {
    for await (const text of answer.body!.pipeThrough(new TextDecoderStream())) payload += text
  } catch (error) {
    if (!hangUp.aborted) throw error
  }
  return { statusCode: answer.status, payload }
}

const isAllowed = (route: KnownRoute, caller: Caller): boolean =>
  route.access === 'public' || (caller.account !== null && (route.access === 'signed-in' || may(caller, route.access as Permission)))

/** Markers of things this caller must never see. */
const hiddenFrom = (caller: Caller, server: TestApp): string[] => caller.narrowed.map((each) => markerOf(each, server))

const markerOf = (dimension: Dimension, { world }: TestApp): string =>
  ({ city: world.foreign.marker, district: world.neighbour.districtMarker, enterprise: world.neighbour.enterpriseMarker })[dimension]

/** Every leak of one route to one caller, as sentences. */
async function walk(server: TestApp, route: KnownRoute, caller: Caller, entry: readonly ForeignCase[] | Exempt | undefined): Promise<string[]> {
  const who = caller.account ?? 'the public'
  if (!isAllowed(route, caller)) {
    const { statusCode } = await send(server, route, { of: 'city' }, caller.account)
    return statusCode === (caller.account ? 403 : 401) ? [] : [`${keyOf(route)} answers ${who}, who lacks ${route.access}, with ${statusCode}`]
  }
  if (entry && isExempt(entry)) return []
  const leaks: string[] = []
  for (const attack of casesOf(route, entry, server)) {
    // A write inside the caller's scope would succeed, and could hide what the next caller's does.
    if (route.method !== 'GET' && !caller.narrowed.includes(attack.of)) continue
    const answer = await send(server, route, attack, caller.account)
    const what = `${route.method} ${urlOf(route, attack)} ${attack.body ? JSON.stringify(attack.body) : ''} by ${who}`
    if (answer.statusCode >= 500) leaks.push(`${what} breaks the server: ${answer.statusCode}`)
    if (hiddenFrom(caller, server).some((marker) => answer.payload.includes(marker))) leaks.push(`${what} shows foreign data (${answer.statusCode})`)
    if (route.method !== 'GET' && answer.statusCode < 300) leaks.push(`${what} is carried out (${answer.statusCode})`)
    // Any other refusal (a missing If-Match, a field) would mean that the scope was not asked first.
    else if (route.method !== 'GET' && attack.params && ![403, 404].includes(answer.statusCode)) leaks.push(`${what} is refused for another reason than scope (${answer.statusCode})`)
  }
  return leaks
}

/** Sentences for cases whose foreign thing is not there to be seen even by those who may. */
async function checkVisible(server: TestApp, route: KnownRoute, entry: readonly ForeignCase[] | Exempt | undefined): Promise<string[]> {
  const unseen: string[] = []
  for (const attack of entry && !isExempt(entry) ? entry : []) {
    if (attack.visibleTo === undefined) continue
    const answer = await send(server, route, attack, attack.visibleTo)
    if (answer.statusCode !== 200 || !answer.payload.includes(markerOf(attack.of, server))) unseen.push(`${keyOf(route)}: ${attack.visibleTo} gets ${answer.statusCode} without a marker`)
  }
  return unseen
}

async function inspect(server: TestApp, fixtures: Fixtures): Promise<string[]> {
  const found: string[] = []
  for (const route of apiRoutes(server)) {
    const lacking = checkFixture(route, fixtures)
    if (lacking) found.push(lacking)
    const entry = fixtures.get(keyOf(route))
    for (const caller of callers) found.push(...(await walk(server, route, caller, entry)))
    found.push(...(await checkVisible(server, route, entry)))
  }
  return found
}

describe('the whole server', () => {
  let server: TestApp
  let fixtures: Fixtures
  beforeAll(async () => {
    server = await createTestApp()
    fixtures = await gather(server, testRooms)
  })
  afterAll(() => server.close())

  test('every route × every account × foreign ids: no leak', async () => {
    expect(await inspect(server, fixtures)).toEqual([])
    expect(apiRoutes(server).length).toBeGreaterThan(8)
    // Whatever all of them tried, the audit only grew.
    expect(await verifyAudit(server.database.db)).toMatchObject({ ok: true, firstBroken: null })
  })

  test('no route of the real server is left out', async () => {
    const walked = new Set(apiRoutes(server).map(keyOf))
    const missing = (await listProductionRoutes(server.database)).filter((key) => !walked.has(key))
    expect(walked.size).toBeGreaterThan(40)
    expect(missing, 'mount the room in test/scope and name it in test/test-app.ts').toEqual([])
  })

  test('every fixture belongs to a route there is', () => {
    const known = new Set(apiRoutes(server).map(keyOf))
    expect([...fixtures.keys()].filter((key) => !known.has(key))).toEqual([])
  })

  test('three powers apart: no account has a route to business data and one to accounts or audit, and none to change the audit', () => {
    const routesOf = (role: Role) => apiRoutes(server).filter((each) => each.access !== undefined && each.access in permissions && may({ role }, each.access as Permission))
    const isBusiness = ({ access }: KnownRoute) => access !== 'accounts:administer' && access !== 'audit:read'
    for (const role of ['administrator', 'auditor'] as const) expect(routesOf(role).filter(isBusiness).map(keyOf), role).toEqual([])
    for (const { role } of callers) expect(new Set(permissionsOf(role).map((each) => (each === 'accounts:administer' || each === 'audit:read' ? each : 'work'))).size, role).toBeLessThanOrEqual(1)
    expect(apiRoutes(server).filter((each) => each.access === 'audit:read' && each.method !== 'GET').map(keyOf)).toEqual([])
    expect(apiRoutes(server).filter((each) => each.url.includes('audit') && each.access !== 'audit:read').map(keyOf)).toEqual([])
    expect(apiRoutes(server).filter((each) => each.access === 'signed-in' && !forEverybodySignedIn.has(keyOf(each))).map(keyOf), 'signed-in includes administrators and auditors; name a permission').toEqual([])
  })
})

describe('the matrix itself', () => {
  const careless = (room: Partial<TestRoom>, routes: Parameters<typeof createTestApp>[0] & object) => async () => {
    const server = await createTestApp({ ...routes, rooms: [] })
    const found = await inspect(server, await gather(server, [...testRooms.filter((each) => each.name === 'accounts'), { name: 'careless', foreign: async () => ({}), ...room }]))
    await server.close()
    return found
  }
  const id = { params: z.strictObject({ id: z.string() }) }

  test('fails on a new route with an id that has no fixture', async () => {
    const found = await careless({}, { extraRoutes: async (app) => void app.get('/api/v1/things/:id', { config: { access: 'registers:read' }, schema: id }, async () => { throw notFound('该记录') }) })()
    expect(found).toEqual([expect.stringContaining('GET /api/v1/things/:id takes an id')])
  })

  test('finds a route that shows foreign things by id, by filter and in a list, and a write that is carried out', async () => {
    const room: Partial<TestRoom> = {
      foreign: async () => ({
        'GET /api/v1/things/:id': [{ of: 'city', params: { id: 'abroad' }, visibleTo: 'foreign-office-clerk' }],
        'POST /api/v1/things': [{ of: 'city', body: { id: 'abroad' } }],
      }),
    }
    const found = await careless(room, {
      extraRoutes: async (app) => {
        app.get('/api/v1/things/:id', { config: { access: 'registers:read' }, schema: id }, async () => ({ name: '外市标记7F3A' }))
        app.get('/api/v1/things', { config: { access: 'public' }, schema: { querystring: z.strictObject({ city: z.string().optional() }) } }, async (request) => ({ name: request.query.city === '990200' ? '外市标记7F3A' : '' }))
        app.get('/api/v1/neighbours', { config: { access: 'positions:read' } }, async () => ['别家标记4D8E'])
        app.post('/api/v1/things', { config: { access: 'registers:write' }, schema: { body: z.strictObject({ id: z.string() }) } }, async () => ({ done: true }))
      },
    })()
    const by = (text: string) => found.filter((each) => each.includes(text)).length
    expect([by('GET /api/v1/things/abroad'), by('GET /api/v1/things?city=990200'), by('GET /api/v1/neighbours'), by('POST /api/v1/things'), found.length]).toEqual([5, callers.length, 1, 4, 5 + callers.length + 1 + 4])
  })
})
