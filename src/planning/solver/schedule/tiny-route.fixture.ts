import type { PlanningProblem, ProblemInput } from '../../model/index.ts'
import { lcg } from '../../random-problem.fixture.ts'

/** Everything happens at whole seconds below this one. */
const horizon = 130

/**
 * A tiny problem in whole seconds, metres and kilowatt-hours: one vehicle, places p0 (depot), p1 (station), p2 … (one order each), with
 * hours, prices, berths, breaks, trips and charging in any combination.
 */
export function tinyProblem(seed: number): ProblemInput {
  const draw = lcg(seed + 77)
  const chance = (percent: number) => draw(100) < percent
  const orders = 1 + draw(3)
  const at = Array.from({ length: 2 + orders }, () => [draw(9), draw(9)] as const)
  const table = at.map((a) => at.map((b) => (a === b ? 0 : 2 + Math.abs(a[0] - b[0]) + Math.abs(a[1] - b[1]))))
  const has = { timed: chance(60), energy: chance(35), trips: chance(35), breaks: chance(40), duty: chance(50), berths: chance(40), priced: chance(60) }
  const exceptions = at.flatMap((_, i) => at.flatMap((__, j) => {
    if (i === j || !has.timed || chance(40)) return []
    const metres = table[i]![j]!
    const steps = (): [number, number | null][] => [[0, metres + draw(8)], [20 + draw(20), chance(30) ? null : metres + draw(8)], [50 + draw(20), metres + draw(4)], [90, metres + draw(4)]]
    return [{ from: `p${i}`, to: `p${j}`, options: [{ distanceMetres: metres, departures: steps() }, ...(chance(40) ? [{ distanceMetres: metres + 1 + draw(4), departures: steps() }] : [])] }]
  }))
  const from = () => 5 + draw(70)
  return {
    format: 'lvpei-planning/1',
    loads: ['pallets'],
    places: at.map((_, index) => ({
      id: `p${index}`,
      ...(has.berths && index >= 2 && chance(60) ? { berths: [{ id: 'dock', count: 1, slotSeconds: 60 }] } : {}),
      ...(index === 1 ? { chargers: { pricePerKwh: [[0, draw(4)], [30 + draw(20), draw(4)], [70, draw(2)]] as [number, number][] } } : {}),
    })),
    travel: [{ profile: 'truck', kind: 'timetable', distanceMetres: table, durationSeconds: table, exceptions }],
    vehicles: [{
      id: 'van',
      // loads are the quick tests' part where there is one trip
      capacity: [has.trips ? 4 : 100],
      costPerMetre: 1 + draw(2),
      costPerDrivingSecond: draw(2),
      costPerSecond: has.duty ? draw(2) : 0,
      start: 'p0',
      shift: { earliest: draw(5), latest: horizon - 10, ...(has.duty && !has.energy && chance(50) ? { maxDurationSeconds: 40 + draw(50) } : {}) },
      ...(has.breaks ? { breaks: [{ earliestStart: 20 + draw(20), latestStart: 45 + draw(20), durationSeconds: 3 + draw(8) }] } : {}),
      ...(has.trips ? { reload: { place: 'p0', durationSeconds: 1 + draw(4) } } : {}),
      ...(has.energy ? { energy: { batteryKwh: 22 + draw(8), kwhPerMetre: 1, chargeSecondsPerKwh: 1, recharge: 'partial' as const, stations: ['p1'] } } : {}),
    }],
    orders: Array.from({ length: orders }, (_, index) => {
      const first = from()
      return {
        id: `o${index}`,
        load: [1 + draw(2)],
        delivery: { place: `p${index + 2}`, serviceSeconds: 1 + draw(4), windows: [[first, first + 10 + draw(40)], ...(has.priced ? [{ from: first + 20, to: first + 40 + draw(30), cost: draw(12) }] : [])] },
        ...(has.trips && chance(40) ? { releaseAt: draw(30) } : {}),
      }
    }),
  }
}

