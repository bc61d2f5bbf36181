import type { Point } from '../../src/base/geo.ts'
import { msFromMinutes, msFromSeconds } from '../../src/base/units.ts'
import type { Random } from '../random.ts'
import type { Battery } from './battery.ts'
import type { DayPlan } from './plan-day.ts'
import type { Charging, Reading, Track } from './track.ts'

interface Draft {
  at: number
  sendAt: number
  lon: number
  lat: number
  speedKmh: number
  directionDegrees: number
  odometerMetres: number
  ignitionOn: boolean
  fixValid: boolean
  load: number
  alarm: number
  socPercent: number
  charging: Charging
}

/** How far a receiver is off, metres on each axis, and how that error wanders from one fix to the next. */
const noiseMetres = 3.2
const wander = 0.8
const degreesPerMetre = 1 / 111_195
const lonStretch = 1.2155
/** A wild fix in so many, and a device alarm in so many. */
const wildIn = 3500
const alarmIn = 2500
/** GNSS module fault, antenna open, main power low, overspeed (bits of JT/T 808 table 24). */
const alarmBits = [4, 5, 7, 1]
const deadSpotShare = 0.12
const ignitionOffMs = msFromMinutes(8)

/** The devices of one vehicle over a day: place, speed, odometer and battery become readings. */
export class Recorder {
  readonly #random: Random
  readonly #battery: Battery
  readonly #isElectric: boolean
  readonly #readings: Draft[] = []
  #odometer: number
  #place: Point
  #direction = 0
  #load = 0
  #east = 0
  #north = 0

  constructor(given: { random: Random; battery: Battery; odometerMetres: number; place: Point; blockStart: number; isElectric: boolean }) {
    this.#random = given.random
    this.#battery = given.battery
    this.#isElectric = given.isElectric
    this.#odometer = given.odometerMetres
    this.#place = given.place
  }

  get track(): Track {
    return this.#readings satisfies readonly Reading[]
  }

  get lastAt(): number {
    return this.#readings.at(-1)?.at ?? 0
  }

  advance(metres: number): void {
    this.#odometer += metres
    this.#battery.drive(metres)
  }

  carry(share: number): void {
    this.#load = share > 0.66 ? 3 : share > 0 ? 1 : 0
  }

  report({ at, place, speedKmh, direction, hidden = false }: { at: number; place: Point; speedKmh: number; direction: number; hidden?: boolean }): void {
    this.#direction = direction
    // A receiver without satellites repeats the last place it knew.
    if (!hidden) this.#place = place
    this.#write({ at, speedKmh, fixValid: !hidden, ignitionOn: true, charging: 3, noise: 1 })
  }

  arrive(at: number, place: Point): void {
    this.#place = place
    this.#write({ at, speedKmh: 0, fixValid: true, ignitionOn: true, charging: 3, noise: 1 })
  }

  switchOn(at: number): void {
    this.#write({ at, speedKmh: 0, fixValid: true, ignitionOn: true, charging: 3, noise: 1 })
  }

  /** Stands still and reports every so often; at a fast charger, or at the base's socket from `chargeFrom` on. */
  rest({ from, to, everyMs, fast = false, at, chargeFrom = Infinity }: { from: number; to: number; everyMs: number; fast?: boolean; at?: Point; chargeFrom?: number }): void {
    if (at) this.#place = at
    let before = from
    for (let now = at && this.#readings.length === 0 ? from : from + everyMs; now < to; now += everyMs) {
      const isCharging = this.#isElectric && (fast || now > chargeFrom) && !this.#battery.isFull
      if (isCharging && fast) this.#battery.chargeFast(now - before)
      else if (isCharging) this.#battery.chargeSlowly(now - before, Math.max(now - before, (to - before) * 0.7))
      before = now
      this.#write({ at: now, speedKmh: 0, fixValid: true, ignitionOn: !at && now - from < ignitionOffMs, charging: !isCharging ? 3 : this.#battery.isFull ? 4 : 1, noise: 0.5 })
    }
  }

  /** Now and then the network is gone for a while; what was read then is sent afterwards. */
  loseNetwork(plan: DayPlan): void {
    if (plan.visits.length === 0 || this.#random.next() >= deadSpotShare) return
    const from = plan.departAt + msFromMinutes(this.#random.between(20, 240))
    const until = from + msFromMinutes(this.#random.between(8, 25))
    for (const reading of this.#readings) if (reading.at >= from && reading.at < until) reading.sendAt = until
  }

  #write({ at, speedKmh, fixValid, ignitionOn, charging, noise }: { at: number; speedKmh: number; fixValid: boolean; ignitionOn: boolean; charging: Charging; noise: number }): void {
    const second = Math.round(at / 1000) * 1000
    if (second < this.lastAt + msFromSeconds(1)) return
    const random = this.#random
    this.#east = this.#east * wander + noiseMetres * noise * (1 - wander) * 1.7 * random.normal()
    this.#north = this.#north * wander + noiseMetres * noise * (1 - wander) * 1.7 * random.normal()
    const isWild = random.next() < 1 / wildIn
    const [east, north] = isWild ? [random.between(250, 900), random.between(-700, 700)] : [this.#east, this.#north]
    this.#readings.push({
      at: second,
      sendAt: second,
      lon: this.#place.lon + east * degreesPerMetre * lonStretch,
      lat: this.#place.lat + north * degreesPerMetre,
      speedKmh: speedKmh < 1 ? 0 : speedKmh,
      directionDegrees: Math.round(this.#direction) % 360,
      odometerMetres: this.#odometer,
      ignitionOn,
      fixValid,
      load: this.#load,
      alarm: random.next() < 1 / alarmIn ? 2 ** random.pick(alarmBits) : 0,
      socPercent: this.#battery.percent,
      charging,
    })
  }
}
