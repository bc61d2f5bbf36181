import type { AccessRule, RuleSet, VehicleMatch, Zone } from '../../../api/access.ts'

/** Changes of a rule set, each a pure step from one to the next. */
export const withRule = (at: number, change: Partial<AccessRule>) => (ruleSet: RuleSet): RuleSet =>
  ({ ...ruleSet, rules: ruleSet.rules.map((rule, index) => (index === at ? { ...rule, ...change } : rule)) })

export const withZone = (at: number, change: Partial<Zone>) => (ruleSet: RuleSet): RuleSet =>
  ({ ...ruleSet, zones: ruleSet.zones.map((zone, index) => (index === at ? { ...zone, ...change } : zone)) })

/** `R`, `R-2`, `R-3` …: the first that is free. */
export function freeCode(wanted: string, taken: readonly { readonly code: string }[]): string {
  const codes = new Set(taken.map(({ code }) => code))
  for (let number = 1; ; number++) {
    const code = number === 1 ? wanted : `${wanted}-${number}`
    if (!codes.has(code)) return code
  }
}

/** A rule after `at`: a copy of it with a code of its own, or an empty one that the checks will ask to be filled in. */
export const addRule = (at: number, { title, copy }: { title: string; copy: boolean }) => (ruleSet: RuleSet): RuleSet => {
  const like = ruleSet.rules[at]
  const code = freeCode(copy && like ? like.code : 'rule', ruleSet.rules)
  const fresh: AccessRule = copy && like ? { ...like, code, title, examples: like.examples.map((example) => (example.expect.rule === like.code ? { ...example, expect: { ...example.expect, rule: code } } : example)) } : {
    code, title, zones: [ruleSet.zones[0]?.code ?? '*'], times: [{ from: '00:00', to: '24:00' }], periods: [], vehicles: [{}], exceptions: [], effect: 'no-go', passes: [], limit: null, priority: 100,
    effectiveFrom: null, effectiveTo: null, notice: { code: ruleSet.notices[0]?.code ?? 'N1', clause: '', text: title }, examples: [], openQuestions: [],
  }
  return { ...ruleSet, rules: ruleSet.rules.toSpliced(at + 1, 0, fresh) }
}

export const deleteRule = (at: number) => (ruleSet: RuleSet): RuleSet => ({ ...ruleSet, rules: ruleSet.rules.toSpliced(at, 1) })
export const addZone = (zone: Zone) => (ruleSet: RuleSet): RuleSet => ({ ...ruleSet, zones: [...ruleSet.zones, zone] })
export const deleteZone = (at: number) => (ruleSet: RuleSet): RuleSet => ({ ...ruleSet, zones: ruleSet.zones.toSpliced(at, 1) })

/** Rules that speak of a zone: it cannot go while there are any. */
export const rulesOfZone = (ruleSet: RuleSet, code: string): readonly AccessRule[] => ruleSet.rules.filter(({ zones }) => zones.includes(code))

/** Lists of things the rules refer to. */
export type BasisList = 'notices' | 'periods' | 'passes' | 'vehicleClasses'

const speaksOfPass = (matches: readonly VehicleMatch[], code: string): boolean => matches.some(({ passes }) => passes?.includes(code))
const refersTo: Readonly<Record<BasisList, (rule: AccessRule, code: string) => boolean>> = {
  notices: ({ notice }, code) => notice.code === code,
  periods: ({ periods }, code) => periods.includes(code),
  passes: ({ passes, vehicles, exceptions }, code) => passes.includes(code) || speaksOfPass(vehicles, code) || speaksOfPass(exceptions, code),
  vehicleClasses: ({ examples }, code) => examples.some(({ vehicle }) => vehicle === code),
}

/** Rules, and classes for a pass, that refer to something: it cannot go while there are any. */
export const usesOf = ({ rules, vehicleClasses }: RuleSet, list: BasisList, code: string): number =>
  rules.filter((rule) => refersTo[list](rule, code)).length + (list === 'passes' ? vehicleClasses.filter(({ facts }) => Array.isArray(facts['passes']) && facts['passes'].includes(code)).length : 0)

/** Whether what was stored has the form of a rule set, so that the editor can take it. */
export const isRuleSet = (value: unknown): value is RuleSet => {
  const set = value as Partial<Record<keyof RuleSet, unknown>> | null
  return typeof set === 'object' && set !== null && (['rules', 'zones', 'notices', 'passes', 'periods', 'vehicleClasses'] as const).every((list) => Array.isArray(set[list]))
}
