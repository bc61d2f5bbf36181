import { startOfDay } from '../../src/base/time.ts'
import { msFromHours } from '../../src/base/units.ts'

/** The programme begins; utilisation improves from here on. */
const programmeStart = startOfDay('2025-07-01')
const monthMs = msFromHours(30.44 * 24)
const gainPerMonth = 0.0085

/** How much further a vehicle drives a day than when the programme began: 0.85 % of that a month more. */
export const utilisation = (instant: number): number => 1 + gainPerMonth * Math.max(0, (instant - programmeStart) / monthMs)

/** Share of the free speed that is left in traffic, by hour of the day; quickest at night. */
const hourly = [1.12, 1.12, 1.12, 1.12, 1.1, 1.05, 0.95, 0.72, 0.66, 0.84, 0.92, 0.88, 0.9, 0.92, 0.9, 0.88, 0.84, 0.68, 0.66, 0.82, 0.95, 1.02, 1.08, 1.12]
export const trafficAt = (hour: number): number => hourly[hour % 24]!
