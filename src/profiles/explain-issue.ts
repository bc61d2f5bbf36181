import type { z } from 'zod'
import { canonicalIndicatorIds } from './canonical.ts'
import { nearestName } from './nearest-name.ts'
import type { FieldPath } from './source.ts'
import type { ProfileFinding } from './rule.ts'
import { comparators } from './schema-indicator.ts'

/** What zod says, in the words of people who write profiles. */
export function explainIssue(issue: z.core.$ZodIssue, root: unknown): ProfileFinding[] {
  const path = issue.path.map((each) => (typeof each === 'symbol' ? String(each) : each))
  if (issue.code === 'unrecognized_keys') return issue.keys.map((field) => ({ code: 'profile-field-unknown', path: [...path, field], details: { field } }))
  const value = valueAt(root, path)
  const field = String(path.at(-1) ?? '')
  const special = explanations.find((each) => each.applies(path, value))
  if (special) return [{ code: special.code, path, details: special.details(value) }]
  if (value === undefined) return [{ code: 'profile-field-missing', path, details: { field } }]
  return [{ code: 'profile-field-invalid', path, details: { field, value, reason: reasonOf(issue, value) } }]
}

interface Explanation {
  readonly code: ProfileFinding['code']
  applies(path: FieldPath, value: unknown): boolean
  details(value: unknown): Record<string, unknown>
}

const endsWith = (path: FieldPath, ...tail: string[]) => tail.every((each, index) => path.at(index - tail.length) === each)

const explanations: readonly Explanation[] = [
  { code: 'clause-missing', applies: (path, value) => endsWith(path, 'clause') && (value === undefined || value === '' || value === null), details: () => ({}) },
  { code: 'yearly-kind-missing', applies: (path) => endsWith(path, 'yearly', 'kind'), details: (value) => ({ value }) },
  { code: 'comparator-unknown', applies: (path, value) => endsWith(path, 'comparator') && value !== undefined, details: (value) => ({ value, allowed: comparators.join(' ') }) },
  { code: 'months-out-of-range', applies: (path) => endsWith(path, 'months') || path.at(-2) === 'months', details: (value) => ({ value }) },
  {
    code: 'canonical-unknown',
    applies: (path, value) => endsWith(path, 'canonical') && value !== undefined,
    details: (value) => ({ value, suggestion: suggest(String(value), canonicalIndicatorIds) }),
  },
]

/** `；是否为“transport”？` or nothing. */
export function suggest(word: string, candidates: Iterable<string>): string {
  const near = nearestName(word, candidates)
  return near ? `；是否为“${near}”？` : ''
}

function reasonOf(issue: z.core.$ZodIssue, value: unknown): string {
  const shown = typeof value === 'object' ? '' : `“${String(value)}”`
  switch (issue.code) {
    case 'invalid_type':
      return `应为 ${issue.expected}，实为 ${value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value}${shown}`
    case 'invalid_value':
      return `${shown}不在允许的值 ${issue.values.map(String).join('、')} 之中`
    case 'invalid_format':
      return `${shown}格式不对`
    default:
      return `${shown}不合格式要求`
  }
}

const valueAt = (root: unknown, path: FieldPath): unknown =>
  path.reduce<unknown>((value, key) => (typeof value === 'object' && value !== null ? (value as Record<string | number, unknown>)[key] : undefined), root)
