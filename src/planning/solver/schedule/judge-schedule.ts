import type { Judge, Trace } from '../judges/exact-route.ts'
import { tolerance, type Instance } from '../instance/instance.ts'
import { Bookings, listBookings, type Booking } from './bookings.ts'
import { Breaks } from './breaks.ts'
import { Charging } from './charging.ts'
import type { ScheduleFacts } from './facts.ts'
import { bucketKind, Labels, Onward, State } from './labels.ts'
import { Legs } from './legs.ts'
import { Replay } from './replay.ts'
import { dutyOf, Rest } from './rest.ts'
import { Trips } from './trips.ts'
import { Visits } from './visits.ts'

/** Labels kept at a stage; with batteries they differ in more ways. Half as many lost a schedule in one tiny route of a hundred. */
const width = 8
const energyWidth = 16
/** How many times as many where a schedule that there was must be found again. */
const thoroughly = 8
/** How far the battery must reach beyond the way left before stations are no longer looked at, where that way may grow. */
const detourShare = 2

/**
 * The best schedule of a fixed sequence under every constraint at once: a label-setting walk along it. One file a constraint: legs by the
 * hour, visits with windows and berths, breaks, trips, charging. What it returns can be driven and costs what it says; that nothing is
 * cheaper is certain only as long as no stage has more than `width` labels that differ.
 */
export class ScheduleJudge implements Judge {
  readonly bookings: Bookings
  readonly #instance: Instance
  readonly #facts: ScheduleFacts
  readonly #labels: Labels
  readonly #legs: Legs
  readonly #visits: Visits
  readonly #breaks: Breaks
  readonly #trips: Trips
  readonly #charging: Charging
  readonly #rest: Rest
  readonly #replay: Replay
  readonly #state = new State()
  /** buckets the next leg may begin from */
  #sources: number[] = []
  #limit = Infinity
  /** what is kept: by which vehicle, into which bucket, behind which label */
  #kind = 0
  #bucket = 0
  #parent = -1
  #onward = new Onward()
  #bestPrice = Infinity
  #bestLabel = -1
  #bestEnd = new State()

  constructor(instance: Instance) {
    const facts = instance.schedule!
    const { has } = instance
    this.#instance = instance
    this.#facts = facts
    this.bookings = new Bookings(facts.shared)
    this.#labels = new Labels(has.energy ? energyWidth : width, { duty: has.duration, metres: has.distanceLimit, energy: has.energy })
    this.#legs = new Legs(instance, facts)
    this.#visits = new Visits(instance, facts, this.bookings)
    this.#breaks = new Breaks(instance)
    this.#trips = new Trips(instance, this.#visits)
    this.#charging = new Charging(instance, facts, this.bookings)
    this.#rest = new Rest(instance, facts, this.#trips)
    this.#replay = new Replay(instance, facts, this.#labels, this.#charging)
  }

  price(kind: number, sequence: Int32Array, length: number, limit = Infinity): number {
    this.#solve(kind, sequence, length, limit)
    return this.#bestPrice
  }

  /** The same with many more labels. */
  priceThoroughly(kind: number, sequence: Int32Array, length: number): number {
    this.#solve(kind, sequence, length, Infinity, thoroughly)
    return this.#bestPrice
  }

  /** The schedule behind a finite price. */
  trace(kind: number, sequence: Int32Array, length: number): Trace {
    this.#solve(kind, sequence, length, Infinity)
    return this.traceBest(kind)
  }

  /** The schedule behind the last price, which was finite. */
  traceBest(kind: number): Trace {
    return this.#replay.trace(kind, this.#bestLabel, this.#bestEnd)
  }

