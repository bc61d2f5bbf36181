import { z } from 'zod'

const words = z.array(z.string().min(1)).min(1)

/** What a rule may ask of a vehicle; every member given must hold, within a list any. An empty object is every vehicle. */
export const vehicleMatchSchema = z.strictObject({
  category: words.optional().describe('delivery-truck、e-tricycle'),
  energy: words.optional(),
  body: words.optional(),
  plateColour: words.optional(),
  purpose: words.optional(),
  enterpriseStatus: words.optional(),
  passes: words.optional().describe('持有其中任一种通行证'),
  plates: words.optional().describe('点名的号牌'),
  unifiedMark: z.boolean().optional(),
  grossMassKgOver: z.number().optional().describe('总质量大于，kg'),
  grossMassKgUpTo: z.number().optional().describe('总质量不大于，kg'),
})
export type VehicleMatch = z.infer<typeof vehicleMatchSchema>

/** What is known of a vehicle; null is not known. */
export const vehicleFactsSchema = z.strictObject({
  category: z.string().nullable().default(null),
  energy: z.string().nullable().default(null),
  body: z.string().nullable().default(null),
  plateColour: z.string().nullable().default(null),
  purpose: z.string().nullable().default(null),
  enterpriseStatus: z.string().nullable().default(null),
  unifiedMark: z.boolean().nullable().default(null),
  grossMassKg: z.number().nullable().default(null),
  plate: z.string().nullable().default(null),
  passes: z.array(z.string()).default([]),
})
export type VehicleFacts = z.infer<typeof vehicleFactsSchema>

export type Certainty = 'no' | 'unknown' | 'yes'

const listed = ['category', 'energy', 'body', 'plateColour', 'purpose', 'enterpriseStatus'] as const

export interface Matched {
  readonly certainty: Certainty
  /** facts that would have decided it, had they been known */
  readonly missing: readonly string[]
}

/** Whether a vehicle is what a match asks for; unknown facts make it unknown, one that fails makes it no. */
export function matchVehicle(match: VehicleMatch, facts: VehicleFacts): Matched {
  const missing: string[] = []
  for (const field of listed) {
    const wanted = match[field]
    if (!wanted) continue
    const fact = facts[field]
    if (fact === null) missing.push(field)
    else if (!wanted.includes(fact)) return { certainty: 'no', missing: [] }
  }
  if (match.plates) {
    if (facts.plate === null) return { certainty: 'no', missing: [] }
    if (!match.plates.includes(facts.plate)) return { certainty: 'no', missing: [] }
  }
  if (match.passes && !match.passes.some((each) => facts.passes.includes(each))) return { certainty: 'no', missing: [] }
  if (match.unifiedMark !== undefined) {
    if (facts.unifiedMark === null) missing.push('unifiedMark')
    else if (facts.unifiedMark !== match.unifiedMark) return { certainty: 'no', missing: [] }
  }
  if (match.grossMassKgOver !== undefined || match.grossMassKgUpTo !== undefined) {
    if (facts.grossMassKg === null) missing.push('grossMassKg')
    else if (facts.grossMassKg <= (match.grossMassKgOver ?? -Infinity) || facts.grossMassKg > (match.grossMassKgUpTo ?? Infinity)) return { certainty: 'no', missing: [] }
  }
  return { certainty: missing.length > 0 ? 'unknown' : 'yes', missing }
}

/** The best of several matches: any of them. */
export function matchAny(matches: readonly VehicleMatch[], facts: VehicleFacts): Matched {
  let best: Matched = { certainty: 'no', missing: [] }
  for (const match of matches) {
    const matched = matchVehicle(match, facts)
    if (matched.certainty === 'yes') return matched
    if (matched.certainty === 'unknown') best = { certainty: 'unknown', missing: [...best.missing, ...matched.missing] }
  }
  return best
}
