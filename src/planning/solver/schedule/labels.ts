import { tolerance } from '../instance/instance.ts'

/**
 * A partial schedule: where it stands in time, money, breaks, trips and energy, and which decisions led here. Delays that may still be
 * asked of it are kept as numbers: the departure of the route can move `slack` later, of which `waited` is absorbed by waiting; and the last
 * charge can take in `cap` more kilowatt-hours at `rate` seconds each, of which `chargeWaited` seconds are absorbed by waiting since.
 */
export class State {
  time = 0
  cost = 0
  waited = 0
  slack = Infinity
  metres = 0
  energy = Infinity
  cap = 0
  rate = 0
  unitPrice = 0
  chargeWaited = 0
  breaks = 0
  trips = 0
  /** first position whose goods are not on board in this trip */
  until = 0
  parent = -1
  // decisions of the last step
  option = -1
  leave = 0
  begun = 0
  window = -1
  berth = -1
  /** kilowatt-hours taken in here, and added by the way here to the charge before */
  charged = 0
  extra = 0

  copy(from: State): void {
    this.time = from.time
    this.cost = from.cost
    this.waited = from.waited
    this.slack = from.slack
    this.metres = from.metres
    this.energy = from.energy
    this.cap = from.cap
    this.rate = from.rate
    this.unitPrice = from.unitPrice
    this.chargeWaited = from.chargeWaited
    this.breaks = from.breaks
    this.trips = from.trips
    this.until = from.until
    this.parent = from.parent
    this.option = from.option
    this.leave = from.leave
    this.begun = from.begun
    this.window = from.window
    this.berth = from.berth
    this.charged = from.charged
    this.extra = from.extra
  }

  /** Something begins at `start`, not before `time`; with the same decisions it could begin as late as `latest`. */
  begin(start: number, latest: number): void {
    const wait = start - this.time
    this.waited += wait
    this.time = start
    const room = latest - start
    if (room + this.waited < this.slack) this.slack = room + this.waited
    if (this.cap === 0) return
    this.chargeWaited += wait
    if (this.rate > 0 && this.cap * this.rate > room + this.chargeWaited) this.cap = Math.max(0, (room + this.chargeWaited) / this.rate)
  }

  /** Seconds by which `time` grows when the last charge takes in more. */
  delayOf(kwh: number): number {
    return Math.max(0, kwh * this.rate - this.chargeWaited)
  }

  /** Takes in more at the last charge, as the way ahead needs it. */
  chargeMore(kwh: number): void {
    const seconds = kwh * this.rate
    this.time += Math.max(0, seconds - this.chargeWaited)
    this.chargeWaited = Math.max(0, this.chargeWaited - seconds)
    this.cap = Math.max(0, this.cap - kwh)
    this.energy += kwh
    this.cost += kwh * this.unitPrice
    this.extra += kwh
  }
}

/** Which of the numbers matter for one label to make another needless. */
export interface Criteria {
  readonly duty: boolean
  readonly metres: boolean
  readonly energy: boolean
}

/** What a group of labels has in common. */
export const bucketKind = { start: 0, task: 1, break: 2, reload: 3, charge: 4 } as const

/** From where a rest is measured: a place in front of a position of the sequence, with the direct way on and what a loading takes at least. */
export class Onward {
  position = 0
  seconds = 0
  kwh = 0
  money = 0
  loadSeconds = 0
  loadKwh = 0
  loadMoney = 0
}

export interface Bucket {
  kind: number
  /** location, or -1 for a break */
  location: number
  task: number
  /** the way on from here */
  readonly onward: Onward
  count: number
}

export type Stage = Omit<Bucket, 'count' | 'onward'>

/** Sets of labels by stage of the route, each with at most `width`, none worse in everything than another. */
export class Labels {
  #width: number
  buckets = 0
  readonly #criteria: Criteria
  readonly #states: State[] = []
  readonly #list: Bucket[] = []

  constructor(width: number, criteria: Criteria) {
    this.#width = width
    this.#criteria = criteria
  }

