import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshDatabase } from '../../test/fresh-database.ts'
import { nodeRegister } from '../../src/city/places/index.ts'
import { vehicleRegister } from '../../src/city/vehicles/index.ts'
import { allRegisters } from '../../src/commands/registers.ts'
import { historyOf, readAll, recordVersions, type DataOf, type Fields, type Register } from '../../src/registers/index.ts'
import type { Database } from '../../src/runtime/database.ts'
import { districts } from './names.ts'
import { demoCityRows, seedDemoCity, seedRegisters } from './seed.ts'

const at = (day: string): number => Date.parse(`${day}T12:00:00+08:00`)
const profile = { code: '999900', name: '青港市', districts: districts.map(({ code, name }) => ({ code, name })) }
let database: Database
beforeAll(async () => void (database = await freshDatabase()))
afterAll(() => database.close())

const seedAt = (now: number): Promise<{ recorded: number }> => {
  const { db } = database
  const common = { cityCode: profile.code, divisions: profile.districts, source: { kind: 'seed', ref: 'demo' }, author: { id: null, name: '演示数据' }, now } as const
  const registerOf = (code: string) => allRegisters.find((each) => each.code === code) as unknown as Register
  return seedDemoCity({
    now,
    known: async (code) => (await readAll(db, registerOf(code), { cityCode: profile.code, asOf: now })).map(({ id, naturalKey, validFrom, source }) => ({ id, naturalKey, validFrom, isSeeded: source.kind === 'seed' })),
    record: async (code, rows, { validFrom, recordedAt }) =>
      (await recordVersions(db, registerOf(code), rows.map(({ data }) => ({ kind: 'put' as const, data: data as DataOf<Fields>, validFrom })), { ...common, recordedAt })).map(({ id }) => id),
  })
}

const nodesInOperation = async (asOf: number): Promise<number> =>
  (await readAll(database.db, nodeRegister, { cityCode: profile.code, asOf })).filter(({ data }) => data.status === 'in-operation').length

test('the city grows day by day, once, and leaves alone what a person changed', async () => {
  const { db } = database
  const first = await seedAt(at('2026-06-30'))
  expect(first.recorded).toBe(demoCityRows().filter((row) => row.on <= '2026-06-30').length)
  expect(await seedAt(at('2026-06-30'))).toEqual({ recorded: 0 })
  const inJune = await nodesInOperation(at('2026-06-30'))
  expect(await nodesInOperation(at('2025-12-31'))).toBeLessThan(inJune)

  const [vehicle] = (await readAll(db, vehicleRegister, { cityCode: profile.code, asOf: at('2026-06-30') })).filter(({ data }) => data.bodyType === 'refrigerated' && data.energy === 'diesel' && data.registeredOn === '2018-04-10')
  const writing = { cityCode: profile.code, divisions: profile.districts, source: { kind: 'form', ref: 'test' }, author: { id: null, name: '测试' }, now: at('2026-07-01') } as const
  await recordVersions(db, vehicleRegister, [{ kind: 'change', id: vehicle!.id, data: { ...vehicle!.data, passNumber: '手工' } }], writing)

  const later = await seedAt(at('2026-11-20'))
  expect(later.recorded).toBeGreaterThan(0)
  expect(await seedAt(at('2026-11-20'))).toEqual({ recorded: 0 })
  expect(await nodesInOperation(at('2026-11-20'))).toBeGreaterThan(inJune)
  const kept = await historyOf(db, vehicleRegister, { scope: { cityCode: profile.code, districtCode: null, enterpriseId: null, unitCode: null }, id: vehicle!.id, asOf: at('2026-11-20') })
  expect(JSON.stringify(kept)).toContain('手工')
  expect(JSON.stringify(kept)).not.toContain('retiredOn')
})

test('rows come in the order in which they refer to each other and know only registered things', () => {
  const rows = demoCityRows()
  for (const register of seedRegisters) expect(rows.some((row) => row.register === register)).toBe(true)
  const keys = new Set(rows.map((row) => `${row.register} ${row.key}`))
  for (const row of rows) if (typeof row.data['enterprise'] === 'string') expect(keys.has(`enterprise ${row.data['enterprise']}`)).toBe(true)
})
