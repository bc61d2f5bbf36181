import type { Judge, Trace, TraceStop } from './exact-route.ts'
import { tolerance, type Instance } from './instance.ts'
import { lastClose, nextOpening } from './judge-breaks.ts'

export interface EnergyKind {
  readonly battery: number
  readonly perMetre: number
  readonly secondsPerKwh: number
  readonly isPartial: boolean
  readonly stations: Int32Array
}

const width = 6
/** stations tried on one arc: those with the least detour */
const candidates = 3

/** Ways to drive one leg: directly, by one station, by two. */
interface State {
  time: number
  energy: number
  most: number
  cost: number
}

/**
 * Charging on a fixed sequence (the fixed-route vehicle charging problem, Montoya et al. 2017, Froger et al. 2019) by labels.
 * A label is a line: leaving at `time` with `energy`, or later with more, up to `most`; one second charged buys the same energy whenever it
 * is bought, so the decision how much to charge is put off until it matters. Full recharging is the line of length zero.
 */
export class EnergyJudge implements Judge {
  readonly #instance: Instance
  #time = new Float64Array(64 * width)
  #energy = new Float64Array(64 * width)
  #most = new Float64Array(64 * width)
  #cost = new Float64Array(64 * width)
  #from = new Int32Array(64 * width)
  #via = new Int32Array(64 * width * 2)
  #count = new Int32Array(64)
  /** [kind][from * locations + to]: stations of the least detour, filled on demand */
  readonly #near: (Int32Array | undefined)[][]
  readonly #state: State = { time: 0, energy: 0, most: 0, cost: 0 }

  constructor(instance: Instance) {
    this.#instance = instance
    this.#near = Array.from({ length: instance.fleet.kinds }, () => [])
  }

  price(kind: number, sequence: Int32Array, length: number): number {
    const { fleet } = this.#instance
    const best = this.#solve(kind, sequence, length)
    return best < 0 ? Infinity : fleet.fixedCost[kind]! + fleet.factor[kind]! * this.#cost[best]!
  }

