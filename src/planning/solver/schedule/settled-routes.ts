import type { ExactRoute, Insertion, Trace } from '../judges/exact-route.ts'
import type { Instance } from '../instance/instance.ts'
import type { Routes } from '../routes.ts'
import type { Booking } from './bookings.ts'
import { ScheduleJudge } from './judge-schedule.ts'
import { writeInsertion, writeRoute } from '../judges/stop-sequence.ts'

/** A route as it was scheduled last, with the slots it holds. */
interface Settled {
  readonly kind: number
  readonly sequence: Int32Array
  readonly price: number
  readonly bookings: readonly Booking[]
  /** kept where slots are shared: another route may have taken what a new schedule would want */
  readonly trace: Trace | null
  /** places that were refused, with what a task costs there at least */
  readonly refused: Map<number, number>
}

const noBookings: readonly Booking[] = []
/** the kind of a route whose slots are known, but no schedule yet */
const reservedKind = -1

/**
 * The schedule judge as the search sees it. What routes share (berths, charging points) makes a schedule depend on when it was made, so
 * each route's last schedule is kept with its bookings: a route is scheduled into what the others leave free, and undoing brings back the
 * very schedules there were.
 */
export class SettledRoutes implements ExactRoute {
  readonly hasTrips: boolean
  readonly #nodes: number
  readonly #routes: Routes
  readonly #judge: ScheduleJudge
  readonly #isShared: boolean
  readonly #sequence: Int32Array
  readonly #settled: (Settled | null)[]
  /** [route] the schedule before the present one: a change that is taken back at once brings the very schedule back */
  readonly #former: (Settled | null)[]
  /** what routes held when the last change was kept; only of those that changed since */
  readonly #before = new Map<number, Settled | null>()

  constructor(instance: Instance, routes: Routes) {
    this.hasTrips = instance.has.trips
    this.#routes = routes
    this.#nodes = routes.next.length
    this.#judge = new ScheduleJudge(instance)
    this.#isShared = instance.schedule!.shared.length > 0
    this.#sequence = new Int32Array(instance.tasks + 2)
    this.#settled = Array.from({ length: routes.slots }, () => null)
    this.#former = Array.from({ length: routes.slots }, () => null)
  }

  priceInsertion(at: Insertion, limit: number): number {
    const { route, kind } = at
    const settled = this.#settled[route]
    const key = this.#keyOf(at)
    const bound = settled?.refused.get(key)
    if (bound !== undefined && limit <= bound) return Infinity
    const length = writeInsertion(this.#routes, at, this.#sequence)
    const own = settled?.bookings ?? noBookings
    this.#judge.bookings.remove(own)
    const now = this.#routes.costOf(route)
    const price = this.#judge.price(kind, this.#sequence, length, limit + now)
    this.#judge.bookings.add(own)
    if (price - now >= limit) settled?.refused.set(key, limit)
    return price - now
  }

  #keyOf({ kind, task, after, mateAfter }: Insertion): number {
    const nodes = this.#nodes
    return ((kind * nodes + task) * nodes + after) * nodes + Math.max(0, mateAfter)
  }

  priceAlone(kind: number, task: number, mate = -1): number {
    this.#sequence[0] = task
    this.#sequence[1] = mate
    return this.#judge.price(kind, this.#sequence, mate >= 0 ? 2 : 1)
  }

  priceRoute(route: number): number {
    const length = writeRoute(this.#routes, route, this.#sequence)
    const kind = this.#routes.kindOf[route]!
    const known = this.#settled[route]
    if (known && known.kind === kind && isSame(known.sequence, this.#sequence, length)) return known.price
    const former = this.#former[route]!
    this.release(route)
    if (known && known.price < Infinity) this.#former[route] = known
    if (former && former.kind === kind && isSame(former.sequence, this.#sequence, length) && this.#judge.bookings.areFree(former.bookings)) {
      this.#set(route, former)
      return former.price
    }
    let price = this.#judge.price(kind, this.#sequence, length)
    // a plan that is taken up again: what is free now is not what was free when the schedule was made, and among too many ways the judge may lose it
    if (price === Infinity && known && known.kind === reservedKind) price = this.#findAgain(known.bookings, kind, length)
    const trace = this.#isShared && price < Infinity ? this.#judge.traceBest(kind) : null
    this.#set(route, { kind, sequence: this.#sequence.slice(0, length), price, trace, bookings: trace ? this.#judge.bookingsOf(trace) : noBookings, refused: new Map() })
    return price
  }

  /** The price of a sequence that had a schedule with these slots: in no others, and with more labels than usual. */
  #findAgain(bookings: readonly Booking[], kind: number, length: number): number {
    const judge = this.#judge
    judge.bookings.confine(bookings)
    let price = judge.price(kind, this.#sequence, length)
    if (price === Infinity) price = judge.priceThoroughly(kind, this.#sequence, length)
    judge.bookings.confine(null)
    return price < Infinity ? price : judge.priceThoroughly(kind, this.#sequence, length)
  }

  trace(route: number): Trace {
    const price = this.priceRoute(route)
    const known = this.#settled[route]!
    if (known.trace) return known.trace
    if (price === Infinity) throw new Error(`route ${route} has no schedule`)
    this.#judge.price(known.kind, known.sequence, known.sequence.length)
    return this.#judge.traceBest(known.kind)
  }

  keep(): void {
    this.#before.clear()
  }

  undo(): void {
    for (const [route] of this.#before) this.#judge.bookings.remove(this.#settled[route]?.bookings ?? noBookings)
    for (const [route, before] of this.#before) {
      this.#settled[route] = before
      this.#judge.bookings.add(before?.bookings ?? noBookings)
    }
    this.#before.clear()
  }

  release(route: number): void {
    if (this.#settled[route]) this.#set(route, null)
  }

  booked(): Int32Array {
    const { active, activeCount } = this.#routes
    if (!this.#isShared) return new Int32Array(0)
    return Int32Array.from(Array.from(active.subarray(0, activeCount)).flatMap((route) => [...this.bookedBy(route)]))
  }

  bookedBy(route: number): Int32Array {
    const bookings = this.#settled[route]?.bookings ?? noBookings
    return Int32Array.of(bookings.length, ...bookings.flatMap((each) => [each.shared, each.slot]))
  }

  reserve(routes: readonly number[], booked: Int32Array): void {
    let at = 0
    for (const route of routes) {
      const count = booked[at++] ?? 0
      const bookings = Array.from({ length: count }, () => ({ shared: booked[at++]!, slot: booked[at++]! }))
      this.#set(route, { kind: reservedKind, sequence: new Int32Array(0), price: Infinity, bookings, trace: null, refused: new Map() })
    }
  }

  #set(route: number, settled: Settled | null): void {
    const known = this.#settled[route]!
    if (!this.#before.has(route)) this.#before.set(route, known)
    this.#judge.bookings.remove(known?.bookings ?? noBookings)
    this.#judge.bookings.add(settled?.bookings ?? noBookings)
    this.#settled[route] = settled
  }
}

function isSame(known: Int32Array, sequence: Int32Array, length: number): boolean {
  if (known.length !== length) return false
  for (let at = 0; at < length; at++) if (known[at] !== sequence[at]) return false
  return true
}
