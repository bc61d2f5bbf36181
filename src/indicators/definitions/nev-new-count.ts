import { beginningUnknown, renewedCountsAsNew } from '../checks.ts'
import { rowSet, type IndicatorDefinition } from '../definition.ts'
import { newNevRows } from './nev-rows.ts'

export const nevNewCount: IndicatorDefinition = {
  id: 'nev.new-count',
  version: '1',
  text: '创建期内首次注册登记、期末仍在用的新能源城市配送货车辆数，不含电动三轮车',
  formula: '创建期开始至期末新登记的新能源配送货车辆数',
  combine: { kind: 'sum' },
  source: '连云港市方案附件（8）',
  collect: async (input) => rowSet(await newNevRows(input), { assumptions: [renewedCountsAsNew, ...beginningUnknown(input)] }),
}
