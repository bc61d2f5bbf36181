import { stopPointDefinition } from './stop-points.ts'

/** Panjin counts two things in one number: off-road unloading sites by site, in-road temporary parking by bay. */
export const baysAndUnloadingSites = stopPointDefinition({
  id: 'bays.and-unloading-sites',
  text: '期末启用的专用卸货场地（按处计）与道路范围内临时停车泊位（按泊位计）合计',
  formula: '专用卸货场地处数 + 道路范围内泊位数',
  isSubject: (point) => point.inRoad || point.kind === 'dedicated-unloading',
  counts: (point) => (point.inRoad ? point.bayCount : 1),
})
