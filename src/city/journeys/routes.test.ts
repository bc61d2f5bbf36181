import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freshDatabase } from '../../../test/fresh-database.ts'
import type { Actor } from '../../accounts/index.ts'
import { newId } from '../../base/ids.ts'
import { startOfDay } from '../../base/time.ts'
import { createFactSink } from '../../events/index.ts'
import type { Database } from '../../runtime/database.ts'
import { createHttp, type App } from '../../runtime/http.ts'
import { createLog } from '../../runtime/log.ts'
import { deriveTouchedDays, journeysRoutes, type DirectoryVehicle } from './index.ts'
import { syntheticTrack } from './synthetic-tracks.ts'

let database: Database
let app: App
let address: string
let actor: Actor
let sequence = 0
const now = startOfDay('2025-05-02')
const card = (enterpriseId: string): DirectoryVehicle => ({ id: newId<'vehicle'>(now), plate: '青A00001D', enterpriseId, enterpriseName: '青港速配', districtCode: '990101', category: 'delivery-truck', energy: 'bev' })
const [own, foreign] = [card('firm-1'), card('firm-2')]
const firm: Actor = { personId: 'p', name: '企业', role: 'enterprise', scope: { cityCode: '990100', districtCode: null, unitCode: null, enterpriseId: 'firm-1' } }

beforeAll(async () => {
  database = await freshDatabase()
  const sink = createFactSink(database.db)
  for (const vehicle of [own, foreign]) {
    const { points } = syntheticTrack({ seed: 3, day: '2025-05-01', sampleSeconds: 60, noiseMetres: 5, wildShare: 0 })
    const events = points.map((point) => ({ ...point, kind: 'position' as const, altitudeMetres: null, directionDegrees: 0, ignitionOn: null, loadState: null, alarmFlags: 0, backfilled: false }))
    await sink.record({ protocol: 'jt808', terminal: '013900000001', bytes: new Uint8Array([0x7e, 1, 0x7e]), receivedAt: now, vehicleId: vehicle.id, events, fault: null })
  }
  await sink.record({ protocol: 'jt808', terminal: '013900000009', bytes: new Uint8Array([0x7e, 2]), receivedAt: now, vehicleId: null, events: [], fault: { code: 'checksum-mismatch', message: 'x' } })
  await deriveTouchedDays({ db: database.db, clock: () => now, log: createLog('silent') }, { limit: 100, touchedBefore: now })
  app = await createHttp({ log: createLog('silent'), requestId: () => String(++sequence) })
  app.decorateRequest('actor', null as unknown as Actor)
  app.addHook('onRequest', async (request) => { request.actor = actor })
  const seen = (enterpriseId: string | null) => [own, foreign].filter((vehicle) => enterpriseId === null || vehicle.enterpriseId === enterpriseId)
  const vehicles = { listVehicles: async ({ enterpriseId }: Actor['scope']) => seen(enterpriseId), findVehicle: async ({ enterpriseId }: Actor['scope'], id: string) => seen(enterpriseId).find((vehicle) => vehicle.id === id) }
  await app.register(journeysRoutes({ db: database.db, clock: () => now, vehicles, decode: ({ bytes }) => ({ length: bytes.length }), defaultCity: '990100', streamPauseMs: 20 }))
  address = await app.listen({ port: 0, host: '127.0.0.1' })
  actor = firm
})
afterAll(async () => { await app.close(); await database.close() })

const get = async (path: string) => {
  const response = await fetch(`${address}/api/v1${path}`)
  return { status: response.status, body: (await response.json()) as Record<string, never> & { items: Record<string, unknown>[] } }
}

describe('journeys over HTTP', () => {
  test('a firm sees its own vehicles and nobody else\'s', async () => {
    expect((await get('/positions/latest')).body.items.map((item) => item['vehicleId'])).toEqual([own.id])
    for (const path of ['track?from=2025-05-01T00:00:00%2B08:00&to=2025-05-02T00:00:00%2B08:00', 'days?from=2025-05-01&to=2025-06-01', 'trips?day=2025-05-01'])
      expect((await get(`/vehicles/${foreign.id}/${path}`)).status).toBe(404)
  })

  test('a track point opens to its frame, with bytes and words', async () => {
    const { body } = await get(`/vehicles/${own.id}/track?from=2025-05-01T00:00:00%2B08:00&to=2025-05-02T00:00:00%2B08:00&maxPoints=100`)
    expect(body['pointCount']).toBe(1440)
    expect(body.items.length).toBeLessThanOrEqual(100)
    expect(body.items.length).toBeGreaterThan(40)
    const frame = await get(`/frames/${String(body.items[0]!['frameId'])}`)
    expect(frame.body).toMatchObject({ hex: '7e017e', decoded: { length: 3 }, vehicleId: own.id })
  })

  test('days and trips of a vehicle', async () => {
    const days = await get(`/vehicles/${own.id}/days?from=2025-05-01&to=2025-06-01`)
    expect(days.body.items).toHaveLength(1)
    const trips = (await get(`/vehicles/${own.id}/trips?day=2025-05-01`)).body as unknown as { trips: { durationSeconds: number }[]; versions: unknown[] }
    expect(trips.trips.length).toBe(days.body.items[0]!['tripCount'])
    expect(trips.versions).toHaveLength(1)
  })

  test.each([
    ['days?from=2025-02-30&to=2025-06-01', 'journeys-time-invalid'],
    ['days?from=2025-06-01&to=2025-05-01', 'journeys-range-invalid'],
    ['track?from=yesterday&to=2025-05-02T00:00:00%2B08:00', 'journeys-time-invalid'],
    ['days?from=2025-05-01&to=2025-06-01&colour=red', 'request-invalid'],
  ])('%s is answered with %s', async (path, code) => {
    expect(await get(`/vehicles/${own.id}/${path}`)).toMatchObject({ status: 400, body: { code } })
  })

  test('new positions are streamed; a strange Last-Event-ID does no harm', async () => {
    for (const id of ['not-a-number', '']) {
      const response = await fetch(`${address}/api/v1/stream/positions`, { headers: { 'last-event-id': id } })
      const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
      let text = ''
      while (!text.includes('event: positions')) text += (await reader.read()).value ?? ''
      while (!text.endsWith('\n\n')) text += (await reader.read()).value ?? ''
      await reader.cancel()
      const data = JSON.parse(/^data: (.*)$/m.exec(text)![1]!) as { vehicleId: string; plate: string }[]
      expect(data).toMatchObject([{ vehicleId: own.id, plate: own.plate }])
    }
  })
})
