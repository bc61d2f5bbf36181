import type { LivePosition } from '../../api/journeys.ts'

export const vehicleStates = ['vehicle-moving', 'vehicle-halted', 'vehicle-silent'] as const
export type VehicleState = (typeof vehicleStates)[number]

/** After this long without a position a vehicle counts as silent. */
const silentAfterMs = 600_000
const movingAboveKmh = 3

export function vehicleState({ observedAt, speedKmh }: Pick<LivePosition, 'observedAt' | 'speedKmh'>, now: number): VehicleState {
  if (now - new Date(observedAt).getTime() > silentAfterMs) return 'vehicle-silent'
  return speedKmh > movingAboveKmh ? 'vehicle-moving' : 'vehicle-halted'
}
