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
}

export interface Trace {
  readonly departure: number
  readonly return: number
  readonly stops: readonly TraceStop[]
}

/**
 * One family of constraints that no pair of numbers at a route's ends can carry. `price` is the whole cost of the tasks
 * `sequence[0 … length)` on a vehicle of `kind`, Infinity when it cannot be driven; `trace` is the schedule behind that price.
 */
export interface Judge {
  price(kind: number, sequence: Int32Array, length: number): number
  trace(kind: number, sequence: Int32Array, length: number): Trace
}

/**
 * The judge of whole routes as the search sees it. The fast tests of placement.ts are then a filter, and only a position that would be the
 * best so far is judged.
 */
export interface ExactRoute {
  /** several trips a route: loads are judged here, a trip at a time */
  readonly hasTrips: boolean
  /** Cost of the route with the task(s) added, on a vehicle of `kind`, less what the route costs now; Infinity when not allowed. */
  priceInsertion(route: number, kind: number, task: number, after: number, mate: number, mateAfter: number): number
  priceAlone(kind: number, task: number, mate?: number): number
  /** Cost of a route as it stands. */
  priceRoute(route: number): number
  trace(route: number): Trace
}
