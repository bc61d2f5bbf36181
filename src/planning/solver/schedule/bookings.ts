import type { Trace } from '../judges/exact-route.ts'
import { tolerance } from '../instance/instance.ts'
import type { ScheduleFacts, Shared } from './facts.ts'

/** A share in one slot: which counter, which slot. */
export interface Booking {
  readonly shared: number
  readonly slot: number
}

/** Stays are sums of floats: one that passes the edge of a slot by a millionth of a second does not use it. */
const edge = 10 * tolerance

/**
 * How many vehicles hold each slot of each berth group and charging station, over all routes. The sum never exceeds the count, because a
 * route is only booked where the others leave room.
 */
export class Bookings {
  readonly #shared: readonly Shared[]
  readonly #held: readonly Map<number, number>[]
  readonly #full: readonly Set<number>[]
  /** per counter the only slots that may be used, while a route is confined to what it holds */
  #own: readonly Set<number>[] | null = null

  constructor(shared: readonly Shared[]) {
    this.#shared = shared
    this.#held = shared.map(() => new Map())
    this.#full = shared.map(() => new Set())
  }

  add(bookings: readonly Booking[]): void {
    for (const { shared, slot } of bookings) {
      const held = (this.#held[shared]!.get(slot) ?? 0) + 1
      this.#held[shared]!.set(slot, held)
      if (held >= this.#shared[shared]!.count) this.#full[shared]!.add(slot)
    }
  }

  remove(bookings: readonly Booking[]): void {
    for (const { shared, slot } of bookings) {
      const held = this.#held[shared]!.get(slot)! - 1
      this.#held[shared]!.set(slot, held)
      if (held < this.#shared[shared]!.count) this.#full[shared]!.delete(slot)
    }
  }

  /** Whether one more vehicle may have all of these slots. */
  areFree(bookings: readonly Booking[]): boolean {
    return bookings.every(({ shared, slot }) => !this.#full[shared]!.has(slot))
  }

  /** Until it is called without slots, no other slots than these may be used. */
  confine(to: readonly Booking[] | null): void {
    this.#own = to && this.#shared.map((_, shared) => new Set(to.filter((each) => each.shared === shared).map((each) => each.slot)))
  }

  /** Slots that a stay uses; none for a stay without length. */
  slots(shared: number, from: number, to: number): Booking[] {
    const { slotSeconds } = this.#shared[shared]!
    const list: Booking[] = []
    for (let slot = Math.floor((from + edge) / slotSeconds); slot < Math.ceil((to - edge) / slotSeconds); slot++) list.push({ shared, slot })
    return list
  }

  /** First instant not before `from` at which a stay of that length meets no full slot; Infinity when there is none. */
  earliest(shared: number, from: number, seconds: number): number {
    if (this.#own) return this.#earliestOf(this.#own[shared]!, shared, from, seconds)
    const full = this.#full[shared]!
    if (full.size === 0) return from
    const { slotSeconds } = this.#shared[shared]!
    let start = from
    for (let slot = Math.floor((start + edge) / slotSeconds); slot < Math.ceil((start + seconds - edge) / slotSeconds); slot++) if (full.has(slot)) start = (slot + 1) * slotSeconds
    return start
  }

  #earliestOf(own: ReadonlySet<number>, shared: number, from: number, seconds: number): number {
    const { slotSeconds } = this.#shared[shared]!
    const isOwn = (start: number): boolean => {
      for (let slot = Math.floor((start + edge) / slotSeconds); slot < Math.ceil((start + seconds - edge) / slotSeconds); slot++) if (!own.has(slot)) return false
      return true
    }
    // a stay that has to wait begins with one of the slots
    const starts = [from, ...[...own].map((slot) => slot * slotSeconds).filter((start) => start > from)]
    return starts.filter(isOwn).reduce((least, start) => Math.min(least, start), Infinity)
  }

  /** Latest start of a stay that begins at `start` and may move on without meeting a full slot. */
  latest(shared: number, start: number, seconds: number): number {
    return this.freeUntil(shared, start + seconds) - seconds
  }

  /** End of the free time around an instant that is free: the beginning of the next full slot. */
  freeUntil(shared: number, instant: number): number {
    const { slotSeconds } = this.#shared[shared]!
    const first = Math.floor((instant + edge) / slotSeconds)
    let next = this.#own ? first : Infinity
    if (this.#own) while (this.#own[shared]!.has(next)) next++
    else for (const slot of this.#full[shared]!) if (slot >= first && slot < next) next = slot
    return next * slotSeconds
  }
}

/** The slots a schedule holds: a vehicle counts once in a slot, also when it is served there twice. */
export function listBookings(facts: ScheduleFacts, bookings: Bookings, trace: Trace): Booking[] {
  const held = new Map<string, Booking>()
  for (const stop of trace.stops) {
    if (stop.location < 0) continue
    const shared = stop.kind === 'charge' ? facts.chargerAt[stop.location]! : (facts.berthsAt[stop.location]!.find((each) => each.id === stop.berth)?.shared ?? -1)
    const ends = stop.handledUntil ?? stop.departure
    // who hands over in no time needs no berth; a charge of nothing stands at a point all the same
    if (shared < 0 || (stop.kind !== 'charge' && ends <= stop.start)) continue
    for (const each of bookings.slots(shared, stop.start, ends)) held.set(`${each.shared}/${each.slot}`, each)
  }
  return [...held.values()]
}
