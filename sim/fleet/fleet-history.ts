import { addDays, dayOf, startOfDay } from '../../src/base/time.ts'
import { msFromHours } from '../../src/base/units.ts'
import { randomOf } from '../random.ts'
import type { FleetVehicle } from '../world/index.ts'
import { driveDay } from './drive-day.ts'
import { blockMs, blockStartOf, planDay, type DayPlan } from './plan-day.ts'
import type { Roads } from './roads.ts'
import type { Track } from './track.ts'

/** Odometers are counted from this day; before it nothing is driven. */
export const epochDay = '2025-01-01'

/** A made-up fleet over the years: any vehicle's any day, computed when asked, always the same. */
export class FleetHistory {
  readonly #seed: number
  readonly #roads: Roads
  /** by vehicle number: odometer at the start of the days from `epochDay` on */
  readonly #odometers = new Map<number, number[]>()

  constructor(seed: number, roads: Roads) {
    this.#seed = seed
    this.#roads = roads
  }

  /** The vehicle is in use on this day: registered the day before, not yet retired. */
  isInUse(vehicle: FleetVehicle, day: string): boolean {
    return day >= epochDay && day > vehicle.registeredOn && (vehicle.retiredOn === undefined || day < vehicle.retiredOn)
  }

  plan(vehicle: FleetVehicle, day: string): DayPlan {
    return planDay({ seed: this.#seed, roads: this.#roads }, vehicle, day)
  }

  track(vehicle: FleetVehicle, day: string): Track {
    if (!this.isInUse(vehicle, day)) return []
    return driveDay({ seed: this.#seed, roads: this.#roads }, vehicle, this.plan(vehicle, day), this.odometerAtStart(vehicle, day))
  }

  /** Metres on the clock when the day's block begins. */
  odometerAtStart(vehicle: FleetVehicle, day: string): number {
    let known = this.#odometers.get(vehicle.number)
    if (!known) this.#odometers.set(vehicle.number, (known = [this.#odometerAtEpoch(vehicle)]))
    const at = Math.round((startOfDay(day) - startOfDay(epochDay)) / blockMs)
    while (known.length <= at) {
      const each = addDays(epochDay, known.length - 1)
      known.push(known.at(-1)! + (this.isInUse(vehicle, each) ? this.plan(vehicle, each).distanceMetres : 0))
    }
    return known[Math.max(0, at)]!
  }

  /** The day whose block an instant lies in. */
  dayOf(vehicle: FleetVehicle, instant: number): string {
    const day = dayOf(instant)
    return instant < blockStartOf(vehicle, day) ? addDays(day, -1) : day
  }

  #odometerAtEpoch(vehicle: FleetVehicle): number {
    const daysBefore = Math.max(0, (startOfDay(epochDay) - startOfDay(vehicle.registeredOn)) / msFromHours(24))
    return Math.round(daysBefore * randomOf(this.#seed, 'odometer', vehicle.number).between(31_000, 42_000)) + 300
  }
}
