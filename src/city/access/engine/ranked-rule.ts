import type { AccessRule, RuleSet } from './rule-set.ts'
import type { PackedSpan } from './spans.ts'

/** A rule with everything an answer about it needs; its place in the list is its rank, 0 decides before all others. */
export interface RankedRule {
  readonly rule: AccessRule
  readonly ruleSet: RuleSet
  readonly spans: readonly PackedSpan[]
  /** local minutes, half-open */
  readonly from: number
  readonly to: number
  /** indices of zones; the last zone index is everywhere */
  readonly zones: readonly number[]
  /** a rule that asks for a pass stands twice, for those without and for those with; null: it asks for none */
  readonly withPass: boolean | null
}

/** No rule says anything here: what is not restricted is allowed. */
export const noRule = 0x7fffffff
