import { join } from 'node:path'
import { usccCheckDigit, vinCheckDigit } from '../base/identifiers.ts'
import { dayMs, startOfDay } from '../base/time.ts'
import { stopPointRegister } from '../city/bays/index.ts'
import { chargingStationRegister, pileRegister } from '../city/charging/index.ts'
import { enterpriseRegister } from '../city/enterprises/index.ts'
import { recordDays } from '../city/journeys/index.ts'
import { nodeRegister } from '../city/places/index.ts'
import { vehicleRegister } from '../city/vehicles/index.ts'
import { loadProfile, type Profile, type ProfileIndicator } from '../profiles/index.ts'
import { divisionsOf, readAll, recordVersions, type Change, type Fields, type Register } from '../registers/index.ts'
import type { Db } from '../runtime/database.ts'

/** A made-up town small enough to count with a pencil; every table below is what an official would see in the register. */

const demo = loadProfile(join(import.meta.dirname, '../../cities/demo')).profile!
export const town: Profile = { ...demo, code: '990100', name: '算例市', districts: [{ code: '990102', name: '算例区' }], period: { text: '2024年7月至2027年6月', from: '2024-07', to: '2027-06', openQuestions: [] }, indicators: [] }

export interface IndicatorSketch {
  readonly canonical: ProfileIndicator['canonical']
  readonly variant?: ProfileIndicator['variant']
  readonly comparator?: ProfileIndicator['comparator']
  readonly target?: number | null
  readonly unit?: string
  readonly scope?: ProfileIndicator['scope']
  /** absent: the plan speaks of none; null: it does, and nobody has registered it */
  readonly baseline?: number | null
  readonly status?: 'stated' | 'open'
}

/** The town's profile with one indicator, X-01. */
export function profileWith({ canonical, variant, comparator = '≥', target = 1, unit = '个', scope = { area: 'city', text: '全市' }, baseline, status = 'stated' }: IndicatorSketch): Profile {
  const known = baseline === undefined ? null : { quantity: '期初值', value: baseline, unit, asOf: '2024-06', source: baseline === null ? null : '算例', openQuestion: baseline === null ? 'X-Q01' : null }
  const indicator: ProfileIndicator = {
    code: 'X-01', name: '算例指标', group: null, canonical, ...(variant && { variant }), comparator, comparatorStated: true, target, unit, targetText: '算例', direction: 'up', scope,
    definition: { status, text: '按方案', formula: null }, baseline: known, yearly: null, due: null, clause: '算例第1条', quotes: [{ clause: '算例第1条', text: '算例' }], openQuestions: [],
  }
  return { ...town, indicators: [indicator] }
}

const district = '990102'
const uscc = (at: number): string => { const body = `91990102MA${String(at).padStart(7, '0')}`; return body + usccCheckDigit(body) }
const vin = (at: number): string => { const text = `LTEST00${'0'}0000${String(at).padStart(5, '0')}`; return text.slice(0, 8) + vinCheckDigit(text) + text.slice(9) }

const firms = [
  { name: '甲配送', kind: 'urban-delivery', status: 'pilot', aLevel: 'AAA', aLevelSince: '2022-07-01', aLevelValidUntil: '2025-06-30', hasPlatform: true, platformBuiltOn: '2025-03-01', platformConnectedOn: '2025-05-01' },
  { name: '乙配送', kind: 'urban-delivery', status: 'pilot', aLevel: 'AAA', aLevelSince: '2022-07-01', aLevelValidUntil: '2025-06-29' },
  { name: '丙快递', kind: 'express', status: 'listed', aLevel: 'AA', aLevelSince: '2023-07-01', aLevelValidUntil: '2026-12-31' },
]

