import { afterAll, beforeAll, expect, it } from 'vitest'
import { freshDatabase } from '../../test/fresh-database.ts'
import { startOfDay } from '../base/time.ts'
import { usccCheckDigit } from '../base/identifiers.ts'
import type { Database } from '../runtime/database.ts'
import type { App } from '../runtime/http.ts'
import { recordVersions, registerRoutes } from './index.ts'
import { callerOf, fixedClock, sampleApp, someone, type Answer } from './sample-app.ts'
import { sampleDivisions, sampleFirm, sampleTruck, writingAt } from './sample-register.ts'

let database: Database
let app: App
let call: ReturnType<typeof callerOf>
let firms: string[]
const time = fixedClock(startOfDay('2025-06-01') + 3_600_000)
const clerk = someone('office-clerk')
const one = (answer: Answer) => answer.body as { id: string; versionId: string; data: Record<string, unknown>; code: string; errors: { code: string; pointer?: string }[]; items: { id: string; naturalKey: string; data: Record<string, unknown>; changed: string[] }[]; total: number; titles: Record<string, string> }

beforeAll(async () => {
  database = await freshDatabase()
  const second = '91990100MA0000002'
  firms = (
    await recordVersions(database.db, sampleFirm, [
      { kind: 'create', data: { uscc: '91350100M000100Y43', name: '甲配送', district: '990101', phone: '13912345678' } },
      { kind: 'create', data: { uscc: second + usccCheckDigit(second), name: '乙配送', district: '990102', phone: '13800000000' } },
    ], writingAt(startOfDay('2025-01-01')))
  ).map((each) => each.id)
  app = await sampleApp([registerRoutes({ db: database.db, clock: time.clock, registers: [sampleFirm, sampleTruck], divisions: () => sampleDivisions })])
  call = callerOf(app)
})
afterAll(async () => {
  await app.close()
  await database.close()
})

const truck = (plate: string, more: object = {}) => ({ plate, firm: firms[0], energy: 'bev', registeredOn: '2024-03-01', district: '990101', ...more })

it('walks a truck through its life', async () => {
  const created = await call(clerk, 'POST', '/api/v1/sample-trucks', { body: truck('苏G·D20001', { loadKg: 900 }) })
  expect(created.status).toBe(201)
  const { id, versionId, data } = one(created)
  expect(data['plate']).toBe('苏GD20001')
  const path = `/api/v1/sample-trucks/${id}`
  expect((await call(clerk, 'GET', path)).headers['etag']).toBe(`"${versionId}"`)
  time.advance(1000)
  expect((await call(clerk, 'PATCH', path, { body: { loadKg: 1000 } })).status).toBe(428)
  const changed = await call(clerk, 'PATCH', path, { body: { loadKg: null, note: '换电池' }, headers: { 'if-match': `"${versionId}"` } })
  expect(one(changed).data).toEqual({ plate: '苏GD20001', firm: firms[0], energy: 'bev', registeredOn: '2024-03-01', district: '990101', note: '换电池' })
  expect((await call(clerk, 'PATCH', path, { body: { loadKg: 1000 }, headers: { 'if-match': `"${versionId}"` } })).status).toBe(412)
  const history = one(await call(clerk, 'GET', `${path}/history`))
  expect(history.items.map((each) => each.changed)).toEqual([['loadKg', 'note'], ['plate', 'firm', 'energy', 'loadKg', 'registeredOn', 'district']])
  expect(history.titles).toEqual({ [firms[0]!]: '甲配送' })
  time.advance(1000)
  expect((await call(clerk, 'DELETE', `${path}?reason=${encodeURIComponent('报废')}`, { headers: { 'if-match': String(changed.headers['etag']) } })).status).toBe(204)
  time.advance(86_400_000)
  expect((await call(clerk, 'GET', path)).status).toBe(404)
  expect((await call(clerk, 'GET', `${path}?asOf=2025-06-01T01:00:00%2B08:00`)).status).toBe(200)
})

it('names every wrong field, unknown parameters and bad values', async () => {
  const wrong = one(await call(clerk, 'POST', '/api/v1/sample-trucks', { body: { plate: '苏G0', energy: 'x', loadKg: 1.5, colour: 'red' } }))
  expect(wrong.errors.map((each) => [each.code, each.pointer])).toEqual([
    ['field-unknown', '/colour'],
    ['plate-malformed', '/plate'],
    ['field-required', '/firm'],
    ['value-not-listed', '/energy'],
    ['value-not-integer', '/loadKg'],
    ['field-required', '/registeredOn'],
    ['field-required', '/district'],
  ])
  expect(one(await call(clerk, 'GET', '/api/v1/sample-trucks?plat=x')).code).toBe('query-unknown')
  expect(one(await call(clerk, 'GET', '/api/v1/sample-trucks?limit=5000')).code).toBe('query-malformed')
  expect(one(await call(clerk, 'GET', '/api/v1/sample-firms?phone=13912345678')).code).toBe('query-unknown')
  expect(one(await call(clerk, 'GET', '/api/v1/sample-trucks?asOf=yesterday')).code).toBe('query-malformed')
})

