import { arcAt, durationAt, type Instance, type Pair } from './instance.ts'
import type { Points } from './travel.ts'

/** Value of rank `rank` (0 = smallest) in `values`, which is reordered: Hoare's selection. */
function select(values: Float64Array, rank: number): number {
  let low = 0
  let high = values.length - 1
  while (low < high) {
    const pivot = values[(low + high) >> 1]!
    let i = low
    let j = high
    while (i <= j) {
      while (values[i]! < pivot) i++
      while (values[j]! > pivot) j--
      if (i > j) break
      const swap = values[i]!
      values[i++] = values[j]!
      values[j--] = swap
    }
    if (rank <= j) high = j
    else if (rank >= i) low = i
    else break
  }
  return values[rank]!
}

/** Lists candidates of a task; a task itself among them is passed over. */
type Candidates = (task: number, into: Int32Array) => number

/** Tasks ranked between two looks at the flag of a cancel: a millisecond or two. */
const stopEvery = 16

/** For each task the `width` others of the smallest score among its candidates, best first; Infinity means never. Tasks not reached before a stop have none. */
export function rankedNeighbours(tasks: number, width: number, candidates: Candidates, score: (task: number, other: number) => number, isStopped: () => boolean = () => false): Int32Array {
  const result = new Int32Array(tasks * width).fill(-1)
  const others = new Int32Array(tasks)
  const scores = new Float64Array(tasks)
  const scratch = new Float64Array(tasks)
  const chosen = new Int32Array(tasks)
  for (let task = 0; task < tasks; task++) {
    if (task % stopEvery === 0 && isStopped()) break
    const count = candidates(task, others)
    for (let at = 0; at < count; at++) scores[at] = scratch[at] = others[at] === task ? Infinity : score(task, others[at]!)
    const limit = select(scratch.subarray(0, count), Math.min(width, count) - 1)
    let held = 0
    for (let at = 0; at < count; at++) {
      const value = scores[at]!
      if (value > limit || value === Infinity) continue
      // few are held: putting each where it belongs is faster than sorting objects
      let to = held++
      for (; to > 0 && (scores[chosen[to - 1]!]! > value || (scores[chosen[to - 1]!] === value && others[chosen[to - 1]!]! > others[at]!)); to--) chosen[to] = chosen[to - 1]!
      chosen[to] = at
    }
    for (let rank = 0; rank < Math.min(width, held); rank++) result[task * width + rank] = others[chosen[rank]!]!
  }
  return result
}

const everybody = (tasks: number): Candidates => (_, into) => {
  for (let other = 0; other < tasks; other++) into[other] = other
  return tasks
}

/** Tasks a cell of the grid holds on average. */
const tasksPerCell = 4

/** The tasks in the cells around a task: rings of cells are added until they hold twice the `wanted`, so that the nearest are among them. */
function around({ x, y }: Points, wanted: number): Candidates {
  const tasks = x.length
  const [left, top] = [x.reduce((a, b) => Math.min(a, b), Infinity), y.reduce((a, b) => Math.min(a, b), Infinity)]
  const [wide, high] = [x.reduce((a, b) => Math.max(a, b), -Infinity) - left, y.reduce((a, b) => Math.max(a, b), -Infinity) - top]
  const side = Math.max(1e-9, Math.sqrt((wide * high * tasksPerCell) / tasks), wide / 2000, high / 2000)
  const [columns, rows] = [1 + Math.floor(wide / side), 1 + Math.floor(high / side)]
  const columnOf = Int32Array.from(x, (each) => Math.floor((each - left) / side))
  const rowOf = Int32Array.from(y, (each) => Math.floor((each - top) / side))
  const first = new Int32Array(columns * rows + 1)
  for (let task = 0; task < tasks; task++) first[rowOf[task]! * columns + columnOf[task]! + 1]!++
  for (let cell = 0; cell < columns * rows; cell++) first[cell + 1]! += first[cell]!
  const filled = first.slice()
  const held = new Int32Array(tasks)
  for (let task = 0; task < tasks; task++) held[filled[rowOf[task]! * columns + columnOf[task]!]!++] = task
  return (task, into) => {
    let count = 0
    const [column, row] = [columnOf[task]!, rowOf[task]!]
    const take = (from: number, to: number, line: number) => {
      if (line < 0 || line >= rows || to < 0 || from >= columns) return
      for (let at = first[line * columns + Math.max(0, from)]!; at < first[line * columns + Math.min(columns - 1, to) + 1]!; at++) into[count++] = held[at]!
    }
    for (let ring = 0; ring <= Math.max(columns, rows) && count < Math.min(tasks, 2 * wanted + 1); ring++) {
      take(column - ring, column + ring, row - ring)
      if (ring > 0) take(column - ring, column + ring, row + ring)
      for (let line = row - ring + 1; line < row + ring; line++) {
        take(column - ring, column - ring, line)
        take(column + ring, column + ring, line)
      }
    }
    return count
  }
}

type Lists = Pick<Instance, 'before' | 'after' | 'beforeCount' | 'afterCount' | 'near' | 'neighbourWidth' | 'nearWidth' | 'beforeArc' | 'afterArc' | 'beforeTime' | 'afterTime'>
type Base = Omit<Instance, keyof Lists>

/** Weight of a second of unavoidable waiting against a second of driving when ranking neighbours (Vidal et al. 2013, granular search). */
const waitingWeight = 0.2

