import { addDays, dayMs, startOfDay } from '../../base/time.ts'
import type { JourneyParameters } from './parameters.ts'
import type { DayKey } from './store.ts'
import type { TrackPoint } from './types.ts'

/** Days of one vehicle close enough to be read at once. */
export interface DayRun {
  readonly vehicleId: string
  /** ascending; days between that need no derivation are only read */
  readonly days: readonly string[]
}

const longestRunDays = 31

/** Groups vehicle-days into runs of at most a month, so that history is read in few queries. */
export function deriveRuns(keys: readonly DayKey[]): DayRun[] {
  const byVehicle = new Map<string, Set<string>>()
  for (const { vehicleId, day } of keys) {
    const days = byVehicle.get(vehicleId) ?? new Set()
    byVehicle.set(vehicleId, days.add(day))
  }
  const runs: DayRun[] = []
  for (const [vehicleId, days] of byVehicle) {
    let run: string[] = []
    for (const day of [...days].sort()) {
      const isNear = run.length > 0 && day <= addDays(run.at(-1)!, 3) && day < addDays(run[0]!, longestRunDays)
      if (run.length > 0 && !isNear) {
        runs.push({ vehicleId, days: run })
        run = []
      }
      run.push(day)
    }
    runs.push({ vehicleId, days: run })
  }
  return runs
}

/** Splits a run's positions (in order) into a day's own and those around it that decide what belongs to its edges. */
export function sliceDay(points: readonly TrackPoint[], day: string, { contextMs, bridgeMs }: JourneyParameters): { positions: TrackPoint[]; neighbours: TrackPoint[] } {
  const from = startOfDay(day)
  const to = from + dayMs
  const [start, end] = [firstAt(points, from), firstAt(points, to)]
  const isGood = (point: TrackPoint) => point.fixValid
  const lastGood = points.slice(firstAt(points, from - bridgeMs), start).findLast(isGood)
  const nextGood = points.slice(end, firstAt(points, to + bridgeMs)).find(isGood)
  const before = points.slice(firstAt(points, from - contextMs), start)
  const after = points.slice(end, firstAt(points, to + contextMs))
  return {
    positions: points.slice(start, end),
    neighbours: [...(before.some(isGood) || !lastGood ? before : [lastGood]), ...(after.some(isGood) || !nextGood ? after : [nextGood])],
  }
}

/** Index of the first position at or after an instant. */
function firstAt(points: readonly TrackPoint[], instant: number): number {
  let low = 0
  let high = points.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (points[middle]!.observedAt < instant) low = middle + 1
    else high = middle
  }
  return low
}
