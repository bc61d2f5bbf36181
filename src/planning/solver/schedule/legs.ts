import { tolerance, type Instance } from '../instance/instance.ts'
import type { ScheduleFacts, TimedOption } from './facts.ts'
import type { State } from './labels.ts'

/** A vehicle that leaves in the last millisecond before a step changes would be at the mercy of rounding. */
const stepMargin = 1e-3

/** Ways to drive one leg: which option, when to leave, how long. Filled by `Legs.list`, read by index. */
export class Legs {
  count = 0
  option = new Int32Array(64)
  leave = new Float64Array(64)
  /** latest instant of leaving within the same step */
  latest = new Float64Array(64)
  seconds = new Float64Array(64)
  metres = new Float64Array(64)
  readonly #instance: Instance
  readonly #facts: ScheduleFacts
  readonly #hasDuty: boolean

  constructor(instance: Instance, facts: ScheduleFacts) {
    this.#instance = instance
    this.#facts = facts
    this.#hasDuty = instance.has.duration
  }

  /** Lists the ways that may be best for a state at `from`; none when the battery or every departure forbids the leg. */
  list(kind: number, from: number, to: number, state: State): number {
    const { fleet, locations, distances, durations } = this.#instance
    this.count = 0
    const arc = from * locations + to
    const timetable = this.#facts.timetables[this.#facts.profileOf[kind]!]
    const pair = timetable ? timetable.at[arc]! : -1
    if (pair < 0) {
      const metres = distances[fleet.durationBase[kind]! + arc]!
      const ready = this.#ready(kind, state, metres)
      if (ready < Infinity) this.#push(-1, ready, Infinity, durations[fleet.durationBase[kind]! + arc]!, metres)
      return this.count
    }
    timetable!.options[pair]!.forEach((option, at) => this.#listOption(kind, option, at, state))
    return this.count
  }

  /** When a way that `list` found arrives. */
  arrival(way: number): number {
    return this.leave[way]! + this.seconds[way]!
  }

  /** Applies one way to a state; after it the state has arrived. */
  drive(kind: number, state: State, at: number): void {
    const metres = this.metres[at]!
    state.extra = 0
    const energy = this.#facts.energy[kind]
    if (energy) {
      const needed = metres * energy.perMetre
      if (needed > state.energy) state.chargeMore(Math.min(needed - state.energy, state.cap))
      state.energy = Math.max(0, state.energy - needed)
    }
    state.begin(this.leave[at]!, this.latest[at]!)
    const seconds = this.seconds[at]!
    state.time += seconds
    state.cost += metres * this.#facts.perMetre[kind]! + seconds * this.#facts.perDrivingSecond[kind]!
    state.metres += metres
    state.option = this.option[at]!
    state.leave = this.leave[at]!
  }

  /** When the vehicle can leave with the energy these metres take; Infinity when it never has that much. */
  #ready(kind: number, state: State, metres: number): number {
    const energy = this.#facts.energy[kind]
    if (!energy) return state.time
    const missing = metres * energy.perMetre - state.energy
    if (missing <= 0) return state.time
    return missing > state.cap + tolerance ? Infinity : state.time + state.delayOf(Math.min(missing, state.cap))
  }

  /**
   * Leaving at once, and each later step that is faster than all before it: a step that is not faster is beaten by leaving earlier and
   * waiting at the other end, unless the duty may still begin later with it. Where neither driving nor being on duty costs anything, it must
   * also arrive earlier.
   */
  #listOption(kind: number, option: TimedOption, at: number, state: State): void {
    const { from, seconds, metres } = option
    const ready = this.#ready(kind, state, metres)
    if (ready === Infinity) return
    const mayShift = this.#hasDuty && state.slack > state.waited
    const isOnlyTime = !this.#hasDuty && this.#facts.perDrivingSecond[kind] === 0
    let step = from.length - 1
    while (step > 0 && from[step]! > ready) step--
    let fastest = Infinity
    let soonest = Infinity
    for (; step < from.length; step++) {
      const leave = Math.max(ready, step === 0 ? -Infinity : from[step]!)
      const taken = seconds[step]!
      if (Number.isNaN(taken) || (taken >= fastest && !mayShift)) continue
      fastest = Math.min(fastest, taken)
      if (isOnlyTime && leave + taken >= soonest) continue
      soonest = Math.min(soonest, leave + taken)
      const end = step + 1 < from.length ? from[step + 1]! - stepMargin : Infinity
      this.#push(at, leave, Math.max(leave, end), taken, metres)
    }
  }

  #push(option: number, leave: number, latest: number, seconds: number, metres: number): void {
    if (this.count === this.option.length) this.#grow()
    const at = this.count++
    this.option[at] = option
    this.leave[at] = leave
    this.latest[at] = latest
    this.seconds[at] = seconds
    this.metres[at] = metres
  }

  #grow(): void {
    const longer = (row: Float64Array) => {
      const next = new Float64Array(row.length * 2)
      next.set(row)
      return next
    }
    const option = new Int32Array(this.option.length * 2)
    option.set(this.option)
    this.option = option
    this.leave = longer(this.leave)
    this.latest = longer(this.latest)
    this.seconds = longer(this.seconds)
    this.metres = longer(this.metres)
  }
}
