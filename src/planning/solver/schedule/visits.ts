import { tolerance, type Instance } from '../instance/instance.ts'
import type { Bookings } from './bookings.ts'
import type { ScheduleFacts } from './facts.ts'
import { State } from './labels.ts'

/** Service at a stop: the windows with their prices, the berths with their slots, the seconds by vehicle and berth. */
export class Visits {
  readonly #facts: ScheduleFacts
  readonly #tasks: number
  readonly #locationOf: Int32Array
  readonly #hasDuty: boolean
  readonly #bookings: Bookings
  readonly #next = new State()

  constructor(instance: Instance, facts: ScheduleFacts, bookings: Bookings) {
    this.#facts = facts
    this.#tasks = instance.tasks
    this.#locationOf = instance.locationOf
    this.#hasDuty = instance.has.duration
    this.#bookings = bookings
  }

  /** Every way to serve a task for a state that has arrived: a window, a berth. A later window is only worth its waiting when it is cheaper or saves duty. */
  serve(kind: number, task: number, arrived: State, keep: (state: State) => void): void {
    const { windowFirst, windowFrom, windowTo, windowCost, service } = this.#facts
    const seconds = service[kind * this.#tasks + task]!
    let cheapest = Infinity
    for (let at = windowFirst[task]!; at < windowFirst[task + 1]!; at++) {
      const to = windowTo[at]!
      if (arrived.time > to + tolerance || (!this.#hasDuty && windowCost[at]! >= cheapest)) continue
      const found = this.handle(this.#locationOf[task]!, seconds, { arrived, from: windowFrom[at]!, to, cost: windowCost[at]!, window: at }, keep)
      if (found) cheapest = Math.min(cheapest, windowCost[at]!)
    }
  }

  /** Handling of `seconds` at a place, at a berth where it has berths. Returns whether it was possible. */
  handle(location: number, seconds: number, at: { arrived: State; from: number; to: number; cost: number; window: number }, keep: (state: State) => void): boolean {
    const berths = this.#facts.berthsAt[location]!
    const next = this.#next
    const first = Math.max(at.arrived.time, at.from)
    if (berths.length === 0) {
      next.copy(at.arrived)
      this.#begin(next, first, at.to, at)
      next.time += seconds
      keep(next)
      return true
    }
    let isPossible = false
    berths.forEach(({ shared, factor }, berth) => {
      const own = seconds * factor
      const start = own === 0 ? first : this.#bookings.earliest(shared, first, own)
      if (start > at.to + tolerance) return
      next.copy(at.arrived)
      this.#begin(next, start, own === 0 ? at.to : Math.min(at.to, this.#bookings.latest(shared, start, own)), at)
      next.berth = berth
      next.time += own
      isPossible = true
      keep(next)
    })
    return isPossible
  }

  #begin(state: State, start: number, latest: number, at: { cost: number; window: number }): void {
    state.begin(start, Math.max(start, latest))
    state.begun = start
    state.cost += at.cost
    state.window = at.window
    state.berth = -1
  }
}
