import type { JudgedKinds } from '../judges/exact-simulation.ts'
import type { ScheduleFacts } from '../schedule/facts.ts'

/** Times are sums of a few hundred floats; a tenth of a millionth of a second is not lateness. */
export const tolerance = 1e-7

export type Numbers = Float64Array | Float32Array

/** Something between two locations by index. */
export type Pair = (from: number, to: number) => number

/** What a task does to the load: goods from the depot, goods to the depot, or one end of a carried order. */
export const taskKind = { delivery: 0, pickup: 1, carryPickup: 2, carryDelivery: 3 } as const

/** Vehicle kinds by index; every array has one entry a kind unless it says otherwise. */
export interface Fleet {
  readonly kinds: number
  /** [kind * dimensions + dimension] */
  readonly capacity: Float64Array
  readonly fixedCost: Float64Array
  /** the arc cost of a kind is `factor * arcs[arcBase + from * locations + to]` */
  readonly factor: Float64Array
  readonly arcBase: Int32Array
  readonly durationBase: Int32Array
  readonly start: Int32Array
  readonly end: Int32Array
  readonly shiftEarliest: Float64Array
  readonly shiftLatest: Float64Array
  readonly maxDuration: Float64Array
  readonly costPerSecond: Float64Array
  readonly maxDistance: Float64Array
  readonly maxStops: Int32Array
  readonly count: Int32Array
  /** limits over several kinds together, and for each kind the limits it is under */
  readonly limits: readonly { readonly kinds: readonly number[]; readonly count: number }[]
  readonly limitsOf: readonly (readonly number[])[]
  /** kinds that differ in money and room only share a number: a route may change between them without a new schedule */
  readonly movement: Int32Array
  /** [kind * tasks + task] 1 when skills and capacity allow it */
  readonly mayServe: Uint8Array
}

/** The problem as the search sees it: indices and typed arrays, nothing to look up. */
export interface Instance {
  readonly tasks: number
  readonly dimensions: number
  readonly locations: number
  /** locations below this number are places; the one beyond is "nowhere", the end of an open route */
  readonly places: number
  readonly fleet: Fleet
  readonly arcs: Numbers
  /** many places: ways from coordinates at each question in place of the tables, which are empty then */
  readonly between: { readonly arc: Pair; readonly duration: Pair } | null
  /** transposed, so that both neighbours of a task are read from the task's own row; the same array when symmetric */
  readonly arcsBack: Numbers
  readonly durations: Numbers
  readonly durationsBack: Numbers
  /** distance matrix of profile bases, only when a distance limit or a detour needs it */
  readonly distances: Numbers
  readonly locationOf: Int32Array
  readonly kind: Uint8Array
  /** other end of a carried order, or -1 */
  readonly mate: Int32Array
  /** [task * dimensions + dimension], never negative */
  readonly amount: Float64Array
  readonly service: Float64Array
  /** hull of the task's windows */
  readonly open: Float64Array
  readonly close: Float64Array
  /** tasks with several windows: slice of `windows` as pairs, [windowFirst[task], windowFirst[task + 1]) */
  readonly windowFirst: Int32Array
  readonly windows: Float64Array
  readonly penalty: Float64Array
  readonly isMandatory: Uint8Array
  readonly orderOf: Int32Array
  readonly has: Features
  readonly judged: JudgedKinds
  /** what the schedule judge knows; null when the problem needs none of it */
  readonly schedule: ScheduleFacts | null
  /** per profile, exact; for writing plans, not for searching */
  readonly measures: readonly { distance(from: number, to: number): number; duration(from: number, to: number): number }[]
  /** [task * width + rank]: tasks that may well precede or follow, nearest first; -1 ends a list */
  readonly before: Int32Array
  readonly after: Int32Array
  readonly neighbourWidth: number
  /** how many of either a task has */
  readonly beforeCount: Int32Array
  readonly afterCount: Int32Array
  /** money and driving time of the way from each of `before` and to each of `after`, for kinds of one price; empty otherwise, and times without time */
  readonly beforeArc: Float64Array
  readonly afterArc: Float64Array
  readonly beforeTime: Float64Array
  readonly afterTime: Float64Array
  /** nearest tasks for the ruin */
  readonly near: Int32Array
  readonly nearWidth: number
}

/** Which constraints the problem uses at all; the search pays for nothing else. */
export interface Features {
  readonly time: boolean
  readonly severalWindows: boolean
  readonly duration: boolean
  /** loads that do not only fall along the route */
  readonly peaks: boolean
  readonly carried: boolean
  readonly backhaulsLast: boolean
  readonly distanceLimit: boolean
  readonly oneKind: boolean
  readonly oneMovement: boolean
  /** one price of ways, from coordinates: a detour is never shorter (but for rounding), and the same both ways */
  readonly metric: boolean
  readonly breaks: boolean
  readonly energy: boolean
  readonly trips: boolean
  /** some constraint needs the whole route judged: see exact-route.ts */
  readonly exact: boolean
}

/** Arc cost before the kind's factor. For places that are asked rarely; the hot loops read the tables themselves. */
export function arcAt({ between, arcs, locations }: Pick<Instance, 'between' | 'arcs' | 'locations'>, base: number, from: number, to: number): number {
  return between ? between.arc(from, to) : arcs[base + from * locations + to]!
}

/** Driving time of an arc. */
export function durationAt({ between, durations, locations }: Pick<Instance, 'between' | 'durations' | 'locations'>, base: number, from: number, to: number): number {
  return between ? between.duration(from, to) : durations[base + from * locations + to]!
}

/**
 * Whether it makes no difference to a task which kind drives the route: same room, same ways at the same price. Where routes are judged as a
 * whole, kinds may differ in more (the time their service takes, batteries), so only one kind is like itself.
 */
export function areAlike({ fleet, has }: Pick<Instance, 'fleet' | 'has'>): boolean {
  const { kinds, capacity, factor, arcBase, durationBase, maxStops } = fleet
  if (has.oneKind || has.exact) return has.oneKind
  const dimensions = capacity.length / kinds
  return capacity.every((each, at) => each === capacity[at % dimensions]) && [factor, arcBase, durationBase, maxStops].every((values) => values.every((each) => each === values[0]))
}