interface Moment {
  readonly position: number
  readonly place: number
  readonly time: number
  readonly energy: number
  readonly breaks: number
  readonly until: number
  /** 0 behind a task, 1 behind a loading, 2 behind a charge */
  readonly detour: number
}

type Departures = readonly (readonly [number, number | null])[]

/**
 * Cost of the best schedule of the orders in their sequence, by trying every whole second; `taken` are the slots of 60 seconds that are full
 * at every berth. A charge begins on arrival or when it gets cheaper. Written for the tests; shares nothing with the judge.
 */
export class TinyOptimum {
  readonly #problem: PlanningProblem
  readonly #taken: readonly number[]
  readonly #options: ReadonlyMap<number, readonly { readonly metres: number; readonly departures: Departures }[]>
  readonly #windows: readonly (readonly { from: number; to: number; cost: number }[])[]
  #known = new Float64Array(0)
  #limit = Infinity

  constructor(problem: PlanningProblem, taken: readonly number[]) {
    this.#problem = problem
    this.#taken = taken
    const index = new Map(problem.places.map((each, at) => [each.id, at]))
    const travel = problem.travel[0]!
    this.#options = new Map(travel.kind === 'timetable' ? travel.exceptions.map((each) => [10 * index.get(each.from)! + index.get(each.to)!, each.options.map((option) => ({ metres: option.distanceMetres, departures: option.departures }))]) : [])
    this.#windows = problem.orders.map((each) => each.delivery!.windows!.map((window) => (Array.isArray(window) ? { from: window[0], to: window[1], cost: 0 } : window)))
  }

  find(): number {
    const vehicle = this.#problem.vehicles[0]!
    const { earliest, latest, maxDurationSeconds } = vehicle.shift!
    let best = Infinity
    this.#forget()
    for (let departure = earliest; departure <= latest; departure++) {
      // what follows depends on the departure only when the duty is limited
      if (maxDurationSeconds !== undefined) this.#forget()
      this.#limit = departure + (maxDurationSeconds ?? Infinity)
      for (const { until, release } of this.#loadings(0)) {
        if (departure < release) continue
        best = Math.min(best, this.#finish({ position: 0, place: 0, time: departure, energy: vehicle.energy?.batteryKwh ?? 0, breaks: 0, until, detour: 1 }) - vehicle.costPerSecond * departure)
      }
    }
    return best
  }

  #forget(): void {
    this.#known = new Float64Array(4 * 3 * horizon * 32 * 2 * 4).fill(Number.NaN)
  }

