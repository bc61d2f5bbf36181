import { usccOf } from './identifiers.ts'
import type { DistrictCode } from './names.ts'

/** A made-up firm as it is at the start of the programme, and what changes later. */
export interface Firm {
  readonly key: FirmKey
  readonly uscc: string
  readonly data: Readonly<Record<string, unknown>>
  readonly changes: readonly { readonly on: string; readonly data: Readonly<Record<string, unknown>> }[]
}

const rows = [
  ['haitang', '海棠速运', '青港市海棠速运有限公司（虚构）', 'express', '999903'],
  ['beichen', '北辰冷链', '青港市北辰冷链物流有限公司（虚构）', 'cold-chain', '999903'],
  ['huilin', '惠邻商超', '青港市惠邻商超配送有限公司（虚构）', 'retail', '999901'],
  ['xunfan', '迅帆快运', '青港市迅帆城市快运有限公司（虚构）', 'urban-delivery', '999901'],
  ['kangji', '康济医药', '青港市康济医药配送有限公司（虚构）', 'pharmaceutical', '999902'],
  ['qinghe', '青禾农产', '青港市青禾农产品配送有限公司（虚构）', 'agricultural', '999905'],
  ['yunji', '云集电商', '青港市云集电商物流有限公司（虚构）', 'e-commerce', '999904'],
  ['wangjiang', '望江城配', '青港市望江城市配送有限公司（虚构）', 'urban-delivery', '999901'],
  ['cuiwei', '翠微货运', '青港市翠微货运有限公司（虚构）', 'urban-delivery', '999904'],
  ['park', '港前园区', '青港市港前物流园运营有限公司（虚构）', 'logistics-park', '999901'],
  ['minghu', '明湖充电', '青港市明湖充电服务有限公司（虚构）', 'charging-operator', '999902'],
  ['houniao', '候鸟快递', '青港市候鸟快递有限公司（虚构）', 'express', '999902'],
] as const satisfies readonly (readonly [string, string, string, string, DistrictCode])[]

export type FirmKey = (typeof rows)[number][0]

const changes: Partial<Record<FirmKey, Firm['changes']>> = {
  xunfan: [
    { on: '2025-10-15', data: { status: 'pilot', statusSince: '2025-10-15' } },
    { on: '2026-03-20', data: { status: 'demonstration', statusSince: '2026-03-20', aLevel: 'AAA', aLevelSince: '2026-03-20', aLevelValidUntil: '2029-03-19' } },
    { on: '2026-05-12', data: { hasPlatform: true, platformName: '迅帆智配', platformBuiltOn: '2026-05-12', platformConnectedOn: '2026-06-08' } },
  ],
  // Its grade ran out and was not assessed again: counted until the day, left out since.
  wangjiang: [{ on: '2025-10-15', data: { status: 'pilot', statusSince: '2025-10-15' } }],
  beichen: [
    { on: '2025-10-15', data: { status: 'pilot', statusSince: '2025-10-15' } },
    { on: '2027-02-18', data: { aLevel: 'AAA', aLevelSince: '2027-02-18', aLevelValidUntil: '2030-02-17' } },
  ],
  huilin: [{ on: '2026-03-20', data: { status: 'pilot', statusSince: '2026-03-20' } }],
  yunji: [{ on: '2027-04-09', data: { hasPlatform: true, platformName: '云集配送云', platformBuiltOn: '2027-04-09', platformConnectedOn: '2027-04-30' } }],
  kangji: [{ on: '2025-12-02', data: { aLevel: 'AA', aLevelSince: '2025-12-02', aLevelValidUntil: '2028-12-01' } }],
}

const atStart: Partial<Record<FirmKey, Readonly<Record<string, unknown>>>> = {
  wangjiang: { aLevel: 'AAA', aLevelSince: '2023-06-01', aLevelValidUntil: '2026-05-31' },
  haitang: { aLevel: 'A', aLevelSince: '2024-09-10', aLevelValidUntil: '2027-09-09' },
  minghu: { hasPlatform: false },
}

export const firms: readonly Firm[] = rows.map(([key, shortName, name, kind, district], at) => ({
  key,
  uscc: usccOf(at + 1),
  data: { uscc: usccOf(at + 1), name, shortName, kind, status: 'listed', district, hasPlatform: false, contactName: '演示联系人', contactPhone: `0999-8${String(100_000 + at * 137)}`, ...atStart[key] },
  changes: changes[key] ?? [],
}))

export const firmOf = (key: FirmKey): Firm => firms.find((firm) => firm.key === key)!
