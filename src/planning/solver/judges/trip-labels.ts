/** Labels kept at a cut; more never changed a plan in the trials. */
export const width = 4

/**
 * For each place where a sequence of deliveries may be cut, the best ways to have got there: instant, money, trips. An instant counts as
 * better when it is earlier; whoever looks from the end hands in negative ones.
 */
export class TripLabels {
  time: Float64Array
  cost: Float64Array
  trips: Int32Array
  /** the label this one came from */
  from: Int32Array
  count: Int32Array

  constructor(positions = 16) {
    this.time = new Float64Array(positions * width)
    this.cost = new Float64Array(positions * width)
    this.trips = new Int32Array(positions * width)
    this.from = new Int32Array(positions * width)
    this.count = new Int32Array(positions)
  }

  /** Empties the labels of a sequence with cuts 0 … `length`. */
  clear(length: number): void {
    const positions = length + 1
    if (this.count.length >= positions) {
      this.count.fill(0, 0, positions)
      return
    }
    this.time = new Float64Array(2 * positions * width)
    this.cost = new Float64Array(2 * positions * width)
    this.trips = new Int32Array(2 * positions * width)
    this.from = new Int32Array(2 * positions * width)
    this.count = new Int32Array(2 * positions)
  }

  /** Keeps a label unless another is no later, no dearer and has no more trips; the dearest gives way when the row is full. */
  add(position: number, time: number, cost: number, trips: number, from: number): void {
    const row = position * width
    const end = row + this.count[position]!
    for (let label = row; label < end; label++) if (this.time[label]! <= time && this.cost[label]! <= cost && this.trips[label]! <= trips) return
    let to = row
    for (let label = row; label < end; label++) if (time > this.time[label]! || cost > this.cost[label]! || trips > this.trips[label]!) this.#move(label, to++)
    if (to === row + width) {
      let dearest = row
      for (let label = row + 1; label < to; label++) if (this.cost[label]! > this.cost[dearest]!) dearest = label
      if (cost >= this.cost[dearest]!) return
      this.#move(--to, dearest)
    }
    this.time[to] = time
    this.cost[to] = cost
    this.trips[to] = trips
    this.from[to] = from
    this.count[position] = to + 1 - row
  }

  /** Label of least cost at a cut, or -1. */
  cheapest(position: number): number {
    let best = -1
    for (let label = position * width; label < position * width + this.count[position]!; label++) if (best < 0 || this.cost[label]! < this.cost[best]!) best = label
    return best
  }

  #move(from: number, to: number): void {
    if (from === to) return
    this.time[to] = this.time[from]!
    this.cost[to] = this.cost[from]!
    this.trips[to] = this.trips[from]!
    this.from[to] = this.from[from]!
  }
}
