import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freshDatabase } from '../../test/fresh-database.ts'
import { parsePeriod, startOfDay } from '../base/time.ts'
import type { Db, Database } from '../runtime/database.ts'
import { sql } from '../runtime/database.ts'
import { documentRegister } from '../city/documents/index.ts'
import { recordVersions } from '../registers/index.ts'
import { changeVehicle, fillCity, profileWith, town, type Filled } from './worked-city.fixture.ts'
import { measureCity, recordMeasurement, verifyLineage } from './index.ts'
import type { Measured } from './types.ts'

let database: Database
let db: Db
let city: Filled
const now = startOfDay('2025-08-01')

beforeAll(async () => {
  database = await freshDatabase()
  db = database.db
  city = await fillCity(db, { now: startOfDay('2025-07-10') })
})
afterAll(async () => { await database.close() })

const measure = async (indicator: Parameters<typeof profileWith>[0], periodName = '2025H1', asOf = now): Promise<Measured> =>
  (await measureCity(db, profileWith(indicator), { period: parsePeriod(periodName)!, asOf }))[0]!
const reasonsOf = (value: Measured) => Object.fromEntries(value.rows.filter((row) => !row.included).map((row) => [row.name, row.reason]))
const counted = (value: Measured) => value.rows.filter((row) => row.included).map((row) => row.name).sort()

