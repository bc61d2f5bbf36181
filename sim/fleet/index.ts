/** What the made-up vehicles do: plans, drives and what their devices see. */
export { blockStartOf, planDay, type DayPlan } from './plan-day.ts'
export { epochDay, FleetHistory } from './fleet-history.ts'
export { openRoads, Roads } from './roads.ts'
export type { Charging, Reading, Track } from './track.ts'
