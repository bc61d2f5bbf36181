import { beginningUnknown, renewedCountsAsNew } from '../checks.ts'
import { rowSet, type IndicatorDefinition } from '../definition.ts'
import { newNevRows } from './nev-rows.ts'
import { baselineRow } from './baseline-row.ts'

export const nevNewVsBaseline: IndicatorDefinition = {
  id: 'nev.new-vs-baseline',
  version: '1',
  text: '创建期内新增新能源配送货车辆数占创建期初新能源配送车辆保有量的比例；期初保有量取自方案登记的期初值',
  formula: '新增新能源配送货车辆数 ÷ 期初保有量 × 100%',
  combine: { kind: 'ratio', scale: 100 },
  source: '连云港市方案二（二）；盘锦市方案表1第4行；洛阳市附件2第12行',
  async collect(input) {
    const rows = await newNevRows(input)
    const { baseline } = input.snapshot.indicator
    const known = baseline?.value ?? null
    return rowSet(known === null ? rows : [...rows, baselineRow(input, known)], {
      baseline: known,
      obstacle: known === null ? '期初保有量尚未登记' : null,
      assumptions: [renewedCountsAsNew, ...beginningUnknown(input)],
    })
  },
}
