import { stopPointDefinition } from './stop-points.ts'

export const baysInRoad = stopPointDefinition({
  id: 'bays.in-road', text: '期末启用、划在道路范围内的停靠泊位个数', formula: '道路范围内各停靠点的泊位数之和', isSubject: (point) => point.inRoad, counts: (point) => point.bayCount,
})