const truck = { category: 'delivery-truck', district, operating: true, bodyType: 'box' }
const trucks = [
  { ...truck, plate: '青A00001D', energy: 'bev', entryKind: 'new', registeredOn: '2024-08-01', usedInBuiltUpArea: true },
  { ...truck, plate: '青A00002D', energy: 'bev', entryKind: 'new', registeredOn: '2025-02-01', usedInBuiltUpArea: true, bodyType: 'refrigerated' },
  { ...truck, plate: '青A00003D', energy: 'bev', entryKind: 'new', registeredOn: '2025-03-01', usedInBuiltUpArea: true, operating: false },
  { ...truck, plate: '青A00004F', energy: 'phev', entryKind: 'renewed', registeredOn: '2024-09-01' },
  { ...truck, plate: '青A00005D', energy: 'bev', entryKind: 'existing', registeredOn: '2023-01-01', usedInBuiltUpArea: true },
  { ...truck, plate: '青A00006D', energy: 'bev', entryKind: 'existing', registeredOn: '2023-05-01', usedInBuiltUpArea: true },
  { ...truck, plate: '青A00007F', energy: 'fcev', entryKind: 'new', registeredOn: '2025-06-01', usedInBuiltUpArea: false },
  { ...truck, plate: '青A00008D', energy: 'bev', entryKind: 'new', registeredOn: '2024-10-01', usedInBuiltUpArea: true, retiredOn: '2025-05-01' },
  { ...truck, plate: '青A00009', energy: 'diesel', entryKind: 'existing', registeredOn: '2022-01-01', usedInBuiltUpArea: true },
  { ...truck, plate: '青A00010', energy: 'diesel', entryKind: 'renewed', registeredOn: '2025-01-15', usedInBuiltUpArea: false },
  { ...truck, plate: '青A00011', energy: 'cng', entryKind: 'new', registeredOn: '2025-04-01', usedInBuiltUpArea: false },
]
const tricycle = { category: 'e-tricycle', district, operating: true, bodyType: 'three-wheel', energy: 'bev', entryKind: 'existing', registeredOn: '2024-01-01' }
const tricycles = [
  { ...tricycle, plate: '算例快递001', unifiedLivery: true, unifiedMark: true },
  { ...tricycle, plate: '算例快递002', unifiedLivery: true, unifiedMark: false },
]

const nodes = [
  { name: '综合枢纽', tier: 'hub', status: 'in-operation', inOperationSince: '2024-12-01', functions: ['storage', 'sorting'], district },
  { name: '在建枢纽', tier: 'hub', status: 'building', district },
  { name: '简易枢纽', tier: 'hub', status: 'in-operation', inOperationSince: '2024-12-01', functions: ['storage'], district },
  { name: '六月三十日站', tier: 'terminal-station', status: 'in-operation', inOperationSince: '2025-06-30', district },
  { name: '七月一日站', tier: 'terminal-station', status: 'in-operation', inOperationSince: '2025-07-01', district },
]

const stopPoints = [
  { name: '解放路', kind: 'temporary-in-road', inRoad: true, inCentre: true, bayCount: 8, createdOn: '2024-08-01', status: 'in-use', district },
  { name: '人民路', kind: 'temporary-in-road', inRoad: true, inCentre: false, bayCount: 4, createdOn: '2025-06-30', status: 'in-use', district },
  { name: '市场卸货场', kind: 'dedicated-unloading', inRoad: false, inCentre: true, bayCount: 5, createdOn: '2023-01-01', status: 'in-use', district },
  { name: '暂停的点', kind: 'temporary-in-road', inRoad: true, inCentre: true, bayCount: 3, createdOn: '2025-01-01', status: 'suspended', district },
]

const pile = { pileType: '1', district, usableByDelivery: true, status: 'in-use', openedOn: '2024-01-01' }
const piles = [{ ...pile, code: 'P-1' }, { ...pile, code: 'P-2', status: 'fault' }, { ...pile, code: 'P-3', usableByDelivery: false }, { ...pile, code: 'P-4', status: 'removed' }]

export interface Filled {
  /** ids by plate */
  readonly vehicles: ReadonlyMap<string, string>
}

const everSince = '2020-01-01'

