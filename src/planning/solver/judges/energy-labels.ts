/** Labels kept at a position. */
export const width = 6

/** Free at `time` with `energy` on board, or later with more, up to `most`; `cost` so far. */
export interface EnergyState {
  time: number
  energy: number
  most: number
  cost: number
}

/** The best ways to have come to each position of a sequence, with the label each came from and the one or two stations on the leg. */
export class EnergyLabels {
  time = new Float64Array(16 * width)
  energy = new Float64Array(16 * width)
  most = new Float64Array(16 * width)
  cost = new Float64Array(16 * width)
  from = new Int32Array(16 * width)
  via = new Int32Array(16 * width * 2)
  count = new Int32Array(16)

  /** Empties positions 0 … `last`. */
  clear(last: number): void {
    if (this.count.length > last) {
      this.count.fill(0, 0, last + 1)
      return
    }
    const size = 2 * (last + 1)
    this.time = new Float64Array(size * width)
    this.energy = new Float64Array(size * width)
    this.most = new Float64Array(size * width)
    this.cost = new Float64Array(size * width)
    this.from = new Int32Array(size * width)
    this.via = new Int32Array(size * width * 2)
    this.count = new Int32Array(size)
  }

  read(label: number, state: EnergyState): void {
    state.time = this.time[label]!
    state.energy = this.energy[label]!
    state.most = this.most[label]!
    state.cost = this.cost[label]!
  }

  /** Takes the labels of one position over from other labels. */
  copyRow(other: EnergyLabels, position: number): void {
    const row = position * width
    for (let label = row; label < row + other.count[position]!; label++) {
      this.time[label] = other.time[label]!
      this.energy[label] = other.energy[label]!
      this.most[label] = other.most[label]!
      this.cost[label] = other.cost[label]!
    }
    this.count[position] = other.count[position]!
  }

  /** A label falls to one that is no dearer, no later, and has at least its energy at every instant; the dearest gives way when the row is full. */
  add(position: number, state: EnergyState, from: number, first: number, second: number): void {
    const { time, energy, most, cost } = this
    const row = position * width
    const end = row + this.count[position]!
    const hair = 1e-9
    for (let label = row; label < end; label++) if (cost[label]! <= state.cost + hair && time[label]! <= state.time + hair && energy[label]! >= state.energy - hair && most[label]! >= state.most - hair) return
    let to = row
    for (let label = row; label < end; label++) {
      if (state.cost <= cost[label]! && state.time <= time[label]! && state.energy >= energy[label]! && state.most >= most[label]!) continue
      this.#move(label, to++)
    }
    if (to === row + width) {
      let dearest = row
      for (let label = row + 1; label < to; label++) if (cost[label]! > cost[dearest]!) dearest = label
      if (state.cost >= cost[dearest]!) return
      this.#move(--to, dearest)
    }
    time[to] = state.time
    energy[to] = state.energy
    most[to] = state.most
    cost[to] = state.cost
    this.from[to] = from
    this.via[2 * to] = first
    this.via[2 * to + 1] = second
    this.count[position] = to + 1 - row
  }

  /** Label of least cost at a position, or -1. */
  cheapest(position: number): number {
    let best = -1
    for (let label = position * width; label < position * width + this.count[position]!; label++) if (best < 0 || this.cost[label]! < this.cost[best]!) best = label
    return best
  }

  #move(from: number, to: number): void {
    if (from === to) return
    this.time[to] = this.time[from]!
    this.energy[to] = this.energy[from]!
    this.most[to] = this.most[from]!
    this.cost[to] = this.cost[from]!
    this.from[to] = this.from[from]!
    this.via[2 * to] = this.via[2 * from]!
    this.via[2 * to + 1] = this.via[2 * from + 1]!
  }
}
