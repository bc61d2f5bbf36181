import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshDatabase } from '../../../test/fresh-database.ts'
import { usccCheckDigit, vinCheckDigit } from '../../base/identifiers.ts'
import { distanceMetres } from '../../base/geo.ts'
import { createFactSink, type PositionEvent } from '../../events/index.ts'
import { recordVersions, type Change } from '../../registers/index.ts'
import type { Database } from '../../runtime/database.ts'
import { enterpriseRegister } from '../enterprises/index.ts'
import { deriveTouchedDays } from '../journeys/index.ts'
import { vehicleRegister } from '../vehicles/index.ts'
import { ask } from './ask.ts'
import { replayRecorded } from './replay.ts'
import { readCalendars } from './rule-files.ts'
import { createRules } from './rules-in-force.ts'

const cities = join(import.meta.dirname, '../../../cities')
const cityCode = '999900'
const scope = { cityCode, districtCode: null, unitCode: null, enterpriseId: null }
const now = Date.parse('2026-03-12T00:00:00+08:00')
let database: Database
let plate: string

/** A diesel truck of one firm drives through the inner ring from 20:05 to 20:25, a point a minute. */
const path = Array.from({ length: 21 }, (_, at) => ({ lon: 120.77 + at * 0.003, lat: 34.64, observedAt: Date.parse('2026-03-10T20:05:00+08:00') + at * 60_000 }))

beforeAll(async () => {
  database = await freshDatabase()
  const { db } = database
  const writing = { cityCode, source: { kind: 'seed', ref: 'test' }, author: { id: null, name: 'test' }, now: now - 30 * 86_400_000, divisions: [{ code: '999901', name: '港湾区' }] } as const
  const body = '91990102MA0000001'
  const [firm] = await recordVersions(db, enterpriseRegister as never, [{ kind: 'create', data: { uscc: body + usccCheckDigit(body), name: '试验企业', kind: 'urban-delivery', status: 'listed', district: '999901' } }] as unknown as Change<never>[], writing)
  const vin = 'LTEST000000000001'
  const data = { plate: '青A00001', category: 'delivery-truck', enterprise: firm!.id, energy: 'diesel', bodyType: 'box', vin: vin.slice(0, 8) + vinCheckDigit(vin) + vin.slice(9), district: '999901', entryKind: 'existing', registeredOn: '2020-01-01', operating: true, grossMassKg: 4495 }
  const [vehicle] = await recordVersions(db, vehicleRegister as never, [{ kind: 'create', data }] as unknown as Change<never>[], writing)
  plate = data.plate
  const events = path.map((each): PositionEvent => ({ kind: 'position', ...each, altitudeMetres: null, speedKmh: 16, directionDegrees: 90, odometerMetres: null, fixValid: true, ignitionOn: null, loadState: null, alarmFlags: 0, backfilled: false }))
  await createFactSink(db).record({ protocol: 'jt808', terminal: '013900000001', bytes: new Uint8Array([0x7e]), receivedAt: now, vehicleId: vehicle!.id, events, fault: null })
  await deriveTouchedDays({ db, clock: () => now, log: { error: () => undefined, info: () => undefined } }, { limit: 100, touchedBefore: now + 86_400_000 })
})
afterAll(() => database.close())

const createDemoRules = () => createRules({ db: database.db, clock: () => now, directoryOf: () => join(cities, 'demo'), calendars: readCalendars(join(cities, 'calendar')) })

test('a ban one hour longer touches the one trip, its vehicle, its firm and its kilometres; no change touches nothing', async () => {
  const rules = createDemoRules()
  const published = (await rules.of(cityCode)).compiled
  const days = { from: '2026-03-10', to: '2026-03-11' }
  const nothing = { vehicles: 0, firms: 0, trips: 0, positions: 0, distanceMetres: 0 }
  const same = await replayRecorded(database.db, { scope, days, published, draft: rules.compileDraft(structuredClone(rules.fileOf(cityCode)!)), asOf: now })
  expect(same).toMatchObject({ positions: 21, vehicleDays: 1, newlyBarred: nothing, newlyAllowed: nothing, rows: [] })

  const longer = structuredClone(rules.fileOf(cityCode)!)
  longer.rules[0]!.times[0]!.to = '21:00'
  const { newlyBarred, newlyAllowed, rows, rowsLeftOut } = await replayRecorded(database.db, { scope, days, published, draft: rules.compileDraft(longer), asOf: now })
  // By hand: the ring's border is crossed near 120.7775 and 120.8267, so the points 120.779 … 120.824 are inside.
  const inside = path.filter((each) => each.lon > 120.778 && each.lon < 120.8265)
  const metres = inside.reduce((sum, each) => sum + distanceMetres(path[path.indexOf(each) - 1]!, each), 0)
  expect(newlyBarred).toMatchObject({ vehicles: 1, firms: 1, trips: 1, positions: inside.length })
  expect(Math.abs(newlyBarred.distanceMetres - metres)).toBeLessThan(2)
  expect(newlyAllowed).toEqual(nothing)
  expect({ rows, rowsLeftOut }).toMatchObject({ rows: [{ plate, firm: '试验企业', newlyBarred: { trips: 1, positions: inside.length, distanceMetres: newlyBarred.distanceMetres }, newlyAllowed: { trips: 0 } }], rowsLeftOut: 0 })
})

test('a plate is looked up in the register, as the person asking may see it', async () => {
  const rules = await createDemoRules().of(cityCode)
  const question = { vehicle: '青A·00001', at: '2026-03-10T19:59:59+08:00', point: { lon: 120.795, lat: 34.64 } }
  expect(plate).toBe('青A00001')
  expect(await ask(question, { db: database.db, rules, scope, now })).toMatchObject({ allowed: false, decidedBy: { rule: 'Z1-fuel-day' }, until: '2026-03-10T20:00:00+08:00', assumed: [] })
  await expect(ask(question, { db: database.db, rules, scope: null, now })).rejects.toMatchObject({ problems: [{ code: 'access-vehicle-unknown' }] })
  await expect(ask(question, { db: database.db, rules, scope: { ...scope, cityCode: '990200' }, now })).rejects.toMatchObject({ status: 404 })
})
