import { z } from 'zod'
import { minuteInstant } from './local-time.ts'

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

/** A pass as a register holds it: its kind, from when until when (half-open), and for which zones it was issued. */
export const heldPassSchema = z.strictObject({
  pass: z.string().min(1),
  from: minuteInstant.nullable().default(null),
  to: minuteInstant.nullable().default(null),
  zones: words.nullable().default(null).describe('只限这些区域代码；空表示不限'),
})

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
  passes: z.array(z.union([z.string().min(1), heldPassSchema])).default([]).describe('持有的通行证：种类代码，或连同有效期和区域'),
})
export type VehicleFacts = z.infer<typeof vehicleFactsSchema>

export type Certainty = 'no' | 'unknown' | 'yes'

/** Facts a match names values of. */
export const listedFacts = ['category', 'energy', 'body', 'plateColour', 'purpose', 'enterpriseStatus'] as const

export interface Matched {
  readonly certainty: Certainty
  /** facts that would have decided it, had they been known */
  readonly missing: readonly string[]
}

/** Whether a vehicle is what a match asks for; unknown facts make it unknown, one that fails makes it no. `passes`: kinds valid there and then. */
export function matchVehicle(match: VehicleMatch, facts: VehicleFacts, passes: readonly string[]): Matched {
  const missing: string[] = []
  for (const field of listedFacts) {
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
  if (match.passes && !match.passes.some((each) => passes.includes(each))) return { certainty: 'no', missing: [] }
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
export function matchAny(matches: readonly VehicleMatch[], facts: VehicleFacts, passes: readonly string[]): Matched {
  let best: Matched = { certainty: 'no', missing: [] }
  for (const match of matches) {
    const matched = matchVehicle(match, facts, passes)
    if (matched.certainty === 'yes') return matched
    if (matched.certainty === 'unknown') best = { certainty: 'unknown', missing: [...best.missing, ...matched.missing] }
  }
  return best
}
