import type { Judge, PreparedJudge, Trace, TraceStop } from './exact-route.ts'
import { tolerance, type Instance } from '../instance/instance.ts'
import { lastOpening, nextOpening } from './judge-breaks.ts'
import { TripLabels, width } from './trip-labels.ts'

/** Where and how fast a kind loads again; `trips` = 1 means it does not. */
export interface TripKind {
  readonly location: number
  readonly durationSeconds: number
  readonly trips: number
}

/** What is known of a route as it stands: its best beginnings up to each cut, and its best ends from each cut on. */
interface Prepared {
  readonly ahead: TripLabels
  readonly behind: TripLabels
  isBehindKnown: boolean
}

/**
 * Several trips with release times: the best way to cut a sequence of deliveries into trips (split, Beasley 1983; with loads, windows and
 * releases as in Cattaruzza et al. 2016). Labels are (instant ready to leave again, money) at each cut; a trip's schedule is a departure and
 * two numbers, so that a longer trip costs one step. Whatever is driven behind a cut can be driven if the vehicle is ready by some instant,
 * so the same labels from the end are (latest instant ready, money); a task is then priced by the one trip that takes it.
 */
export class TripJudge implements Judge, PreparedJudge {
  readonly #instance: Instance
  readonly #labels = new TripLabels()
  readonly #load: Float64Array
  readonly #reach: Float64Array
  readonly #prepared: Prepared[] = []
  readonly #sequence: Int32Array
  #best = Infinity

  constructor(instance: Instance) {
    this.#instance = instance
    this.#load = new Float64Array(instance.dimensions)
    this.#reach = new Float64Array(instance.dimensions)
    this.#sequence = new Int32Array(instance.tasks + 1)
  }

  price(kind: number, sequence: Int32Array, length: number): number {
    this.#cut(this.#labels, kind, sequence, length)
    const best = this.#labels.cheapest(length + 1)
    return best < 0 ? Infinity : this.#labels.cost[best]!
  }

  prepare(slot: number, kind: number, sequence: Int32Array, length: number): number {
    const prepared = (this.#prepared[slot] ??= { ahead: new TripLabels(), behind: new TripLabels(), isBehindKnown: false })
    this.#cut(prepared.ahead, kind, sequence, length)
    prepared.isBehindKnown = false
    const best = prepared.ahead.cheapest(length + 1)
    return best < 0 ? Infinity : prepared.ahead.cost[best]!
  }

  /** The ends are looked for when the first task is priced: many routes change again before. */
  #lookBehind(prepared: Prepared, kind: number, sequence: Int32Array, length: number): void {
    const { behind } = prepared
    prepared.isBehindKnown = true
    behind.clear(length)
    behind.add(length, -Infinity, 0, 0, -1)
    for (let end = length; end > 0; end--)
      for (let label = 0; label < behind.count[end]!; label++) this.#precede(behind, kind, sequence, length, end, label)
  }

  priceWith(slot: number, kind: number, sequence: Int32Array, length: number, task: number, position: number, limit: number): number {
    const { fleet, dimensions, amount, judged } = this.#instance
    const prepared = this.#prepared[slot]!
    const { ahead } = prepared
    if (!prepared.isBehindKnown) this.#lookBehind(prepared, kind, sequence, length)
    const longer = this.#sequence
    for (let at = 0; at < position; at++) longer[at] = sequence[at]!
    longer[position] = task
    for (let at = position; at < length; at++) longer[at + 1] = sequence[at]!
    this.#best = limit
    const load = this.#reach.fill(0)
    for (let first = position; first >= 0; first--) {
      for (let dimension = 0; dimension < dimensions; dimension++) {
        load[dimension]! += amount[longer[first]! * dimensions + dimension]!
        if (load[dimension]! > fleet.capacity[kind * dimensions + dimension]! + tolerance) return this.#found(limit)
      }
      for (let label = first * width; label < first * width + ahead.count[first]!; label++)
        if (ahead.trips[label]! < judged.trips[kind]!.trips && ahead.cost[label]! < this.#best) this.#extend(ahead, kind, longer, length + 1, label, slot, position)
    }
    return this.#found(limit)
  }

  #found(limit: number): number {
    return this.#best < limit ? this.#best : Infinity
  }

