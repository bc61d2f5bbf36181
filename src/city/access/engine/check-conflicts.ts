import { dayKinds } from './calendar.ts'
import { accessProblem, type CheckFinding } from './check-finding.ts'
import { anyOther, describeVehicle, type FactNames } from './describe-vehicle.ts'
import { clockFromMinutes, minutesOfDay } from './local-time.ts'
import { meetsArea, neighbouringRules } from './overlap.ts'
import { effectNames, spansOf, type AccessRule, type RuleSet } from './rule-set.ts'
import { passKinds } from './held-passes.ts'
import { packSpan, type PackedSpan } from './spans.ts'
import { listedFacts, matchAny, vehicleFactsSchema, type VehicleFacts, type VehicleMatch } from './vehicle-match.ts'
import { parseInstant } from '../../../base/time.ts'

/**
 * Pairs of rules of equal priority and different effect that one vehicle can meet at one place and minute: nobody could say which
 * holds. Days are taken as possible by their kind, weekday and month, whatever year. `names`: what the codes of a vehicle's facts are called.
 */
export function checkConflicts(ruleSet: RuleSet, names: FactNames = {}): CheckFinding[] {
  const found: CheckFinding[] = []
  const meets = meetsArea(ruleSet)
  const spans = ruleSet.rules.map((rule) => spansOf(rule, ruleSet).map(packSpan))
  for (const [a, b] of neighbouringRules(ruleSet)) {
    const [first, second] = [ruleSet.rules[a]!, ruleSet.rules[b]!]
    if (first.priority !== second.priority || isSameEffect(first, second) || !overlapInDates(first, second)) continue
    const time = commonTime(spans[a]!, spans[b]!)
    const vehicle = time && commonVehicle(first, second)
    const place = vehicle && meets(first, second)
    if (!place) continue
    found.push({
      severity: 'error', path: ['rules', b],
      problem: accessProblem('access-conflict', { first: first.title, second: second.title, firstRule: first.code, secondRule: second.code, priority: first.priority, place, time, vehicle: describeVehicle(vehicle, { names, passes: ruleSet.passes }), firstEffect: effectNames[first.effect], secondEffect: effectNames[second.effect] }),
    })
    if (found.length === conflictLimit) break
  }
  return found
}

/** So many are listed; with more the rules need another order, not another line. */
const conflictLimit = 500

const isSameEffect = (a: AccessRule, b: AccessRule): boolean => a.effect === b.effect && a.passes.toSorted().join() === b.passes.toSorted().join() && a.limit === b.limit

function overlapInDates(a: AccessRule, b: AccessRule): boolean {
  const from = (rule: AccessRule): number => (rule.effectiveFrom === null ? -Infinity : parseInstant(rule.effectiveFrom)!)
  const to = (rule: AccessRule): number => (rule.effectiveTo === null ? Infinity : parseInstant(rule.effectiveTo)!)
  return Math.max(from(a), from(b)) < Math.min(to(a), to(b))
}

/** A day there can be: holidays fall on any weekday, make-up workdays on weekends; rest days are Saturdays and Sundays. */
const possibleDays: readonly { readonly bits: number; readonly weekday: number; readonly month: number }[] = dayKinds.flatMap((kind, kindAt) =>
  [1, 2, 3, 4, 5, 6, 7].filter((weekday) => kind !== 'rest-day' || weekday > 5).flatMap((weekday) =>
    Array.from({ length: 12 }, (_, at) => ({ bits: (1 << kindAt) | (1 << (dayKinds.length + weekday - 1)) | (1 << (dayKinds.length + 7 + at)), weekday, month: at + 1 }))))

const begins = (span: PackedSpan, bits: number): boolean => (bits & ~span.days) === 0

