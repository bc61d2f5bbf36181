import { taskKind, tolerance, type Instance } from '../instance/instance.ts'
import type { Visits } from './visits.ts'
import { State } from './labels.ts'

/** Kinds of load plans a trip may begin with; more different releases in one trip are rare. */
const variantLimit = 5

/**
 * Several trips and release times on a fixed sequence: how far one loading can reach from each position, and when it can leave. A trip that
 * takes in goods of a later release leaves later, so both are decided together when it begins.
 */
export class Trips {
  readonly #instance: Instance
  readonly #visits: Visits
  #sequence: Int32Array = new Int32Array(0)
  #length = 0
  #furthest = new Int32Array(32)
  /** carried orders under way in front of a position */
  #carried = new Int32Array(32)
  readonly #loaded: Float64Array
  readonly #running: Float64Array
  readonly #peak: Float64Array
  readonly #next = new State()

  constructor(instance: Instance, visits: Visits) {
    this.#instance = instance
    this.#visits = visits
    this.#loaded = new Float64Array(instance.dimensions)
    this.#running = new Float64Array(instance.dimensions)
    this.#peak = new Float64Array(instance.dimensions)
  }

  /** Looks at a new sequence; call before anything else. */
  read(kind: number, sequence: Int32Array, length: number): void {
    const { has, kind: taskKinds } = this.#instance
    this.#sequence = sequence
    this.#length = length
    if (!has.trips) return
    if (this.#furthest.length <= length) {
      this.#furthest = new Int32Array(2 * length + 2)
      this.#carried = new Int32Array(2 * length + 2)
    }
    let carried = 0
    for (let at = 0; at <= length; at++) {
      this.#carried[at] = carried
      if (at === length) break
      if (taskKinds[sequence[at]!] === taskKind.carryPickup) carried++
      if (taskKinds[sequence[at]!] === taskKind.carryDelivery) carried--
      this.#furthest[at] = at === 0 || this.mayReload(kind) ? this.#reach(kind, at) : at
    }
  }

  mayReload(kind: number): boolean {
    return this.#instance.judged.trips[kind]!.trips > 1
  }

  location(kind: number): number {
    return this.#instance.judged.trips[kind]!.location
  }

  /** The vehicle leaves with goods loaded at `position`: one state for each set of releases worth choosing from. */
  leave(position: number, state: State, keep: (state: State) => void): void {
    if (!this.#instance.has.trips) {
      state.until = this.#length
      return keep(state)
    }
    const { release } = this.#instance.judged
    const end = this.#furthest[position]!
    const ready = state.time
    const until: number[] = []
    const releases: number[] = []
    let latest = -Infinity
    for (let at = position; at < end; at++) {
      const own = release[this.#sequence[at]!]!
      if (Math.max(own, ready) > Math.max(latest, ready) && at > position) {
        until.push(at)
        releases.push(latest)
      }
      latest = Math.max(latest, own)
    }
    if (end > position) {
      until.push(end)
      releases.push(latest)
    }
    const next = this.#next
    for (let at = until.length - 1; at >= 0 && at >= until.length - variantLimit; at--) {
      next.copy(state)
      next.begin(Math.max(ready, releases[at]!), Infinity)
      next.until = until[at]!
      keep(next)
    }
  }

  /** First position that no longer fits when goods are loaded at `position`. */
  reach(position: number): number {
    return this.#furthest[position]!
  }

  /** Whether there is anything to load in front of a position, and nothing else on board. */
  mayLoadAt(position: number): boolean {
    return position > 0 && position < this.#length && this.#carried[position] === 0 && this.#furthest[position]! > position
  }

  /** Whether the vehicle may fetch goods for the tasks from `position` on. */
  canReload(kind: number, position: number, state: State): boolean {
    return state.trips + 1 < this.#instance.judged.trips[kind]!.trips && this.mayLoadAt(position)
  }

  /** Arrived at the depot: loads, waits for the goods, and is ready to leave. */
  reload(kind: number, position: number, arrived: State, keep: (state: State) => void): void {
    const { location, durationSeconds } = this.#instance.judged.trips[kind]!
    this.#visits.handle(location, durationSeconds, { arrived, from: -Infinity, to: Infinity, cost: 0, window: -1 }, (loaded) => {
      loaded.trips++
      this.leave(position, loaded, keep)
    })
  }

  /** First position that no longer fits when goods are loaded at `position`. */
  #reach(kind: number, position: number): number {
    const { dimensions, amount, fleet, kind: taskKinds } = this.#instance
    this.#loaded.fill(0)
    this.#running.fill(0)
    this.#peak.fill(0)
    for (let at = position; at < this.#length; at++) {
      const task = this.#sequence[at]!
      const isIn = taskKinds[task] === taskKind.pickup || taskKinds[task] === taskKind.carryPickup
      for (let dimension = 0; dimension < dimensions; dimension++) {
        const mass = amount[task * dimensions + dimension]!
        if (taskKinds[task] === taskKind.delivery) this.#loaded[dimension]! += mass
        this.#running[dimension]! += isIn ? mass : -mass
        this.#peak[dimension] = Math.max(this.#peak[dimension]!, this.#running[dimension]!)
        if (this.#loaded[dimension]! + this.#peak[dimension]! > fleet.capacity[kind * dimensions + dimension]! + tolerance) return at
      }
    }
    return this.#length
  }
}
