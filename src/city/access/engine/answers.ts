import type { Point } from '../../../base/geo.ts'
import { rankAt, zonesAt, type CompiledRules } from './compile.ts'
import type { VehicleTables } from './day-tables.ts'
import { dayOfNumber, instantOfMinute, localMinuteOf, minutesOfDay } from './local-time.ts'
import { noRule } from './ranked-rule.ts'
import { minutesOf, rankOf } from './table-store.ts'
import type { Effect } from './rule-set.ts'

/** Which words of which notice decided. */
export interface DecidedBy {
  /** code of the rule */
  readonly rule: string
  readonly title: string
  /** number of the notice; null where it has none yet */
  readonly notice: string | null
  readonly noticeTitle: string
  readonly authority: string
  readonly clause: string
  readonly text: string
  /** zone through which the rule holds here; null: everywhere */
  readonly zone: { readonly code: string; readonly title: string } | null
  readonly ruleSet: string
}

/** The answer to "may this vehicle be here now". Instants in epoch ms. */
export interface Answer {
  readonly allowed: boolean
  readonly effect: Effect
  /** null: no rule says anything here and now, so it is allowed */
  readonly decidedBy: DecidedBy | null
  /** passes of which one is needed */
  readonly passes: readonly string[]
  readonly limit: string | null
  /** since when and until when `allowed` and `effect` hold as they are; null: not within the horizon */
  readonly from: number | null
  readonly until: number | null
  /** first instant from `at` on at which it is allowed; null: not within the horizon */
  readonly nextAllowed: number | null
  /** facts of the vehicle that are not known and were taken against it */
  readonly assumed: readonly string[]
  /** day up to which (exclusive) the work calendar had to be guessed from weekdays; null: the day is in the calendar */
  readonly beyondCalendar: string | null
}

/** How far `until`, `from` and `nextAllowed` look. */
export const horizonDays = 400

/** One stretch of constant decision: local minutes, half-open. */
export interface Stretch {
  readonly from: number
  readonly to: number
  readonly rank: number
}

/** Rank of the deciding rule within a set of zones. */
export function rankInZones(vehicle: VehicleTables, zones: readonly number[], localMinute: number): number {
  const dayNumber = Math.floor(localMinute / minutesOfDay)
  return zones.reduce((best, zone) => {
    const table = vehicle.table(dayNumber, zone)
    return Math.min(best, rankOf(vehicle.store.pool, table, localMinute - dayNumber * minutesOfDay))
  }, noRule)
}

/** The day cut where the decision changes, within a set of zones: whole day, in order, neighbours differ. */
export function stretchesOfDay(vehicle: VehicleTables, zones: readonly number[], dayNumber: number): Stretch[] {
  const tables = zones.map((zone) => vehicle.table(dayNumber, zone))
  const start = dayNumber * minutesOfDay
  const minutes = new Set<number>()
  const { pool } = vehicle.store
  for (const table of tables) for (const minute of minutesOf(pool, table)) minutes.add(minute)
  const stretches: Stretch[] = []
  for (const minute of [...minutes].sort((a, b) => a - b)) {
    const rank = tables.reduce((best, table) => Math.min(best, rankOf(pool, table, minute)), noRule)
    const last = stretches.at(-1)
    if (last?.rank === rank) continue
    if (last) stretches[stretches.length - 1] = { ...last, to: start + minute }
    stretches.push({ from: start + minute, to: start + minutesOfDay, rank })
  }
  return stretches
}

const effectOf = (compiled: CompiledRules, rank: number): Effect => (rank === noRule ? 'allowed' : compiled.rules[rank]!.rule.effect)

/** May a vehicle be at a point at an instant, why, and until when. */
export const mayBeAt = (compiled: CompiledRules, vehicle: VehicleTables, point: Point, at: number): Answer => answer(compiled, vehicle, zonesAt(compiled, point.lon, point.lat), at)

