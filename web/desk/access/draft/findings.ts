import type { Finding, RuleExample, RuleSet } from '../../../api/access.ts'
import { isSame } from './same.ts'
import type { SavedDraft } from './saved-draft.ts'

/** Where a finding stands, as the page can go there. */
export type FindingPlace =
  | { readonly tab: 'rules'; readonly code: string; readonly part: string | null; readonly example: number | null }
  | { readonly tab: 'zones'; readonly code: string; readonly at: readonly [lon: number, lat: number] | null }
  | { readonly tab: 'basis' }

const positionOf = (text: unknown): readonly [number, number] | null => {
  const [lon, lat] = typeof text === 'string' ? text.split(',').map(Number) : []
  return lon !== undefined && lat !== undefined && Number.isFinite(lon) && Number.isFinite(lat) ? [lon, lat] : null
}

/** The place of a finding in the draft as it was checked; null where it is about the whole. */
export function placeOf({ pointer, at, first }: Finding, { rules, zones }: RuleSet): FindingPlace | null {
  const [, list, index, part, inner] = (pointer ?? '').split('/')
  const code = list === 'rules' ? rules[Number(index)]?.code : list === 'zones' ? zones[Number(index)]?.code : undefined
  if (list === 'rules' && code !== undefined) return { tab: 'rules', code, part: part ?? null, example: part === 'examples' && inner !== undefined ? Number(inner) : null }
  if (list === 'zones' && code !== undefined) return { tab: 'zones', code, at: positionOf(at) ?? positionOf(first) }
  return list && ['notices', 'periods', 'passes', 'vehicleClasses'].includes(list) ? { tab: 'basis' } : null
}

/** Findings by the code of the rule they stand in. */
export function findingsByRule({ findings, ruleSet }: SavedDraft): ReadonlyMap<string, readonly Finding[]> {
  const byRule = new Map<string, Finding[]>()
  for (const finding of findings) {
    const place = placeOf(finding, ruleSet)
    if (place?.tab === 'rules') byRule.set(place.code, [...(byRule.get(place.code) ?? []), finding])
  }
  return byRule
}

export type ExampleResult = { readonly state: 'holds' | 'waits' | 'not-run' } | { readonly state: 'fails'; readonly why: string }

/** What became of an example at the last save; one changed since waits for the next. */
export function resultOf(example: RuleExample, at: number, ruleCode: string, saved: SavedDraft): ExampleResult {
  const ruleAt = saved.ruleSet.rules.findIndex(({ code }) => code === ruleCode)
  if (!isSame(saved.ruleSet.rules[ruleAt]?.examples[at], example)) return { state: 'waits' }
  if (!saved.examplesRan) return { state: 'not-run' }
  const failed = saved.findings.find(({ pointer, severity }) => severity === 'error' && (pointer === `/rules/${ruleAt}/examples/${at}` || pointer?.startsWith(`/rules/${ruleAt}/examples/${at}/`)))
  return failed ? { state: 'fails', why: failed.cause } : { state: 'holds' }
}
