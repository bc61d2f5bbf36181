import { firmOf, type FirmKey } from './firms.ts'
import { plateOf, terminalPhoneOf, tricyclePlateOf, vinOf } from './identifiers.ts'
import { modelOf, type ModelKey } from './vehicle-models.ts'

/** A made-up vehicle: what its papers say, where it lives and how its devices speak. */
export interface FleetVehicle {
  /** counts from 1; names the vehicle in every random stream */
  readonly number: number
  readonly firm: FirmKey
  readonly uscc: string
  readonly model: ModelKey
  readonly plate: string
  readonly vin: string | undefined
  readonly terminalPhone: string
  readonly registeredOn: string
  readonly retiredOn: string | undefined
  readonly entryKind: 'new' | 'renewed' | 'existing'
  readonly replacesPlate: string | undefined
  readonly shift: 'day' | 'night'
  /** site where it rests: the firm's yard, or a terminal station for tricycles */
  readonly base: string
  /** header of the freight terminal; undefined: it has none and speaks GB/T 32960 only */
  readonly jt808: '2011/2013' | '2019' | undefined
  readonly gb32960: '2016' | '2025' | undefined
}

type Row = readonly [firm: FirmKey, model: ModelKey, registeredOn: string, more?: { entry?: 'new' | 'renewed'; night?: true; retiredOn?: string; replaces?: number; only32960?: true }]

/** In order of number. Sixteen NEV and ten fuel trucks were there when the programme began; the rest came or will come. */
const truckRows: readonly Row[] = [
  ['haitang', 'bev-van', '2022-06-14'], ['haitang', 'bev-van', '2022-06-14'], ['haitang', 'bev-van', '2023-03-21', { only32960: true }], ['haitang', 'bev-van', '2024-04-16'],
  ['huilin', 'bev-light', '2023-05-09', { night: true }], ['huilin', 'bev-light', '2023-05-09', { night: true }], ['huilin', 'bev-light', '2024-08-13'],
  ['xunfan', 'bev-light', '2022-11-08'], ['xunfan', 'bev-light', '2023-10-17'], ['xunfan', 'bev-light', '2025-02-25', { only32960: true }],
  ['kangji', 'bev-van', '2023-07-11'], ['kangji', 'bev-van', '2024-11-19', { night: true }], ['yunji', 'bev-van', '2024-01-23'], ['yunji', 'bev-van', '2025-05-13', { only32960: true }],
  ['wangjiang', 'phev-light', '2024-06-18'], ['qinghe', 'phev-light', '2025-01-14'],
  ['beichen', 'diesel-reefer', '2020-09-15'], ['beichen', 'diesel-reefer', '2018-04-10', { retiredOn: '2026-08-31' }], ['huilin', 'diesel-mid', '2021-03-16', { night: true }],
  ['xunfan', 'diesel-light', '2020-05-19'], ['xunfan', 'diesel-light', '2021-10-12'], ['wangjiang', 'diesel-light', '2018-07-17', { retiredOn: '2026-03-31' }], ['wangjiang', 'diesel-light', '2021-12-07'],
  ['cuiwei', 'diesel-mid', '2020-11-24'], ['cuiwei', 'diesel-mid', '2017-09-12', { retiredOn: '2025-11-17' }], ['qinghe', 'diesel-light', '2017-06-20', { retiredOn: '2026-06-15' }],
  ['xunfan', 'bev-light', '2025-09-16', { entry: 'new' }], ['yunji', 'bev-van', '2025-10-22', { entry: 'new' }], ['beichen', 'bev-reefer', '2025-11-05', { entry: 'new', night: true }],
  ['cuiwei', 'diesel-mid', '2025-11-18', { entry: 'renewed', replaces: 25 }], ['haitang', 'bev-van', '2025-12-03', { entry: 'new' }],
  ['huilin', 'bev-light', '2026-01-20', { entry: 'new', night: true }], ['wangjiang', 'diesel-light', '2026-02-10', { entry: 'new' }], ['kangji', 'bev-insulated', '2026-03-12', { entry: 'new' }],
  ['wangjiang', 'bev-light', '2026-04-02', { entry: 'renewed', replaces: 22 }], ['cuiwei', 'bev-heavy', '2026-05-18', { entry: 'new' }], ['qinghe', 'diesel-light', '2026-06-16', { entry: 'renewed', replaces: 26 }],
  ['qinghe', 'bev-light', '2026-07-09', { entry: 'new', night: true }], ['xunfan', 'bev-heavy', '2026-09-15', { entry: 'new', night: true }], ['yunji', 'phev-light', '2026-10-20', { entry: 'new' }],
  ['yunji', 'bev-van', '2026-12-08', { entry: 'new' }], ['huilin', 'bev-light', '2026-12-15', { entry: 'new' }], ['haitang', 'bev-van', '2027-02-24', { entry: 'new' }],
  ['beichen', 'bev-reefer', '2027-05-19', { entry: 'new' }], ['cuiwei', 'bev-light', '2027-08-11', { entry: 'new' }], ['xunfan', 'bev-light', '2027-11-03', { entry: 'new' }],
]

