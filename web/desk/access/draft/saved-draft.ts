import type { Draft, Finding, RuleSet } from '../../../api/access.ts'

/** What the server holds of a draft, and what it found in it. */
export interface SavedDraft {
  readonly ruleSet: RuleSet
  readonly revision: number
  readonly title: string
  readonly baseVersionId: string | null
  readonly authorName: string
  readonly updatedAt: string
  readonly findings: readonly Finding[]
  readonly publishable: boolean
  readonly examplesRan: boolean
}

/** Somebody saved meanwhile: what both began from, and theirs. */
export interface Conflict {
  readonly base: RuleSet
  readonly theirs: SavedDraft
}

/** The draft's document is a rule set: `isRuleSet` has been asked. */
export const savedOf = ({ document, ...draft }: Draft): SavedDraft => ({ ...draft, ruleSet: document as RuleSet })
