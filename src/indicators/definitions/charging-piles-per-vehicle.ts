import { rowSet, type IndicatorDefinition } from '../definition.ts'
import { nevTruckRows, pileRows } from './charging-rows.ts'

/** 桩车比: larger is better; at least 1∶4 in Lianyungang. The same rows as 车桩比, the other way up. */
export const pilesPerVehicle: IndicatorDefinition = {
  id: 'charging.piles-per-vehicle',
  version: '2',
  text: '期末可用于新能源配送车辆的充电桩总量与新能源配送车辆保有量之比（桩∶车）',
  formula: '可用充电桩个数 ÷ 新能源配送货车辆数',
  combine: { kind: 'ratio', scale: 1 },
  source: '连云港市方案三（一）2、附件（5）',
  collect: async (input) => rowSet([...(await pileRows(input, 'numerator')), ...(await nevTruckRows(input, 'denominator'))]),
}
