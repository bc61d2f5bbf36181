import { tolerance, type Instance } from '../instance/instance.ts'
import type { ScheduleFacts } from './facts.ts'
import { Onward, type State } from './labels.ts'
import type { Trips } from './trips.ts'

/** What charging takes at least, for a kind of vehicle. */
interface LeastCharge {
  readonly perMetre: number
  readonly secondsPerKwh: number
  readonly moneyPerKwh: number
}

/**
 * What the rest of a sequence takes at least: the ways by the fastest and by the shortest of their options, the services, the loadings without
 * which the goods do not come on board, the energy that the battery does not hold, the breaks that fall due. A label that comes too late even
 * so, or costs too much, is dropped: most sequences that cannot be driven show it in their first labels. Ways are taken to obey the triangle
 * inequality; where they do not, a detour that is a short cut may be missed.
 */
export class Rest {
  readonly #instance: Instance
  readonly #trips: Trips
  readonly #leastService: Float64Array
  readonly #leastCharge: readonly (LeastCharge | null)[]
  readonly #loadingSeconds: Float64Array
  #kind = 0
  #length = 0
  #sequence: Int32Array = new Int32Array(0)
  /** [position] to the end, the service there included */
  #kwh = new Float64Array(32)
  #seconds = new Float64Array(32)
  #money = new Float64Array(32)
  /** [position] latest start of service that leaves time for the ways and services behind it */
  #latest = new Float64Array(32)
  /** [position] the last position up to here where the vehicle may load again, -1 when there is none */
  #lastLoading = new Int32Array(32)
  /** [position] the least that a loading takes which is put in at this position or a later one */
  #loadSeconds = new Float64Array(32)
  #loadKwh = new Float64Array(32)
  #loadMoney = new Float64Array(32)
  readonly #detour = new Onward()

