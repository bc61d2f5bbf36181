import { stopPointDefinition } from './stop-points.ts'

export const stopPointsNew = stopPointDefinition({
  id: 'stop-points.new', text: '创建期内设置且期末仍启用的临时停靠点个数；停靠点不等于泊位', formula: '创建期内设置、期末启用的停靠点个数', onlyNew: true, counts: () => 1,
})