async function record<F extends Fields>(db: Db, register: Register<F>, list: readonly Record<string, unknown>[], now: number): Promise<void> {
  const changes = list.map((data) => ({ kind: 'create', data, validFrom: everSince }) as unknown as Change<never>)
  await recordVersions(db, register as never, changes as never, { cityCode: town.code, source: { kind: 'seed', ref: '算例' }, author: { id: null, name: '算例' }, now, divisions: divisionsOf(town) })
}

/** Registers and six vehicle-days: three that count, one idle, one of 1,500 km, one of a truck already retired. */
export async function fillCity(db: Db, { now }: { now: number }): Promise<Filled> {
  await record(db, enterpriseRegister, firms.map((firm, at) => ({ uscc: uscc(at), district, ...firm })), now)
  const [firm] = await readAll(db, enterpriseRegister, { cityCode: town.code, asOf: now })
  await record(db, chargingStationRegister, [{ name: '城东站', stationType: '1', status: 'open', openedOn: '2024-01-01', district }], now)
  const [station] = await readAll(db, chargingStationRegister, { cityCode: town.code, asOf: now })
  await record(db, pileRegister, piles.map((each) => ({ ...each, station: station!.id })), now)
  await record(db, nodeRegister, nodes, now)
  await record(db, stopPointRegister, stopPoints, now)
  await record(db, vehicleRegister, [...trucks, ...tricycles].map((each, at) => ({ enterprise: firm!.id, ...(each.category === 'delivery-truck' && { vin: vin(at) }), ...each })), now)
  const vehicles = new Map((await readAll(db, vehicleRegister, { cityCode: town.code, asOf: now })).map((vehicle) => [vehicle.data.plate, vehicle.id]))
  for (const [plate, day, km] of [['青A00001D', '2025-06-02', 60], ['青A00002D', '2025-06-03', 40], ['青A00003D', '2025-06-04', 80], ['青A00001D', '2025-06-05', 0], ['青A00002D', '2025-06-06', 1500], ['青A00008D', '2025-06-04', 30]] as const)
    await recordDay(db, { vehicleId: vehicles.get(plate)!, day, km, now })
  return { vehicles }
}

/** Writes a vehicle-day as the derivation would. */
export async function recordDay(db: Db, { vehicleId, day, km, now }: { vehicleId: string; day: string; km: number; now: number }): Promise<void> {
  const activity = {
    distanceMetres: km * 1000, distanceSource: 'gnss' as const, gnssDistanceMetres: km * 1000, odometerDistanceMetres: null, gapDistanceMetres: 0, odometerFaults: 0, movingSeconds: 3600, haltSeconds: 0, gapSeconds: 0,
    tripCount: 1, haltCount: 0, gapCount: 0, pointCount: 10, firstObservedAt: startOfDay(day), lastObservedAt: startOfDay(day) + dayMs - 1000,
  }
  const leftOut = { 'invalid-fix': 0, 'null-island': 0, 'out-of-range': 0, duplicate: 0, 'second-source': 0, teleport: 0 }
  const digest = '00'.repeat(16)
  await recordDays(db, [{ vehicleId, derived: { day, trips: [], halts: [], gaps: [], activity, leftOut }, derivationVersion: 'journeys-1', inputDigest: digest, headDigest: digest, tailDigest: digest }], () => now)
}

/** Corrects a vehicle's row from its beginning on. */
export async function changeVehicle(db: Db, plate: string, change: Record<string, unknown>, now: number): Promise<void> {
  const vehicle = (await readAll(db, vehicleRegister, { cityCode: town.code, asOf: now })).find((each) => each.data.plate === plate)!
  const changes = [{ kind: 'change', id: vehicle.id, data: { ...vehicle.data, ...change }, validFrom: 'start' }] as unknown as Change<never>[]
  await recordVersions(db, vehicleRegister as never, changes as never, { cityCode: town.code, source: { kind: 'form', ref: '算例' }, author: { id: null, name: '算例' }, now, divisions: divisionsOf(town) })
}
