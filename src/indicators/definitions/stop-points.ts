import { stopPointRegister, stopPointStatuses, type StopPoint } from '../../city/bays/index.ts'
import { inArea, inForce, inStatus, newInPeriod } from '../checks.ts'
import { entityRows, rowSet, type IndicatorDefinition } from '../definition.ts'

export const stopPointInUse = inStatus<StopPoint>(stopPointStatuses, { good: ['in-use'], over: 'removed' }, ({ status, removedOn }) => ({ status, end: removedOn }))
export const stopPointInForce = inForce<StopPoint>({ begin: '设置', end: '撤除' }, (point) => point.createdOn, (point) => point.removedOn)
export const stopPointInArea = inArea<StopPoint>((point) => point.inCentre)

interface StopPointOptions {
  readonly id: IndicatorDefinition['id']
  readonly text: string
  readonly formula: string
  readonly isSubject?: (point: StopPoint) => boolean
  readonly onlyNew?: boolean
  readonly counts: (point: StopPoint) => number
}

/** Stop points (停靠点) and bays (泊位) are never the same number: a stop point holds several bays. */
export const stopPointDefinition = ({ id, text, formula, isSubject, onlyNew = false, counts }: StopPointOptions): IndicatorDefinition => ({
  id,
  version: '2',
  text,
  formula,
  combine: { kind: 'sum' },
  source: '各市方案停靠点、泊位条款',
  async collect(input) {
    const points = await input.sources.entities(stopPointRegister)
    const isNew = newInPeriod<StopPoint>('设置', (point) => point.createdOn)
    const rows = entityRows(points, input, {
      ...(isSubject && { isSubject }),
      leaveOut: [stopPointInUse, stopPointInForce, stopPointInArea, ...(onlyNew ? [isNew] : [])],
      numerator: counts,
      name: (point) => point.name,
      day: (point) => point.createdOn,
    })
    const hinders = onlyNew && input.window.newFrom === null
    return rowSet(rows, { obstacle: hinders ? '方案未写创建期起始日，无法认定“新增”' : null })
  },
})
