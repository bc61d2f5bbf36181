import { vehicleRegister } from '../../city/vehicles/index.ts'
import { isReefer, isTruck, vehicleInService } from '../checks.ts'
import { entityRows, rowSet, type IndicatorDefinition } from '../definition.ts'

export const reefersShare: IndicatorDefinition = {
  id: 'reefers.share',
  version: '1',
  text: '期末冷藏、保温车身的配送货车占全部配送货车的比例',
  formula: '冷藏、保温配送货车辆数 ÷ 配送货车辆数 × 100%',
  combine: { kind: 'ratio', scale: 100 },
  source: '连云港市方案附件（14）；盘锦市方案表1第7行；洛阳市附件2第14行',
  async collect(input) {
    const vehicles = await input.sources.entities(vehicleRegister)
    const rows = entityRows(vehicles, input, { isSubject: isTruck, leaveOut: [vehicleInService], numerator: (vehicle) => (isReefer(vehicle) ? 1 : 0), denominator: () => 1, name: (vehicle) => vehicle.plate })
    const assumptions = input.snapshot.indicator.variant?.reefers === 'engaged' ? ['“从事冷藏保温运输”按冷藏、保温车身认定，是否实际从事冷链运输尚无登记'] : []
    return rowSet(rows, { assumptions })
  },
}