describe('worked examples a civil servant can check by hand (tables in worked-city.fixture.ts)', () => {
  test('hubs: three registered, one under construction, one lacks a function asked for', async () => {
    const value = await measure({ canonical: 'nodes.hubs', variant: { requiredFunctions: ['仓储', '分拨'] }, comparator: '≥', target: 2 })
    expect(value).toMatchObject({ value: 1, met: false, rowsCounted: 1, rowsExcluded: 2 })
    expect(reasonsOf(value)).toEqual({ 在建枢纽: '期末状态为“在建”', 简易枢纽: '缺少功能：分拨' })
  })

  test('a function word the register does not know hinders the value, it does not make a zero', async () => {
    expect(await measure({ canonical: 'nodes.hubs', variant: { requiredFunctions: ['飞行'] } })).toMatchObject({ value: null, met: null, obstacle: '节点登记中没有“飞行”这项功能，无法核对' })
  })

  test('boundary days: in operation on 30 June counts for the first half, on 1 July it does not', async () => {
    const value = await measure({ canonical: 'nodes.terminal-stations' })
    expect(counted(value)).toEqual(['六月三十日站'])
    expect(reasonsOf(value)).toEqual({ 七月一日站: '期末之后才投入运营（2025-07-01）' })
    expect(await measure({ canonical: 'nodes.terminal-stations' }, '2025Q3')).toMatchObject({ value: 2 })
  })

  test('stop points and bays are two numbers', async () => {
    expect(await measure({ canonical: 'stop-points.total' })).toMatchObject({ value: 3 })
    expect(await measure({ canonical: 'stop-points.new' })).toMatchObject({ value: 2, rowsExcluded: 2 })
    expect(await measure({ canonical: 'stop-points.new', scope: { area: 'city-centre', text: '中心城区' } })).toMatchObject({ value: 1 })
    expect(await measure({ canonical: 'bays.in-road' })).toMatchObject({ value: 12, rowsCounted: 2 })
    expect(await measure({ canonical: 'bays.and-unloading-sites' })).toMatchObject({ value: 13 })
  })

  test('vehicles per pile in each city\'s own direction and strictness: 6 vehicles, 2 piles', async () => {
    const panjin = { canonical: 'charging.vehicles-per-pile', variant: { vehicles: 'bev-and-phev-trucks' }, comparator: '≤', target: 4 } as const
    expect(await measure(panjin)).toMatchObject({ numerator: 6, denominator: 2, value: 3, met: true, rowsCounted: 8 })
    expect(await measure({ ...panjin, comparator: '<', target: 3 })).toMatchObject({ value: 3, met: false })
    // With the fuel-cell truck Lianyungang counts seven vehicles: 2 ÷ 7.
    const lianyungang = await measure({ canonical: 'charging.piles-per-vehicle', variant: { vehicles: 'nev-delivery-vehicles' }, comparator: '≥', target: 0.25 })
    expect(lianyungang).toMatchObject({ numerator: 2, denominator: 7, met: true })
    expect(reasonsOf(lianyungang)).toMatchObject({ 'P-3': '配送车辆不能使用', 'P-4': '期末状态为“已拆除”', 青A00008D: '期末前已退出（2025-05-01）' })
  })

  test('new NEV: registered in the creation period and still there; share of new and renewed by energy and area', async () => {
    const fresh = await measure({ canonical: 'nev.new-count', variant: { counting: 'new-in-period' } })
    expect(counted(fresh)).toEqual(['青A00001D', '青A00002D', '青A00003D', '青A00004F', '青A00007F'])
    expect(fresh).toMatchObject({ value: 5, byYear: { 2024: 2, 2025: 3 }, inPeriod: 3 })
    expect(reasonsOf(fresh)).toMatchObject({ 青A00005D: '期初已有车辆', 青A00006D: '期初已有车辆' })
    expect(await measure({ canonical: 'nev.new-vs-baseline', baseline: 20, comparator: '≥', target: 20, unit: '%' })).toMatchObject({ value: 25, numerator: 5, denominator: 20, met: true })
    const share = { canonical: 'nev.share-of-new-and-renewed', comparator: '≥', target: 80 } as const
    expect(await measure({ ...share, variant: { energy: 'nev' } })).toMatchObject({ numerator: 5, denominator: 7 })
    expect(await measure({ ...share, variant: { energy: 'nev-or-clean' } })).toMatchObject({ numerator: 6, denominator: 7 })
    const builtUp = await measure({ ...share, variant: { energy: 'nev', operatingOnly: true }, scope: { area: 'built-up-area', text: '建成区' } })
    expect(builtUp).toMatchObject({ numerator: 2, denominator: 2, value: 100, met: true })
    expect(reasonsOf(builtUp)).toMatchObject({ 青A00003D: '非营运车辆', 青A00004F: '未登记是否在建成区', 青A00011: '不在建成区' })
  })

  test('a baseline nobody registered leaves the value empty, with the question', async () => {
    const value = await measure({ canonical: 'nev.new-vs-baseline', baseline: null, comparator: '≥', target: 20 })
    expect(value).toMatchObject({ value: null, met: null, numerator: 5, metReason: '期初保有量尚未登记' })
    expect(value.openQuestions).toEqual(['X-Q01', '期初保有量尚未登记'])
  })

  test('refrigerated share, tricycles, firms', async () => {
    expect(await measure({ canonical: 'reefers.share', comparator: '≥', target: 0.5 })).toMatchObject({ numerator: 1, denominator: 10, value: 10 })
    expect(await measure({ canonical: 'tricycles.unified', variant: { unifiedItems: ['外观标识'] } })).toMatchObject({ numerator: 1, denominator: 2, value: 50 })
    expect(await measure({ canonical: 'tricycles.unified', variant: { unifiedItems: ['车辆型号', '外观标识'] } })).toMatchObject({ value: null, obstacle: '车辆登记中没有“车辆型号”对应的字段，无法核对' })
    const aaa = await measure({ canonical: 'enterprises.aaa' })
    expect(aaa).toMatchObject({ value: 1 })
    expect(Object.values(reasonsOf(aaa)).sort()).toEqual(['期末等级已过有效期（2025-06-29）', '等级为AA级，低于AAA级'])
    expect(await measure({ canonical: 'platform.enterprise' })).toMatchObject({ value: 1 })
    expect(await measure({ canonical: 'platform.pilot-enterprises-share', comparator: '=', target: 100 })).toMatchObject({ numerator: 1, denominator: 2, value: 50, met: false })
  })

  test('mean daily distance: 60 + 40 + 80 km over three vehicle-days is 60 km, a fifth more than 50', async () => {
    const distance = { canonical: 'utilisation.mean-daily-distance', baseline: 50, comparator: '≥', target: 20, unit: '%' } as const
    const value = await measure(distance)
    expect(value).toMatchObject({ numerator: 180, denominator: 3, value: 20, met: true, rowsCounted: 3, rowsExcluded: 3 })
    expect(value.rows.filter((row) => !row.included).map((row) => [row.count, row.reason]).sort()).toEqual([[1, '单日里程超过1000公里，存疑'], [1, '当日没有行驶里程'], [1, '当日车辆尚未登记或已退出']])
    expect(await measure(distance, '2025H2', startOfDay('2026-01-01'))).toMatchObject({ value: null, obstacle: '分母为零，无法计算比例' })
    // By calendar days of one week ten trucks in service give 70 vehicle-days.
    expect(await measure({ ...distance, variant: { days: 'calendar-days' } }, '2025-06-02/2025-06-09')).toMatchObject({ numerator: 180, denominator: 70, rowsCounted: 70 })
  })

  test('what nothing counts yet is empty and says why', async () => {
    expect(await measure({ canonical: 'cost.per-tonne-km', target: 10 })).toMatchObject({ value: null, met: null, numerator: null, rowsCounted: 0, obstacle: '尚无登记：重点企业的成本数据没有报送' })
    expect(await measure({ canonical: 'utilisation.undefined', status: 'open' })).toMatchObject({ value: null, obstacle: '口径未定：按方案' })
  })
})

