import { passKinds } from './held-passes.ts'
import type { RuleSet } from './rule-set.ts'
import type { listedFacts, VehicleFacts } from './vehicle-match.ts'

/** Words for the codes of a fact; a code without one stands as it is. */
export type FactNames = { readonly [Fact in (typeof listedFacts)[number]]?: Readonly<Record<string, string>> }

/** As one speaks of a vehicle, the kind last. */
const order = ['enterpriseStatus', 'purpose', 'energy', 'body', 'plateColour', 'category'] as const

/** Stands for any value the rules do not name. */
export const anyOther = '其他'

/** A vehicle in a few words, for the officer: `示范企业 柴油 配送货车 总质量 4501 kg 持有冷链证`. */
export function describeVehicle(facts: VehicleFacts, { names, passes }: { names: FactNames; passes: RuleSet['passes'] }): string {
  const words = [
    ...order.flatMap((field) => (facts[field] === null || facts[field] === anyOther ? [] : [names[field]?.[facts[field]] ?? facts[field]])),
    ...(facts.grossMassKg === null ? [] : [`总质量 ${facts.grossMassKg} kg`]),
    ...(facts.unifiedMark === null ? [] : [facts.unifiedMark ? '有统一标识' : '无统一标识']),
    ...passKinds(facts).map((code) => `持有${passes.find((each) => each.code === code)?.title ?? code}`),
    ...(facts.plate === null || facts.plate === anyOther ? [] : [facts.plate]),
  ]
  return words.length > 0 ? words.join(' ') : '任何车辆'
}
