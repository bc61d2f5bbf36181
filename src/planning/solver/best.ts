import type { Packed, Routes } from './routes.ts'

/** By what plans are compared. */
export interface Rank {
  /** money and penalties together */
  readonly objective: number
  readonly vehicles: number
  readonly absent: number
  /** penalties of the absent tasks that must be served, those that no vehicle can serve aside */
  readonly unserved: number
}

/** The best plan found. */
export interface Best extends Rank {
  readonly packed: Packed
}

/** The same sum of penalties, added up in another order, differs by less than this share of it. */
const rounding = 1e-9

/** Orders plans: fewer penalties weigh within the objective; vehicles first when asked, but no order that must be served stays out to save one. */
export function isBetter(a: Rank, b: Rank, isVehiclesFirst: boolean): boolean {
  if (!isVehiclesFirst) return a.objective < b.objective
  if (Math.abs(a.unserved - b.unserved) > rounding * (a.unserved + b.unserved)) return a.unserved < b.unserved
  if ((a.absent === 0) === (b.absent === 0) && a.vehicles !== b.vehicles) return a.vehicles < b.vehicles
  return a.objective < b.objective
}

/** The rank of the plan in the routes, which leaves these tasks out. */
export function rankOf({ instance, activeCount }: Routes, absent: Int32Array, objective: number): Rank {
  const unserved = absent.reduce((sum, task) => (instance.isMandatory[task] === 1 ? sum + instance.penalty[task]! : sum), 0)
  return { objective, vehicles: activeCount, absent: absent.length, unserved }
}
