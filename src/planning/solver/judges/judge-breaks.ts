import type { Judge, Trace, TraceStop } from './exact-route.ts'
import { tolerance, type Instance } from '../instance/instance.ts'

/**
 * Breaks, distance limits, and duty limits of routes that carry goods between stops.
 * Breaks: the earliest instant at each stop for each number of breaks taken. Earlier is never worse, so one number a count is exact.
 * A break may be taken before leaving, or behind any stop; it is not due when the vehicle is back before its latest start.
 */
export class BreakJudge implements Judge {
  readonly #instance: Instance
  /** earliest free instant with that many breaks taken; [stop * (most + 1) + taken], stop 0 is the start */
  #free: Float64Array
  readonly #most: number

  constructor(instance: Instance) {
    this.#instance = instance
    this.#most = Math.max(0, ...instance.judged.breaks.map((each) => each.length))
    this.#free = new Float64Array(64 * (this.#most + 1))
  }

  price(kind: number, sequence: Int32Array, length: number): number {
    const { fleet, arcs, distances, locations, locationOf, has } = this.#instance
    let cost = 0
    let metres = 0
    let at = fleet.start[kind]!
    for (let stop = 0; stop <= length; stop++) {
      const to = stop < length ? locationOf[sequence[stop]!]! : fleet.end[kind]!
      cost += arcs[fleet.arcBase[kind]! + at * locations + to]!
      if (has.distanceLimit) metres += distances[fleet.durationBase[kind]! + at * locations + to]!
      at = to
    }
    if (metres > fleet.maxDistance[kind]! + tolerance) return Infinity
    let price = fleet.fixedCost[kind]! + fleet.factor[kind]! * cost
    if (has.breaks && !(this.#earliestReturn(kind, sequence, length) < Infinity)) return Infinity
    if (has.duration) {
      const duty = this.#duty(kind, sequence, length)
      if (duty > fleet.maxDuration[kind]! + tolerance) return Infinity
      price += fleet.costPerSecond[kind]! * duty
    }
    return price
  }

  trace(kind: number, sequence: Int32Array, length: number): Trace {
    const { fleet, durations, locations, locationOf, service } = this.#instance
    if (!this.#instance.has.breaks) return plainTrace(this.#instance, kind, sequence, length)
    const home = this.#earliestReturn(kind, sequence, length)
    const breaks = this.#instance.judged.breaks[kind]!
    const width = this.#most + 1
    // walk back: which count of breaks leads to the return, then where each was taken
    let taken = this.#countAtReturn(kind, length, sequence, home)
    const stops: TraceStop[] = []
    for (let stop = length; stop >= 0; stop--) {
      const first = this.#takenOnArrival(kind, sequence, stop, taken)
      for (let each = taken; each > first; each--) {
        const departure = this.#free[stop * width + each]!
        const start = departure - breaks[each - 1]!.durationSeconds
        stops.unshift({ kind: 'break', task: -1, location: -1, arrival: this.#free[stop * width + each - 1]!, start, departure })
      }
      taken = first
      if (stop === 0) break
      const task = sequence[stop - 1]!
      const departure = this.#free[stop * width + taken]!
      const before = stop > 1 ? locationOf[sequence[stop - 2]!]! : fleet.start[kind]!
      const arrival = this.#free[(stop - 1) * width + taken]! + durations[fleet.durationBase[kind]! + before * locations + locationOf[task]!]!
      stops.unshift({ kind: 'task', task, location: locationOf[task]!, arrival, start: departure - service[task]!, departure })
    }
    return { departure: fleet.shiftEarliest[kind]!, return: home, stops }
  }

  /** Fills the table of earliest instants; returns the earliest return at which no break is missing. */
  #earliestReturn(kind: number, sequence: Int32Array, length: number): number {
    const { fleet, durations, locations, locationOf, service, close } = this.#instance
    const breaks = this.#instance.judged.breaks[kind]!
    const width = this.#most + 1
    if (this.#free.length < (length + 2) * width) this.#free = new Float64Array((length + 2) * width * 2)
    const free = this.#free
    const base = fleet.durationBase[kind]!
    free.fill(Infinity, 0, width)
    free[0] = fleet.shiftEarliest[kind]!
    this.#takeBreaks(0, breaks)
    let at = fleet.start[kind]!
    for (let stop = 1; stop <= length; stop++) {
      const task = sequence[stop - 1]!
      const to = locationOf[task]!
      let isPossible = false
      for (let taken = 0; taken < width; taken++) {
        const begin = nextOpening(this.#instance, task, free[(stop - 1) * width + taken]! + durations[base + at * locations + to]!)
        const isInTime = begin <= close[task]! + tolerance
        free[stop * width + taken] = isInTime ? begin + service[task]! : Infinity
        isPossible ||= isInTime
      }
      if (!isPossible) return Infinity
      this.#takeBreaks(stop, breaks)
      at = to
    }
    const back = durations[base + at * locations + fleet.end[kind]!]!
    let home = Infinity
    for (let taken = 0; taken <= breaks.length; taken++) {
      const arrival = free[length * width + taken]! + back
      if (arrival < home && arrival <= fleet.shiftLatest[kind]! + tolerance && breaks.slice(taken).every((each) => arrival <= each.latestStart)) home = arrival
    }
    return home
  }

  #takeBreaks(stop: number, breaks: JudgedBreaks): void {
    const free = this.#free
    const row = stop * (this.#most + 1)
    for (let taken = 1; taken <= breaks.length; taken++) {
      const each = breaks[taken - 1]!
      const start = Math.max(free[row + taken - 1]!, each.earliestStart)
      if (start <= each.latestStart && start + each.durationSeconds < free[row + taken]!) free[row + taken] = start + each.durationSeconds
    }
  }

  #countAtReturn(kind: number, length: number, sequence: Int32Array, home: number): number {
    const { fleet, durations, locations, locationOf } = this.#instance
    const breaks = this.#instance.judged.breaks[kind]!
    const at = length > 0 ? locationOf[sequence[length - 1]!]! : fleet.start[kind]!
    const back = durations[fleet.durationBase[kind]! + at * locations + fleet.end[kind]!]!
    for (let taken = 0; taken <= breaks.length; taken++) if (this.#free[length * (this.#most + 1) + taken]! + back === home && breaks.slice(taken).every((each) => home <= each.latestStart)) return taken
    return breaks.length
  }

  /** With how many breaks the vehicle came to a stop that it leaves with `taken`: fewer when breaks behind the stop were faster. */
  #takenOnArrival(kind: number, sequence: Int32Array, stop: number, taken: number): number {
    const { fleet, durations, locations, locationOf, service, close } = this.#instance
    const width = this.#most + 1
    const free = this.#free
    if (stop === 0) return 0
    const task = sequence[stop - 1]!
    const before = stop > 1 ? locationOf[sequence[stop - 2]!]! : fleet.start[kind]!
    for (let count = taken; count > 0; count--) {
      const begin = nextOpening(this.#instance, task, free[(stop - 1) * width + count]! + durations[fleet.durationBase[kind]! + before * locations + locationOf[task]!]!)
      if (begin <= close[task]! + tolerance && begin + service[task]! === free[stop * width + count]!) return count
    }
    return 0
  }

  #duty(kind: number, sequence: Int32Array, length: number): number {
    const { departure, return: home } = plainTrace(this.#instance, kind, sequence, length)
    return home - departure
  }
}

type JudgedBreaks = readonly { earliestStart: number; latestStart: number; durationSeconds: number }[]

/** Earliest start of service for an arrival; Infinity when every window is over. */
export function nextOpening(instance: Instance, task: number, arrival: number): number {
  const { windowFirst, windows, open } = instance
  if (windowFirst[task] === windowFirst[task + 1]) return arrival < open[task]! ? open[task]! : arrival
  for (let at = windowFirst[task]!; at < windowFirst[task + 1]!; at++) if (arrival <= windows[2 * at + 1]! + tolerance) return Math.max(arrival, windows[2 * at]!)
  return Infinity
}

/** Latest start of service not after an instant; -Infinity when every window comes later. */
export function lastOpening(instance: Instance, task: number, latest: number): number {
  const { windowFirst, windows, close } = instance
  if (windowFirst[task] === windowFirst[task + 1]) return latest < close[task]! ? latest : close[task]!
  for (let at = windowFirst[task + 1]! - 1; at >= windowFirst[task]!; at--) if (latest >= windows[2 * at]!) return Math.min(latest, windows[2 * at + 1]!)
  return -Infinity
}

/**
 * The schedule of a route without breaks: back as early as possible, away as late as that allows. Its duty is the shortest there is, because
 * a later return moves the departure by no more than itself.
 */
export function plainTrace(instance: Instance, kind: number, sequence: Int32Array, length: number): Trace {
  const { fleet, locationOf, service, locations, places, measures } = instance
  const { duration } = measures[fleet.durationBase[kind]! / (locations * locations)]!
  // beyond the places lies "nowhere", the end of an open route
  const drive = (from: number, to: number): number => (from === to || to >= places ? 0 : duration(from, to))
  const starts: number[] = []
  const earliest = (departure: number): number => {
    let free = departure
    let at = fleet.start[kind]!
    for (let stop = 0; stop < length; stop++) {
      const task = sequence[stop]!
      const begin = nextOpening(instance, task, free + drive(at, locationOf[task]!))
      starts[stop] = begin
      free = begin + service[task]!
      at = locationOf[task]!
    }
    return free + drive(at, fleet.end[kind]!)
  }
  const home = earliest(fleet.shiftEarliest[kind]!)
  // how far the departure can move without moving the return: the least wait that lies before the end
  let slack = Infinity
  let waited = 0
  let departure = fleet.shiftEarliest[kind]!
  {
    let free = departure
    let at = fleet.start[kind]!
    for (let stop = 0; stop < length; stop++) {
      const task = sequence[stop]!
      const arrival = free + drive(at, locationOf[task]!)
      waited += Math.max(0, starts[stop]! - arrival)
      slack = Math.min(slack, lastClose(instance, task, starts[stop]!) - starts[stop]! + waited)
      free = starts[stop]! + service[task]!
      at = locationOf[task]!
    }
  }
  departure += Math.max(0, Math.min(slack, waited))
  const back = Math.max(home, earliest(departure))
  let free = departure
  let at = fleet.start[kind]!
  const stops = Array.from({ length }, (_, stop): TraceStop => {
    const task = sequence[stop]!
    const arrival = free + drive(at, locationOf[task]!)
    free = starts[stop]! + service[task]!
    at = locationOf[task]!
    return { kind: 'task', task, location: at, arrival, start: starts[stop]!, departure: free }
  })
  return { departure, return: back, stops }
}

/** End of the window that a start of service lies in. */
export function lastClose(instance: Instance, task: number, start: number): number {
  const { windowFirst, windows, close } = instance
  for (let at = windowFirst[task]!; at < windowFirst[task + 1]!; at++) if (start <= windows[2 * at + 1]! + tolerance) return windows[2 * at + 1]!
  return close[task]!
}
