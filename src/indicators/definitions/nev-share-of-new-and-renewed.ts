import { vehicleRegister } from '../../city/vehicles/index.ts'
import { beginningUnknown, countsAsNew, enteredInPeriod, isTruck, operatingWhereAsked, renewedCountsAsNew, vehicleInArea, vehicleInService } from '../checks.ts'
import { entityRows, rowSet, type IndicatorDefinition } from '../definition.ts'

/** ≥ 50 % city-wide (Lianyungang), NEV or clean energy (Panjin), ≥ 80 % in the built-up area (Luoyang): all in the profile's variant. */
export const nevShareOfNewAndRenewed: IndicatorDefinition = {
  id: 'nev.share-of-new-and-renewed',
  version: '1',
  text: '创建期内新增和更新的配送货车中，新能源（方案写明的另含清洁能源）所占比例；范围、是否限营运车辆按各市方案',
  formula: '新增和更新中的新能源配送货车辆数 ÷ 全部新增和更新配送货车辆数 × 100%',
  combine: { kind: 'ratio', scale: 100 },
  source: '连云港市方案三（二）5；盘锦市方案表1第5行；洛阳市附件2第12行',
  async collect(input) {
    const vehicles = await input.sources.entities(vehicleRegister)
    const rows = entityRows(vehicles, input, {
      isSubject: isTruck,
      leaveOut: [vehicleInService, enteredInPeriod, operatingWhereAsked, vehicleInArea],
      numerator: (vehicle) => (countsAsNew(vehicle, input) ? 1 : 0),
      denominator: () => 1,
      name: (vehicle) => vehicle.plate,
      day: (vehicle) => vehicle.registeredOn,
    })
    const limited = input.snapshot.indicator.scope.area === 'built-up-area' ? ['分母“全部新增和更新车辆”按与分子相同的建成区范围计'] : []
    return rowSet(rows, { assumptions: [renewedCountsAsNew, ...limited, ...beginningUnknown(input)] })
  },
}
