import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freshDatabase } from '../../test/fresh-database.ts'
import type { Actor } from '../accounts/index.ts'
import { startOfDay } from '../base/time.ts'
import { createFactSink } from '../events/index.ts'
import type { Database } from '../runtime/database.ts'
import { createHttp, type App } from '../runtime/http.ts'
import { createLog } from '../runtime/log.ts'
import { indicatorRoutes, measureCommand, verifyLineageCommand } from './index.ts'
import { fillCity, profileWith, town, type Filled } from './worked-city.fixture.ts'

let database: Database
let app: App
let actor: Actor
let filled: Filled
let sequence = 0
const now = startOfDay('2025-08-01')
const [distance] = profileWith({ canonical: 'utilisation.mean-daily-distance', baseline: 50, comparator: '≥', target: 20, unit: '%' }).indicators
const [share] = profileWith({ canonical: 'reefers.share', comparator: '≥', target: 0.5, unit: '%' }).indicators
const profile = { ...town, indicators: [{ ...distance!, code: 'X-01' }, { ...share!, code: 'X-02' }] }
const cities = { profiles: [profile], find: (code: string) => (code === profile.code ? profile : undefined) }
const clerk = (change: Partial<Actor['scope']> = {}, role: Actor['role'] = 'office-clerk'): Actor => ({ personId: 'p', name: '办公室', role, scope: { cityCode: profile.code, districtCode: null, unitCode: null, enterpriseId: null, ...change } })

beforeAll(async () => {
  database = await freshDatabase()
  filled = await fillCity(database.db, { now: startOfDay('2025-07-10') })
  const at = startOfDay('2025-06-02') + 8 * 3_600_000
  await createFactSink(database.db).record({
    protocol: 'jt808', terminal: '013900000001', bytes: new Uint8Array([0x7e, 0x02, 0x7e]), receivedAt: at + 1000, vehicleId: filled.vehicles.get('青A00001D')!, fault: null,
    events: [{ kind: 'position', observedAt: at, lon: 119.2, lat: 34.6, altitudeMetres: null, speedKmh: 30, directionDegrees: 0, odometerMetres: null, fixValid: true, ignitionOn: null, loadState: null, alarmFlags: 0, backfilled: false }],
  })
  app = await createHttp({ log: createLog('silent'), requestId: () => String(++sequence) })
  app.decorateRequest('actor', null as unknown as Actor)
  app.addHook('onRequest', async (request) => { request.actor = actor })
  await app.register(indicatorRoutes({ db: database.db, clock: () => now, cities }))
  actor = clerk()
})
afterAll(async () => { await app.close(); await database.close() })

const get = async (url: string) => {
  const response = await app.inject({ url: url.startsWith('/api') ? url : `/api/v1${url}` })
  return { status: response.statusCode, body: response.json() as never }
}
interface Lineage { value: number; calculation: string; counted: { count: number; rows: { lineage: string; name: string; href: string | null }[] }; leftOut: { count: number; reasons: { reason: string; count: number }[] }; rowsHidden: number; verification: { differs: boolean } }

describe('from a number to the frames', () => {
  test('three steps: number → rows → days of a vehicle → positions with frames', async () => {
    const list = (await get('/indicators?period=2025H1')).body as { items: { code: string; value: number; id: string; lineage: string; origin: string }[] }
    expect(list.items.map((item) => [item.code, item.value, item.origin])).toEqual([['X-01', 20, 'measured'], ['X-02', 10, 'measured']])
    const lineage = (await get(list.items[0]!.lineage)).body as Lineage
    expect(lineage).toMatchObject({ value: 20, calculation: '（180 ÷ 3 － 50）÷ 50 × 100% = 20', counted: { count: 3 }, leftOut: { count: 3 }, rowsHidden: 0 })
    expect(lineage.leftOut.reasons).toHaveLength(3)
    const days = (await get(lineage.counted.rows.find((row) => row.name === '青A00001D')!.lineage)).body as { days: { day: string; lineage: string; track: string }[] }
    expect(days.days.map((day) => day.day)).toEqual(['2025-06-02', '2025-06-05'])
    const day = (await get(days.days[0]!.lineage)).body as { positions: { frameId: string; frameItem: number; frame: string }[]; frames: unknown[] }
    expect(day.positions).toHaveLength(1)
    expect(day.frames).toHaveLength(1)
    expect(day.positions[0]!.frame).toBe(`/api/v1/frames/${day.positions[0]!.frameId}`)
  })

  test('rows add up to the figure, page by page', async () => {
    const list = (await get('/indicators?period=2025H1')).body as { items: { id: string }[] }
    const rows: { numerator: number; denominator: number }[] = []
    for (let next: string | null = ''; next !== null; ) {
      const page = (await get(`/facts/${list.items[1]!.id}/rows?included=true&limit=3${next && `&cursor=${next}`}`)).body as { items: typeof rows; next: string | null }
      rows.push(...page.items)
      next = page.next
    }
    expect([rows.length, rows.reduce((sum, row) => sum + row.numerator, 0), rows.reduce((sum, row) => sum + row.denominator, 0)]).toEqual([10, 1, 10])
  })
})

