import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freshDatabase } from '../../../test/fresh-database.ts'
import type { Actor, DataScope } from '../../accounts/index.ts'
import { newId } from '../../base/ids.ts'
import { dayMs, formatInstant, startOfDay } from '../../base/time.ts'
import { createFactSink, type FrameEvents } from '../../events/index.ts'
import type { Database } from '../../runtime/database.ts'
import { createHttp, type App } from '../../runtime/http.ts'
import { createLog } from '../../runtime/log.ts'
import { journeysRoutes, type DirectoryVehicle } from './index.ts'

const now = startOfDay('2026-05-02')
const [home, abroad] = ['990100', '990200']
const vehicle = (plate: string, enterpriseId: string, districtCode: string): DirectoryVehicle => ({ id: newId<'vehicle'>(now), plate, enterpriseId, enterpriseName: null, districtCode, category: 'delivery-truck', energy: 'bev' })
const fleet = { [home]: [vehicle('青A00001D', 'firm-1', '990101'), vehicle('青A00002D', 'firm-2', '990102')], [abroad]: [vehicle('外A00001D', 'firm-3', '990201')] }
const [own, neighbour] = fleet[home] as [DirectoryVehicle, DirectoryVehicle]
const [foreign] = fleet[abroad] as [DirectoryVehicle]

const person = (role: Actor['role'], scope: Partial<DataScope> = {}): Actor => ({ personId: 'p', name: role, role, scope: { cityCode: home, districtCode: null, unitCode: null, enterpriseId: null, ...scope } })
const people = {
  clerk: person('office-clerk'), inspector: person('inspector'), district: person('office-clerk', { districtCode: '990101' }), firm: person('enterprise', { enterpriseId: 'firm-1' }),
  foreignClerk: person('office-clerk', { cityCode: abroad }), foreignInspector: person('inspector', { cityCode: abroad }), firmless: person('enterprise'),
}

/** terminal, vehicle, code, minutes ago */
const faults: readonly [terminal: string, vehicleId: string | null, code: string, minutesAgo: number][] = [
  ['own-late', own.id, 'position-implausible', 1],
  ['stranger', null, 'unknown-terminal', 2],
  ['neighbour', neighbour.id, 'checksum-mismatch', 3],
  ['own-early', own.id, 'checksum-mismatch', 4],
  ['abroad', foreign.id, 'checksum-mismatch', 5],
  ['own-old', own.id, 'checksum-mismatch', 31 * 24 * 60],
]

let database: Database
let app: App
let actor: Actor = people.clerk

beforeAll(async () => {
  database = await freshDatabase()
  const sink = createFactSink(database.db)
  const frame = (terminal: string, vehicleId: string | null, more: Partial<FrameEvents>): FrameEvents => ({ protocol: 'jt808', terminal, bytes: new Uint8Array([0x7e, 1, 0x7e]), receivedAt: now, vehicleId, events: [], fault: null, ...more })
  for (const [terminal, vehicleId, code, minutesAgo] of faults) await sink.record(frame(terminal, vehicleId, { fault: { code, message: `about ${terminal}` }, receivedAt: now - minutesAgo * 60_000 }))
  await sink.record(frame('sound', own.id, {}))
  app = await createHttp({ log: createLog('silent'), requestId: () => 'r' })
  app.decorateRequest('actor', null as unknown as Actor)
  app.addHook('onRequest', async (request) => { request.actor = actor })
  const seen = ({ cityCode, districtCode, enterpriseId }: DataScope) => fleet[cityCode]!.filter((each) => (districtCode ?? each.districtCode) === each.districtCode && (enterpriseId ?? each.enterpriseId) === each.enterpriseId)
  const vehicles = { listVehicles: async (scope: DataScope) => seen(scope), findVehicle: async (scope: DataScope, id: string) => seen(scope).find((each) => each.id === id) }
  await app.register(journeysRoutes({ db: database.db, clock: () => now, vehicles, decode: ({ bytes }) => ({ length: bytes.length }), defaultCity: home }))
})
afterAll(async () => { await app.close(); await database.close() })

interface Answer {
  readonly items: { frameId: string; terminal: string; plate: string | null; vehicleId: string | null }[]
  readonly next: string | null
  readonly counts: { code: string; frames: number }[]
}