  trace(kind: number, sequence: Int32Array, length: number): Trace {
    const { fleet, durations, locations, locationOf, service, judged } = this.#instance
    const labels = this.#labels
    this.#cut(labels, kind, sequence, length)
    const cuts: number[] = []
    for (let label = labels.cheapest(length + 1); label >= width; label = labels.from[label]!) cuts.unshift(Math.min(length, Math.floor(label / width)))
    const base = fleet.durationBase[kind]!
    const { location: depot, durationSeconds } = judged.trips[kind]!
    const stops: TraceStop[] = []
    let first = 0
    let free = fleet.shiftEarliest[kind]!
    let departure = free
    let place = fleet.start[kind]!
    for (const cut of cuts) {
      let release = -Infinity
      for (let stop = first; stop < cut; stop++) release = Math.max(release, judged.release[sequence[stop]!]!)
      if (first > 0) {
        const arrival = free + durations[base + place * locations + depot]!
        free = Math.max(arrival + durationSeconds, release)
        stops.push({ kind: 'reload', task: -1, location: depot, arrival, start: arrival, departure: free })
        place = depot
      } else departure = free = Math.max(free, release)
      for (let stop = first; stop < cut; stop++) {
        const task = sequence[stop]!
        const arrival = free + durations[base + place * locations + locationOf[task]!]!
        const start = nextOpening(this.#instance, task, arrival)
        free = start + service[task]!
        place = locationOf[task]!
        stops.push({ kind: 'task', task, location: place, arrival, start, departure: free })
      }
      first = cut
    }
    return { departure, return: free + durations[base + place * locations + fleet.end[kind]!]!, stops }
  }

  #cut(labels: TripLabels, kind: number, sequence: Int32Array, length: number): void {
    const { fleet, judged } = this.#instance
    const most = judged.trips[kind]!.trips
    labels.clear(length + 1)
    labels.add(0, fleet.shiftEarliest[kind]!, fleet.fixedCost[kind]!, 0, -1)
    for (let first = 0; first < length; first++)
      for (let label = first * width; label < first * width + labels.count[first]!; label++) if (labels.trips[label]! < most) this.#extend(labels, kind, sequence, length, label, -1, 0)
  }

  /**
   * All trips that begin behind a label: they become labels where they end, ready for another, and in a row behind the last cut where the
   * day ends; or, with a prepared `slot`, those that hold position `from` are joined with what is known to be driven behind them, and only
   * the best price of the whole is kept.
   */
  #extend(labels: TripLabels, kind: number, sequence: Int32Array, length: number, label: number, slot: number, from: number): void {
    const { fleet, arcs, durations, locations, locationOf, service, close, dimensions, amount, judged, has } = this.#instance
    const { location: reload, durationSeconds } = judged.trips[kind]!
    const base = fleet.durationBase[kind]!
    const arcBase = fleet.arcBase[kind]!
    const factor = fleet.factor[kind]!
    const first = Math.floor(label / width)
    const depot = first === 0 ? fleet.start[kind]! : reload
    const shiftLatest = fleet.shiftLatest[kind]! + tolerance
    const load = this.#load.fill(0)
    const before = labels.cost[label]!
    const trips = labels.trips[label]! + 1
    let left = labels.time[label]!
    let free = left
    let driven = 0
    let latest = Infinity
    let spent = 0
    let place = depot
    for (let stop = first; stop < length; stop++) {
      const task = sequence[stop]!
      for (let dimension = 0; dimension < dimensions; dimension++) {
        load[dimension]! += amount[task * dimensions + dimension]!
        if (load[dimension]! > fleet.capacity[kind * dimensions + dimension]! + tolerance) return
      }
      const release = judged.release[task]!
      if (release > left) {
        left = release
        if (left > latest + tolerance) return
        free = has.severalWindows ? this.#replay(kind, sequence, first, stop, depot, left) : Math.max(free, left + driven)
        if (free === Infinity) return
      }
      const arc = place * locations + locationOf[task]!
      const drive = durations[base + arc]!
      const begin = nextOpening(this.#instance, task, free + drive)
      if (begin > close[task]! + tolerance) return
      driven += drive
      latest = Math.min(latest, close[task]! - driven)
      driven += service[task]!
      free = begin + service[task]!
      spent += arcs[arcBase + arc]!
      place = locationOf[task]!
      if (stop < from) continue
      const isLast = stop + 1 === length
      const home = place * locations + reload
      const reloaded = free + durations[base + home]!
      if (slot >= 0 && !isLast && reloaded <= shiftLatest) this.#join(slot, kind, stop, reloaded + durationSeconds, before + factor * (spent + arcs[arcBase + home]!), trips)
      else if (slot < 0 && reloaded <= shiftLatest) labels.add(stop + 1, reloaded + durationSeconds, before + factor * (spent + arcs[arcBase + home]!), trips, label)
      if (!isLast) continue
      const end = place * locations + fleet.end[kind]!
      const back = free + durations[base + end]!
      if (back > shiftLatest) return
      if (slot >= 0) this.#join(slot, kind, stop, back, before + factor * (spent + arcs[arcBase + end]!), trips)
      else labels.add(length + 1, back, before + factor * (spent + arcs[arcBase + end]!), trips, label)
    }
  }

