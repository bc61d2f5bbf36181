/** Policy as data: what differs between cities, validated, with the place of every problem. */
export { canonicalIndicatorIds, canonicalIndicators, indicatorGroups } from './canonical.ts'
export type { CanonicalIndicator, CanonicalIndicatorId, IndicatorGroup } from './canonical.ts'
export { profileJsonSchema, profileSchema } from './schema.ts'
export type { Profile, ProfilePeriod } from './schema.ts'
export type { Governance, GovernanceEvent, ProfileUnit } from './schema-governance.ts'
export type { Area, Baseline, Comparator, IndicatorVariant, ProfileIndicator, YearlyKind, YearlyPlan } from './schema-indicator.ts'
export type { Deadline, Passage, ProfileTask, Recurrence } from './schema-task.ts'
export type { Inconsistency, OpenQuestion, Quote, StatedDate } from './schema-words.ts'
