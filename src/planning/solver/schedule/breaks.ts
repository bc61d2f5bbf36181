import { tolerance, type Instance } from '../instance/instance.ts'
import type { State } from './labels.ts'

/** Breaks: in their order, each begun in its window, taken where the vehicle stands; not due when it is back before the latest start. */
export class Breaks {
  readonly #breaks: Instance['judged']['breaks']

  constructor(instance: Instance) {
    this.#breaks = instance.judged.breaks
  }

  most(kind: number): number {
    return this.#breaks[kind]!.length
  }

  /** Takes the next break; false when there is none or its window is over. */
  take(kind: number, state: State): boolean {
    const next = this.#breaks[kind]![state.breaks]
    if (!next) return false
    const start = Math.max(state.time, next.earliestStart)
    if (start > next.latestStart + tolerance) return false
    state.begin(start, next.latestStart)
    state.begun = start
    state.time = start + next.durationSeconds
    state.breaks++
    return true
  }

  /** Whether no break is missed at an instant on the way or at the return. */
  isTimely(kind: number, state: State): boolean {
    const next = this.#breaks[kind]![state.breaks]
    return next === undefined || state.time <= next.latestStart + tolerance
  }
}