  /** What a beginning costs with the best end from `position` of the route as it stood. */
  #join(slot: number, kind: number, position: number, ready: number, cost: number, trips: number): void {
    const { behind } = this.#prepared[slot]!
    const most = this.#instance.judged.trips[kind]!.trips
    for (let label = position * width; label < position * width + behind.count[position]!; label++) {
      const whole = cost + behind.cost[label]!
      if (whole < this.#best && ready <= tolerance - behind.time[label]! && trips + behind.trips[label]! <= most) this.#best = whole
    }
  }

  /** All trips that end in front of a label of `behind` at cut `end`, with the latest instant at which the vehicle must be ready for them. */
  #precede(behind: TripLabels, kind: number, sequence: Int32Array, length: number, end: number, label: number): void {
    const { fleet, arcs, durations, locations, locationOf, service, open, dimensions, amount, judged } = this.#instance
    const { location: reload, durationSeconds, trips: most } = judged.trips[kind]!
    const base = fleet.durationBase[kind]!
    const arcBase = fleet.arcBase[kind]!
    const at = end * width + label
    const trips = behind.trips[at]! + 1
    if (trips > most) return
    const load = this.#load.fill(0)
    let latest = end === length ? fleet.shiftLatest[kind]! : Math.min(fleet.shiftLatest[kind]!, -behind.time[at]! - durationSeconds)
    let place = end === length ? fleet.end[kind]! : reload
    let release = -Infinity
    let spent = 0
    for (let first = end - 1; first >= 0; first--) {
      const task = sequence[first]!
      for (let dimension = 0; dimension < dimensions; dimension++) {
        load[dimension]! += amount[task * dimensions + dimension]!
        if (load[dimension]! > fleet.capacity[kind * dimensions + dimension]! + tolerance) return
      }
      const arc = locationOf[task]! * locations + place
      latest = lastOpening(this.#instance, task, latest - durations[base + arc]! - service[task]!)
      if (latest < open[task]! - tolerance) return
      spent += arcs[arcBase + arc]!
      place = locationOf[task]!
      release = Math.max(release, judged.release[task]!)
      const out = (first === 0 ? fleet.start[kind]! : reload) * locations + place
      const ready = latest - durations[base + out]!
      if (release > ready + tolerance) continue
      behind.add(first, -ready, behind.cost[at]! + fleet.factor[kind]! * (spent + arcs[arcBase + out]!), trips, -1)
    }
  }

  /** With several windows a later departure may jump a gap: the trip up to `stop` is driven again. Returns when the vehicle is free. */
  #replay(kind: number, sequence: Int32Array, first: number, stop: number, depot: number, departure: number): number {
    const { fleet, durations, locations, locationOf, service, close } = this.#instance
    let free = departure
    let place = depot
    for (let at = first; at < stop; at++) {
      const task = sequence[at]!
      const begin = nextOpening(this.#instance, task, free + durations[fleet.durationBase[kind]! + place * locations + locationOf[task]!]!)
      if (begin > close[task]! + tolerance) return Infinity
      free = begin + service[task]!
      place = locationOf[task]!
    }
    return free
  }
}
