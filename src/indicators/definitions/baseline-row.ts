import type { MeasureInput } from '../definition.ts'
import type { MeasuredRow } from '../types.ts'

/** The city's baseline as a row of the denominator, so that it opens like any other. */
export function baselineRow({ snapshot }: MeasureInput, value: number): MeasuredRow {
  const { code, baseline } = snapshot.indicator
  return {
    kind: 'baseline', id: code, versionId: `${baseline!.asOf ?? ''}:${value}`, name: `${baseline!.quantity}（${baseline!.source ?? '来源未填'}）`, included: true, reason: null,
    numerator: 0, denominator: value, count: 1, day: null, districtCode: null, enterpriseId: null,
  }
}
