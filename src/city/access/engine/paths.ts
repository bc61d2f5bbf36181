import { between, distanceMetres, type Point } from '../../../base/geo.ts'
import { dayMs } from '../../../base/time.ts'
import { metresPerSecondFromKmh, msFromSeconds } from '../../../base/units.ts'
import { answer, stretchesOfDay, type Answer } from './answers.ts'
import { piecesAlong, zonesAt, type CompiledRules } from './compile.ts'
import type { VehicleTables } from './day-tables.ts'
import { instantOfMinute, localMinuteOf, minutesOfDay } from './local-time.ts'
import { crossings } from './shapes.ts'

/** Part of a leg of a path that lies in the same zones from end to end. */
export interface PathPart {
  readonly leg: number
  /** shares of the leg, 0–1 */
  readonly from: number
  readonly to: number
  readonly zones: readonly number[]
}

/** A path and the time its legs take when nothing bars the way. */
export interface Route {
  readonly path: readonly Point[]
  /** one fewer than places */
  readonly legSeconds: readonly number[]
}

/** Straight lines driven at one speed. */
export const routeAtSpeed = (path: readonly Point[], speedKmh: number): Route => ({ path, legSeconds: path.slice(1).map((point, at) => distanceMetres(path[at]!, point) / metresPerSecondFromKmh(speedKmh)) })

/** Cuts a path where it goes in or out of zones. */
export function partsOfPath(compiled: CompiledRules, path: readonly Point[]): PathPart[] {
  const parts: PathPart[] = []
  for (let leg = 0; leg + 1 < path.length; leg++) {
    const [a, b] = [path[leg]!, path[leg + 1]!]
    const shares = [0, 1]
    for (const piece of piecesAlong(compiled, a, b)) shares.push(...crossings(compiled.pieces[piece]!, a, b))
    shares.sort((x, y) => x - y)
    const start = parts.length
    for (let at = 1; at < shares.length; at++) {
      const [from, to] = [shares[at - 1]!, shares[at]!]
      if (to - from < 1e-12) continue
      const middle = between(a, b, (from + to) / 2)
      const zones = zonesAt(compiled, middle.lon, middle.lat)
      const last = parts.length > start ? parts.at(-1) : undefined
      if (last && last.zones.join() === zones.join()) parts[parts.length - 1] = { ...last, to }
      else parts.push({ leg, from, to, zones })
    }
  }
  return parts
}

export interface DrivenPart extends PathPart {
  readonly entersAt: number
  readonly leavesAt: number
  /** answer at the first moment it is refused, else on entering */
  readonly answer: Answer
}

export interface RouteAnswer {
  readonly allowed: boolean
  readonly departAt: number
  readonly arriveAt: number
  readonly parts: readonly DrivenPart[]
  /** first part and answer that bars the way; null: free all along */
  readonly barredBy: DrivenPart | null
}

/** Whether a vehicle may drive a route when it departs at an instant and waits nowhere. */
export function mayDrive(compiled: CompiledRules, vehicle: VehicleTables, route: Route, departAt: number): RouteAnswer {
  let now = departAt
  const parts = partsOfPath(compiled, route.path).map((part): DrivenPart => {
    const entersAt = now
    now += msOfPart(part, route)
    const barredAt = allowedWindows(vehicle, part.zones, entersAt, now).reduce((reached, [from, to]) => (from <= reached ? Math.max(reached, to) : reached), entersAt)
    return { ...part, entersAt, leavesAt: now, answer: answer(compiled, vehicle, part.zones, barredAt < now ? barredAt : entersAt) }
  })
  const barredBy = parts.find((each) => !each.answer.allowed) ?? null
  return { allowed: barredBy === null, departAt, arriveAt: now, parts, barredBy }
}

const msOfPart = (part: PathPart, { legSeconds }: Route): number => msFromSeconds(legSeconds[part.leg]! * (part.to - part.from))