  get width(): number {
    return this.#width
  }

  /** Forgets all labels; from here on a stage keeps up to `width`. */
  clear(width: number): void {
    this.#width = width
    this.buckets = 0
  }

  /** A new empty bucket. */
  open({ kind, location, task }: Stage): number {
    const at = this.buckets++
    const known = this.#list[at]
    if (known) {
      known.kind = kind
      known.location = location
      known.task = task
      known.count = 0
    } else {
      this.#list.push({ kind, location, task, onward: new Onward(), count: 0 })
    }
    while (this.#states.length < this.buckets * this.#width) this.#states.push(new State())
    return at
  }

  bucket(at: number): Bucket {
    return this.#list[at]!
  }

  bucketOf(label: number): Bucket {
    return this.#list[Math.floor(label / this.#width)]!
  }

  get(label: number): State {
    return this.#states[label]!
  }

  /** Keeps a copy unless another label is as good; the dearest gives way when the bucket is full. Parents stay valid: they are in closed buckets. */
  add(at: number, state: State): void {
    const bucket = this.#list[at]!
    const row = at * this.#width
    for (let label = row; label < row + bucket.count; label++) if (this.#isAsGood(this.#states[label]!, state)) return
    let kept = 0
    for (let each = 0; each < bucket.count; each++) {
      const other = this.#states[row + each]!
      if (this.#isAsGood(state, other)) continue
      if (kept < each) this.#swap(row + kept, row + each)
      kept++
    }
    bucket.count = kept
    if (kept >= this.#width) return this.#replaceWorst(row, state)
    this.#states[row + kept]!.copy(state)
    bucket.count++
  }

  /** The dearest gives way, but neither the earliest nor the fullest: they are the ones that get through when the cheap ones do not. */
  #replaceWorst(row: number, state: State): void {
    const states = this.#states
    let earliest = row
    let fullest = row
    for (let label = row + 1; label < row + this.#width; label++) {
      if (states[label]!.time < states[earliest]!.time) earliest = label
      if (states[label]!.energy > states[fullest]!.energy) fullest = label
    }
    let worst = -1
    for (let label = row; label < row + this.#width; label++) {
      if (label === earliest || label === fullest) continue
      if (worst < 0 || isBefore(states[worst]!, states[label]!)) worst = label
    }
    const isOutstanding = state.time < states[earliest]!.time - tolerance || state.energy > states[fullest]!.energy + tolerance
    if (isOutstanding || isBefore(state, states[worst]!)) states[worst]!.copy(state)
  }

  #swap(a: number, b: number): void {
    const state = this.#states[a]!
    this.#states[a] = this.#states[b]!
    this.#states[b] = state
  }

  /** Whether everything `b` can still become, `a` can become at no more cost. */
  #isAsGood(a: State, b: State): boolean {
    if (a.cost > b.cost + tolerance || a.time > b.time + tolerance || a.breaks < b.breaks || a.trips > b.trips || a.until < b.until) return false
    const { duty, metres, energy } = this.#criteria
    if (metres && a.metres > b.metres + tolerance) return false
    // who is earlier can wait, so what counts is the time not waited
    if (duty && (a.slack < b.slack || a.time - a.waited > b.time - b.waited + tolerance)) return false
    return !energy || isAsCharged(a, b)
  }
}

/** Enough energy at once, or the same line of energy over time. */
function isAsCharged(a: State, b: State): boolean {
  if (a.energy < b.energy - tolerance) return false
  if (a.energy >= b.energy + b.cap - tolerance) return true
  return a.energy + a.cap >= b.energy + b.cap - tolerance && a.rate <= b.rate && a.unitPrice <= b.unitPrice && a.chargeWaited >= b.chargeWaited - tolerance
}

/** Order in which labels are kept when there are too many. */
const isBefore = (a: State, b: State): boolean => a.cost < b.cost - tolerance || (a.cost <= b.cost + tolerance && a.time < b.time)
