import { rowSet, type IndicatorDefinition } from '../definition.ts'
import { nevTruckRows, pileRows } from './charging-rows.ts'

/** 车桩比: smaller is better; ≤ 4 in Panjin and Luoyang, strictly < 3 in Linzi — the comparator is the city's. */
export const vehiclesPerPile: IndicatorDefinition = {
  id: 'charging.vehicles-per-pile',
  version: '2',
  text: '期末纯电动、插电式混合动力配送货车保有量与可用于新能源配送车辆的充电桩总量之比（车∶桩）',
  formula: '纯电动和插电式混合动力配送货车辆数 ÷ 可用充电桩个数',
  combine: { kind: 'ratio', scale: 1 },
  source: '盘锦市方案表1第6行；洛阳市附件2第13行；临淄区方案',
  collect: async (input) => rowSet([...(await nevTruckRows(input, 'numerator')), ...(await pileRows(input, 'denominator'))]),
}
