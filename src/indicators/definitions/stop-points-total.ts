import { stopPointDefinition } from './stop-points.ts'

export const stopPointsTotal = stopPointDefinition({
  id: 'stop-points.total', text: '期末启用的城市配送车辆临时停靠点个数；停靠点不等于泊位，一个停靠点含若干泊位', formula: '启用的停靠点个数', counts: () => 1,
})
