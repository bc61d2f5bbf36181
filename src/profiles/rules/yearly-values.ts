import { meetsTarget } from '../compare.ts'
import type { ProfileFinding, ProfileRule } from '../rule.ts'
import type { ProfileIndicator } from '../schema-indicator.ts'

/** Increments add up to the target; running totals never fall; running totals and levels reach the target in the last year. */
export const yearlyValues: ProfileRule = (profile) => profile.indicators.flatMap((indicator, index) => checkYearly(indicator, ['indicators', index, 'yearly', 'values']))

function checkYearly({ code, comparator, target, yearly }: ProfileIndicator, path: (string | number)[]): ProfileFinding[] {
  if (!yearly || target === null) return []
  const values = yearly.values.map((each) => each.value)
  if (yearly.kind === 'increment') {
    const sum = values.reduce<number>((total, each) => total + (each ?? 0), 0)
    return Math.abs(sum - target) < 1e-9 ? [] : [{ code: 'increments-do-not-add-up', path, details: { code, sum, target } }]
  }
  if (yearly.kind !== 'cumulative' && yearly.kind !== 'level') return []
  const findings: ProfileFinding[] = []
  const last = values.at(-1) ?? null
  if (last === null || !meetsTarget(last, comparator, target)) findings.push({ code: 'yearly-misses-target', path: [...path, values.length - 1], details: { code, last, target } })
  if (yearly.kind === 'cumulative') {
    const fall = yearly.values.findIndex((each, index) => index > 0 && (each.value ?? 0) < (yearly.values[index - 1]!.value ?? 0))
    if (fall > 0) findings.push({ code: 'yearly-decreases', path: [...path, fall], details: { code, year: yearly.values[fall]!.year } })
  }
  return findings
}
