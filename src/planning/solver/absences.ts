/** Plans between two looks, and the share of them that should be complete. */
const looksEvery = 1000
const completeWanted = { from: 0.6, to: 0.8 } as const
const change = { dearer: 1.2, cheaper: 0.85 } as const
/** Looks in a row without a complete plan, after which the search has lost its way. */
const longestWithout = 10

/**
 * What it costs to leave a task out for a while. With the fewest vehicles hardly any plan is complete, and the way from one to the next leads
 * through plans that are not: as loads too much have a price in Vidal et al. 2012, absences have one here, which follows how many plans come
 * out complete.
 */
export class Absences {
  /** price of each task left out, all alike */
  readonly penalty: Float64Array
  #price: number
  #complete = 0
  #seen = 0
  #without = 0

  constructor(tasks: number, price: number) {
    this.#price = price
    this.penalty = new Float64Array(tasks).fill(price)
  }

  get price(): number {
    return this.#price
  }

  #setPrice(price: number): void {
    this.#price = price
    this.penalty.fill(price)
  }

  /** Counts a plan by the tasks it leaves out; true when there was no complete one for so long that the best should be taken up again. */
  note(absent: number): boolean {
    if (absent === 0) this.#complete++
    if (++this.#seen < looksEvery) return false
    const share = this.#complete / this.#seen
    this.#without = share > 0 ? 0 : this.#without + 1
    this.#complete = 0
    this.#seen = 0
    if (share < completeWanted.from) this.#setPrice(this.#price * change.dearer)
    else if (share > completeWanted.to) this.#setPrice(this.#price * change.cheaper)
    if (this.#without < longestWithout) return false
    this.#without = 0
    return true
  }
}
