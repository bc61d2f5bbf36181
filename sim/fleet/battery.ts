import { kmFromMetres, msFromHours } from '../../src/base/units.ts'
import { hashOf } from '../random.ts'
import { modelOf, type FleetVehicle } from '../world/index.ts'

/** Full is where the driver sets the limit, the same every night; so each day can be computed by itself. */
export const fullPercent = (vehicle: FleetVehicle): number => 93 + (hashOf('full', vehicle.number) % 6)
const emptyPercent = 12
/** Share of the battery a public fast charger fills in an hour, and how far. */
const fastPerHour = 75
const fastUntil = 82

/** State of charge over a day: falls with the metres driven, rises at chargers, full again before the next day begins. */
export class Battery {
  readonly #full: number
  readonly #percentPerMetre: number
  #percent: number

  constructor(vehicle: FleetVehicle) {
    const { batteryKwh = 100, kwhPerKm = 0.3 } = modelOf(vehicle.model)
    this.#full = fullPercent(vehicle)
    this.#percent = this.#full
    this.#percentPerMetre = (kmFromMetres(1) * kwhPerKm * 100) / batteryKwh
  }

  get percent(): number {
    return this.#percent
  }

  get isFull(): boolean {
    return this.#percent >= this.#full
  }

  drive(metres: number): void {
    this.#percent = Math.max(emptyPercent, this.#percent - metres * this.#percentPerMetre)
  }

  chargeFast(ms: number): void {
    this.#percent = Math.max(this.#percent, Math.min(fastUntil, this.#percent + (fastPerHour * ms) / msFromHours(1)))
  }

  /** Charges for `ms` so that it would be full after `untilFullMs`. */
  chargeSlowly(ms: number, untilFullMs: number): void {
    this.#percent = untilFullMs <= ms ? this.#full : this.#percent + ((this.#full - this.#percent) * ms) / untilFullMs
  }
}
