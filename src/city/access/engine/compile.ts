import type { Point } from '../../../base/geo.ts'
import { parseInstant } from '../../../base/time.ts'
import { lookupDays, type DayLookup, type WorkCalendar } from './calendar.ts'
import { createTables, type VehicleTables } from './day-tables.ts'
import { layGrid, type Grid } from './grid.ts'
import { localMinuteOf, minutesOfDay } from './local-time.ts'
import type { RankedRule } from './ranked-rule.ts'
import { effects, spansOf, type RuleSet, type Zone } from './rule-set.ts'
import { packSpan } from './spans.ts'
import { rankOf } from './table-store.ts'
import { holds, piecesOf, type Piece } from './shapes.ts'
import type { VehicleFacts } from './vehicle-match.ts'

/** A rule set as it is in force: from `from` on, until `to`; null: open. Local minutes. */
export interface Part {
  readonly ruleSet: RuleSet
  readonly from: number | null
  readonly to: number | null
}

/** Which rule decides, for any vehicle, place and minute. Made by `compile`; immutable but for its memo of day tables. */
export interface CompiledRules {
  readonly rules: readonly RankedRule[]
  readonly zones: readonly (Zone & { readonly ruleSet: RuleSet })[]
  readonly pieces: readonly Piece[]
  readonly grid: Grid
  readonly everywhere: number
  readonly days: DayLookup
  /** tables of a vehicle; the same facts give the same object */
  vehicle(facts: VehicleFacts): VehicleTables
}

const boundOf = (text: string | null): number | null => (text === null ? null : localMinuteOf(parseInstant(text)!))
const latest = (...bounds: (number | null)[]): number => Math.max(...bounds.map((each) => each ?? -Infinity))
const earliest = (...bounds: (number | null)[]): number => Math.min(...bounds.map((each) => each ?? Infinity))

/** The whole of a rule set, by its own effective dates. */
export const wholeOf = (ruleSet: RuleSet): Part => ({ ruleSet, from: boundOf(ruleSet.effectiveFrom), to: boundOf(ruleSet.effectiveTo) })

/**
 * Compiles rule sets, each for the time it is in force, into one pure answerer. Of the rules that apply at a place and minute to a
 * vehicle the one with the highest priority decides; at equal priority the stricter (such a pair cannot be published).
 * The sets must have passed `checkRuleSet`; a span whose hours are unknown never applies.
 */
export function compile(parts: readonly Part[], calendar: WorkCalendar | null): CompiledRules {
  const { zones, indexOf } = gatherZones(parts)
  const everywhere = zones.length
  const unsorted: RankedRule[] = []
  for (const { ruleSet, from, to } of parts) {
    for (const rule of ruleSet.rules) {
      const ruleZones = rule.zones.map((each) => (each === '*' ? everywhere : indexOf(ruleSet, each))).filter((each) => each !== undefined)
      const ranked = { rule, ruleSet, spans: spansOf(rule, ruleSet).map(packSpan), from: latest(from, boundOf(rule.effectiveFrom)), to: earliest(to, boundOf(rule.effectiveTo)), zones: ruleZones }
      // Where one zone of a rule has the pass and another has not, the one without decides: it stands first.
      for (const withPass of rule.effect === 'pass-needed' ? [false, true] : [null]) unsorted.push({ ...ranked, withPass })
    }
  }
  const rules = unsorted.toSorted((a, b) => b.rule.priority - a.rule.priority || effects.indexOf(a.rule.effect) - effects.indexOf(b.rule.effect))
  const pieces = zones.flatMap((zone, at) => (zone.geometry ? piecesOf(at, zone.geometry) : []))
  const days = lookupDays(calendar)
  return { rules, zones, pieces, grid: layGrid(pieces), everywhere, days, vehicle: createTables({ rules, zoneCodes: [...zones.map((zone) => zone.code), null], days }) }
}

/** Zones of all parts; one that stands unchanged in several versions is laid out once, under its latest rule set. */
function gatherZones(parts: readonly Part[]): { zones: (Zone & { readonly ruleSet: RuleSet })[]; indexOf: (ruleSet: RuleSet, code: string) => number | undefined } {
  const zones: (Zone & { ruleSet: RuleSet })[] = []
  const known = new Map<string, number>()
  const byCode = new Map<RuleSet, Map<string, number>>()
  for (const { ruleSet } of parts) {
    const codes = new Map<string, number>()
    for (const zone of ruleSet.zones) {
      const key = JSON.stringify([zone.code, zone.title, zone.geometry])
      const at = known.get(key) ?? zones.length
      known.set(key, at)
      zones[at] = { ...zone, ruleSet }
      codes.set(zone.code, at)
    }
    byCode.set(ruleSet, codes)
  }
  return { zones, indexOf: (ruleSet, code) => byCode.get(ruleSet)?.get(code) }
}