/** Tasks beyond which neighbours are looked for nearby only; all pairs would take seconds. */
const manyTasks = 2000

export interface NeighbourWish {
  readonly neighbourWidth: number
  readonly nearWidth: number
  /** null when the ways come from a matrix */
  readonly points: Points | null
  /** asked now and then: a search that is cancelled already needs no neighbours */
  readonly isStopped?: (() => boolean) | undefined
}

/**
 * `near` ranks by money alone, for the ruin. `before` and `after` rank for insertion: a neighbour that can never precede in time is left out,
 * and waiting that cannot be avoided counts.
 */
export function buildNeighbours(base: Base, { neighbourWidth, nearWidth, points, isStopped }: NeighbourWish): Lists {
  const { tasks, locationOf } = base
  const arc = (from: number, to: number) => arcAt(base, 0, locationOf[from]!, locationOf[to]!)
  const isMany = tasks > manyTasks && points !== null
  const near = rankedNeighbours(tasks, nearWidth, isMany ? around(points, nearWidth) : everybody(tasks), (task, other) => arc(task, other) + arc(other, task), isStopped)
  if (!base.has.time && base.arcs === base.arcsBack) {
    const before = nearWidth === neighbourWidth ? near : narrowed(near, tasks, nearWidth, neighbourWidth)
    const count = countListed(before, tasks, neighbourWidth)
    return { near, nearWidth, before, after: before, neighbourWidth, beforeCount: count, afterCount: count, ...listedWays(base, before, before, neighbourWidth) }
  }
  // a likely successor in time may lie farther off than the nearest
  const candidates = isMany ? around(points, 8 * neighbourWidth) : everybody(tasks)
  const score = successionScore(base)
  const before = rankedNeighbours(tasks, neighbourWidth, candidates, (task, other) => score(other, task), isStopped)
  const after = rankedNeighbours(tasks, neighbourWidth, candidates, score, isStopped)
  return { near, nearWidth, before, after, neighbourWidth, beforeCount: countListed(before, tasks, neighbourWidth), afterCount: countListed(after, tasks, neighbourWidth), ...listedWays(base, before, after, neighbourWidth) }
}

/** The ways to the neighbours in the order of the lists: read one after the other, where the tables are read here and there. */
function listedWays(base: Base, before: Int32Array, after: Int32Array, width: number): Pick<Lists, 'beforeArc' | 'afterArc' | 'beforeTime' | 'afterTime'> {
  const { locationOf, fleet, has, arcs, durations, between } = base
  const none = new Float64Array(0)
  if (fleet.arcBase.some((each) => each !== 0)) return { beforeArc: none, afterArc: none, beforeTime: none, afterTime: none }
  const along = (list: Int32Array, way: Pair, isInto: boolean) => {
    const ways = new Float64Array(list.length)
    for (let at = 0; at < list.length; at++) {
      if (list[at]! < 0) continue
      const [task, neighbour] = [locationOf[Math.floor(at / width)]!, locationOf[list[at]!]!]
      ways[at] = isInto ? way(neighbour, task) : way(task, neighbour)
    }
    return ways
  }
  const arc = (from: number, to: number) => arcAt(base, 0, from, to)
  const time = (from: number, to: number) => durationAt(base, fleet.durationBase[0]!, from, to)
  const beforeArc = along(before, arc, true)
  const afterArc = before === after ? beforeArc : along(after, arc, false)
  if (!has.time) return { beforeArc, afterArc, beforeTime: none, afterTime: none }
  const isSame = between ? between.arc === between.duration : arcs === durations
  return { beforeArc, afterArc, beforeTime: isSame ? beforeArc : along(before, time, true), afterTime: isSame ? afterArc : along(after, time, false) }
}

function successionScore(base: Base): (first: number, second: number) => number {
  const { locationOf, has, service, open, close, fleet } = base
  if (!has.time) return (first, second) => arcAt(base, 0, locationOf[first]!, locationOf[second]!)
  const perSecond = meanOf(base.locations, (from, to) => arcAt(base, 0, from, to)) / Math.max(1e-9, meanOf(base.locations, (from, to) => durationAt(base, fleet.durationBase[0]!, from, to)))
  return (first, second) => {
    const drive = service[first]! + durationAt(base, 0, locationOf[first]!, locationOf[second]!)
    if (open[first]! + drive > close[second]!) return Infinity
    return arcAt(base, 0, locationOf[first]!, locationOf[second]!) + waitingWeight * perSecond * Math.max(0, open[second]! - drive - close[first]!)
  }
}

/** How many neighbours each list holds. */
const countListed = (lists: Int32Array, tasks: number, width: number) => Int32Array.from({ length: tasks }, (_, task) => {
  const end = lists.subarray(task * width, (task + 1) * width).indexOf(-1)
  return end < 0 ? width : end
})

const narrowed = (lists: Int32Array, tasks: number, width: number, wanted: number): Int32Array => {
  const result = new Int32Array(tasks * wanted)
  for (let task = 0; task < tasks; task++) result.set(lists.subarray(task * width, task * width + wanted), task * wanted)
  return result
}

/** Mean of a pair function over a spread of pairs. */
function meanOf(size: number, pair: Pair): number {
  const square = size * size
  const step = Math.max(1, Math.floor(square / 10_007))
  let sum = 0
  let count = 0
  for (let at = 0; at < square; at += step, count++) sum += pair(Math.floor(at / size), at % size)
  return sum / Math.max(1, count)
}
