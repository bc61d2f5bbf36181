import { ProblemError, type Problem } from '../../base/problems.ts'
import { planningProblem } from '../model/index.ts'

/** Far beyond any format here, and far below what a function that calls itself for every level can bear. */
const deepest = 100

/** JSON or `plan-syntax`; with a key that gets lost on its way through objects, `plan-field-invalid`. */
export function parseJson(text: string): unknown {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new ProblemError(planningProblem('plan-syntax', { line: 0, value: 'JSON', reason: (error as Error).message }))
  }
  const fault = faultOf(value)
  if (fault) throw new ProblemError(fault)
  return value
}

interface Level {
  readonly value: object
  /** null for a list */
  readonly keys: readonly string[] | null
  at: number
}

const isNested = (value: unknown): value is object => typeof value === 'object' && value !== null
const levelOf = (value: object): Level => ({ value, keys: Array.isArray(value) ? null : Object.keys(value), at: 0 })
const pointerOf = (levels: readonly Level[]): string => levels.map(({ keys, at }) => `/${keys ? keys[at - 1]! : at - 1}`).join('')

/** What no format allows anywhere. Walked with a list of its own: this is where a value too deep for calls has to be noticed. */
function faultOf(root: unknown): Problem | null {
  const levels: Level[] = isNested(root) ? [levelOf(root)] : []
  for (let level = levels.at(-1); level; level = levels.at(-1)) {
    const { keys } = level
    const list = keys ?? (level.value as readonly unknown[])
    if (level.at >= list.length) {
      levels.pop()
      continue
    }
    const at = level.at++
    // objects that are built key by key take this one for their prototype: what it says would be dropped without a word
    if (keys?.[at] === '__proto__') return planningProblem('plan-field-invalid', { pointer: pointerOf(levels), reason: '不能用 __proto__ 作字段名或标识', value: '__proto__' })
    const inner = keys ? (level.value as Record<string, unknown>)[keys[at]!] : list[at]
    if (!isNested(inner)) continue
    if (levels.length >= deepest) return planningProblem('plan-syntax', { line: 0, value: 'JSON', reason: `嵌套超过 ${deepest} 层` })
    levels.push(levelOf(inner))
  }
  return null
}
