import { arcAt, type Instance } from '../instance/instance.ts'
import type { Packed } from '../routes.ts'

/**
 * What the genetic search needs of a problem: one kind of vehicle, one load, deliveries only. Tasks are 0 … tasks-1; index `tasks` of a table is
 * the depot, whose row is the way out and whose column the way home.
 */
export interface Ground {
  readonly tasks: number
  /** tasks + 1: the width of the tables */
  readonly size: number
  /** money of the way, [from * size + to] */
  readonly arc: Float64Array
  readonly amount: Float64Array
  readonly capacity: number
  /** money of a vehicle that leaves the depot at all */
  readonly fixedCost: number
  readonly vehicles: number
  readonly isSymmetric: boolean
  /** [task * width + rank]: nearest tasks to come from, -1 ends a list */
  readonly before: Int32Array
  /** money of the way from each of them */
  readonly beforeArc: Float64Array
  readonly width: number
  /** direction from the depot, in radians; any two tasks near each other lie in near directions */
  readonly direction: Float64Array
}

/** Neighbours a task is tried with (granularity: Toth & Vigo 2003). */
const granularity = 15

/**
 * Whether the genetic search understands a problem: one kind of vehicle, one load at most, deliveries that must all be made, and nothing judged
 * but the load. What has windows is searched by strings alone: plans that break windows on the way were tried, and did worse at every budget.
 */
export function isGround(instance: Instance): boolean {
  const { tasks, has, fleet, dimensions, isMandatory, schedule } = instance
  if (!has.oneKind || dimensions > 1 || has.time || has.peaks || has.carried || has.exact || schedule !== null || fleet.maxStops[0]! < tasks || fleet.limits.length > 0) return false
  return isMandatory.every((each) => each === 1) && fleet.mayServe.every((each) => each === 1)
}

/** The ground of some tasks of a problem, which are numbered in the order of the list. */
export function groundOf(instance: Instance, list: Int32Array, vehicles: number): Ground {
  const { fleet, dimensions, locationOf } = instance
  const tasks = list.length
  const size = tasks + 1
  const froms = Int32Array.from({ length: size }, (_, at) => (at < tasks ? locationOf[list[at]!]! : fleet.start[0]!))
  const tos = froms.slice()
  tos[tasks] = fleet.end[0]!
  const arc = new Float64Array(size * size)
  for (let from = 0; from < size; from++)
    for (let to = 0; to < size; to++) if (from !== to) arc[from * size + to] = fleet.factor[0]! * arcAt(instance, fleet.arcBase[0]!, froms[from]!, tos[to]!)
  const width = Math.min(granularity, tasks - 1)
  const before = neighboursWithin(instance, list, width)
  return {
    tasks, size, arc, width, before,
    beforeArc: Float64Array.from(before, (other, at) => (other < 0 ? Infinity : arc[other * size + Math.floor(at / width)]!)),
    amount: Float64Array.from({ length: size }, (_, at) => (dimensions && at < tasks ? instance.amount[list[at]!]! : 0)),
    capacity: dimensions ? fleet.capacity[0]! : Infinity,
    fixedCost: fleet.fixedCost[0]!,
    vehicles: Math.min(fleet.count[0]!, tasks, vehicles),
    isSymmetric: isSymmetric(arc, size),
    direction: directions(arc, size),
  }
}

/** Each task's nearest predecessors among the list, -1 where its neighbours in the whole problem hold no more of them. */
function neighboursWithin({ tasks, before, neighbourWidth }: Instance, list: Int32Array, width: number): Int32Array {
  const own = new Int32Array(tasks).fill(-1)
  list.forEach((task, at) => (own[task] = at))
  const result = new Int32Array(list.length * width).fill(-1)
  list.forEach((task, at) => {
    let count = 0
    for (let rank = task * neighbourWidth; rank < (task + 1) * neighbourWidth && count < width; rank++) {
      const other = before[rank]!
      if (other >= 0 && own[other]! >= 0) result[at * width + count++] = own[other]!
    }
  })
  return result
}

function isSymmetric(arc: Float64Array, size: number): boolean {
  for (let from = 0; from < size; from++) for (let to = 0; to < from; to++) if (Math.abs(arc[from * size + to]! - arc[to * size + from]!) > 1e-9) return false
  return true
}

/**
 * Directions from the depot by the law of cosines against two landmarks, the farthest task and the one most across from it: in the plane these
 * are the true angles, and on a road network they still put neighbours side by side.
 */
function directions(arc: Float64Array, size: number): Float64Array {
  const depot = size - 1
  const between = (a: number, b: number) => (arc[a * size + b]! + arc[b * size + a]!) / 2
  const cosine = (at: number, landmark: number) => {
    const [far, own, across] = [between(depot, landmark), between(depot, at), between(at, landmark)]
    return far * own > 0 ? Math.max(-1, Math.min(1, (own * own + far * far - across * across) / (2 * own * far))) : 0
  }
  let first = 0
  for (let at = 1; at < depot; at++) if (between(depot, at) > between(depot, first)) first = at
  let second = 0
  let least = Infinity
  for (let at = 0; at < depot; at++) {
    // across from the first, and not so near the depot that its direction says nothing
    const score = Math.abs(cosine(at, first)) - between(depot, at) / (2 * Math.max(1e-9, between(depot, first)))
    if (score >= least) continue
    least = score
    second = at
  }
  const apart = Math.acos(cosine(second, first))
  const result = new Float64Array(depot)
  for (let at = 0; at < depot; at++) {
    const angle = Math.acos(cosine(at, first))
    const other = Math.acos(cosine(at, second))
    // of the two directions at this angle from the first landmark, the one that fits the second
    result[at] = Math.abs(other - Math.abs(angle - apart)) <= Math.abs(other - Math.min(angle + apart, 2 * Math.PI - angle - apart)) ? angle : -angle
  }
  return result
}

/** A plan as one sequence of tasks and where each route begins in it; the last entry of `starts` is the number of tasks. */
export interface Tours {
  readonly sequence: Int32Array
  readonly starts: Int32Array
}

/** The routes of a packed plan, each its tasks in order. */
export function routesOf(packed: Packed): Int32Array[] {
  const routes: Int32Array[] = []
  for (let at = 0; at < packed.length; at += 2 + packed[at + 1]!) routes.push(packed.slice(at + 2, at + 2 + packed[at + 1]!))
  return routes
}

export function packRoutes(routes: readonly Int32Array[]): Packed {
  return Int32Array.from(routes.flatMap((each) => [0, each.length, ...each]))
}

export function toursOf(routes: readonly Int32Array[]): Tours {
  const starts = new Int32Array(routes.length + 1)
  routes.forEach((each, at) => (starts[at + 1] = starts[at]! + each.length))
  const sequence = new Int32Array(starts[routes.length]!)
  routes.forEach((each, at) => sequence.set(each, starts[at]))
  return { sequence, starts }
}

/** The routes of a plan, its tasks named as in the problem again. */
export function routesOn({ sequence, starts }: Tours, list: Int32Array): Int32Array[] {
  return Array.from({ length: starts.length - 1 }, (_, at) => Int32Array.from(sequence.subarray(starts[at], starts[at + 1]), (task) => list[task]!))
}