/** Instants [from, to) during which a vehicle may be within all of these zones, clipped, in order, joined over midnight. */
export function allowedWindows(vehicle: VehicleTables, zones: readonly number[], from: number, to: number): [number, number][] {
  const windows: [number, number][] = []
  const lastDay = Math.floor(localMinuteOf(Math.max(from, to - 1)) / minutesOfDay)
  for (let day = Math.floor(localMinuteOf(from) / minutesOfDay); day <= lastDay; day++) {
    for (const stretch of stretchesOfDay(vehicle, zones, day)) {
      if (!vehicle.isAllowed(stretch.rank)) continue
      const [first, last] = [Math.max(from, instantOfMinute(stretch.from)), Math.min(to, instantOfMinute(stretch.to))]
      if (first >= last) continue
      const before = windows.at(-1)
      if (before && before[1] === first) before[1] = last
      else windows.push([first, last])
    }
  }
  return windows
}

/**
 * Departures [from, until) whose answer is the same: a later or earlier departure shifts every part with it. Free: until the first
 * part would meet a change; barred: as long as the part that bars it does. Null: not within the horizon.
 */
export function departuresAlike({ departAt, parts, barredBy }: RouteAnswer): { from: number | null; until: number | null } {
  const shifts = (bound: 'from' | 'until', at: 'entersAt' | 'leavesAt'): number[] =>
    (barredBy ? [barredBy] : parts).flatMap((part) => (part.answer[bound] === null ? [] : [part.answer[bound] - (part[at] - departAt)]))
  // Free, the whole part lies within the stretch; barred, its end or its beginning reaches into it.
  const froms = shifts('from', barredBy ? 'leavesAt' : 'entersAt')
  const untils = shifts('until', barredBy ? 'entersAt' : 'leavesAt')
  return { from: froms.length === 0 ? null : Math.min(departAt, Math.max(...froms)), until: untils.length === 0 ? null : Math.max(departAt, Math.min(...untils)) }
}

/** First departure from `departAt` on (whole ms) at which the route may be driven without waiting; null: not within `waitingDays`. */
export function earliestDeparture(compiled: CompiledRules, vehicle: VehicleTables, route: Route, departAt: number): number | null {
  const limit = departAt + waitingDays * dayMs
  let departures: [number, number][] = [[departAt, limit]]
  let before = 0
  for (const part of partsOfPath(compiled, route.path)) {
    const after = before + msOfPart(part, route)
    // A window is kept when the part is entered and left within it: so far earlier one must have set out.
    const windows = allowedWindows(vehicle, part.zones, departAt, limit + after)
    departures = departures.flatMap(([first, last]) => windows.flatMap(([opens, closes]): [number, number][] => {
      const common: [number, number] = [Math.max(first, Math.ceil(opens - before)), Math.min(last, closes - after)]
      return common[0] <= common[1] ? [common] : []
    }))
    before = after
  }
  return departures[0]?.[0] ?? null
}

/** How far an arrival or a departure may be put off. */
export const waitingDays = 14

export interface Arrival {
  readonly arriveAt: number
  /** total time waited, ms: at the start, or where waiting is allowed */
  readonly waitedMs: number
}

/**
 * Earliest arrival along a path when the vehicle may wait at its start and wherever it may be, and is never where it may not.
 * Exact: at every border between zones all instants at which one can be there are carried on as intervals. Null: not within `waitingDays`.
 */
export function earliestArrival(compiled: CompiledRules, vehicle: VehicleTables, route: Route, departAt: number): Arrival | null {
  const limit = departAt + waitingDays * dayMs
  let reachable: [number, number][] = [[departAt, limit]]
  let driving = 0
  for (const part of partsOfPath(compiled, route.path)) {
    const duration = msOfPart(part, route)
    driving += duration
    const leaving: [number, number][] = []
    for (const [opens, closes] of allowedWindows(vehicle, part.zones, departAt, limit)) {
      for (const [first, last] of reachable) {
        const enters = Math.max(first, opens)
        // Once inside, one may stay until the window closes.
        if (enters <= last && enters < closes && enters + duration <= closes) leaving.push([enters + duration, closes])
      }
    }
    reachable = joined(leaving)
    if (reachable.length === 0) return null
  }
  const arriveAt = reachable[0]![0]
  return { arriveAt, waitedMs: Math.max(0, arriveAt - departAt - driving) }
}

function joined(intervals: readonly [number, number][]): [number, number][] {
  const result: [number, number][] = []
  for (const [from, to] of intervals.toSorted((a, b) => a[0] - b[0])) {
    const last = result.at(-1)
    if (last && from <= last[1]) last[1] = Math.max(last[1], to)
    else result.push([from, to])
  }
  return result
}
