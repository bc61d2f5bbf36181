import type { Judge, Trace, TraceStop } from './exact-route.ts'
import { tolerance, type Instance } from './instance.ts'
import { nextOpening } from './judge-breaks.ts'

/** Where and how fast a kind loads again; `trips` = 1 means it does not. */
export interface TripKind {
  readonly location: number
  readonly durationSeconds: number
  readonly trips: number
}

/** Labels kept at a position; more never changed a plan in the trials. */
const width = 4

/**
 * Several trips with release times: the best way to cut a sequence of deliveries into trips (split, Beasley 1983; with loads, windows and
 * releases as in Cattaruzza et al. 2016). Labels are (instant ready to leave again, money) at each cut; a trip's schedule is a departure and
 * two numbers, so that a longer trip costs one step.
 */
export class TripJudge implements Judge {
  readonly #instance: Instance
  #time = new Float64Array(64 * width)
  #cost = new Float64Array(64 * width)
  #trips = new Int32Array(64 * width)
  #from = new Int32Array(64 * width)
  #count = new Int32Array(64)
  readonly #load: Float64Array

  constructor(instance: Instance) {
    this.#instance = instance
    this.#load = new Float64Array(instance.dimensions)
  }

  price(kind: number, sequence: Int32Array, length: number): number {
    this.#cut(kind, sequence, length)
    let best = Infinity
    for (let label = 0; label < this.#count[length]!; label++) best = Math.min(best, this.#cost[length * width + label]!)
    return best
  }

  trace(kind: number, sequence: Int32Array, length: number): Trace {
    const { fleet, durations, locations, locationOf, service, judged } = this.#instance
    this.#cut(kind, sequence, length)
    let at = length * width
    for (let label = 1; label < this.#count[length]!; label++) if (this.#cost[length * width + label]! < this.#cost[at]!) at = length * width + label
    const cuts: number[] = []
    for (let label = at; label >= width; label = this.#from[label]!) cuts.unshift(Math.floor(label / width))
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

  #cut(kind: number, sequence: Int32Array, length: number): void {
    const { fleet, judged } = this.#instance
    if (this.#count.length < length + 1) this.#grow(length * 2 + 2)
    this.#count.fill(0, 0, length + 1)
    this.#add(0, fleet.shiftEarliest[kind]!, fleet.fixedCost[kind]!, 0, -1)
    for (let first = 0; first < length; first++)
      for (let label = 0; label < this.#count[first]!; label++) if (this.#trips[first * width + label]! < judged.trips[kind]!.trips) this.#extend(kind, sequence, length, first * width + label)
  }

  /** All trips that begin behind a label. */
  #extend(kind: number, sequence: Int32Array, length: number, label: number): void {
    const { fleet, arcs, durations, locations, locationOf, service, close, dimensions, amount, judged, has } = this.#instance
    const trip = judged.trips[kind]!
    const [base, arcBase, factor] = [fleet.durationBase[kind]!, fleet.arcBase[kind]!, fleet.factor[kind]!]
    const first = Math.floor(label / width)
    const depot = first === 0 ? fleet.start[kind]! : trip.location
    const ready = this.#time[label]!
    const load = this.#load.fill(0)
    let [left, free, driven, latest, spent, place] = [ready, ready, 0, Infinity, 0, depot]
    for (let stop = first; stop < length; stop++) {
      const task = sequence[stop]!
      const to = locationOf[task]!
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
      const arc = place * locations + to
      const arrival = free + durations[base + arc]!
      const begin = nextOpening(this.#instance, task, arrival)
      if (begin > close[task]! + tolerance) return
      driven += durations[base + arc]!
      latest = Math.min(latest, close[task]! - driven)
      driven += service[task]!
      free = begin + service[task]!
      spent += arcs[arcBase + arc]!
      place = to
      const isLast = stop + 1 === length
      const end = place * locations + (isLast ? fleet.end[kind]! : trip.location)
      const back = free + durations[base + end]!
      if (back > fleet.shiftLatest[kind]! + tolerance) continue
      this.#add(stop + 1, isLast ? back : back + trip.durationSeconds, this.#cost[label]! + factor * (spent + arcs[arcBase + end]!), this.#trips[label]! + 1, label)
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

  /** Keeps a label unless another is no later, no dearer and has no more trips; the dearest gives way when the row is full. */
  #add(position: number, time: number, cost: number, trips: number, from: number): void {
    const row = position * width
    let kept = 0
    for (let label = row; label < row + this.#count[position]!; label++) {
      if (this.#time[label]! <= time && this.#cost[label]! <= cost && this.#trips[label]! <= trips) return
    }
    for (let label = row; label < row + this.#count[position]!; label++) {
      if (time <= this.#time[label]! && cost <= this.#cost[label]! && trips <= this.#trips[label]!) continue
      this.#move(label, row + kept++)
    }
    if (kept === width) {
      let dearest = row
      for (let label = row + 1; label < row + width; label++) if (this.#cost[label]! > this.#cost[dearest]!) dearest = label
      if (cost >= this.#cost[dearest]!) return
      this.#move(row + width - 1, dearest)
      kept--
    }
    this.#time[row + kept] = time
    this.#cost[row + kept] = cost
    this.#trips[row + kept] = trips
    this.#from[row + kept] = from
    this.#count[position] = kept + 1
  }

  #move(from: number, to: number): void {
    if (from === to) return
    this.#time[to] = this.#time[from]!
    this.#cost[to] = this.#cost[from]!
    this.#trips[to] = this.#trips[from]!
    this.#from[to] = this.#from[from]!
  }

  #grow(positions: number): void {
    this.#time = new Float64Array(positions * width)
    this.#cost = new Float64Array(positions * width)
    this.#trips = new Int32Array(positions * width)
    this.#from = new Int32Array(positions * width)
    this.#count = new Int32Array(positions)
  }
}
