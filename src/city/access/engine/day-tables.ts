import { canonicalJson } from '../../../base/canonical-json.ts'
import type { DayLookup } from './calendar.ts'
import { layOutPasses } from './held-passes.ts'
import { minutesOfDay } from './local-time.ts'
import { noRule, type RankedRule } from './ranked-rule.ts'
import { asksMonth, asksWeekday, bitsOfDay, windowsOn } from './spans.ts'
import { createTableStore, type TableStore } from './table-store.ts'
import { listedFacts, matchAny, type VehicleFacts } from './vehicle-match.ts'

/** What the rules say to one vehicle, zone by zone and day by day. Days that no rule can tell apart share their tables. */
export interface VehicleTables {
  /** facts that were taken as met because they are not known, by rank */
  missing(rank: number): readonly string[]
  /** whether the vehicle may be where this rule decides */
  isAllowed(rank: number): boolean
  readonly store: TableStore
  /** tables made so far for days like this one, by zone, as offsets into the store; 0: `table` makes it */
  tablesOn(dayNumber: number): Int32Array
  table(dayNumber: number, zone: number): number
  /** no rule of this zone ever speaks of the vehicle */
  isSilent(zone: number): boolean
}

interface Ground {
  readonly rules: readonly RankedRule[]
  /** codes of the zones by index; null: everywhere */
  readonly zoneCodes: readonly (string | null)[]
  readonly days: DayLookup
}

/** Returns the memo of tables by vehicle. Vehicles that no rule can tell apart share one, so a fleet needs few. */
export function createTables(ground: Ground): (facts: VehicleFacts) => VehicleTables {
  const kinds = dayKindsOf(ground)
  const store = createTableStore()
  const byZone: number[][] = ground.zoneCodes.map(() => [])
  ground.rules.forEach(({ zones }, rank) => zones.forEach((zone) => byZone[zone]!.push(rank)))
  const known = new Map<string, VehicleTables>()
  const likenessOf = tellVehiclesApart(ground.rules)
  return (facts) => {
    const key = likenessOf(facts)
    const found = known.get(key)
    if (found) return found
    // Passes with dates make vehicles many; what is rarely asked may be made again.
    if (known.size >= Math.max(64, Math.min(4096, Math.floor(ranksHeld / Math.max(1, ground.rules.length))))) known.clear()
    const made = tablesOf(facts, { ...ground, kinds, byZone, store })
    known.set(key, made)
    return made
  }
}

/** Bounds the memory of the memo: so many rules × vehicles. */
const ranksHeld = 8_000_000

/** A key that is equal for vehicles whose facts no rule can tell apart. */
function tellVehiclesApart(rules: readonly RankedRule[]): (facts: VehicleFacts) => string {
  const matches = rules.flatMap(({ rule }) => [...rule.vehicles, ...rule.exceptions])
  const named = Object.fromEntries(listedFacts.map((field) => [field, new Set(matches.flatMap((match) => match[field] ?? []))])) as Record<(typeof listedFacts)[number], Set<string>>
  const plates = new Set(matches.flatMap((match) => match.plates ?? []))
  const masses = [...new Set(matches.flatMap((match) => [match.grossMassKgOver, match.grossMassKgUpTo]))].filter((each) => each !== undefined)
  const asksMark = matches.some((match) => match.unifiedMark !== undefined)
  // A value no rule names is like any other such value, but not like one that is not known.
  const like = (value: string | null, values: ReadonlySet<string>): string | null => (values.size === 0 || value === null ? null : values.has(value) ? value : '')
  return (facts) => canonicalJson([
    ...listedFacts.map((field) => like(facts[field], named[field])),
    facts.plate !== null && plates.has(facts.plate) ? facts.plate : null,
    asksMark ? facts.unifiedMark : null,
    facts.grossMassKg === null || masses.length === 0 ? null : masses.filter((each) => each < facts.grossMassKg!).length,
    facts.passes,
  ])
}

interface DayKinds {
  of(dayNumber: number): number
}

/** Numbers the days apart as far as any rule can tell them: weekday, kind and month of the day and the one before it, and the effective dates behind it. */
function dayKindsOf({ rules, days }: Ground): DayKinds {
  const spans = rules.flatMap((each) => each.spans)
  const ignored = (spans.some(asksMonth) ? 0 : 0xfff << 10) | (spans.some(asksWeekday) ? 0 : 0x7f << 3)
  const bounds = [...new Set(rules.flatMap(({ from, to }) => [from, to]))].filter(Number.isFinite).sort((a, b) => a - b)
  const kindOf = new Map<string, number>()
  const describe = (dayNumber: number): number => bitsOfDay(dayNumber, days) & ~ignored
  const find = (dayNumber: number): number => {
    const [start, end] = [dayNumber * minutesOfDay, (dayNumber + 1) * minutesOfDay]
    const passed = bounds.findLastIndex((each) => each <= start)
    const isBroken = bounds[passed + 1] !== undefined && bounds[passed + 1]! < end
    const key = `${describe(dayNumber)}|${describe(dayNumber - 1)}|${isBroken ? `d${dayNumber}` : passed}`
    const known = kindOf.get(key)
    if (known !== undefined) return known
    kindOf.set(key, kindOf.size)
    return kindOf.size - 1
  }
  // Days from 1970 to 2059 in an array; others are found anew each time.
  const memo = new Int32Array(2 ** 15).fill(-1)
  return {
    of(dayNumber) {
      const held = memo[dayNumber]
      if (held !== undefined && held >= 0) return held
      const kind = find(dayNumber)
      if (held !== undefined) memo[dayNumber] = kind
      return kind
    },
  }
}