/** Whether it may, without the reasons: for millions. */
export const isAllowedAt = (compiled: CompiledRules, vehicle: VehicleTables, point: Point, at: number): boolean => vehicle.isAllowed(rankAt(compiled, vehicle, point.lon, point.lat, localMinuteOf(at)))

/** The same for a place given by the zones it lies in. */
export function answer(compiled: CompiledRules, vehicle: VehicleTables, zones: readonly number[], at: number): Answer {
  const now = localMinuteOf(at)
  const rank = rankInZones(vehicle, zones, now)
  const isSame = (other: number): boolean => vehicle.isAllowed(other) === vehicle.isAllowed(rank) && effectOf(compiled, other) === effectOf(compiled, rank)
  const until = findMinute({ vehicle, zones, from: now, is: (other) => !isSame(other) })
  const since = findSince({ vehicle, zones, before: now, is: isSame })
  const next = vehicle.isAllowed(rank) ? at : findMinute({ vehicle, zones, from: now, is: (other) => vehicle.isAllowed(other) })
  const today = Math.floor(now / minutesOfDay)
  const rule = rank === noRule ? undefined : compiled.rules[rank]!.rule
  return {
    allowed: vehicle.isAllowed(rank), effect: effectOf(compiled, rank), decidedBy: describeRule(compiled, vehicle, rank, { zones, minute: now }),
    passes: rule?.effect === 'pass-needed' ? rule.passes : [], limit: rule?.limit ?? null,
    from: since === null ? null : instantOfMinute(since), until: until === null ? null : instantOfMinute(until),
    nextAllowed: next === null ? null : vehicle.isAllowed(rank) ? at : instantOfMinute(next), assumed: vehicle.missing(rank),
    beyondCalendar: compiled.days.isKnown(today) ? null : dayOfNumber(today),
  }
}

function describeRule(compiled: CompiledRules, vehicle: VehicleTables, rank: number, { zones, minute }: { zones: readonly number[]; minute: number }): DecidedBy | null {
  if (rank === noRule) return null
  const { rule, ruleSet } = compiled.rules[rank]!
  const through = zones.find((zone) => rankInZones(vehicle, [zone], minute) === rank)
  const zone = through === undefined || through === compiled.everywhere ? null : compiled.zones[through]!
  const notice = ruleSet.notices.find((each) => each.code === rule.notice.code)
  return {
    rule: rule.code, title: rule.title, notice: notice?.number ?? null, noticeTitle: notice?.title ?? '', authority: notice?.authority ?? '', clause: rule.notice.clause, text: rule.notice.text,
    zone: zone && { code: zone.code, title: zone.title }, ruleSet: ruleSet.code,
  }
}

interface Search {
  readonly vehicle: VehicleTables
  readonly zones: readonly number[]
  readonly is: (rank: number) => boolean
}

/** First local minute from `from` on whose deciding rank is as asked; null within the horizon. */
export function findMinute({ vehicle, zones, from, is }: Search & { from: number }): number | null {
  if (zones.every((zone) => vehicle.isSilent(zone))) return is(noRule) ? from : null
  const firstDay = Math.floor(from / minutesOfDay)
  for (let day = firstDay; day <= firstDay + horizonDays; day++) {
    for (const stretch of stretchesOfDay(vehicle, zones, day)) if (stretch.to > from && is(stretch.rank)) return Math.max(from, stretch.from)
  }
  return null
}

/** First minute of the unbroken run before `before` (included) whose rank is as asked; null when it is longer than the horizon. */
function findSince({ vehicle, zones, before, is }: Search & { before: number }): number | null {
  if (zones.every((zone) => vehicle.isSilent(zone))) return null
  const lastDay = Math.floor(before / minutesOfDay)
  let since = before
  for (let day = lastDay; day >= lastDay - horizonDays; day--) {
    for (const stretch of stretchesOfDay(vehicle, zones, day).toReversed()) {
      if (stretch.from > before) continue
      if (!is(stretch.rank)) return since
      since = stretch.from
    }
  }
  return null
}