it('filters, counts, draws the map, and tells forms what to draw', async () => {
  for (const [plate, lon] of [['苏GD20011', 119.1], ['苏GD20012', 119.3]] as const) expect((await call(clerk, 'POST', '/api/v1/sample-trucks', { body: truck(plate, { loadKg: lon * 10, point: { system: 'WGS-84', declaredLon: lon, declaredLat: 34.5 } }) })).status).toBe(201)
  const list = one(await call(clerk, 'GET', '/api/v1/sample-trucks?bbox=119,34,119.2,35&total=true&loadKg[gte]=1000'))
  expect([list.total, list.items.map((each) => each.naturalKey)]).toEqual([1, ['苏GD20011']])
  const map = (await call(clerk, 'GET', '/api/v1/sample-trucks.geojson')).body as { features: { geometry: { coordinates: number[] } }[] }
  expect(map.features.map((each) => each.geometry.coordinates)).toEqual([[119.1, 34.5], [119.3, 34.5]])
  const registers = (await call(clerk, 'GET', '/api/v1/registers')).body as { items: { code: string; mayWrite: boolean; fields: { code: string; values?: unknown[] }[] }[] }
  expect(registers.items.map((each) => [each.code, each.mayWrite])).toEqual([['sample-firm', true], ['sample-truck', true]])
  expect(registers.items[1]!.fields.find((each) => each.code === 'district')!.values).toHaveLength(3)
})

it('keeps everyone within their city, district and firm', async () => {
  const mine = one(await call(someone('enterprise', { enterpriseId: firms[1]! }), 'POST', '/api/v1/sample-trucks', { body: { ...truck('苏GD20021'), firm: undefined } }))
  expect(mine.data['firm']).toBe(firms[1])
  const path = `/api/v1/sample-trucks/${mine.id}`
  const headers = { 'if-match': mine.versionId }
  const strangers = [someone('enterprise', { enterpriseId: firms[0]! }), someone('liaison', { districtCode: '990102' }), someone('office-clerk', { cityCode: '210100' })]
  for (const stranger of strangers) {
    for (const [method, url] of [['GET', path], ['GET', `${path}/history`], ['PATCH', path], ['DELETE', `${path}?reason=x`]] as const) {
      expect((await call(stranger, method, url, { headers, ...(method === 'PATCH' ? { body: { note: 'x' } } : {}) })).status, `${stranger.role} ${method} ${url}`).toBe(404)
    }
    expect(one(await call(stranger, 'GET', '/api/v1/sample-trucks?q=GD20021')).items).toEqual([])
  }
  expect((await call(someone('enterprise', { enterpriseId: firms[0]! }), 'POST', '/api/v1/sample-trucks', { body: { ...truck('苏GD20022'), firm: firms[1] } })).status).toBe(403)
  expect((await call(someone('enterprise', { enterpriseId: firms[0]! }), 'POST', '/api/v1/sample-firms', { body: {} })).status).toBe(403)
  expect((await call(someone('liaison', { districtCode: '990102' }), 'POST', '/api/v1/sample-trucks', { body: truck('苏GD20023') })).status).toBe(403)
  const handedOver = await call(someone('enterprise', { enterpriseId: firms[1]! }), 'PATCH', path, { headers, body: { firm: firms[0] } })
  expect(handedOver.status).toBe(403)
})

it('masks personal data for those who need not see them, and a mask that comes back changes nothing', async () => {
  const path = `/api/v1/sample-firms/${firms[0]}`
  const liaison = await call(someone('liaison'), 'GET', path)
  expect(one(liaison).data['phone']).toBe('139****5678')
  expect(one(await call(clerk, 'GET', path)).data['phone']).toBe('13912345678')
  const saved = await call(someone('liaison'), 'PATCH', path, { body: { ...one(liaison).data, name: '甲配送（集团）' }, headers: { 'if-match': one(liaison).versionId } })
  expect(saved.status).toBe(200)
  expect(one(await call(clerk, 'GET', path)).data).toMatchObject({ phone: '13912345678', name: '甲配送（集团）' })
})