/** What the rules make of a vehicle that holds certain kinds of passes: by rank the facts taken against it, or null where the rule does not speak of it. */
type View = readonly (readonly string[] | null)[]
const nothing: readonly string[] = []

function viewOf(rules: readonly RankedRule[], facts: VehicleFacts, passes: readonly string[]): View {
  return rules.map(({ rule, withPass }) => {
    if (withPass !== null && withPass !== rule.passes.some((each) => passes.includes(each))) return null
    const named = matchAny(rule.vehicles, facts, passes)
    const isExcepted = matchAny(rule.exceptions, facts, passes).certainty === 'yes'
    // An unknown fact counts against the vehicle: it is held to restrictions and does not profit from permissions.
    const applies = !isExcepted && (named.certainty === 'yes' || (named.certainty === 'unknown' && rule.effect !== 'allowed'))
    if (!applies) return null
    return named.certainty === 'unknown' ? [...new Set(named.missing)] : nothing
  })
}

function tablesOf(facts: VehicleFacts, { rules, zoneCodes, days, kinds, byZone, store }: Ground & { kinds: DayKinds; byZone: readonly number[][]; store: TableStore }): VehicleTables {
  const held = layOutPasses(facts)
  const views = new Map<string, View>()
  const viewAt = (zone: string | null, minute: number): View => {
    const passes = held.validAt(zone, minute)
    const key = passes.join()
    return views.get(key) ?? views.set(key, viewOf(rules, facts, passes)).get(key)!
  }
  const momentsOfPasses = [-Infinity, ...held.bounds]
  const silent = byZone.map((ranks, zone) => momentsOfPasses.every((minute) => ranks.every((rank) => viewAt(zoneCodes[zone]!, minute)[rank] === null)))
  // Days of a kind share their tables; where a pass begins or ends within the day it has its own.
  const dayKey = (dayNumber: number): number => {
    const start = dayNumber * minutesOfDay
    const passed = held.bounds.findLastIndex((each) => each <= start) + 1
    return (held.bounds[passed] ?? Infinity) < start + minutesOfDay ? -1 - dayNumber : kinds.of(dayNumber) * momentsOfPasses.length + passed
  }
  const newTables = (): Int32Array => new Int32Array(byZone.length)
  const byKind: Int32Array[] = []
  const byKey = new Map<number, Int32Array>()
  const byDay = new Map<number, Int32Array>()
  const tablesWithPasses = (dayNumber: number): Int32Array => {
    const known = byDay.get(dayNumber)
    if (known) return known
    const key = dayKey(dayNumber)
    const made = byKey.get(key) ?? byKey.set(key, newTables()).get(key)!
    byDay.set(dayNumber, made)
    return made
  }
  const tablesOn = held.bounds.length === 0 ? (dayNumber: number): Int32Array => (byKind[kinds.of(dayNumber)] ??= newTables()) : tablesWithPasses
  const paint = (dayNumber: number, zone: number): number[] => {
    const start = dayNumber * minutesOfDay
    const cuts = [start, ...held.bounds.filter((each) => each > start && each < start + minutesOfDay), start + minutesOfDay]
    const stretches = cuts.slice(1).map((to, at): Stretch => {
      const view = viewAt(zoneCodes[zone]!, cuts[at]!)
      return { from: cuts[at]!, to, ranks: byZone[zone]!.filter((rank) => view[rank] !== null) }
    })
    return paintDay(stretches, dayNumber, { rules, days })
  }
  const table = (dayNumber: number, zone: number): number => {
    const made = tablesOn(dayNumber)
    if (made[zone] === 0) made[zone] = store.add(paint(dayNumber, zone))
    return made[zone]!
  }
  return {
    missing: (rank) => [...views.values()].map((view) => view[rank]).find((each) => each) ?? [],
    isAllowed: (rank) => rank === noRule || allows(rules[rank]!),
    store,
    tablesOn,
    table,
    isSilent: (zone) => silent[zone]!,
  }
}

const allows = ({ rule, withPass }: RankedRule): boolean => rule.effect !== 'no-go' && withPass !== false

/** Part of a day during which the same rules speak of the vehicle: local minutes, half-open. */
interface Stretch {
  readonly from: number
  readonly to: number
  readonly ranks: readonly number[]
}

const scratch = new Int32Array(minutesOfDay)

/** The table of one zone and day: paints the rules over the minutes, the one that decides last. */
function paintDay(stretches: readonly Stretch[], dayNumber: number, { rules, days }: Pick<Ground, 'rules' | 'days'>): number[] {
  const [today, yesterday, start] = [bitsOfDay(dayNumber, days), bitsOfDay(dayNumber - 1, days), dayNumber * minutesOfDay]
  const edges = [0]
  scratch.fill(noRule)
  for (const stretch of stretches) {
    for (let at = stretch.ranks.length - 1; at >= 0; at--) {
      const { spans, from, to } = rules[stretch.ranks[at]!]!
      for (const span of spans) {
        for (const [begins, ends] of windowsOn(span, today, yesterday)) {
          const [first, last] = [Math.max(begins, Math.max(from, stretch.from) - start), Math.min(ends, Math.min(to, stretch.to) - start)]
          if (first >= last) continue
          scratch.fill(stretch.ranks[at]!, first, last)
          edges.push(first)
          if (last < minutesOfDay) edges.push(last)
        }
      }
    }
  }
  const changes: number[] = []
  for (const minute of edges.sort((a, b) => a - b)) if (minute === 0 ? changes.length === 0 : scratch[minute] !== scratch[minute - 1] && changes.at(-2) !== minute) changes.push(minute, scratch[minute]!)
  return changes
}
