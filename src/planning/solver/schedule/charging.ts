import { tolerance, type Instance } from '../instance/instance.ts'
import type { Bookings } from './bookings.ts'
import type { ChargingCurve, ScheduleFacts, Tariff } from './facts.ts'
import { State } from './labels.ts'

/** stations tried on one leg: those with the least detour */
const candidates = 3
/** later instants at which a charge may begin: when it gets cheaper, or when a point falls free */
const laterStarts = 2

/**
 * Charging at stations: the curve, the price by period, the points by slot. A charge is cut into pieces within which a kilowatt-hour takes
 * the same seconds and costs the same money; each piece gives one label, which may take in more later, up to the end of its piece. So the
 * decision how much to charge is put off until a leg needs it (Montoya et al. 2017; Froger et al. 2019), also on a bent curve.
 */
export class Charging {
  readonly #instance: Instance
  readonly #facts: ScheduleFacts
  readonly #bookings: Bookings
  /** [kind][from * locations + to]: stations of the least detour, filled on demand */
  readonly #near: Map<number, Int32Array>[]
  readonly #next = new State()

  constructor(instance: Instance, facts: ScheduleFacts, bookings: Bookings) {
    this.#instance = instance
    this.#facts = facts
    this.#bookings = bookings
    this.#near = Array.from({ length: instance.fleet.kinds }, () => new Map<number, Int32Array>())
  }

  stationsNear(kind: number, from: number, to: number): Int32Array {
    const { locations, distances, fleet } = this.#instance
    const known = this.#near[kind]!.get(from * locations + to)
    if (known) return known
    const base = fleet.durationBase[kind]!
    const detour = (station: number) => distances[base + from * locations + station]! + distances[base + station * locations + to]!
    const nearest = Int32Array.from([...this.#facts.energy[kind]!.stations].toSorted((a, b) => detour(a) - detour(b) || a - b).slice(0, candidates))
    this.#near[kind]!.set(from * locations + to, nearest)
    return nearest
  }

  /**
   * Every way to charge for a state that has arrived at a station; beyond `enough` kilowatt-hours more is of no use. `keep` says false of a state
   * whose rest is hopeless: charging more, or later, only takes longer.
   */
  charge(kind: number, station: number, arrived: State, enough: number, keep: (state: State) => boolean): void {
    const tariff = this.#facts.tariffAt[station]!
    const shared = this.#facts.chargerAt[station]!
    let start = this.#freeFrom(shared, arrived.time)
    if (start === Infinity) return
    if (!this.#chargeFrom(kind, station, start, arrived, enough, keep)) return
    for (let later = 0; later < laterStarts; later++) {
      const next = Math.min(nextCheaper(tariff, start), this.#nextFree(shared, start))
      if (next === Infinity) return
      start = this.#freeFrom(shared, next)
      if (start === Infinity) return
      if (!this.#chargeFrom(kind, station, start, arrived, enough, keep)) return
    }
  }

  /** Where the time and the money of a charge go; `visit` sees each piece, the last one with no room left. */
  pieces(kind: number, station: number, at: { level: number; start: number; until: number }, visit: (piece: { level: number; clock: number; money: number; rate: number; price: number; room: number }) => boolean): void {
    const { battery, curve } = this.#facts.energy[kind]!
    const tariff = this.#facts.tariffAt[station]!
    let { level, start: clock } = at
    let money = 0
    while (level < battery - tolerance) {
      const rate = rateAt(curve, level)
      const step = stepAt(tariff, clock)
      const price = tariff ? tariff.price[step]! : 0
      const ends = Math.min(at.until, tariff && step + 1 < tariff.from.length ? tariff.from[step + 1]! : Infinity)
      const byCurve = Math.min(battery, levelAfter(curve, level)) - level
      const room = rate > 0 ? Math.max(0, Math.min(byCurve, (ends - clock) / rate)) : byCurve
      if (!visit({ level, clock, money, rate, price, room })) return
      const isCut = room < byCurve
      money += room * price
      clock = isCut ? ends : clock + room * rate
      level = isCut ? level + room : Math.min(battery, levelAfter(curve, level))
      if (isCut && ends === at.until) break
    }
    visit({ level, clock, money, rate: 0, price: 0, room: 0 })
  }

  /** False when the rest is hopeless as soon as the charge begins. */
  #chargeFrom(kind: number, station: number, start: number, arrived: State, enough: number, keep: (state: State) => boolean): boolean {
    const { isPartial, battery } = this.#facts.energy[kind]!
    const until = this.#busyFrom(this.#facts.chargerAt[station]!, start)
    const next = this.#next
    let isFirst = true
    let mayBegin = true
    this.pieces(kind, station, { level: arrived.energy, start, until }, ({ level, clock, money, rate, price, room }) => {
      const isLast = room === 0
      if (!isPartial && !(isLast && level >= battery - tolerance)) return true
      next.copy(arrived)
      // a later departure would shift a charge into other slots and prices, so only waiting before the station can absorb it
      next.begin(start, start)
      next.begun = start
      next.time = clock
      next.cost += money
      next.energy = level
      next.cap = room
      next.rate = rate
      next.unitPrice = price
      next.chargeWaited = 0
      next.charged = level - arrived.energy
      next.window = -1
      next.berth = -1
      const isKept = keep(next)
      if (isFirst && isPartial) mayBegin = isKept
      isFirst = false
      return isKept && level < enough
    })
    return mayBegin
  }

  #freeFrom(shared: number, instant: number): number {
    return shared < 0 ? instant : this.#bookings.earliest(shared, instant, 10 * tolerance)
  }

  #busyFrom(shared: number, instant: number): number {
    return shared < 0 ? Infinity : this.#bookings.freeUntil(shared, instant)
  }

  /** When a point falls free again after the free time around an instant. */
  #nextFree(shared: number, instant: number): number {
    const busy = this.#busyFrom(shared, instant)
    return busy === Infinity ? Infinity : this.#freeFrom(shared, busy)
  }
}

/** The piece of a curve that a level lies in; a level on the edge belongs to the next. */
function pieceOf(curve: ChargingCurve, level: number): number {
  let at = 0
  while (at + 1 < curve.levels.length && level >= curve.levels[at]! - tolerance) at++
  return at
}

const rateAt = (curve: ChargingCurve, level: number): number => curve.seconds[pieceOf(curve, level)]!
const levelAfter = (curve: ChargingCurve, level: number): number => curve.levels[pieceOf(curve, level)]!

/** The period of a tariff that an instant lies in. */
function stepAt(tariff: Tariff | null, instant: number): number {
  if (!tariff) return 0
  let at = tariff.from.length - 1
  while (at > 0 && tariff.from[at]! > instant) at--
  return at
}

/** The next instant at which a kilowatt-hour costs less than now. */
function nextCheaper(tariff: Tariff | null, instant: number): number {
  if (!tariff) return Infinity
  const now = stepAt(tariff, instant)
  for (let at = now + 1; at < tariff.from.length; at++) if (tariff.price[at]! < tariff.price[now]!) return tariff.from[at]!
  return Infinity
}