/**
 * Rank of the deciding rule at a place and local minute, `noRule` when none applies. The hot path: nothing is allocated, a zone
 * is asked for its area only when its rule would win.
 */
export function rankAt(compiled: CompiledRules, vehicle: VehicleTables, lon: number, lat: number, localMinute: number): number {
  const { grid, pieces } = compiled
  const dayNumber = Math.floor(localMinute / minutesOfDay)
  const minute = localMinute - dayNumber * minutesOfDay
  const tables = vehicle.tablesOn(dayNumber)
  let table = tables[compiled.everywhere]! || vehicle.table(dayNumber, compiled.everywhere)
  let best = rankOf(vehicle.store.pool, table, minute)
  const column = Math.floor((lon - grid.west) / grid.cellLon)
  const row = Math.floor((lat - grid.south) / grid.cellLat)
  if (!(column >= 0 && row >= 0 && column < grid.columns && row < grid.rows)) return best
  const cell = row * grid.columns + column
  const end = grid.first[cell + 1]!
  for (let at = grid.first[cell]!; at < end; at++) {
    const entry = grid.entries[at]!
    const piece = pieces[entry >> 1]!
    table = tables[piece.zone]! || vehicle.table(dayNumber, piece.zone)
    const rank = rankOf(vehicle.store.pool, table, minute)
    if (rank < best && ((entry & 1) === 1 || holds(piece, lon, lat))) best = rank
  }
  return best
}

/** Indices of the zones a place lies in, everywhere included. */
export function zonesAt({ grid, pieces, everywhere }: CompiledRules, lon: number, lat: number): number[] {
  const found = new Set([everywhere])
  const column = Math.floor((lon - grid.west) / grid.cellLon)
  const row = Math.floor((lat - grid.south) / grid.cellLat)
  if (!(column >= 0 && row >= 0 && column < grid.columns && row < grid.rows)) return [everywhere]
  const cell = row * grid.columns + column
  for (let at = grid.first[cell]!; at < grid.first[cell + 1]!; at++) {
    const entry = grid.entries[at]!
    const piece = pieces[entry >> 1]!
    if ((entry & 1) === 1 || holds(piece, lon, lat)) found.add(piece.zone)
  }
  return [...found].sort((a, b) => a - b)
}

/** Pieces whose sides a straight line may cross: those with a side in a cell of the line's box. */
export function piecesAlong({ grid, pieces }: CompiledRules, a: Point, b: Point): Iterable<number> {
  const [west, south, east, north] = [Math.min(a.lon, b.lon), Math.min(a.lat, b.lat), Math.max(a.lon, b.lon), Math.max(a.lat, b.lat)]
  const clamp = (cell: number, count: number): number => Math.max(0, Math.min(count - 1, cell))
  const [fromColumn, toColumn] = [clamp(Math.floor((west - grid.west) / grid.cellLon), grid.columns), clamp(Math.floor((east - grid.west) / grid.cellLon), grid.columns)]
  const [fromRow, toRow] = [clamp(Math.floor((south - grid.south) / grid.cellLat), grid.rows), clamp(Math.floor((north - grid.south) / grid.cellLat), grid.rows)]
  // A long line looks at every piece: that is cheaper than at every cell.
  if ((toColumn - fromColumn + 1) * (toRow - fromRow + 1) > pieces.length) return pieces.keys()
  const found = new Set<number>()
  for (let row = fromRow; row <= toRow; row++) {
    for (let column = fromColumn; column <= toColumn; column++) {
      const cell = row * grid.columns + column
      for (let at = grid.first[cell]!; at < grid.first[cell + 1]!; at++) if ((grid.entries[at]! & 1) === 0) found.add(grid.entries[at]! >> 1)
    }
  }
  return found
}

/** Indices of the zones with a code, everywhere included; of several versions all, each in force at its own time. */
export function zonesNamed({ zones, everywhere }: CompiledRules, code: string): number[] | undefined {
  const found = zones.flatMap((zone, at) => (zone.code === code ? [at] : []))
  return found.length > 0 ? [...found, everywhere] : undefined
}
