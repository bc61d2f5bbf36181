/**
 * Frames under way on all connections of a port together. The window bounds one connection; this bounds a morning on which
 * every device of a city comes back at once. Whoever finds it used up waits and is called when there is room.
 */
export class Budget {
  readonly #limit: number
  #used = 0
  readonly #waiting = new Set<() => void>()

  constructor(limit: number) {
    this.#limit = limit
  }

  get used(): number {
    return this.#used
  }

  /** Takes one place; false, and `wake` is called later, when there is none. */
  take(wake: () => void): boolean {
    if (this.#used >= this.#limit) {
      this.#waiting.add(wake)
      return false
    }
    this.#used++
    return true
  }

  /** Gives places back and calls who waits longest. Who then finds no more stands at the end of the line again. */
  give(count: number): void {
    this.#used -= count
    for (const wake of this.#waiting) {
      if (this.#used >= this.#limit) return
      this.#waiting.delete(wake)
      wake()
    }
  }

  /** A connection that is gone waits no longer. */
  forget(wake: () => void): void {
    this.#waiting.delete(wake)
  }
}