describe('policy documents and platforms', () => {
  const passage = { canonical: 'policy.nev-passage', comparator: 'document', target: null } as const

  test('an empty register is no answer; then what is in force at the period\'s end counts, by its own day', async () => {
    expect(await measure(passage)).toMatchObject({ value: null, met: null, obstacle: '政策文件和平台登记中尚无任何记录' })
    const writing = { cityCode: town.code, source: { kind: 'form', ref: 'test' }, author: { id: null, name: '测试' }, now: startOfDay('2025-07-11'), divisions: town.districts } as const
    const rows = [
      { name: '通行办法', subject: 'policy.nev-passage', status: 'in-force', inForceSince: '2025-06-30', documentNumber: '算交〔2025〕3号' },
      { name: '七月一日起的办法', subject: 'policy.nev-passage', status: 'in-force', inForceSince: '2025-07-01' },
      { name: '起草中的办法', subject: 'policy.nev-passage', status: 'draft' },
      { name: '没有日期的办法', subject: 'policy.nev-passage', status: 'in-force' },
      { name: '停车办法', subject: 'policy.nev-parking', status: 'repealed', inForceSince: '2024-01-01', repealedOn: '2025-07-02' },
    ] as const
    await recordVersions(db, documentRegister, rows.map((data) => ({ kind: 'create' as const, data, validFrom: '2024-01-01' })), writing)
    const value = await measure(passage)
    expect(value).toMatchObject({ value: 1, met: true, rowsCounted: 1 })
    expect(counted(value)).toEqual(['通行办法'])
    expect(reasonsOf(value)).toEqual({ 七月一日起的办法: '期末之后才施行（2025-07-01）', 起草中的办法: '期末状态为“起草中”', 没有日期的办法: '未登记施行（建成）日期' })
    expect(await measure({ ...passage, canonical: 'policy.nev-parking' }), 'repealed in July was in force in June').toMatchObject({ value: 1, met: true })
    expect(await measure({ ...passage, canonical: 'policy.nev-comprehensive' })).toMatchObject({ value: 0, met: false, rowsCounted: 0 })
  })
})

describe('knowledge and record', () => {
  test('as of an earlier instant nothing learned later shows; a recorded value is measured again to the same digest', async () => {
    const profile = profileWith({ canonical: 'reefers.share', comparator: '≥', target: 0.5 })
    const [before] = await recordMeasurement(db, { city: profile, period: '2025H1', asOf: now, now, by: '测试' })
    await changeVehicle(db, '青A00001D', { retiredOn: '2025-04-01' }, now + 1000)
    const [after] = await measureCity(db, profile, { period: parsePeriod('2025H1')!, asOf: now + 2000 })
    expect([before!.denominator, after!.denominator]).toEqual([10, 9])
    expect((await measureCity(db, profile, { period: parsePeriod('2025H1')!, asOf: now }))[0]!.rowDigest).toBe(before!.rowDigest)
    expect(await verifyLineage(db)).toMatchObject({ checked: 1, same: 1, faults: [] })
  })

  test('a row changed behind the product\'s back is found; a recorded value itself cannot be changed', async () => {
    const profile = profileWith({ canonical: 'utilisation.mean-daily-distance', baseline: 50, comparator: '≥', target: 20 })
    await recordMeasurement(db, { city: profile, period: '2025H1', asOf: now, now, by: '测试' })
    await sql`update vehicle_day set distance_metres = distance_metres + 1 where vehicle_id = ${city.vehicles.get('青A00002D')!} and distance_metres = 40000`.execute(db)
    const report = await verifyLineage(db)
    expect(report).toMatchObject({ checked: 2, same: 1, faults: [{ code: 'X-01', fault: 'differs' }] })
    await expect(sql`update indicator_value set value = 1`.execute(db)).rejects.toThrow('append-only')
  })

  test('a city\'s values do not see another city\'s rows; an empty register is not a zero', async () => {
    const other = { ...profileWith({ canonical: 'nodes.hubs' }), code: '410300' }
    expect((await measureCity(db, other, { period: parsePeriod('2025H1')!, asOf: now }))[0]).toMatchObject({ city: '410300', value: null, rowsExcluded: 0, obstacle: '配送节点登记中尚无任何记录' })
  })
})
