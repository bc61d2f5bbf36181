import { canonicalJson } from '../../../base/canonical-json.ts'
import type { DayLookup } from './calendar.ts'
import { minutesFromClock, minutesOfDay, monthOf, weekdayOf } from './local-time.ts'
import { noRule, type RankedRule } from './ranked-rule.ts'
import type { TimeSpan } from './rule-set.ts'
import { matchAny, type VehicleFacts } from './vehicle-match.ts'

/**
 * What the rules say to one vehicle, zone by zone and kind of day. A table lists `minute, rank, minute, rank …`: from that minute
 * on that rule decides within the zone. Days that no rule can tell apart share their tables.
 */
export interface VehicleTables {
  readonly facts: VehicleFacts
  /** facts that were taken as met because they are not known, by rank */
  missing(rank: number): readonly string[]
  /** whether the vehicle may be where this rule decides */
  isAllowed(rank: number): boolean
  /** kind of a day, for `rankIn` and `table` */
  day(dayNumber: number): number
  rankIn(day: number, zone: number, minute: number): number
  table(day: number, zone: number): Int32Array
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
    const made = tablesOf(facts, { ...ground, kinds, byZone })
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
  const asksMonths = spans.some((each) => each.months)
  const asksWeekdays = spans.some((each) => each.weekdays)
  const bounds = [...new Set(rules.flatMap(({ from, to }) => [from, to]))].filter(Number.isFinite).sort((a, b) => a - b)
  const kindOf = new Map<string, number>()
  const samples: number[] = []
  const describe = (dayNumber: number): string => `${days.kindOf(dayNumber)}${asksWeekdays ? weekdayOf(dayNumber) : ''}${asksMonths ? `m${monthOf(dayNumber)}` : ''}`
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

function tablesOf(facts: VehicleFacts, { rules, days, kinds, byZone }: Ground & { kinds: DayKinds; byZone: readonly number[][] }): VehicleTables {
  const missing = rules.map(({ rule }) => {
    const named = matchAny(rule.vehicles, facts)
    const isExcepted = matchAny(rule.exceptions, facts).certainty === 'yes'
    // An unknown fact counts against the vehicle: it is held to restrictions and does not profit from permissions.
    const applies = !isExcepted && (named.certainty === 'yes' || (named.certainty === 'unknown' && rule.effect !== 'allowed'))
    return applies ? [...new Set(named.certainty === 'unknown' ? named.missing : [])] : null
  })
  const allowed = Uint8Array.from(rules, ({ rule }) => (rule.effect === 'no-go' || (rule.effect === 'pass-needed' && !rule.passes.some((each) => facts.passes.includes(each))) ? 0 : 1))
  const ranksOf = byZone.map((ranks) => ranks.filter((rank) => missing[rank] !== null))
  const tables: (Int32Array | undefined)[][] = []
  const table = (kind: number, zone: number): Int32Array => {
    const held = tables[kind]?.[zone]
    if (held) return held
    const made = ranksOf[zone]!.length === 0 ? silent : paintDay(ranksOf[zone]!, kinds.sample(kind), { rules, days })
    tables[kind] ??= new Array<Int32Array | undefined>(byZone.length).fill(undefined)
    tables[kind][zone] = made
    return made
  }
  return {
    facts,
    missing: (rank) => missing[rank] ?? [],
    isAllowed: (rank) => rank === noRule || allowed[rank] === 1,
    day: (dayNumber) => kinds.of(dayNumber),
    rankIn(kind, zone, minute) {
      const held = tables[kind]?.[zone] ?? table(kind, zone)
      let at = held.length - 2
      while (held[at]! > minute) at -= 2
      return held[at + 1]!
    },
    table,
    isSilent: (zone) => ranksOf[zone]!.length === 0,
  }
}

const silent = Int32Array.of(0, noRule)
const scratch = new Int32Array(minutesOfDay)

/** The table of one zone and day: paints the rules over the minutes, the one that decides last. */
function paintDay(ranks: readonly number[], dayNumber: number, { rules, days }: Pick<Ground, 'rules' | 'days'>): Int32Array {
  scratch.fill(noRule)
  for (const rank of ranks.toReversed()) {
    const { spans, from, to } = rules[rank]!
    const [first, last] = [Math.max(0, from - dayNumber * minutesOfDay), Math.min(minutesOfDay, to - dayNumber * minutesOfDay)]
    for (const [start, end] of spans.flatMap((span) => windowsOn(span, dayNumber, days))) if (Math.max(start, first) < Math.min(end, last)) scratch.fill(rank, Math.max(start, first), Math.min(end, last))
  }
  const changes: number[] = []
  for (let minute = 0; minute < minutesOfDay; minute++) if (minute === 0 || scratch[minute] !== scratch[minute - 1]) changes.push(minute, scratch[minute]!)
  return Int32Array.from(changes)
}

const isOn = (span: TimeSpan, dayNumber: number, days: DayLookup): boolean =>
  (span.days?.includes(days.kindOf(dayNumber)) ?? true) && (span.weekdays?.includes(weekdayOf(dayNumber)) ?? true) && (span.months?.includes(monthOf(dayNumber)) ?? true)

/** Minutes of a day a span covers, half-open: its own, and what runs over from the day before. */
export function windowsOn(span: TimeSpan, dayNumber: number, days: DayLookup): [number, number][] {
  const [from, to] = [minutesFromClock(span.from), minutesFromClock(span.to)]
  const windows: [number, number][] = []
  if (to < from && isOn(span, dayNumber - 1, days)) windows.push([0, to])
  if (from !== to && isOn(span, dayNumber, days)) windows.push([from, to < from ? minutesOfDay : to])
  return windows
}