async function list(who: Actor, query: Record<string, string> = {}): Promise<{ status: number; body: Answer }> {
  actor = who
  const { statusCode, payload } = await app.inject({ url: '/api/v1/frames', query: { fault: 'true', ...query } })
  return { status: statusCode, body: JSON.parse(payload) as Answer }
}
const terminals = async (who: Actor, query?: Record<string, string>) => (await list(who, query)).body.items.map(({ terminal }) => terminal)

describe('faulty frames', () => {
  test('come newest first, with what was wrong, and never a sound one', async () => {
    const { body } = await list(people.clerk)
    expect(body.items.map(({ terminal }) => terminal)).toEqual(['own-late', 'stranger', 'neighbour', 'own-early', 'own-old'])
    expect(body.items[0]).toEqual({
      frameId: expect.any(String), receivedAt: formatInstant(now - 60_000), protocol: 'jt808', terminal: 'own-late', vehicleId: own.id, plate: own.plate,
      fault: { code: 'position-implausible', message: 'about own-late' }, byteLength: 3,
    })
    expect(body.items[1]).toMatchObject({ vehicleId: null, plate: null })
  })

  test('are counted by code over thirty days, whatever page or code is looked at', async () => {
    const counts = [{ code: 'checksum-mismatch', frames: 2 }, { code: 'position-implausible', frames: 1 }, { code: 'unknown-terminal', frames: 1 }]
    expect((await list(people.clerk)).body.counts).toEqual(counts)
    expect((await list(people.clerk, { code: 'unknown-terminal', limit: '1' })).body.counts).toEqual(counts)
    expect((await list(people.clerk, { protocol: 'gb32960' })).body).toMatchObject({ items: [], next: null, counts: [] })
    expect((await list(people.firm)).body.counts).toEqual([{ code: 'checksum-mismatch', frames: 1 }, { code: 'position-implausible', frames: 1 }])
  })

  test('page by page nothing is repeated and nothing is skipped, also among frames of one millisecond', async () => {
    const sink = createFactSink(database.db)
    const at = now - 40 * dayMs
    for (let each = 0; each < 7; each++) await sink.record({ protocol: 'gb32960', terminal: `same-${each}`, bytes: new Uint8Array(), receivedAt: at, vehicleId: own.id, events: [], fault: { code: 'data-encrypted', message: '' } })
    const found: string[] = []
    for (let next: string | null = ''; next !== null;) {
      const { body } = await list(people.clerk, { protocol: 'gb32960', limit: '2', ...(next && { before: next }) })
      found.push(...body.items.map(({ frameId }) => frameId))
      next = body.next
    }
    expect(new Set(found).size).toBe(7)
    expect(found).toEqual([...found].sort().reverse())
  })

  test('a code narrows the list', async () => {
    expect(await terminals(people.clerk, { code: 'checksum-mismatch' })).toEqual(['neighbour', 'own-early', 'own-old'])
  })

  test.each([{ fault: 'false' }, { before: 'yesterday' }, { code: "x' or 1=1" }, { limit: '0' }, { colour: 'red' }] as Record<string, string>[])('%o is refused', async (query) => {
    expect((await list(people.clerk, query)).status).toBe(400)
  })
})

describe('frames of no known vehicle', () => {
  const strangers = async (who: Actor) => (await terminals(who)).includes('stranger')
  const isOpened = async (who: Actor) => {
    const { body } = await list(people.clerk, { code: 'unknown-terminal' })
    actor = who
    return (await app.inject({ url: `/api/v1/frames/${body.items[0]!.frameId}` })).statusCode
  }

  test.each(['clerk', 'inspector'] as const)('are read by the %s of the whole standard city', async (name) => {
    expect([await strangers(people[name]), await isOpened(people[name])]).toEqual([true, 200])
  })

  test.each(['district', 'firm', 'firmless', 'foreignClerk', 'foreignInspector'] as const)('are hidden from %s, in the list, its counts and by id', async (name) => {
    expect([await strangers(people[name]), await isOpened(people[name])]).toEqual([false, 404])
    expect((await list(people[name])).body.counts.map(({ code }) => code)).not.toContain('unknown-terminal')
  })

  test('everybody sees the faults of vehicles inside their scope and no others', async () => {
    const of = async (who: Actor) => new Set((await list(who)).body.items.map(({ vehicleId }) => vehicleId))
    expect(await of(people.foreignClerk)).toEqual(new Set([foreign.id]))
    for (const who of [people.district, people.firm]) expect(await of(who)).toEqual(new Set([own.id]))
  })
})
