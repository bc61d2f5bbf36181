import type { Comparator } from './schema-indicator.ts'

const tests: Record<Comparator, (value: number, target: number) => boolean> = {
  '≥': (value, target) => value >= target,
  '>': (value, target) => value > target,
  '≤': (value, target) => value <= target,
  '<': (value, target) => value < target,
  // A bare “3个” is reached by a fourth one too: nobody loses a title for building more than promised.
  '=': (value, target) => value >= target,
  document: (value) => value >= 1,
  presence: (value, target) => value >= target,
}

/** Whether a value meets a target; `document` and `presence` count pieces (1 in force, 0 none). */
export const meetsTarget = (value: number, comparator: Comparator, target: number | null): boolean => tests[comparator](value, target ?? 1)