  constructor(instance: Instance, facts: ScheduleFacts, trips: Trips) {
    this.#instance = instance
    this.#trips = trips
    const { tasks, locationOf, fleet, judged } = instance
    const leastFactor = (location: number) => Math.min(...(facts.berthsAt[location]!.length ? facts.berthsAt[location]!.map((each) => each.factor) : [1]))
    this.#leastService = facts.service.map((seconds, at) => seconds * leastFactor(locationOf[at % tasks]!))
    this.#loadingSeconds = Float64Array.from({ length: fleet.kinds }, (_, kind) => judged.trips[kind]!.durationSeconds * leastFactor(judged.trips[kind]!.location))
    this.#leastCharge = facts.energy.map((energy) => energy && {
      perMetre: energy.perMetre,
      secondsPerKwh: energy.stations.length > 0 ? Math.min(...energy.curve.seconds) : Infinity,
      moneyPerKwh: energy.stations.length > 0 ? Math.min(...Array.from(energy.stations, (station) => Math.min(...(facts.tariffAt[station]?.price ?? [0])))) : 0,
    })
  }

  /** Looks at a new sequence, which the trips have read before. */
  read(kind: number, sequence: Int32Array, length: number): void {
    const { fleet, arcs, distances, durations, locations, locationOf, close, tasks } = this.#instance
    const perMetre = this.#leastCharge[kind]?.perMetre ?? 0
    const base = fleet.durationBase[kind]!
    if (this.#latest.length <= length) this.#grow(2 * length + 2)
    this.#kind = kind
    this.#length = length
    this.#sequence = sequence
    this.#latest[length] = fleet.shiftLatest[kind]!
    this.#kwh[length] = 0
    this.#seconds[length] = 0
    this.#money[length] = 0
    let to = fleet.end[kind]!
    for (let position = length - 1; position >= 0; position--) {
      const task = sequence[position]!
      const from = locationOf[task]!
      const arc = from * locations + to
      const seconds = durations[base + arc]! + this.#leastService[kind * tasks + task]!
      this.#latest[position] = Math.min(close[task]!, this.#latest[position + 1]! - seconds)
      this.#kwh[position] = this.#kwh[position + 1]! + distances[base + arc]! * perMetre
      this.#seconds[position] = this.#seconds[position + 1]! + seconds
      this.#money[position] = this.#money[position + 1]! + fleet.factor[kind]! * arcs[fleet.arcBase[kind]! + arc]!
      to = from
    }
    if (this.#trips.mayReload(kind)) this.#readLoadings()
  }

  /** Latest start of service at a position, or return, that leaves time for the ways and services behind it. */
  latest(position: number): number {
    return this.#latest[position]!
  }

  /** Kilowatt-hours from a position to the end by the shortest ways. */
  kwhFrom(position: number): number {
    return this.#kwh[position]!
  }

  /** Measures from a place in front of a position. */
  measure(location: number, position: number, into: Onward): void {
    const { fleet, arcs, distances, durations, locations } = this.#instance
    const kind = this.#kind
    const arc = location * locations + this.#place(position)
    into.position = position
    into.seconds = durations[fleet.durationBase[kind]! + arc]!
    into.kwh = distances[fleet.durationBase[kind]! + arc]! * (this.#leastCharge[kind]?.perMetre ?? 0)
    into.money = fleet.factor[kind]! * arcs[fleet.arcBase[kind]! + arc]!
    if (!this.#trips.mayReload(kind)) return
    into.loadSeconds = position < this.#length ? this.#loadSeconds[position + 1]! : Infinity
    into.loadKwh = position < this.#length ? this.#loadKwh[position + 1]! : Infinity
    into.loadMoney = position < this.#length ? this.#loadMoney[position + 1]! : Infinity
    if (this.#trips.mayLoadAt(position)) this.#addLoading(location, position, into)
  }

  /** Whether the least rest of a label comes too late, is on duty too long, or makes the route cost `limit` or more. */
  isHopeless(state: State, from: Onward, limit: number): boolean {
    const { fleet, judged } = this.#instance
    const kind = this.#kind
    const length = this.#length
    const { position } = from
    const charge = this.#leastCharge[kind]!
    const breaks = judged.breaks[kind]!
    let { until, breaks: taken } = state
    let tripsLeft = judged.trips[kind]!.trips - 1 - state.trips
    let extra = 0
    let extraMoney = 0
    let delay = 0
    let missing = charge ? from.kwh + this.#kwh[position]! - state.energy : 0
    const back = state.time + from.seconds + this.#seconds[position]!
    for (let to = position; to <= length; to++) {
      if (to < length && to >= until) {
        const loading = this.#trips.mayReload(kind) ? this.#lastLoading[until]! : -1
        if (tripsLeft-- <= 0 || loading < position || this.#trips.reach(loading) <= to) return true
        until = this.#trips.reach(loading)
        extra += from.loadSeconds
        missing += charge ? from.loadKwh : 0
        extraMoney += from.loadMoney
      }
      // waiting since the last charge takes in what that one can still give
      if (charge && missing - this.#kwh[to]! > tolerance) delay = Math.max(0, (missing - this.#kwh[to]!) * charge.secondsPerKwh - (state.cap > 0 ? state.chargeWaited : 0))
      const soonest = back - this.#seconds[to]! + delay
      while (taken < breaks.length && soonest + extra > breaks[taken]!.latestStart + tolerance) extra += breaks[taken++]!.durationSeconds
      if (soonest + extra > this.#latest[to]! + tolerance) return true
      // nothing more can come: who is in time here is in time behind
      if (until >= length && missing <= tolerance && taken >= breaks.length) break
    }
    const duty = dutyOf(state) - fleet.shiftEarliest[kind]! + from.seconds + this.#seconds[position]! + extra + delay
    if (duty > fleet.maxDuration[kind]! + tolerance) return true
    if (limit === Infinity) return false
    const charged = charge && missing > tolerance ? missing * charge.moneyPerKwh : 0
    return fleet.fixedCost[kind]! + state.cost + from.money + this.#money[position]! + extraMoney + charged + fleet.costPerSecond[kind]! * duty >= limit
  }

  #place(position: number): number {
    return position < this.#length ? this.#instance.locationOf[this.#sequence[position]!]! : this.#instance.fleet.end[this.#kind]!
  }

  #readLoadings(): void {
    const { locationOf } = this.#instance
    const length = this.#length
    const detour = this.#detour
    detour.loadSeconds = detour.loadKwh = detour.loadMoney = Infinity
    for (let position = length; position >= 0; position--) {
      if (position > 0 && this.#trips.mayLoadAt(position)) this.#addLoading(locationOf[this.#sequence[position - 1]!]!, position, detour)
      this.#loadSeconds[position] = detour.loadSeconds
      this.#loadKwh[position] = detour.loadKwh
      this.#loadMoney[position] = detour.loadMoney
    }
    for (let position = 0, last = -1; position <= length; position++) this.#lastLoading[position] = last = this.#trips.mayLoadAt(position) ? position : last
  }

  /** Lowers what a loading takes to that of one on the way from a place to a position. */
  #addLoading(location: number, position: number, into: Onward): void {
    const { fleet, arcs, distances, durations, locations } = this.#instance
    const kind = this.#kind
    const at = this.#trips.location(kind)
    const [there, on, direct] = [location * locations + at, at * locations + this.#place(position), location * locations + this.#place(position)]
    const [base, arcBase] = [fleet.durationBase[kind]!, fleet.arcBase[kind]!]
    into.loadSeconds = Math.min(into.loadSeconds, durations[base + there]! + this.#loadingSeconds[kind]! + durations[base + on]! - durations[base + direct]!)
    into.loadKwh = Math.min(into.loadKwh, (distances[base + there]! + distances[base + on]! - distances[base + direct]!) * (this.#leastCharge[kind]?.perMetre ?? 0))
    into.loadMoney = Math.min(into.loadMoney, fleet.factor[kind]! * (arcs[arcBase + there]! + arcs[arcBase + on]! - arcs[arcBase + direct]!))
  }

  #grow(size: number): void {
    const row = () => new Float64Array(size)
    this.#latest = row()
    this.#kwh = row()
    this.#seconds = row()
    this.#money = row()
    this.#loadSeconds = row()
    this.#loadKwh = row()
    this.#loadMoney = row()
    this.#lastLoading = new Int32Array(size)
  }
}

/** Instant of the end of what is done, less that of the latest departure: it never falls along a route. */
export const dutyOf = (state: State): number => state.time - Math.min(state.waited, state.slack)
