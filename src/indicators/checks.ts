import { bodyTypes, cleanEnergies, newEnergies, type Vehicle } from '../city/vehicles/index.ts'
import type { Check, MeasureInput } from './definition.ts'

/** Reasons several definitions share; a day equal to an exclusive end is outside. */

const areaWords = { 'built-up-area': '建成区', 'city-centre': '中心城区' } as const

/** Left out when it begins at or after the period's end, or had ended by then (the last day of use is the day before the end date). */
export const inForce = <Data>(words: { begin: string; end: string }, begin: (data: Data) => string | undefined, end: (data: Data) => string | undefined): Check<Data> =>
  (data, { window }) => {
    const [from, until] = [begin(data), end(data)]
    if (from !== undefined && from >= window.to) return `期末之后才${words.begin}（${from}）`
    return until !== undefined && until < window.to && `期末前已${words.end}（${until}）`
  }

/**
 * Left out for its present status, e.g. 规划 or 故障. A row that is over and says since when is judged by that day alone (`inForce`):
 * a station closed in August was open in June, whatever is written today.
 */
export const inStatus = <Data>(names: Readonly<Record<string, string>>, { good, over }: { good: readonly string[]; over: string }, read: (data: Data) => { status: string; end: string | undefined }): Check<Data> =>
  (data) => {
    const { status, end } = read(data)
    if (good.includes(status) || (status === over && end !== undefined)) return null
    return `期末状态为“${names[status] ?? status}”`
  }

/** Left out unless it came into being in the creation period up to the period's end. */
export const newInPeriod = <Data>(word: string, day: (data: Data) => string | undefined): Check<Data> =>
  (data, { window }) => {
    const on = day(data)
    if (on === undefined) return `未填${word}日期`
    if (window.newFrom !== null && on < window.newFrom) return `创建期开始前已${word}（${on}）`
    return on >= window.newTo && `期末之后才${word}（${on}）`
  }

/** Left out unless inside the area the target is about; unknown is not inside. */
export const inArea = <Data>(isInside: (data: Data) => boolean | undefined): Check<Data> =>
  (data, { snapshot }) => {
    const { area } = snapshot.indicator.scope
    if (area === 'city') return null
    const inside = isInside(data)
    if (inside === undefined) return `未登记是否在${areaWords[area]}`
    return !inside && `不在${areaWords[area]}`
  }

export const isTruck = (vehicle: Vehicle): boolean => vehicle.category === 'delivery-truck'
export const isNev = (vehicle: Vehicle): boolean => (newEnergies as readonly string[]).includes(vehicle.energy)
export const isReefer = ({ bodyType }: Vehicle): boolean => (['refrigerated', 'insulated'] satisfies (keyof typeof bodyTypes)[] as string[]).includes(bodyType)

/** Energies that count for a city: NEV, or NEV and clean energy where its plan says so. */
export const countsAsNew = (vehicle: Vehicle, { snapshot }: MeasureInput): boolean =>
  isNev(vehicle) || (snapshot.indicator.variant?.energy === 'nev-or-clean' && (cleanEnergies as readonly string[]).includes(vehicle.energy))

export const vehicleInService: Check<Vehicle> = inForce<Vehicle>({ begin: '注册登记', end: '退出' }, (vehicle) => vehicle.registeredOn, (vehicle) => vehicle.retiredOn)

export const vehicleInArea: Check<Vehicle> = inArea<Vehicle>((vehicle) => vehicle.usedInBuiltUpArea)

export const operatingWhereAsked: Check<Vehicle> = (vehicle, { snapshot }) => snapshot.indicator.variant?.operatingOnly === true && !vehicle.operating && '非营运车辆'

/** New or renewed in the creation period; where the plan names no beginning the register's 进入方式 alone decides. */
export const enteredInPeriod: Check<Vehicle> = (vehicle, input) => (vehicle.entryKind === 'existing' ? '期初已有车辆' : newInPeriod<Vehicle>('注册登记', (each) => each.registeredOn)(vehicle, input))

export const renewedCountsAsNew = '更新为新能源的车辆是否算“新增”，方案未写明；现按创建期内首次注册登记的车辆全部计入，含更新'
export const beginningUnknown = ({ window }: MeasureInput): string[] => (window.newFrom === null ? ['方案未写创建期起始日；“新增”按车辆登记的进入方式认定'] : [])
