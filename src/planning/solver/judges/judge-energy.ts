import type { Judge, PreparedJudge, Trace, TraceStop } from './exact-route.ts'
import { EnergyLabels, width, type EnergyState } from './energy-labels.ts'
import { tolerance, type Instance } from '../instance/instance.ts'
import { lastClose, lastOpening, nextOpening } from './judge-breaks.ts'

export interface EnergyKind {
  readonly battery: number
  readonly perMetre: number
  readonly secondsPerKwh: number
  readonly isPartial: boolean
  readonly stations: Int32Array
}

/** stations tried on one arc: those with the least detour */
const candidates = 3
/** Share of a battery that the labels of a prepared route carry beyond what it needs: a task put in later takes that. */
const reserve = 0.25

/** A sequence to be driven from a position on, below a cost; `late` are the latest starts of the prepared route that the rest of it was. */
interface Drive {
  kind: number
  energy: EnergyKind | null
  sequence: Int32Array
  length: number
  from: number
  reserve: number
  costLimit: number
  late: Float64Array | null
}

interface Prepared {
  readonly ahead: EnergyLabels
  /** latest start at each stop if nothing is charged from there on */
  late: Float64Array
}

/**
 * Charging on a fixed sequence (the fixed-route vehicle charging problem, Montoya et al. 2017, Froger et al. 2019) by labels.
 * A label is a line: leaving at `time` with `energy`, or later with more, up to `most`; one second charged buys the same energy whenever it
 * is bought, so the decision how much to charge is put off until it matters. Full recharging is the line of length zero.
 */
export class EnergyJudge implements Judge, PreparedJudge {
  readonly #instance: Instance
  readonly #labels = new EnergyLabels()
  readonly #prepared: Prepared[] = []
  readonly #sequence: Int32Array
  /** [kind][from * locations + to]: stations of the least detour, filled on demand */
  readonly #near: (Int32Array | undefined)[][]
  readonly #state: EnergyState = { time: 0, energy: 0, most: 0, cost: 0 }
  readonly #kept: EnergyState = { time: 0, energy: 0, most: 0, cost: 0 }
  readonly #drive: Drive = { kind: 0, energy: null, sequence: new Int32Array(0), length: 0, from: 0, reserve: 0, costLimit: Infinity, late: null }

  constructor(instance: Instance) {
    this.#instance = instance
    this.#sequence = new Int32Array(instance.tasks + 1)
    this.#near = Array.from({ length: instance.fleet.kinds }, () => [])
  }

  price(kind: number, sequence: Int32Array, length: number): number {
    const label = this.#solve(this.#labels, this.#plan(kind, sequence, length))
    return label < 0 ? Infinity : this.#money(kind, this.#labels.cost[label]!)
  }

  prepare(slot: number, kind: number, sequence: Int32Array, length: number): number {
    const prepared = (this.#prepared[slot] ??= { ahead: new EnergyLabels(), late: new Float64Array(16) })
    const plan = this.#plan(kind, sequence, length)
    plan.reserve = reserve * (plan.energy?.battery ?? 0)
    const label = this.#solve(prepared.ahead, plan)
    this.#lookBehind(prepared, kind, sequence, length)
    return label < 0 ? Infinity : this.#money(kind, prepared.ahead.cost[label]!)
  }

  priceWith(slot: number, kind: number, sequence: Int32Array, length: number, task: number, position: number, limit: number): number {
    const { fleet } = this.#instance
    const { ahead, late } = this.#prepared[slot]!
    const longer = this.#sequence
    for (let at = 0; at < position; at++) longer[at] = sequence[at]!
    longer[position] = task
    for (let at = position; at < length; at++) longer[at + 1] = sequence[at]!
    const plan = this.#plan(kind, longer, length + 1)
    plan.from = position
    plan.late = late
    if (fleet.factor[kind]! > 0) plan.costLimit = (limit - fleet.fixedCost[kind]!) / fleet.factor[kind]!
    this.#labels.clear(length + 2)
    this.#labels.copyRow(ahead, position)
    const label = this.#solve(this.#labels, plan)
    const price = label < 0 ? Infinity : this.#money(kind, this.#labels.cost[label]!)
    return price < limit ? price : Infinity
  }

  trace(kind: number, sequence: Int32Array, length: number): Trace {
    const label = this.#solve(this.#labels, this.#plan(kind, sequence, length))
    const { via, from } = this.#labels
    const visits: { task: number; location: number }[] = []
    for (let at = label; at >= width; at = from[at]!) {
      const position = Math.floor(at / width)
      if (position <= length) visits.unshift({ task: sequence[position - 1]!, location: this.#instance.locationOf[sequence[position - 1]!]! })
      for (const station of [via[2 * at + 1]!, via[2 * at]!]) if (station >= 0) visits.unshift({ task: -1, location: station })
    }
    return this.#schedule(kind, visits)
  }

  #money(kind: number, cost: number): number {
    const { fleet } = this.#instance
    return fleet.fixedCost[kind]! + fleet.factor[kind]! * cost
  }

  /** The whole sequence, whatever it costs. */
  #plan(kind: number, sequence: Int32Array, length: number): Drive {
    const plan = this.#drive
    plan.kind = kind
    plan.energy = this.#instance.judged.energy[kind] ?? null
    plan.sequence = sequence
    plan.length = length
    plan.from = 0
    plan.reserve = 0
    plan.costLimit = Infinity
    plan.late = null
    return plan
  }

  /** Latest starts in time alone. */
  #lookBehind(prepared: Prepared, kind: number, sequence: Int32Array, length: number): void {
    const { fleet, durations, locationOf, locations, service } = this.#instance
    if (prepared.late.length < length) prepared.late = new Float64Array(2 * length)
    let latest = fleet.shiftLatest[kind]!
    let to = fleet.end[kind]!
    for (let stop = length - 1; stop >= 0; stop--) {
      const task = sequence[stop]!
      latest = lastOpening(this.#instance, task, latest - durations[fleet.durationBase[kind]! + locationOf[task]! * locations + to]! - service[task]!)
      prepared.late[stop] = latest
      to = locationOf[task]!
    }
  }

  /** Fills the labels from the plan's position on; returns the cheapest at the end (position length + 1), or -1. */
  #solve(labels: EnergyLabels, plan: Drive): number {
    const { fleet, arcs, locationOf, distances, locations } = this.#instance
    const { kind, energy, sequence, length, from } = plan
    const per = energy?.perMetre ?? 0
    const base = fleet.durationBase[kind]!
    const arcBase = fleet.arcBase[kind]!
    if (from === 0) {
      labels.clear(length + 1)
      const full = energy?.battery ?? Infinity
      const state = this.#state
      state.time = fleet.shiftEarliest[kind]!
      state.energy = state.most = full
      state.cost = 0
      labels.add(0, state, -1, -1, -1)
    }
    const begin = from === 0 ? fleet.start[kind]! : locationOf[sequence[from - 1]!]!
    let need = plan.reserve
    let rest = 0
    for (let stop = from, at = begin; stop <= length; stop++) {
      const to = stop < length ? locationOf[sequence[stop]!]! : fleet.end[kind]!
      need += distances[base + at * locations + to]! * per
      rest += arcs[arcBase + at * locations + to]!
      at = to
    }
    for (let stop = from, at = begin; stop <= length; stop++) {
      const to = stop < length ? locationOf[sequence[stop]!]! : fleet.end[kind]!
      // no way from here is shorter than the direct one
      for (let label = stop * width; label < stop * width + labels.count[stop]!; label++) if (labels.cost[label]! + rest < plan.costLimit + tolerance) this.#leave(labels, plan, label, at, to, need, rest)
      if (labels.count[stop + 1] === 0) return -1
      need -= distances[base + at * locations + to]! * per
      rest -= arcs[arcBase + at * locations + to]!
      at = to
    }
    return labels.cheapest(length + 1)
  }

