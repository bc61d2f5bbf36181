import { msFromMinutes, secondsFromMs } from '../../base/units.ts'

/** How many questions each caller may ask in a minute; counted in the memory of one process. */
export interface Allowance {
  /** Takes `count` questions off a caller's allowance; null: granted, else seconds until the next minute begins. */
  take(caller: string, count: number, now: number): number | null
}

/** Counts by whole minutes; a new minute forgets the last, so the memory holds one minute's callers. */
export function createAllowance(perMinute: number): Allowance {
  const minuteMs = msFromMinutes(1)
  let minute = -1
  const taken = new Map<string, number>()
  return {
    take(caller, count, now) {
      const current = Math.floor(now / minuteMs)
      if (current !== minute) taken.clear()
      minute = current
      const before = taken.get(caller) ?? 0
      if (before + count > perMinute) return Math.max(1, Math.ceil(secondsFromMs((current + 1) * minuteMs - now)))
      taken.set(caller, before + count)
      return null
    },
  }
}
