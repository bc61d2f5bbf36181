import { canonicalJson } from '../../base/canonical-json.ts'
import type { RuleSet, ZoneGeometry } from './engine/rule-set.ts'

export interface Difference {
  readonly what: 'rule' | 'zone' | 'notice' | 'period' | 'pass' | 'vehicleClass' | 'ruleSet'
  readonly code: string
  readonly title: string
  readonly kind: 'added' | 'removed' | 'changed'
  /** fields that differ; of a thing added or removed all it says, against null */
  readonly fields: readonly { readonly field: string; readonly before: unknown; readonly after: unknown }[]
}

const lists = { rule: 'rules', zone: 'zones', notice: 'notices', period: 'periods', pass: 'passes', vehicleClass: 'vehicleClasses' } as const
const ownFields = ['title', 'source', 'calendar', 'effectiveFrom', 'effectiveTo'] as const

/** What changed from one rule set to another, thing by thing and field by field; empty when they say the same. */
export function deriveDiff(before: RuleSet, after: RuleSet): Difference[] {
  const differences: Difference[] = []
  for (const [what, list] of Object.entries(lists) as [keyof typeof lists, (typeof lists)[keyof typeof lists]][]) {
    const old = new Map(before[list].map((each) => [each.code, each]))
    const fresh = new Map(after[list].map((each) => [each.code, each]))
    for (const [code, each] of fresh) if (!old.has(code)) differences.push({ what, code, title: each.title, kind: 'added', fields: changedFields({}, each) })
    for (const [code, each] of old) {
      const now = fresh.get(code)
      if (!now) differences.push({ what, code, title: each.title, kind: 'removed', fields: changedFields(each, {}) })
      const fields = now ? changedFields(each, now) : []
      if (fields.length > 0) differences.push({ what, code, title: now!.title, kind: 'changed', fields })
    }
  }
  const own = changedFields(pick(before), pick(after))
  return own.length > 0 ? [{ what: 'ruleSet', code: after.code, title: after.title, kind: 'changed', fields: own }, ...differences] : differences
}

/** A zone whose border is not what it was, for drawing both; null: no border there. */
export interface ChangedArea {
  readonly code: string
  readonly title: string
  readonly before: ZoneGeometry | null
  readonly after: ZoneGeometry | null
}

/** Zones added, removed or redrawn from one rule set to another. */
export function deriveChangedAreas(before: RuleSet, after: RuleSet): ChangedArea[] {
  const titles = new Map([...before.zones, ...after.zones].map(({ code, title }) => [code, title]))
  const areaIn = (ruleSet: RuleSet, code: string): ZoneGeometry | null => ruleSet.zones.find((zone) => zone.code === code)?.geometry ?? null
  return [...titles].map(([code, title]) => ({ code, title, before: areaIn(before, code), after: areaIn(after, code) })).filter((area) => canonicalJson(area.before) !== canonicalJson(area.after))
}

const pick = (ruleSet: RuleSet) => Object.fromEntries(ownFields.map((field) => [field, ruleSet[field]]))

/** Says nothing: not there, null, or an empty list. */
const isSilent = (value: unknown): boolean => value === undefined || value === null || (Array.isArray(value) && value.length === 0)

function changedFields(before: object, after: object): Difference['fields'] {
  const [old, fresh] = [before as Record<string, unknown>, after as Record<string, unknown>]
  return [...new Set([...Object.keys(old), ...Object.keys(fresh)])]
    .filter((field) => !isSilent(old[field]) || !isSilent(fresh[field]))
    .filter((field) => canonicalJson(old[field] ?? null) !== canonicalJson(fresh[field] ?? null))
    // A border of thousands of points is drawn, not listed.
    .map((field) => (field === 'geometry' ? { field, before: old[field] ? '边界' : null, after: fresh[field] ? '边界已改' : null } : { field, before: old[field] ?? null, after: fresh[field] ?? null }))
}
