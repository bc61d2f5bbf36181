import type { Packed } from './routes.ts'

/** The best plan found. */
export interface Best {
  readonly packed: Packed
  /** money and penalties together */
  readonly objective: number
  readonly vehicles: number
  readonly absent: number
}

/** Orders plans: fewer penalties weigh within the objective; vehicles first when asked. */
export function isBetter(a: Best, b: Best, isVehiclesFirst: boolean): boolean {
  if (isVehiclesFirst && (a.absent === 0) === (b.absent === 0) && a.vehicles !== b.vehicles) return a.vehicles < b.vehicles
  return a.objective < b.objective
}
