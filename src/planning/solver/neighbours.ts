import type { Instance } from './instance.ts'

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

/** For each task the `width` others of the smallest score, best first; Infinity means never. */
export function rankedNeighbours(tasks: number, width: number, score: (task: number, other: number) => number): Int32Array {
  const result = new Int32Array(tasks * width).fill(-1)
  const scores = new Float64Array(tasks)
  const scratch = new Float64Array(tasks)
  for (let task = 0; task < tasks; task++) {
    for (let other = 0; other < tasks; other++) scores[other] = other === task ? Infinity : score(task, other)
    scratch.set(scores)
    const limit = select(scratch, Math.min(width, tasks) - 1)
    const chosen: number[] = []
    for (let other = 0; other < tasks; other++) if (scores[other]! <= limit && scores[other]! < Infinity) chosen.push(other)
    chosen.sort((a, b) => scores[a]! - scores[b]! || a - b)
    for (let rank = 0; rank < Math.min(width, chosen.length); rank++) result[task * width + rank] = chosen[rank]!
  }
  return result
}

type Base = Omit<Instance, 'before' | 'after' | 'near' | 'neighbourWidth' | 'nearWidth' | 'beforeArc'>

/** Weight of a second of unavoidable waiting against a second of driving when ranking neighbours (Vidal et al. 2013, granular search). */
const waitingWeight = 0.2

/**
 * `near` ranks by money alone, for the ruin. `before` and `after` rank for insertion: a neighbour that can never precede in time is left out,
 * and waiting that cannot be avoided counts.
 */
export function buildNeighbours(base: Base, neighbourWidth: number, nearWidth: number): Pick<Instance, 'before' | 'after' | 'near' | 'neighbourWidth' | 'nearWidth' | 'beforeArc'> {
  const { tasks, arcs, durations, locationOf, locations } = base
  const near = rankedNeighbours(tasks, nearWidth, (task, other) => arcs[locationOf[task]! * locations + locationOf[other]!]! + arcs[locationOf[other]! * locations + locationOf[task]!]!)
  if (!base.has.time && base.arcs === base.arcsBack) {
    const before = nearWidth === neighbourWidth ? near : narrowed(near, tasks, nearWidth, neighbourWidth)
    const hasOnePrice = base.fleet.arcBase.every((each) => each === 0)
    const beforeArc = Float64Array.from(hasOnePrice ? before : [], (other, at) => (other < 0 ? 0 : arcs[locationOf[Math.floor(at / neighbourWidth)]! * locations + locationOf[other]!]!))
    return { near, nearWidth, before, after: before, neighbourWidth, beforeArc }
  }
  const perSecond = meanOf(arcs, locations) / Math.max(1e-9, meanOf(durations, locations))
  const succession = (first: number, second: number): number => {
    const arc = locationOf[first]! * locations + locationOf[second]!
    if (!base.has.time) return arcs[arc]!
    const drive = base.service[first]! + durations[arc]!
    if (base.open[first]! + drive > base.close[second]!) return Infinity
    return arcs[arc]! + waitingWeight * perSecond * Math.max(0, base.open[second]! - drive - base.close[first]!)
  }
  return {
    near,
    nearWidth,
    neighbourWidth,
    beforeArc: new Float64Array(0),
    before: rankedNeighbours(tasks, neighbourWidth, (task, other) => succession(other, task)),
    after: rankedNeighbours(tasks, neighbourWidth, (task, other) => succession(task, other)),
  }
}

const narrowed = (lists: Int32Array, tasks: number, width: number, wanted: number): Int32Array => {
  const result = new Int32Array(tasks * wanted)
  for (let task = 0; task < tasks; task++) result.set(lists.subarray(task * width, task * width + wanted), task * wanted)
  return result
}

/** Mean of a spread of entries of the first table. */
function meanOf(table: ArrayLike<number>, size: number): number {
  const square = size * size
  const step = Math.max(1, Math.floor(square / 10_007))
  let sum = 0
  let count = 0
  for (let at = 0; at < square; at += step, count++) sum += table[at]!
  return sum / Math.max(1, count)
}
