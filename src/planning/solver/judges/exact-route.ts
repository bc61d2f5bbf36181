/** What happens along a judged route, in sequence; `task` is -1 for everything that serves no order. */
export interface TraceStop {
  readonly kind: 'task' | 'break' | 'reload' | 'charge'
  readonly task: number
  /** location index; -1 for a break, which is taken where the vehicle stands */
  readonly location: number
  readonly arrival: number
  readonly start: number
  readonly departure: number
  readonly energy?: number
  /** the leg that ends here, where travel depends on the hour */
  readonly leg?: TraceLeg
  /** index of the window paid, in the problem's own list */
  readonly window?: number
  readonly berth?: string
  /** end of service, loading or charge; the vehicle may stand longer without holding a berth or a point */
  readonly handledUntil?: number
}

/** When a leg was begun, and by which of the pair's options. */
export interface TraceLeg {
  readonly departure: number
  readonly option: number
}

export interface Trace {
  readonly departure: number
  readonly return: number
  readonly stops: readonly TraceStop[]
  readonly lastLeg?: TraceLeg
  /** what was driven and paid beside it (windows, energy), where places alone do not tell */
  readonly driven?: { readonly distanceMetres: number; readonly drivingSeconds: number; readonly extraCost: number }
}

/**
 * One family of constraints that no pair of numbers at a route's ends can carry. `price` is the whole cost of the tasks
 * `sequence[0 … length)` on a vehicle of `kind`, Infinity when it cannot be driven; `trace` is the schedule behind that price. From `limit`
 * on a price need not be exact: it may as well be Infinity.
 */
export interface Judge {
  price(kind: number, sequence: Int32Array, length: number, limit?: number): number
  trace(kind: number, sequence: Int32Array, length: number): Trace
}

/** A judge that remembers each route as it stands, and so prices one more task without driving all of it again. */
export interface PreparedJudge {
  /** The route's price; what is learned on the way is kept under `slot` until the next call for it. */
  prepare(slot: number, kind: number, sequence: Int32Array, length: number): number
  /** Price of the prepared route with a task at `position` 0 … length, Infinity when it is not below `limit`. */
  priceWith(slot: number, kind: number, sequence: Int32Array, length: number, task: number, position: number, limit: number): number
}

/** A task put behind `after` on a route driven by a vehicle of `kind`, and its mate (or -1) behind `mateAfter`. */
export interface Insertion {
  route: number
  kind: number
  task: number
  after: number
  mate: number
  mateAfter: number
}

/**
 * The judge of whole routes as the search sees it. The fast tests of placement.ts are then a filter, and only a position that would be the
 * best so far is judged.
 */
export interface ExactRoute {
  /** several trips a route: loads are judged here, a trip at a time */
  readonly hasTrips: boolean
  /** Cost of the route with the task(s) added, on a vehicle of `kind`, less what the route costs now; Infinity when not allowed, or not below `limit`. */
  priceInsertion(at: Insertion, limit: number): number
  priceAlone(kind: number, task: number, mate?: number): number
  /** Cost of a route as it stands. */
  priceRoute(route: number): number
  trace(route: number): Trace
  /** The changes since the last call stay: so do the schedules made for them. */
  keep(): void
  /** The changes since `keep` are taken back: each changed route gets its former schedule and slots, before it is refreshed. */
  undo(): void
  /** The route is closed and gives up the slots it holds. */
  release(route: number): void
  /** What one route holds, in the words of `reserve`. */
  bookedBy(route: number): Int32Array
  /** What the active routes hold, for a packed plan; empty when routes share nothing. */
  booked(): Int32Array
  /** Holds for routes just loaded what `booked` said, until each is scheduled. */
  reserve(routes: readonly number[], booked: Int32Array): void
}
