import { addDays } from '../../base/time.ts'
import { vehicleRegister, type Vehicle } from '../../city/vehicles/index.ts'
import { isTruck, vehicleInService } from '../checks.ts'
import { entityRows, rowSet, type IndicatorDefinition } from '../definition.ts'

/** What the register holds of each item of 四统一, 五统一 … by the plans' own words. */
const itemChecks: Readonly<Record<string, (vehicle: Vehicle, to: string) => boolean>> = {
  外观标识: (vehicle) => vehicle.unifiedLivery === true && vehicle.unifiedMark === true,
  悬挂号牌: (vehicle) => vehicle.unifiedNumber === true,
  交通责任保险: (vehicle, to) => vehicle.unifiedInsurance === true && vehicle.insuranceValidUntil !== undefined && addDays(vehicle.insuranceValidUntil, 1) >= to,
  备案登记: (vehicle, to) => vehicle.filedOn !== undefined && vehicle.filedOn < to,
}

export const tricyclesUnified: IndicatorDefinition = {
  id: 'tricycles.unified',
  version: '1',
  text: '期末在用的邮政快递电动三轮车中，方案所列各项统一要求全部符合的比例',
  formula: '全部符合的电动三轮车辆数 ÷ 在用电动三轮车辆数 × 100%',
  combine: { kind: 'ratio', scale: 100 },
  source: '连云港市方案附件（7）；洛阳市附件2第16行',
  async collect(input) {
    const vehicles = await input.sources.entities(vehicleRegister)
    const items = input.snapshot.indicator.variant?.unifiedItems ?? []
    const unknown = items.filter((item) => itemChecks[item] === undefined)
    const rows = entityRows(vehicles, input, {
      isSubject: (vehicle) => !isTruck(vehicle),
      leaveOut: [vehicleInService],
      numerator: (vehicle) => (items.every((item) => itemChecks[item]?.(vehicle, input.window.to) ?? false) ? 1 : 0),
      denominator: () => 1,
      name: (vehicle) => vehicle.plate,
    })
    const obstacle = items.length === 0 ? '方案未列明统一的各项内容' : unknown.length > 0 ? `车辆登记中没有“${unknown.join('、')}”对应的字段，无法核对` : null
    return rowSet(rows, { obstacle })
  },
}
