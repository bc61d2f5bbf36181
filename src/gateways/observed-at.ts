import { msFromHours } from '../base/units.ts'
import { findEpochMs } from './wire/index.ts'

/** Why something in a frame could not become a fact, or the frame not be read. Stored with the frame. */
export interface Fault {
  readonly code: string
  readonly message: string
}

export const isFault = (value: unknown): value is Fault => typeof value === 'object' && value !== null && 'code' in value && 'message' in value

/** No terminal of these standards reported before 2010; clocks without a fix start at 1970, 1980 or 2000. */
const earliest = Date.UTC(2010, 0, 1)
const longestAhead = msFromHours(24)

/** Epoch ms of a device's wall clock, or the fault that keeps it from being a fact: no such moment, before 2010, or a day ahead of us. */
export function readObservedAt(wallClock: string, now: number): number | Fault {
  const observedAt = findEpochMs(wallClock)
  if (observedAt === undefined) return { code: 'observed-at-unreadable', message: `${wallClock} names no moment` }
  if (observedAt < earliest || observedAt > now + longestAhead) return { code: 'observed-at-implausible', message: `${wallClock} is before 2010 or more than a day ahead` }
  return observedAt
}

/** One fault for a frame in which several items failed: the first one's code, and how many. */
export function summariseFaults(faults: readonly Fault[], items: number): Fault | null {
  const first = faults[0]
  if (!first) return null
  return items === 1 ? first : { code: first.code, message: `${faults.length} of ${items} items left out; first: ${first.message}` }
}