describe('recording', () => {
  test('a recorded value keeps its id; lineage says it still follows from its rows; verify finds it', async () => {
    const response = await app.inject({ method: 'POST', url: '/api/v1/indicators/measure', payload: { period: '2025H1' } })
    expect(response.statusCode).toBe(201)
    const { items } = response.json() as { items: { id: string; value: number }[] }
    expect((await get(`/facts/${items[0]!.id}`)).body).toMatchObject({ origin: 'recorded', value: 20, measuredBy: '办公室' })
    expect(((await get(`/facts/${items[0]!.id}/lineage`)).body as Lineage).verification).toMatchObject({ differs: false })
    expect(((await get('/indicators?period=2025H1&origin=recorded')).body as { items: unknown[] }).items).toHaveLength(2)
    expect(await verifyLineageCommand(database.db)).toMatchObject({ ok: true, json: { checked: 2 } })
    expect(((await get('/indicators/X-02?period=2025H1')).body as { recorded: unknown[] }).recorded).toHaveLength(1)
  })

  test('the command prints one object an indicator', async () => {
    const lines = await measureCommand({ db: database.db, cities, now }, { city: profile.code, period: '2025H1' })
    expect(lines[1]).toMatchObject({ code: 'X-02', value: 10, unit: '%', numerator: 1, denominator: 10, comparator: '≥', target: 0.5, met: true, rowsCounted: 10, rowsExcluded: 1, definitionVersion: '1.1' })
    await expect(measureCommand({ db: database.db, cities, now }, { city: '000000', period: '2025H1' })).rejects.toThrow('city-without-profile')
  })
})

describe('scope', () => {
  test('another city\'s people find nothing, neither by city nor by id', async () => {
    const { items } = (await get('/indicators?period=2025H1')).body as unknown as { items: { id: string }[] }
    actor = clerk({ cityCode: '320700' })
    expect((await get(`/indicators?city=${profile.code}&period=2025H1`)).status).toBe(404)
    for (const path of ['', '/lineage', '/rows']) expect((await get(`/facts/${items[0]!.id}${path}`)).status).toBe(404)
    actor = clerk()
  })

  test('a firm reads the city\'s figure but only its own rows', async () => {
    const { items } = (await get('/indicators?period=2025H1')).body as unknown as { items: { id: string }[] }
    actor = clerk({ enterpriseId: '00000000-0000-7000-8000-000000000000' }, 'enterprise')
    const lineage = (await get(`/facts/${items[0]!.id}/lineage`)).body as Lineage
    expect(lineage).toMatchObject({ value: 20, counted: { count: 3, rows: [] } })
    expect(lineage.rowsHidden).toBeGreaterThan(0)
    const row = encodeURIComponent(`vehicle-days:${filled.vehicles.get('青A00001D')!}`)
    expect((await get(`/facts/${items[0]!.id}/lineage?row=${row}`)).status).toBe(404)
    actor = clerk()
  })

  test.each([
    ['/indicators?period=2025H3', 400, 'period-unknown'],
    ['/indicators?period=2199H1', 400, 'period-not-begun'],
    ['/indicators?period=2025H1&asOf=yesterday', 400, 'as-of-malformed'],
    ['/indicators?period=2025H1&asOf=2099-01-01T00:00:00%2B08:00', 400, 'as-of-ahead'],
    ['/indicators/X-99?period=2025H1', 404, 'not-found'],
    ['/facts/live-nonsense/lineage', 404, 'not-found'],
  ])('%s answers %i %s', async (path, status, code) => {
    expect(await get(path)).toMatchObject({ status, body: { code } })
  })
})
