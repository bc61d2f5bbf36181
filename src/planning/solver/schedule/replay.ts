import type { Trace, TraceLeg, TraceStop } from '../judges/exact-route.ts'
import type { Instance } from '../instance/instance.ts'
import type { Charging } from './charging.ts'
import type { ScheduleFacts } from './facts.ts'
import { bucketKind, type Labels, type State } from './labels.ts'

/** Drives the decisions behind a label once more, with the departure moved as late as it may and every charge as long as it turned out. */
export class Replay {
  readonly #instance: Instance
  readonly #facts: ScheduleFacts
  readonly #labels: Labels
  readonly #charging: Charging

  constructor(instance: Instance, facts: ScheduleFacts, labels: Labels, charging: Charging) {
    this.#instance = instance
    this.#facts = facts
    this.#labels = labels
    this.#charging = charging
  }

  /** `last` is the label in front of the end, `end` the state at the end. */
  trace(kind: number, last: number, end: State): Trace {
    const { fleet, places } = this.#instance
    const path = this.#path(last)
    const energy = this.#energies(path, end)
    const departure = fleet.shiftEarliest[kind]! + Math.min(end.waited, end.slack)
    const totals = { distanceMetres: 0, drivingSeconds: 0, extraCost: 0 }
    const stops: TraceStop[] = []
    let free = departure
    let place = fleet.start[kind]!
    let level = this.#facts.energy[kind]?.battery ?? 0
    const drive = (to: number, state: State): { arrival: number; leg: { leg?: TraceLeg } } => {
      const { metres, seconds, leave, isTimed } = this.#drive(kind, place, to, state, free)
      totals.distanceMetres += metres
      totals.drivingSeconds += seconds
      level -= metres * (this.#facts.energy[kind]?.perMetre ?? 0)
      place = to
      return { arrival: leave + seconds, leg: isTimed ? { leg: { departure: leave, option: state.option } } : {} }
    }
    path.forEach((label, at) => {
      const bucket = this.#labels.bucketOf(label)
      if (bucket.kind === bucketKind.start) return
      const state = this.#labels.get(label)
      const { arrival, leg } = bucket.kind === bucketKind.break ? { arrival: free, leg: {} } : drive(bucket.location, state)
      const start = Math.max(arrival, state.begun)
      const handled = this.#handle(kind, label, { start, level: Math.max(0, level), charged: energy[at]! })
      free = Math.max(start + handled.seconds, state.time)
      totals.extraCost += handled.money
      level += handled.stop.energy ?? 0
      stops.push({ ...handled.stop, ...leg, arrival, start, departure: free, handledUntil: start + handled.seconds })
    })
    dropNeedlessCharges(stops)
    if (fleet.end[kind]! >= places) return { departure, return: free, stops, driven: totals }
    const { arrival, leg } = drive(fleet.end[kind]!, end)
    return { departure, return: arrival, stops, driven: totals, ...(leg.leg && { lastLeg: leg.leg }) }
  }

  #path(last: number): number[] {
    const path: number[] = []
    for (let label = last; label >= 0; label = this.#labels.get(label).parent) path.push(label)
    return path.reverse()
  }

  /** What is taken in at each charge: at least what its label says, and what the ways behind it asked for. */
  #energies(path: readonly number[], end: State): Float64Array {
    const energies = new Float64Array(path.length)
    let extra = end.extra
    for (let at = path.length - 1; at >= 0; at--) {
      const state = this.#labels.get(path[at]!)
      if (this.#labels.bucketOf(path[at]!).kind === bucketKind.charge) {
        energies[at] = state.charged + extra
        extra = 0
      }
      extra += state.extra
    }
    return energies
  }

  #drive(kind: number, from: number, to: number, state: State, free: number): { metres: number; seconds: number; leave: number; isTimed: boolean } {
    const { fleet, locations, distances, durations } = this.#instance
    const arc = from * locations + to
    if (state.option < 0) return { metres: distances[fleet.durationBase[kind]! + arc]!, seconds: durations[fleet.durationBase[kind]! + arc]!, leave: free, isTimed: false }
    const timetable = this.#facts.timetables[this.#facts.profileOf[kind]!]!
    const option = timetable.options[timetable.at[arc]!]![state.option]!
    const leave = Math.max(free, state.leave)
    let step = option.from.length - 1
    while (step > 0 && option.from[step]! > leave) step--
    return { metres: option.metres, seconds: option.seconds[step]!, leave, isTimed: true }
  }

  /** What happens at a stop: its seconds, its money, its words. */
  #handle(kind: number, label: number, at: { start: number; level: number; charged: number }): { seconds: number; money: number; stop: Omit<TraceStop, 'arrival' | 'start' | 'departure' | 'handledUntil'> } {
    const { tasks, judged } = this.#instance
    const { location, task, kind: what } = this.#labels.bucketOf(label)
    const state = this.#labels.get(label)
    const berth = state.berth >= 0 ? this.#facts.berthsAt[location]![state.berth]! : null
    const berthed = berth ? { berth: berth.id } : {}
    if (what === bucketKind.break) return { seconds: judged.breaks[kind]![state.breaks - 1]!.durationSeconds, money: 0, stop: { kind: 'break', task: -1, location: -1 } }
    if (what === bucketKind.reload) return { seconds: judged.trips[kind]!.durationSeconds * (berth?.factor ?? 1), money: 0, stop: { kind: 'reload', task: -1, location, ...berthed } }
    if (what === bucketKind.charge) {
      const { seconds, money } = this.#charge(kind, location, at)
      return { seconds, money, stop: { kind: 'charge', task: -1, location, energy: at.charged } }
    }
    const seconds = this.#facts.service[kind * tasks + task]! * (berth?.factor ?? 1)
    const index = this.#facts.windowIndex[state.window]!
    return { seconds, money: this.#facts.windowCost[state.window]!, stop: { kind: 'task', task, location, ...berthed, ...(index >= 0 && this.#facts.hasPricedWindows && { window: index }) } }
  }

  #charge(kind: number, station: number, at: { start: number; level: number; charged: number }): { seconds: number; money: number } {
    const target = at.level + at.charged
    let result = { seconds: 0, money: 0 }
    this.#charging.pieces(kind, station, { level: at.level, start: at.start, until: Infinity }, (piece) => {
      const more = Math.max(0, Math.min(piece.room, target - piece.level))
      result = { seconds: piece.clock - at.start + more * piece.rate, money: piece.money + more * piece.price }
      return piece.level + piece.room < target
    })
    return result
  }
}

/**
 * Labels prefer to have had the chance of a charge: where the vehicle stands at a station anyway it may go unused. Such a charge of nothing is no
 * stop of its own, what happens there besides takes over its arrival or its departure.
 */
function dropNeedlessCharges(stops: TraceStop[]): void {
  for (let at = stops.length - 1; at >= 0; at--) {
    const { kind, energy, location, arrival, departure, leg } = stops[at]!
    if (kind !== 'charge' || energy !== 0) continue
    const [before, behind] = [stops[at - 1], stops[at + 1]]
    if (behind?.location === location) stops.splice(at, 2, { ...behind, arrival, ...(leg && { leg }) })
    else if (before?.location === location) stops.splice(at - 1, 2, { ...before, departure })
  }
}
