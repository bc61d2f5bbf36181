import type { Difference, RuleSet } from '../../../api/access.ts'
import { isSame } from './same.ts'

type Thing = Readonly<Record<string, unknown>> & { readonly code: string; readonly title: string }
const lists = { rule: 'rules', zone: 'zones', notice: 'notices', period: 'periods', pass: 'passes', vehicleClass: 'vehicleClasses' } as const
type What = keyof typeof lists
const ownFields = ['title', 'source', 'calendar', 'effectiveFrom', 'effectiveTo'] as const

const things = (ruleSet: RuleSet, what: What): ReadonlyMap<string, Thing> => new Map((ruleSet[lists[what]] as unknown as readonly Thing[]).map((each) => [each.code, each]))
const fieldsOf = (...each: (Thing | undefined)[]): string[] => [...new Set(each.flatMap((thing) => Object.keys(thing ?? {})))]

/** What one person did since `before`, thing by thing, while nothing is saved yet and the server cannot be asked. */
export function changesOf(before: RuleSet, after: RuleSet): Difference[] {
  return (Object.keys(lists) as What[]).flatMap((what) => {
    const [old, fresh] = [things(before, what), things(after, what)]
    return [...new Map([...fresh, ...old]).keys()].flatMap((code): Difference[] => {
      const [was, is] = [old.get(code), fresh.get(code)]
      if (!was || !is) return [{ what, code, title: (is ?? was)!.title, kind: is ? 'added' : 'removed', fields: [] }]
      const fields = fieldsOf(was, is).filter((field) => !isSame(was[field], is[field])).map((field) => ({ field, before: was[field] ?? null, after: is[field] ?? null }))
      return fields.length > 0 ? [{ what, code, title: is.title, kind: 'changed', fields }] : []
    })
  })
}

/** Something two people changed differently; `field` null: one removed what the other changed. */
export interface Clash {
  readonly id: string
  readonly what: What
  readonly code: string
  readonly title: string
  readonly field: string | null
  readonly mine: unknown
  readonly theirs: unknown
}

interface Merged {
  readonly ruleSet: RuleSet
  readonly clashes: readonly Clash[]
}

type Side = 'mine' | 'theirs'

/**
 * Two people's work on the same base: what only one touched is taken from them, what both made alike stands; where they differ,
 * `choices` says whose holds (by clash id), mine where it says nothing. Order: mine, then what they added.
 */
export function mergeRuleSets(base: RuleSet, mine: RuleSet, theirs: RuleSet, choices: Readonly<Record<string, Side>> = {}): Merged {
  const clashes: Clash[] = []
  const settle = (clash: Omit<Clash, 'id'>): Side => {
    const id = `${clash.what}/${clash.code}/${clash.field ?? ''}`
    clashes.push({ ...clash, id })
    return choices[id] ?? 'mine'
  }
  const mergedList = (what: What): Thing[] => {
    const [old, my, their] = [things(base, what), things(mine, what), things(theirs, what)]
    return [...new Set([...my.keys(), ...their.keys()])].flatMap((code): Thing[] => {
      const [was, m, h] = [old.get(code), my.get(code), their.get(code)]
      if (m && h) return [mergeFields({ was, mine: m, theirs: h, what, settle })]
      const left = (m ?? h)!
      if (!was) return [left]
      if (isSame(was, left)) return []
      const side = settle({ what, code, title: left.title, field: null, mine: m ?? null, theirs: h ?? null })
      const kept = side === 'mine' ? m : h
      return kept ? [kept] : []
    })
  }
  const own = Object.fromEntries(ownFields.map((field) => [field, isSame(mine[field], base[field]) ? theirs[field] : mine[field]]))
  const merged = Object.fromEntries((Object.keys(lists) as What[]).map((what) => [lists[what], mergedList(what)]))
  return { ruleSet: { ...mine, ...own, ...merged } as RuleSet, clashes }
}

function mergeFields({ was, mine, theirs, what, settle }: { was: Thing | undefined; mine: Thing; theirs: Thing; what: What; settle: (clash: Omit<Clash, 'id'>) => Side }): Thing {
  const merged: Record<string, unknown> = {}
  for (const field of fieldsOf(mine, theirs)) {
    const [m, h] = [mine[field], theirs[field]]
    const value = isSame(m, h) || isSame(h, was?.[field]) ? m : isSame(m, was?.[field]) ? h : settle({ what, code: mine.code, title: mine.title, field, mine: m ?? null, theirs: h ?? null }) === 'mine' ? m : h
    if (value !== undefined) merged[field] = value
  }
  return merged as unknown as Thing
}
