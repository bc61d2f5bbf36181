import { canonicalJson } from '../../../base/canonical-json.ts'
import type { DayLookup } from './calendar.ts'
import { minutesOfDay } from './local-time.ts'
import { noRule, type RankedRule } from './ranked-rule.ts'
import { asksMonth, asksWeekday, bitsOfDay, windowsOn } from './spans.ts'
import { createTableStore, type TableStore } from './table-store.ts'
import { matchAny, type VehicleFacts } from './vehicle-match.ts'

/** What the rules say to one vehicle, zone by zone and day by day. Days that no rule can tell apart share their tables. */
export interface VehicleTables {
  readonly facts: VehicleFacts
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
  readonly zoneCount: number
  readonly days: DayLookup
}

/** Returns the memo of tables by vehicle. Facts no rule asks for make no difference, so a fleet needs few tables. */
export function createTables(ground: Ground): (facts: VehicleFacts) => VehicleTables {
  const kinds = dayKindsOf(ground)
  const store = createTableStore()
  const byZone: number[][] = Array.from({ length: ground.zoneCount }, () => [])
  ground.rules.forEach(({ zones }, rank) => zones.forEach((zone) => byZone[zone]!.push(rank)))
  const known = new Map<string, VehicleTables>()
  const limit = 4096
  return (facts) => {
    const key = canonicalJson(facts)
    const found = known.get(key)
    if (found) return found
    // Plates make vehicles many; what is rarely asked may be made again.
    if (known.size >= limit) known.clear()
    const made = tablesOf(facts, { ...ground, kinds, byZone, store })
    known.set(key, made)
    return made
  }
}

interface DayKinds {
  of(dayNumber: number): number
  /** a day of the kind */
  sample(kind: number): number
}

/** Tells days apart as far as any rule can: weekday, kind and month of the day and the one before it, and the effective dates behind it. */
function dayKindsOf({ rules, days }: Ground): DayKinds {
  const spans = rules.flatMap((each) => each.spans)
  const ignored = (spans.some(asksMonth) ? 0 : 0xfff << 10) | (spans.some(asksWeekday) ? 0 : 0x7f << 3)
  const bounds = [...new Set(rules.flatMap(({ from, to }) => [from, to]))].filter(Number.isFinite).sort((a, b) => a - b)
  const kindOf = new Map<string, number>()
  const samples: number[] = []
  const describe = (dayNumber: number): number => bitsOfDay(dayNumber, days) & ~ignored
  const find = (dayNumber: number): number => {
    const [start, end] = [dayNumber * minutesOfDay, (dayNumber + 1) * minutesOfDay]
    const passed = bounds.findLastIndex((each) => each <= start)
    const isBroken = bounds[passed + 1] !== undefined && bounds[passed + 1]! < end
    const key = `${describe(dayNumber)}|${describe(dayNumber - 1)}|${isBroken ? `d${dayNumber}` : passed}`
    const known = kindOf.get(key)
    if (known !== undefined) return known
    kindOf.set(key, samples.length)
    return samples.push(dayNumber) - 1
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
    sample: (kind) => samples[kind]!,
  }
}

function tablesOf(facts: VehicleFacts, { rules, days, kinds, byZone, store }: Ground & { kinds: DayKinds; byZone: readonly number[][]; store: TableStore }): VehicleTables {
  const missing = rules.map(({ rule }) => {
    const named = matchAny(rule.vehicles, facts)
    const isExcepted = matchAny(rule.exceptions, facts).certainty === 'yes'
    // An unknown fact counts against the vehicle: it is held to restrictions and does not profit from permissions.
    const applies = !isExcepted && (named.certainty === 'yes' || (named.certainty === 'unknown' && rule.effect !== 'allowed'))
    return applies ? [...new Set(named.certainty === 'unknown' ? named.missing : [])] : null
  })
  const allowed = Uint8Array.from(rules, ({ rule }) => (rule.effect === 'no-go' || (rule.effect === 'pass-needed' && !rule.passes.some((each) => facts.passes.includes(each))) ? 0 : 1))
  const ranksOf = byZone.map((ranks) => ranks.filter((rank) => missing[rank] !== null))
  const tables: Int32Array[] = []
  const tablesOn = (dayNumber: number): Int32Array => (tables[kinds.of(dayNumber)] ??= new Int32Array(byZone.length))
  const table = (dayNumber: number, zone: number): number => {
    const held = tablesOn(dayNumber)
    if (held[zone] === 0) held[zone] = store.add(paintDay(ranksOf[zone]!, kinds.sample(kinds.of(dayNumber)), { rules, days }))
    return held[zone]!
  }
  return {
    facts,
    missing: (rank) => missing[rank] ?? [],
    isAllowed: (rank) => rank === noRule || allowed[rank] === 1,
    store,
    tablesOn,
    table,
    isSilent: (zone) => ranksOf[zone]!.length === 0,
  }
}

const scratch = new Int32Array(minutesOfDay)

/** The table of one zone and day: paints the rules over the minutes, the one that decides last. */
function paintDay(ranks: readonly number[], dayNumber: number, { rules, days }: Pick<Ground, 'rules' | 'days'>): number[] {
  const [today, yesterday, start] = [bitsOfDay(dayNumber, days), bitsOfDay(dayNumber - 1, days), dayNumber * minutesOfDay]
  const edges = [0]
  scratch.fill(noRule)
  for (let at = ranks.length - 1; at >= 0; at--) {
    const { spans, from, to } = rules[ranks[at]!]!
    for (const span of spans) {
      for (const [begins, ends] of windowsOn(span, today, yesterday)) {
        const [first, last] = [Math.max(begins, from - start), Math.min(ends, to - start)]
        if (first >= last) continue
        scratch.fill(ranks[at]!, first, last)
        edges.push(first)
        if (last < minutesOfDay) edges.push(last)
      }
    }
  }
  const changes: number[] = []
  for (const minute of edges.sort((a, b) => a - b)) if (minute === 0 ? changes.length === 0 : scratch[minute] !== scratch[minute - 1] && changes.at(-2) !== minute) changes.push(minute, scratch[minute]!)
  return changes
}