  /** The slots a schedule holds, each once. */
  bookingsOf(trace: Trace): Booking[] {
    return listBookings(this.#facts, this.bookings, trace)
  }

  #solve(kind: number, sequence: Int32Array, length: number, limit: number, wider = 1): void {
    const { fleet, locationOf } = this.#instance
    this.#kind = kind
    this.#limit = limit
    this.#bestPrice = Infinity
    this.#bestLabel = -1
    this.#labels.clear(wider * (this.#instance.has.energy ? energyWidth : width))
    this.#trips.read(kind, sequence, length)
    this.#rest.read(kind, sequence, length)
    this.#start(kind)
    for (let position = 0; position < length; position++) {
      const task = sequence[position]!
      this.#addBreaks(kind, position)
      this.#addDetours(kind, position, locationOf[task]!)
      if (!this.#serve(kind, position, task)) return
    }
    this.#addBreaks(kind, length)
    if (fleet.end[kind]! < this.#instance.places) this.#addDetours(kind, length, fleet.end[kind]!)
    this.#finish(kind)
  }

  #start(kind: number): void {
    const { fleet } = this.#instance
    const bucket = this.#open(bucketKind.start, fleet.start[kind]!, { task: -1, position: 0 })
    const state = this.#state
    state.copy(fresh)
    state.time = fleet.shiftEarliest[kind]!
    state.energy = this.#facts.energy[kind]?.battery ?? Infinity
    this.#into(bucket)
    this.#parent = -1
    this.#trips.leave(0, state, this.#keep)
    this.#sources = [bucket]
  }

  /** Drives every source label to the next task and serves it; false when nobody can. */
  #serve(kind: number, position: number, task: number): boolean {
    const to = this.#instance.locationOf[task]!
    const bucket = this.#open(bucketKind.task, to, { task, position: position + 1 })
    const latest = this.#rest.latest(position)
    this.#into(bucket)
    for (const source of this.#sources) {
      const { location, count } = this.#labels.bucket(source)
      for (let label = source * this.#labels.width, end = label + count; label < end; label++) {
        const from = this.#labels.get(label)
        if (from.until <= position) continue
        this.#parent = label
        const ways = this.#legs.list(kind, location, to, from)
        for (let way = 0; way < ways; way++) if (this.#drive(kind, from, way, latest)) this.#visits.serve(kind, task, this.#state, this.#keep)
      }
    }
    this.#sources = [bucket]
    return this.#labels.bucket(bucket).count > 0
  }

  #addBreaks(kind: number, position: number): void {
    let source = this.#sources[0]!
    for (let each = 0; each < this.#breaks.most(kind); each++) {
      const { location, count } = this.#labels.bucket(source)
      const bucket = this.#open(bucketKind.break, location, { task: -1, position })
      const state = this.#state
      this.#into(bucket)
      for (let label = source * this.#labels.width, end = label + count; label < end; label++) {
        state.copy(this.#labels.get(label))
        state.extra = 0
        this.#parent = label
        if (this.#breaks.take(kind, state)) this.#keep(state)
      }
      if (this.#labels.bucket(bucket).count === 0) return
      this.#sources.push(bucket)
      source = bucket
    }
  }

  /** Stages between two tasks: a charge, a loading, a charge behind either. */
  #addDetours(kind: number, position: number, to: number): void {
    const hasEnergy = this.#facts.energy[kind] != null
    const mayReload = this.#instance.has.trips && this.#trips.mayReload(kind)
    if (!hasEnergy && !mayReload) return
    const direct = [...this.#sources]
    const charged = hasEnergy ? this.#addCharges(kind, position, direct, to, false) : []
    const loaded = mayReload ? this.#addReloads(kind, position, [...direct, ...charged]) : []
    const again = hasEnergy ? [...this.#addCharges(kind, position, charged, to, true), ...this.#addCharges(kind, position, loaded, to, false)] : []
    this.#sources.push(...charged, ...loaded, ...again)
  }

  #addReloads(kind: number, position: number, sources: readonly number[]): number[] {
    if (!this.#trips.mayLoadAt(position)) return []
    const at = this.#trips.location(kind)
    const bucket = this.#open(bucketKind.reload, at, { task: -1, position })
    const latest = this.#latestAt(bucket)
    this.#into(bucket)
    for (const source of sources) {
      const { location, count } = this.#labels.bucket(source)
      for (let label = source * this.#labels.width, end = label + count; label < end; label++) {
        const from = this.#labels.get(label)
        if (!this.#trips.canReload(kind, position, from)) continue
        this.#parent = label
        const ways = this.#legs.list(kind, location, at, from)
        for (let way = 0; way < ways; way++) if (this.#drive(kind, from, way, latest)) this.#trips.reload(kind, position, this.#state, this.#keep)
      }
    }
    return this.#labels.bucket(bucket).count > 0 ? [bucket] : []
  }

  /** `isSecond`: the vehicle stands at a station already and goes to another because the next stop is too far. */
  #addCharges(kind: number, position: number, sources: readonly number[], to: number, isSecond: boolean): number[] {
    const isGrowing = this.#facts.timetables[this.#facts.profileOf[kind]!] !== null || this.#trips.mayReload(kind)
    const enoughAt = (location: number): number => (this.#kwh(kind, location, to) + this.#rest.kwhFrom(position)) * (isGrowing ? detourShare : 1)
    const buckets: number[] = []
    for (const source of sources) {
      const { location, count } = this.#labels.bucket(source)
      const wanted = (isSecond ? this.#kwh(kind, location, to) : enoughAt(location)) - tolerance
      const first = source * this.#labels.width
      let isWanted = false
      for (let label = first; label < first + count; label++) isWanted ||= isShort(this.#labels.get(label), wanted, isSecond)
      if (!isWanted) continue
      for (const station of this.#charging.stationsNear(kind, location, to)) {
        let bucket = buckets.find((each) => this.#labels.bucket(each).location === station) ?? -1
        if (bucket < 0) buckets.push((bucket = this.#open(bucketKind.charge, station, { task: -1, position })))
        const latest = this.#latestAt(bucket)
        const enough = enoughAt(station)
        this.#into(bucket)
        for (let label = first; label < first + count; label++) {
          const from = this.#labels.get(label)
          if (!isShort(from, wanted, isSecond)) continue
          this.#parent = label
          const ways = this.#legs.list(kind, location, station, from)
          for (let way = 0; way < ways; way++) if (this.#drive(kind, from, way, latest)) this.#charging.charge(kind, station, this.#state, enough, this.#keep)
        }
      }
    }
    return buckets.filter((bucket) => this.#labels.bucket(bucket).count > 0)
  }

  /** Energy of the shortest way between two locations. */
  #kwh(kind: number, from: number, to: number): number {
    const { fleet, distances, locations } = this.#instance
    return distances[fleet.durationBase[kind]! + from * locations + to]! * this.#facts.energy[kind]!.perMetre
  }

  /** The return: shift, breaks, distance and duty are known now. */
  #finish(kind: number): void {
    const { fleet, places } = this.#instance
    const end = fleet.end[kind]!
    const settle = (state: State, parent: number) => {
      const duty = dutyOf(state) - fleet.shiftEarliest[kind]!
      if (!this.#isAllowed(kind, state) || duty > fleet.maxDuration[kind]! + tolerance) return
      const price = fleet.fixedCost[kind]! + state.cost + fleet.costPerSecond[kind]! * duty
      if (price >= this.#bestPrice) return
      this.#bestPrice = price
      this.#bestLabel = parent
      this.#bestEnd.copy(state)
    }
    for (const source of this.#sources) {
      const { location, count } = this.#labels.bucket(source)
      for (let label = source * this.#labels.width, last = label + count; label < last; label++) {
        const from = this.#labels.get(label)
        // an open route ends where it stands
        const ways = end < places ? this.#legs.list(kind, location, end, from) : 0
        for (let way = 0; way < ways; way++) if (this.#drive(kind, from, way, Infinity)) settle(this.#state, label)
        if (end < places) continue
        this.#state.copy(from)
        this.#state.extra = 0
        settle(this.#state, label)
      }
    }
  }

  /** Opens a bucket in front of a position. */
  #open(what: number, location: number, { task, position }: { task: number; position: number }): number {
    const bucket = this.#labels.open({ kind: what, location, task })
    this.#rest.measure(location, position, this.#labels.bucket(bucket).onward)
    return bucket
  }

  /** What is kept from here on goes into this bucket. */
  #into(bucket: number): void {
    this.#bucket = bucket
    this.#onward = this.#labels.bucket(bucket).onward
  }

  /** Keeps a label, unless even the least that is left to do comes too late or costs more than the price to beat: then false. */
  readonly #keep = (state: State): boolean => {
    if (!this.#isAllowed(this.#kind, state) || this.#rest.isHopeless(state, this.#onward, this.#limit)) return false
    state.parent = this.#parent
    this.#labels.add(this.#bucket, state)
    return true
  }

  /** The state after one way of the listed ones; false when it arrives later than `latest`. */
  #drive(kind: number, from: State, way: number, latest: number): boolean {
    if (this.#legs.arrival(way) > latest + tolerance) return false
    this.#state.copy(from)
    this.#legs.drive(kind, this.#state, way)
    return true
  }

  /** Latest instant at a bucket's place that leaves time for the way on from there. */
  #latestAt(bucket: number): number {
    const { onward } = this.#labels.bucket(bucket)
    return this.#rest.latest(onward.position) - onward.seconds
  }

  #isAllowed(kind: number, state: State): boolean {
    const { fleet } = this.#instance
    return state.time <= fleet.shiftLatest[kind]! + tolerance && state.metres <= fleet.maxDistance[kind]! + tolerance && this.#breaks.isTimely(kind, state)
  }
}

/** Whether a label has less energy than it wants, the last charge at its longest where it stands at a station. */
const isShort = (label: State, wanted: number, isAtStation: boolean): boolean => label.energy + (isAtStation ? label.cap : 0) < wanted
const fresh = new State()
