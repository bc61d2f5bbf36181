import type { TargetRow } from './derive-targets.ts'

/**
 * Part of the way to a target, 0–1, for those where a way can be told: something counted or shared out that must grow.
 * Null for ratios with an upper bound, papers, and values not yet measured.
 */
export function shareOfWay({ comparator, target, actual }: Pick<TargetRow, 'comparator' | 'target' | 'actual'>): number | null {
  if (actual === null || target === null || target <= 0 || !['≥', '>', '='].includes(comparator)) return null
  return Math.min(1, Math.max(0, actual / target))
}