  /** How far one loading reaches, with the release of what is on board. */
  #loadings(position: number): { until: number; release: number }[] {
    const { orders, vehicles } = this.#problem
    const list: { until: number; release: number }[] = []
    let load = 0
    let release = 0
    for (let at = position; at < orders.length; at++) {
      load += orders[at]!.load![0]!
      release = Math.max(release, orders[at]!.releaseAt ?? 0)
      if (load > vehicles[0]!.capacity[0]!) break
      list.push({ until: at + 1, release })
    }
    return list
  }

  /** Least cost from a moment to the end of the route. */
  #finish(now: Moment): number {
    if (now.time >= horizon) return Infinity
    const key = ((((now.position * 3 + now.detour) * horizon + now.time) * 32 + now.energy) * 2 + now.breaks) * 4 + now.until
    const before = this.#known[key]!
    if (!Number.isNaN(before)) return before
    const best = Math.min(this.#finish({ ...now, time: now.time + 1 }), this.#pause(now), this.#goOn(now), this.#goRound(now))
    this.#known[key] = best
    return best
  }

  /** A break where the vehicle stands: behind a task, or before it leaves the depot for the first time. */
  #pause(now: Moment): number {
    const pause = this.#problem.vehicles[0]!.breaks[now.breaks]
    const isPlace = now.detour === 0 || (now.position === 0 && now.detour === 1)
    if (!pause || !isPlace || now.time < pause.earliestStart || now.time > pause.latestStart) return Infinity
    return this.#finish({ ...now, time: now.time + pause.durationSeconds, breaks: now.breaks + 1 })
  }

  /** To the next task, or to the end. */
  #goOn(now: Moment): number {
    const isLast = now.position === this.#problem.orders.length
    if (!isLast && now.until <= now.position) return Infinity
    return this.#drive(now, isLast ? 0 : now.position + 2, (arrived) => (isLast ? this.#end(arrived) : this.#serve(arrived)))
  }

  /** By the depot or by the station. */
  #goRound(now: Moment): number {
    const { reload, energy } = this.#problem.vehicles[0]!
    const mayReload = reload && now.position > 0 && now.position < this.#problem.orders.length && now.detour !== 1
    const loaded = mayReload ? this.#drive(now, 0, (arrived) => this.#loadings(now.position).reduce((best, { until, release }) => Math.min(best, this.#finish({ ...arrived, time: Math.max(arrived.time + reload.durationSeconds, release), until, detour: 1 })), Infinity)) : Infinity
    return energy && now.detour < 2 ? Math.min(loaded, this.#drive(now, 1, (arrived) => this.#charge(arrived))) : loaded
  }

  /** The best of the ways that begin at once. */
  #drive(now: Moment, to: number, then: (arrived: Moment) => number): number {
    const { costPerMetre, costPerDrivingSecond, energy } = this.#problem.vehicles[0]!
    const travel = this.#problem.travel[0]!
    if (travel.kind !== 'timetable') throw new Error('tiny problems travel by timetable')
    if (now.place === to) return then(now)
    const plain = [{ metres: (travel.distanceMetres[now.place] as number[])[to]!, departures: [[0, (travel.durationSeconds[now.place] as number[])[to]!]] as Departures }]
    let best = Infinity
    for (const { metres, departures } of this.#options.get(10 * now.place + to) ?? plain) {
      const seconds = (departures.findLast(([from]) => from <= now.time) ?? departures[0]!)[1]
      const left = energy ? now.energy - metres : 0
      if (seconds === null || left < 0) continue
      best = Math.min(best, metres * costPerMetre + seconds * costPerDrivingSecond + then({ ...now, place: to, time: now.time + seconds, energy: left }))
    }
    return best
  }

  #serve(arrived: Moment): number {
    const { serviceSeconds } = this.#problem.orders[arrived.position]!.delivery!
    const hasBerths = this.#problem.places[arrived.place]!.berths !== undefined
    let best = Infinity
    for (const { from, to, cost } of this.#windows[arrived.position]!)
      for (let start = Math.max(arrived.time, from); start <= to; start++) {
        if (hasBerths && this.#taken.some((slot) => start < (slot + 1) * 60 && start + serviceSeconds > slot * 60)) continue
        best = Math.min(best, cost + this.#finish({ ...arrived, time: start + serviceSeconds, position: arrived.position + 1, detour: 0 }))
      }
    return best
  }

  /** Any number of kilowatt-hours, one a second. */
  #charge(arrived: Moment): number {
    const tariff = this.#problem.places[1]!.chargers!.pricePerKwh!
    const battery = this.#problem.vehicles[0]!.energy!.batteryKwh
    let best = Infinity
    for (const start of [arrived.time, ...tariff.map(([from]) => from).filter((from) => from > arrived.time)]) {
      let money = 0
      for (let taken = 0; arrived.energy + taken <= battery; taken++) {
        best = Math.min(best, money + this.#finish({ ...arrived, time: start + taken, energy: arrived.energy + taken, detour: 2 }))
        money += (tariff.findLast(([from]) => from <= start + taken) ?? tariff[0]!)[1]
      }
    }
    return best
  }

  #end(arrived: Moment): number {
    const vehicle = this.#problem.vehicles[0]!
    const pause = vehicle.breaks[arrived.breaks]
    const isLate = arrived.time > Math.min(vehicle.shift!.latest, this.#limit) || (pause !== undefined && arrived.time > pause.latestStart)
    return isLate ? Infinity : vehicle.costPerSecond * arrived.time
  }
}