const yards: Partial<Record<FirmKey, string>> = Object.fromEntries(
  (['haitang', 'beichen', 'huilin', 'xunfan', 'kangji', 'qinghe', 'yunji', 'wangjiang', 'cuiwei'] as const).map((firm, at) => [firm, `yard-${String(at + 1).padStart(3, '0')}`]),
)

function truckOf([firm, model, registeredOn, more = {}]: Row, number: number): FleetVehicle {
  const { plateForm, batteryKwh } = modelOf(model)
  const form = plateForm === 'tricycle' ? 'ordinary' : plateForm
  const replaced = more.replaces === undefined ? undefined : truckRows[more.replaces - 1]!
  const replacedForm = replaced && modelOf(replaced[1]).plateForm
  return {
    number, firm, uscc: firmOf(firm).uscc, model, registeredOn,
    plate: plateOf(form, number),
    vin: vinOf(number, Number(registeredOn.slice(0, 4))),
    terminalPhone: terminalPhoneOf(number),
    retiredOn: more.retiredOn,
    entryKind: more.entry ?? 'existing',
    replacesPlate: replacedForm && replacedForm !== 'tricycle' ? plateOf(replacedForm, more.replaces!) : undefined,
    shift: more.night ? 'night' : 'day',
    base: yards[firm]!,
    jt808: more.only32960 ? undefined : number % 3 === 0 ? '2019' : '2011/2013',
    gb32960: batteryKwh === undefined || plateForm === 'nev-small-hybrid' ? undefined : number % 4 === 0 ? '2025' : '2016',
  }
}

function tricycleOf(number: number, at: number): FleetVehicle {
  const firm = at < 8 ? 'houniao' : 'haitang'
  return {
    number, firm, uscc: firmOf(firm).uscc, model: 'tricycle',
    plate: tricyclePlateOf(100 + at + 1),
    vin: undefined,
    terminalPhone: terminalPhoneOf(number),
    registeredOn: ['2024-10-15', '2025-03-18', '2025-06-10'][at % 3]!,
    retiredOn: undefined, entryKind: 'existing', replacesPlate: undefined, shift: 'day',
    base: `terminal-station-${String(at + 1).padStart(3, '0')}`,
    jt808: at % 2 === 0 ? '2019' : '2011/2013',
    gb32960: undefined,
  }
}

const trucks = truckRows.map((row, at) => truckOf(row, at + 1))

/** Trucks, then twelve electric tricycles; `number` is the place in this list. */
export const fleet: readonly FleetVehicle[] = [...trucks, ...Array.from({ length: 12 }, (_, at) => tricycleOf(101 + at, at))]