  trace(kind: number, sequence: Int32Array, length: number): Trace {
    const label = this.#solve(kind, sequence, length)
    const visits: { task: number; location: number }[] = []
    for (let at = label; at >= width; at = this.#from[at]!) {
      const position = Math.floor(at / width)
      if (position <= length) visits.unshift({ task: sequence[position - 1]!, location: this.#instance.locationOf[sequence[position - 1]!]! })
      for (const via of [this.#via[2 * at + 1]!, this.#via[2 * at]!]) if (via >= 0) visits.unshift({ task: -1, location: via })
    }
    return this.#schedule(kind, visits)
  }

  /** Fills the labels; returns the cheapest at the end (position length + 1), or -1. */
  #solve(kind: number, sequence: Int32Array, length: number): number {
    const { fleet, locationOf, distances, locations } = this.#instance
    const energy = this.#instance.judged.energy[kind]
    const per = energy?.perMetre ?? 0
    if (this.#count.length < length + 2) this.#grow(length * 2 + 4)
    this.#count.fill(0, 0, length + 2)
    const full = energy?.battery ?? Infinity
    this.#add(0, { time: fleet.shiftEarliest[kind]!, energy: full, most: full, cost: 0 }, -1, -1, -1)
    let rest = 0
    let at = fleet.start[kind]!
    const base = fleet.durationBase[kind]!
    for (let stop = 0; stop <= length; stop++) {
      const to = stop < length ? locationOf[sequence[stop]!]! : fleet.end[kind]!
      rest += distances[base + at * locations + to]! * per
      at = to
    }
    at = fleet.start[kind]!
    for (let stop = 0; stop <= length; stop++) {
      const task = stop < length ? sequence[stop]! : -1
      const to = stop < length ? locationOf[task]! : fleet.end[kind]!
      for (let label = 0; label < this.#count[stop]!; label++) this.#leave(kind, energy ?? null, stop * width + label, stop + 1, at, to, task, rest)
      if (this.#count[stop + 1] === 0) return -1
      rest -= distances[base + at * locations + to]! * per
      at = to
    }
    let best = -1
    for (let label = (length + 1) * width; label < (length + 1) * width + this.#count[length + 1]!; label++) if (best < 0 || this.#cost[label]! < this.#cost[best]!) best = label
    return best
  }

  #leave(kind: number, energy: EnergyKind | null, label: number, position: number, from: number, to: number, task: number, rest: number): void {
    const state = this.#read(label)
    if (this.#drive(kind, energy, state, from, to) && this.#serve(kind, state, task)) this.#add(position, state, label, -1, -1)
    // enough on board for the whole rest: a detour to charge cannot help
    if (!energy || this.#energy[label]! >= rest + tolerance) return
    for (const first of this.#stationsNear(kind, energy, from, to)) {
      this.#read(label)
      if (!this.#drive(kind, energy, state, from, first)) continue
      this.#charge(energy, state)
      const kept = { ...state }
      const isReached = this.#drive(kind, energy, state, first, to)
      if (isReached && this.#serve(kind, state, task)) this.#add(position, state, label, first, -1)
      if (isReached) continue
      for (const second of this.#stationsNear(kind, energy, first, to)) {
        Object.assign(state, kept)
        if (second === first || !this.#drive(kind, energy, state, first, second)) continue
        this.#charge(energy, state)
        if (this.#drive(kind, energy, state, second, to) && this.#serve(kind, state, task)) this.#add(position, state, label, first, second)
      }
    }
  }

  #read(label: number): State {
    const state = this.#state
    state.time = this.#time[label]!
    state.energy = this.#energy[label]!
    state.most = this.#most[label]!
    state.cost = this.#cost[label]!
    return state
  }

  /** Moves a state along an arc; what is missing at its end is charged before, when the line reaches that far. */
  #drive(kind: number, energy: EnergyKind | null, state: State, from: number, to: number): boolean {
    const { fleet, arcs, durations, distances, locations } = this.#instance
    const arc = from * locations + to
    const used = energy ? distances[fleet.durationBase[kind]! + arc]! * energy.perMetre : 0
    if (state.most < used - tolerance) return false
    state.time += durations[fleet.durationBase[kind]! + arc]!
    state.energy -= used
    state.most -= used
    state.cost += arcs[fleet.arcBase[kind]! + arc]!
    if (state.energy < 0 && energy) {
      state.time -= state.energy * energy.secondsPerKwh
      state.energy = 0
    }
    return true
  }

  #charge(energy: EnergyKind, state: State): void {
    if (!energy.isPartial) {
      state.time += (energy.battery - state.energy) * energy.secondsPerKwh
      state.energy = energy.battery
    }
    state.most = energy.battery
  }

  /** Waits for the window (charging for free meanwhile), serves, and cuts the line at the window's end. */
  #serve(kind: number, state: State, task: number): boolean {
    const { fleet, service, judged } = this.#instance
    const energy = judged.energy[kind]
    const rate = energy ? energy.secondsPerKwh : 1
    const begin = task >= 0 ? nextOpening(this.#instance, task, state.time) : state.time
    // with several windows the line ends with the one it begins in: charging across a gap is not considered
    const latest = task >= 0 ? lastClose(this.#instance, task, begin) : fleet.shiftLatest[kind]!
    if (begin > latest + tolerance) return false
    state.energy = rate > 0 ? Math.min(state.most, state.energy + (begin - state.time) / rate) : state.most
    if (rate > 0) state.most = Math.min(state.most, state.energy + (latest - begin) / rate)
    if (state.most < state.energy) state.most = state.energy
    state.time = begin + (task >= 0 ? service[task]! : 0)
    return true
  }

  #stationsNear(kind: number, energy: EnergyKind, from: number, to: number): Int32Array {
    const { locations, distances, fleet } = this.#instance
    const known = this.#near[kind]![from * locations + to]
    if (known) return known
    const base = fleet.durationBase[kind]!
    const detour = (station: number) => distances[base + from * locations + station]! + distances[base + station * locations + to]!
    const nearest = Int32Array.from([...energy.stations].toSorted((a, b) => detour(a) - detour(b) || a - b).slice(0, candidates))
    this.#near[kind]![from * locations + to] = nearest
    return nearest
  }

  /** A label falls to one that is no dearer, no later, and has at least its energy at every instant. */
  #add(position: number, state: State, from: number, first: number, second: number): void {
    const row = position * width
    const rate = 1e-9
    let kept = 0
    for (let label = row; label < row + this.#count[position]!; label++) if (this.#cost[label]! <= state.cost + rate && this.#time[label]! <= state.time + rate && this.#energy[label]! >= state.energy - rate && this.#most[label]! >= state.most - rate) return
    for (let label = row; label < row + this.#count[position]!; label++) {
      if (state.cost <= this.#cost[label]! && state.time <= this.#time[label]! && state.energy >= this.#energy[label]! && state.most >= this.#most[label]!) continue
      this.#move(label, row + kept++)
    }
    if (kept === width) {
      let dearest = row
      for (let label = row + 1; label < row + width; label++) if (this.#cost[label]! > this.#cost[dearest]!) dearest = label
      if (state.cost >= this.#cost[dearest]!) return
      this.#move(row + width - 1, dearest)
      kept--
    }
    const at = row + kept
    this.#time[at] = state.time
    this.#energy[at] = state.energy
    this.#most[at] = state.most
    this.#cost[at] = state.cost
    this.#from[at] = from
    this.#via[2 * at] = first
    this.#via[2 * at + 1] = second
    this.#count[position] = kept + 1
  }

  #move(from: number, to: number): void {
    if (from === to) return
    for (const row of [this.#time, this.#energy, this.#most, this.#cost]) row[to] = row[from]!
    this.#from[to] = this.#from[from]!
    this.#via[2 * to] = this.#via[2 * from]!
    this.#via[2 * to + 1] = this.#via[2 * from + 1]!
  }

  /**
   * Fixes how much to charge on a chosen sequence of tasks and stations: at each station as much as the windows behind it allow, found from
   * the end; then the clock runs forward. More energy than needed costs no money here, being late does.
   */
  #schedule(kind: number, visits: readonly { task: number; location: number }[]): Trace {
    const { fleet, durations, distances, locations, service } = this.#instance
    const energy = this.#instance.judged.energy[kind] ?? null
    const base = fleet.durationBase[kind]!
    const legs = [...visits.map((each) => each.location), fleet.end[kind]!].map((to, at) => (at === 0 ? fleet.start[kind]! : visits[at - 1]!.location) * locations + to)
    const used = (leg: number) => (energy ? distances[base + leg]! * energy.perMetre : 0)
    const stops: TraceStop[] = []
    let free = fleet.shiftEarliest[kind]!
    let charge = energy?.battery ?? 0
    visits.forEach((visit, at) => {
      const arrival = free + durations[base + legs[at]!]!
      charge -= used(legs[at]!)
      if (visit.task >= 0) {
        const start = nextOpening(this.#instance, visit.task, arrival)
        free = start + service[visit.task]!
        stops.push({ kind: 'task', task: visit.task, location: visit.location, arrival, start, departure: free })
        return
      }
      let need = 0
      for (let leg = at + 1; leg < legs.length; leg++) {
        need += used(legs[leg]!)
        if (leg < visits.length && visits[leg]!.task < 0) break
      }
      const wanted = energy!.isPartial ? Math.max(0, Math.min(energy!.battery, need) - charge) : energy!.battery - charge
      const taken = energy!.isPartial ? this.#roomToCharge(kind, visits, at, legs, arrival, charge, wanted) : wanted
      charge += taken
      free = arrival + taken * energy!.secondsPerKwh
      stops.push({ kind: 'charge', task: -1, location: visit.location, arrival, start: arrival, departure: free, energy: taken })
    })
    return { departure: fleet.shiftEarliest[kind]!, return: free + durations[base + legs.at(-1)!]!, stops }
  }

  /** Energy worth taking at a station: what the legs to the next station need, and beyond it whatever waiting in front of closed windows gives for free. */
  #roomToCharge(kind: number, visits: readonly { task: number; location: number }[], at: number, legs: readonly number[], arrival: number, charge: number, wanted: number): number {
    const { durations, fleet, service } = this.#instance
    const energy = this.#instance.judged.energy[kind]!
    const hasLater = visits.slice(at + 1).some((each) => each.task < 0)
    if (!hasLater) return wanted
    const base = fleet.durationBase[kind]!
    // with more stations ahead, time spent here is bought there again: charge on as long as no window behind is missed
    let free = arrival + wanted * energy.secondsPerKwh
    let slack = Infinity
    let waited = 0
    for (let stop = at + 1; stop < visits.length && visits[stop]!.task >= 0; stop++) {
      const task = visits[stop]!.task
      const reached = free + durations[base + legs[stop]!]!
      const start = nextOpening(this.#instance, task, reached)
      waited += start - reached
      slack = Math.min(slack, lastClose(this.#instance, task, start) - start + waited)
      free = start + service[task]!
    }
    return Math.min(energy.battery - charge, wanted + Math.max(0, Math.min(slack, waited)) / Math.max(1e-12, energy.secondsPerKwh))
  }

  #grow(positions: number): void {
    this.#time = new Float64Array(positions * width)
    this.#energy = new Float64Array(positions * width)
    this.#most = new Float64Array(positions * width)
    this.#cost = new Float64Array(positions * width)
    this.#from = new Int32Array(positions * width)
    this.#via = new Int32Array(positions * width * 2)
    this.#count = new Int32Array(positions)
  }
}
