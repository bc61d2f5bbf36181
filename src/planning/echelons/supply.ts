import type { Instance } from '../solver/instance/instance.ts'
import { exactFacilities, FirstEchelon } from './first-echelon.ts'
import type { EchelonProblem, Tier } from './schema.ts'
import { TourSupply } from './tour-supply.ts'

/** One truck's tour: which facilities, in which order, and the share of each one's goods it brings. */
export interface Truck {
  readonly kind: number
  readonly visits: readonly { readonly facility: number; readonly share: number }[]
}

/** What supplying facilities costs; loads are `[facility * dimensions + dimension]`. */
export interface Supply {
  /** never more than `cost` where detours do not pay; much quicker */
  atLeast(loads: Float64Array): number
  /** Infinity when the trucks do not suffice */
  cost(loads: Float64Array): number
  /** cost with the trucks' tours of the last `keep`, where they still hold the loads; otherwise, and now and then, the same as `cost` */
  quickCost(loads: Float64Array): number
  /** the plan behind the last cost is in use */
  keep(): void
  trucks(loads: Float64Array): Truck[]
}

/** More vehicles than anybody has: stands for a number that nobody limits. */
const unlimited = 1_000_000

const sumOf = (counts: readonly (number | undefined)[]): number => counts.reduce<number>((sum, each) => sum + Math.min(unlimited, each ?? unlimited), 0)

/** How many vehicles may supply a tier: those of the tier above under all its limits, or those of the depots. */
export function countTrucks(problem: EchelonProblem, above: Tier | undefined): number {
  if (!above) return sumOf(problem.vehicles.map((each) => each.count))
  return Math.min(sumOf([above.maxVehicles]), sumOf(above.vehicles.map((each) => each.count)), sumOf(above.facilities.map((each) => each.maxVehicles)))
}

/** `instance` has one task a facility, in the order of the loads, and no loads; `trucks` is how many vehicles there are, of which several may go to one facility. */
export const supplyOf = (instance: Instance, trucks: number): Supply => (instance.tasks <= exactFacilities ? new FirstEchelon(instance, trucks) : new TourSupply(instance, trucks))
