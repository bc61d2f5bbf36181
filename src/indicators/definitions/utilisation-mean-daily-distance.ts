import { addDays, dayOf, daysOf } from '../../base/time.ts'
import { kmFromMetres } from '../../base/units.ts'
import { vehicleRegister, type Vehicle } from '../../city/vehicles/index.ts'
import type { ServiceWindow, VehicleDaySum } from '../../city/journeys/index.ts'
import type { EntityOf } from '../../registers/index.ts'
import { isTruck } from '../checks.ts'
import { rowSet, type IndicatorDefinition, type MeasureInput } from '../definition.ts'
import type { MeasuredRow } from '../types.ts'

/** A day above it is a fault of device or odometer: 15 hours at the motorway limit for trucks would be 1,500 km, city delivery stays far below. */
export const implausibleMetres = 1_000_000

const reasons = { idle: '当日没有行驶里程', implausible: '单日里程超过1000公里，存疑', outOfService: '当日车辆尚未登记或已退出' } as const

const earliest = '1900-01-01'
const latest = '2999-12-31'

/** Which days make the denominator where the plan is silent: days with distance. A profile may say otherwise in its variant. */
const daysRule = ({ snapshot }: MeasureInput): DaysRule => snapshot.indicator.variant?.days ?? 'active-days'

export const meanDailyDistance: IndicatorDefinition = {
  id: 'utilisation.mean-daily-distance',
  version: '1',
  text: '统计期内配送货车的里程之和除以车日之和，再与期初值比较；车日默认只计当日有行驶里程的车日，方案写明按日历日的按在用日历日计；不含电动三轮车；里程取自车日记录',
  formula: '（Σ当日里程 ÷ Σ车日 － 期初值）÷ 期初值 × 100%',
  combine: { kind: 'change' },
  source: '洛阳市附件2第27行',
  async collect(input) {
    const trucks = (await input.sources.entities(vehicleRegister)).filter(({ data }) => isTruck(data))
    const windows = trucks.map(({ id, data }): ServiceWindow => ({ vehicleId: id, from: data.registeredOn ?? earliest, to: data.retiredOn ?? latest }))
    const sums = await input.sources.vehicleDays(windows, implausibleMetres)
    const byVehicle = new Map(sums.map((sum) => [sum.vehicleId, sum]))
    const rows = trucks.flatMap((truck) => truckRows(truck, byVehicle.get(truck.id) ?? { ...noDays, vehicleId: truck.id }, input))
    const known = input.snapshot.indicator.baseline?.value ?? null
    const isSaid = input.snapshot.indicator.variant?.days !== undefined
    return rowSet(rows, {
      baseline: known,
      obstacle: known === null ? '期初平均日单车行驶里程尚未登记' : null,
      assumptions: isSaid ? [] : ['“日”按出车日计（当日有行驶里程的车日），方案未写明'],
    })
  },
}

type Truck = EntityOf<typeof vehicleRegister>
type DaysRule = 'active-days' | 'calendar-days'

const noDays = { counted: 0, centimetres: 0, idle: 0, implausible: 0, outOfService: 0, fingerprint: '' } as const

/** The days of one vehicle: those counted as one row, those left out as one for each reason; they open to the days, and each day to its positions. */
function truckRows(truck: Truck, sum: VehicleDaySum, input: MeasureInput): MeasuredRow[] {
  const rule = daysRule(input)
  const row = (id: string, reason: string | null, rest: Pick<MeasuredRow, 'numerator' | 'denominator' | 'count'>): MeasuredRow => ({
    kind: 'vehicle-days', id, versionId: `${truck.versionId}:${sum.fingerprint}`, name: truck.data.plate,
    included: reason === null, reason, ...rest, day: null, districtCode: truck.districtCode, enterpriseId: truck.enterpriseId,
  })
  // By calendar days a day without distance, or without any data, is a day of the denominator.
  const days = rule === 'active-days' ? sum.counted : serviceDays(truck.data, input)
  const leftOut = (['idle', 'implausible', 'outOfService'] as const).filter((each) => sum[each] > 0 && (rule === 'active-days' || each !== 'idle'))
  return [
    ...(days > 0 ? [row(truck.id, null, { numerator: kmFromMetres(sum.centimetres / 100), denominator: days, count: days })] : []),
    ...leftOut.map((each) => row(`${truck.id}/${each}`, reasons[each], { numerator: 0, denominator: 0, count: sum[each] })),
  ]
}

/** Calendar days of the period, up to the day of `asOf`, on which the vehicle was registered and not yet retired. */
function serviceDays({ registeredOn, retiredOn }: Vehicle, { window }: MeasureInput): number {
  const known = addDays(dayOf(window.asOf), 1)
  return daysOf(window.period).filter((day) => day < known && day >= (registeredOn ?? earliest) && day < (retiredOn ?? latest)).length
}
