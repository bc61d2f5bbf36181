import { instantsOfDay, listPositions, type PositionRow } from '../../events/index.ts'
import type { Db } from '../../runtime/database.ts'

/** A position with the frame and item it was read from. */
export type DayPosition = Pick<PositionRow, 'observedAt' | 'receivedAt' | 'source' | 'lon' | 'lat' | 'speedKmh' | 'odometerMetres' | 'fixValid' | 'frameId' | 'frameItem'>

/** Positions a vehicle-day was derived from, as received by `asOf`, in order. */
export const listDayPositions = (db: Db, { vehicleId, day, asOf }: { vehicleId: string; day: string; asOf: number }): Promise<DayPosition[]> =>
  listPositions(db, { vehicleId, ...instantsOfDay(day), receivedBefore: asOf })
