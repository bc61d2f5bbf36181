import { rowSet, type IndicatorDefinition } from '../definition.ts'
import { pileRows } from './charging-rows.ts'

export const chargingPiles: IndicatorDefinition = {
  id: 'charging.piles',
  version: '2',
  text: '期末可供新能源配送车辆使用的充电桩个数，按逐桩登记计，已拆除的不计',
  formula: '可用于配送车辆的充电桩个数',
  combine: { kind: 'sum' },
  source: '连云港市方案附件（5）',
  collect: async (input) => rowSet(await pileRows(input, 'numerator')),
}
