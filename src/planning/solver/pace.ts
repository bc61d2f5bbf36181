/**
 * How many iterations a search will have made when its seconds are over, from how fast it was lately: starting a thread, compiling the problem and
 * code that is not quick yet say little about the rest. Counts from where it was made.
 */
export class Pace {
  /** share of the budget that was used when counting began */
  readonly #begins: number
  readonly #first: number
  /** two instants, the later one at least halfway to now when it is set: speed is measured from the earlier */
  #from: number
  #iterationsFrom: number
  #middle: number
  #iterationsAtMiddle: number

  /** `fraction` of the budget, 0 … 1, and `iterations` so far. */
  constructor(fraction: number, iterations: number) {
    this.#begins = this.#from = this.#middle = fraction
    this.#first = this.#iterationsFrom = this.#iterationsAtMiddle = iterations
  }

  /** Share of what was left of the budget that is used, 0 … 1. */
  share(fraction: number): number {
    return Math.max(0, (fraction - this.#begins) / Math.max(1e-9, 1 - this.#begins))
  }

  /** Iterations left when counting began, of a budget of `iterations`. */
  rest(iterations: number): number {
    return iterations * (1 - this.#begins)
  }

  /** Iterations from the beginning to the end of the budget; 0 until the clock has moved. */
  expect(fraction: number, iterations: number): number {
    if (fraction - this.#begins >= 2 * (this.#middle - this.#begins) && fraction > this.#middle) {
      this.#from = this.#middle
      this.#iterationsFrom = this.#iterationsAtMiddle
      this.#middle = fraction
      this.#iterationsAtMiddle = iterations
    }
    if (fraction <= this.#from) return 0
    return iterations - this.#first + ((iterations - this.#iterationsFrom) / (fraction - this.#from)) * (1 - fraction)
  }
}