  #leave(labels: EnergyLabels, plan: Drive, label: number, from: number, to: number, need: number, rest: number): void {
    const { arcs, fleet, locations } = this.#instance
    const { energy, costLimit } = plan
    const arcBase = fleet.arcBase[plan.kind]!
    const state = this.#state
    const stop = Math.floor(label / width)
    labels.read(label, state)
    if (this.#go(plan, from, to) && this.#serve(plan, stop)) labels.add(stop + 1, state, label, -1, -1)
    // enough on board for the whole rest: a detour to charge cannot help
    if (!energy || labels.energy[label]! >= need + tolerance) return
    const onward = labels.cost[label]! + rest - arcs[arcBase + from * locations + to]!
    const near = this.#stationsNear(plan.kind, energy, from, to)
    for (let at = 0; at < near.length; at++) {
      const first = near[at]!
      if (onward + arcs[arcBase + from * locations + first]! + arcs[arcBase + first * locations + to]! >= costLimit) continue
      labels.read(label, state)
      if (!this.#go(plan, from, first)) continue
      this.#charge(energy, state)
      const kept = copied(state, this.#kept)
      if (this.#go(plan, first, to)) {
        if (this.#serve(plan, stop)) labels.add(stop + 1, state, label, first, -1)
        continue
      }
      for (const second of this.#stationsNear(plan.kind, energy, first, to)) {
        copied(kept, state)
        if (second === first || !this.#go(plan, first, second)) continue
        this.#charge(energy, state)
        if (this.#go(plan, second, to) && this.#serve(plan, stop)) labels.add(stop + 1, state, label, first, second)
      }
    }
  }

  /** Moves the state along an arc; what is missing at its end is charged before, when the line reaches that far. */
  #go({ kind, energy }: Drive, from: number, to: number): boolean {
    const { fleet, arcs, durations, distances, locations } = this.#instance
    const state = this.#state
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

  #charge(energy: EnergyKind, state: EnergyState): void {
    if (!energy.isPartial) {
      state.time += (energy.battery - state.energy) * energy.secondsPerKwh
      state.energy = energy.battery
    }
    state.most = energy.battery
  }

  /** Waits for the window of the stop's task (charging for free meanwhile), serves, and cuts the line at the window's end. */
  #serve({ kind, energy, sequence, length, from, late }: Drive, stop: number): boolean {
    const { fleet, service } = this.#instance
    const state = this.#state
    const task = stop < length ? sequence[stop]! : -1
    const rate = energy ? energy.secondsPerKwh : 1
    const begin = task >= 0 ? nextOpening(this.#instance, task, state.time) : state.time
    // with several windows the line ends with the one it begins in: charging across a gap is not considered
    const latest = task >= 0 ? lastClose(this.#instance, task, begin) : fleet.shiftLatest[kind]!
    if (begin > latest + tolerance || (late && stop > from && task >= 0 && begin > late[stop - 1]! + tolerance)) return false
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
}

function copied(from: EnergyState, to: EnergyState): EnergyState {
  to.time = from.time
  to.energy = from.energy
  to.most = from.most
  to.cost = from.cost
  return to
}
