import type { Ground, Tours } from './ground.ts'

/** A route of a split may carry this much of what fits; what is too much costs the penalty, and the local search mends it. */
const overload = 1.5

/**
 * Cuts a sequence of all tasks into routes where that is cheapest (split: Beasley 1983, Prins 2004), too much load at a penalty, and with no more
 * routes than there are vehicles.
 */
export class Split {
  readonly #ground: Ground
  readonly #potential: Float64Array
  readonly #cut: Int32Array

  constructor(ground: Ground) {
    this.#ground = ground
    this.#potential = new Float64Array(ground.tasks + 1)
    this.#cut = new Int32Array(ground.tasks + 1)
  }

  run(sequence: Int32Array, perUnit: number): Tours {
    const { tasks, vehicles } = this.#ground
    const [potential, cut] = [this.#potential, this.#cut]
    potential.fill(Infinity)
    potential[0] = 0
    for (let first = 0; first < tasks; first++) this.#extend(sequence, perUnit, first, potential, potential, cut)
    const starts = this.#trace(cut)
    return starts.length - 1 <= vehicles ? { sequence, starts: Int32Array.from(starts) } : this.#runLimited(sequence, perUnit)
  }

  /** All routes that begin at one position: `to[last]` becomes the cheapest way to have the first `last` tasks served. */
  #extend(sequence: Int32Array, perUnit: number, first: number, from: Float64Array, to: Float64Array, cut: Int32Array): void {
    const { tasks, size, arc, amount, capacity, fixedCost } = this.#ground
    const depot = tasks * size
    const base = from[first]! + fixedCost
    let load = 0
    let way = 0
    for (let at = first; at < tasks; at++) {
      const task = sequence[at]!
      load += amount[task]!
      if (load > overload * capacity && at > first) return
      way += at === first ? arc[depot + task]! : arc[sequence[at - 1]! * size + task]!
      const excess = load > capacity ? load - capacity : 0
      const cost = base + way + arc[task * size + tasks]! + (excess > 0 ? perUnit * excess : 0)
      if (cost >= to[at + 1]!) continue
      to[at + 1] = cost
      cut[at + 1] = first
    }
  }

  #trace(cut: Int32Array): number[] {
    const starts = [this.#ground.tasks]
    for (let at = this.#ground.tasks; at > 0; at = cut[at]!) starts.push(cut[at]!)
    return starts.reverse()
  }

  /** One layer a vehicle. */
  #runLimited(sequence: Int32Array, perUnit: number): Tours {
    const { tasks, vehicles } = this.#ground
    const cuts: Int32Array[] = []
    let layer = new Float64Array(tasks + 1).fill(Infinity)
    layer[0] = 0
    let [bestCost, bestLayer] = [Infinity, -1]
    for (let vehicle = 0; vehicle < vehicles; vehicle++) {
      const following = new Float64Array(tasks + 1).fill(Infinity)
      const cut = new Int32Array(tasks + 1)
      for (let first = vehicle; first < tasks; first++) if (layer[first]! < Infinity) this.#extend(sequence, perUnit, first, layer, following, cut)
      cuts.push(cut)
      layer = following
      if (layer[tasks]! >= bestCost) continue
      bestCost = layer[tasks]!
      bestLayer = vehicle
    }
    // too few vehicles for any route within the overload: the last takes what is left
    if (bestLayer < 0) return this.#runEven(sequence)
    const starts = [tasks]
    for (let at = tasks, vehicle = bestLayer; at > 0; at = cuts[vehicle--]![at]!) starts.push(cuts[vehicle]![at]!)
    return { sequence, starts: Int32Array.from(starts.reverse()) }
  }

  #runEven(sequence: Int32Array): Tours {
    const { tasks, vehicles } = this.#ground
    return { sequence, starts: Int32Array.from({ length: vehicles + 1 }, (_, at) => Math.round((at * tasks) / vehicles)) }
  }
}