/** A time both lists of spans cover, in words; undefined when there is none. */
function commonTime(first: readonly PackedSpan[], second: readonly PackedSpan[]): string | undefined {
  for (const a of first) {
    for (const b of second) {
      const time = onOneDay(a, b) ?? overNight(a, b) ?? overNight(b, a)
      if (time) return time
    }
  }
  return undefined
}

const endOf = ({ from, to }: PackedSpan): number => (to < from ? minutesOfDay : to)
const isEmpty = ({ from, to }: PackedSpan): boolean => from === to

/** Both begin on the same day; over midnight both run into the same early hours. */
function onOneDay(a: PackedSpan, b: PackedSpan): string | undefined {
  if (isEmpty(a) || isEmpty(b) || !possibleDays.some(({ bits }) => begins(a, bits) && begins(b, bits))) return undefined
  const [from, to] = [Math.max(a.from, b.from), Math.min(endOf(a), endOf(b))]
  if (from < to) return `${clockFromMinutes(from)}—${clockFromMinutes(to)}`
  const early = a.to < a.from && b.to < b.from ? Math.min(a.to, b.to) : 0
  return early > 0 ? `00:00—${clockFromMinutes(early)}` : undefined
}

/** The early hours of what began the day before meet what begins on the day. */
function overNight(before: PackedSpan, day: PackedSpan): string | undefined {
  if (isEmpty(before) || isEmpty(day) || before.to >= before.from || day.from >= before.to) return undefined
  const canFollow = possibleDays.some((one) => begins(before, one.bits) && possibleDays.some((next) => next.weekday === (one.weekday % 7) + 1 && (next.month === one.month || next.month === (one.month % 12) + 1) && begins(day, next.bits)))
  return canFollow ? `${clockFromMinutes(day.from)}—${clockFromMinutes(Math.min(before.to, endOf(day)))}` : undefined
}

/** A vehicle both rules speak of; undefined when there is none. Tries one value of each kind the rules can tell apart. */
function commonVehicle(first: AccessRule, second: AccessRule): VehicleFacts | undefined {
  const matches = [...first.vehicles, ...first.exceptions, ...second.vehicles, ...second.exceptions]
  let candidates: Partial<VehicleFacts>[] = [{}]
  const vary = <Field extends keyof VehicleFacts>(field: Field, values: readonly VehicleFacts[Field][]): void => {
    candidates = candidates.flatMap((each) => values.map((value) => ({ ...each, [field]: value })))
  }
  for (const field of listedFacts) vary(field, tellApart(matches, field))
  const masses = matches.flatMap((match) => [match.grossMassKgOver, match.grossMassKgUpTo]).filter((each) => each !== undefined)
  if (masses.length > 0) vary('grossMassKg', [...new Set([...masses, Math.max(...masses) + 1])])
  if (matches.some((match) => match.unifiedMark !== undefined)) vary('unifiedMark', [true, false])
  const passes = [...new Set(matches.flatMap((match) => match.passes ?? []))]
  if (passes.length > 0) vary('passes', [[], ...passes.map((each) => [each])])
  const plates = [...new Set(matches.flatMap((match) => match.plates ?? []))]
  if (plates.length > 0) vary('plate', [anyOther, ...plates])
  const speaksOf = (rule: AccessRule, facts: VehicleFacts): boolean => matchAny(rule.vehicles, facts, passKinds(facts)).certainty === 'yes' && matchAny(rule.exceptions, facts, passKinds(facts)).certainty !== 'yes'
  return candidates.map((each) => vehicleFactsSchema.parse(each)).find((facts) => speaksOf(first, facts) && speaksOf(second, facts))
}

/** One value for every way the matches split a field, and one that none of them names. */
function tellApart(matches: readonly VehicleMatch[], field: (typeof listedFacts)[number]): string[] {
  const values = [...new Set(matches.flatMap((match) => match[field] ?? []))]
  const bySplit = new Map(values.map((value) => [matches.map((match) => match[field]?.includes(value) ?? true).join(), value]))
  return [...bySplit.values(), anyOther]
}
