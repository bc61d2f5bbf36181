import { findRow, run, sql, type Db } from '../runtime/database.ts'
import type { SourceProtocol } from './kinds.ts'
import type { TouchedDay } from './store.ts'

/** What derivations need of a position; a month of a vehicle is read at once. */
export interface TrackRow {
  observedAt: number
  source: SourceProtocol
  lon: number
  lat: number
  speedKmh: number
  odometerMetres: number | null
  fixValid: boolean
}

/**
 * Positions of a vehicle in [from, to), by the device's clock, in order; without what only a display needs.
 * One text for all of them: reading history by the million, a row object each costs more than the derivation.
 */
export async function listTrackRows(db: Db, { vehicleId, from, to }: { vehicleId: string; from: number; to: number }): Promise<TrackRow[]> {
  const row = await findRow(db, sql<{ lines: string | null }>`
    select string_agg(concat_ws(',', date_part('epoch', observed_at), source, lon, lat, speed_kmh, fix_valid::int, odometer_metres), ';' order by observed_at, source) as lines
    from position_fact where vehicle_id = ${vehicleId} and observed_at >= to_timestamp(${from / 1000}) and observed_at < to_timestamp(${to / 1000})`)
  return row?.lines ? row.lines.split(';').map(parseLine) : []
}

function parseLine(line: string): TrackRow {
  const [observed, source, lon, lat, speed, fix, odometer] = line.split(',') as [string, SourceProtocol, string, string, string, string, string | undefined]
  return { observedAt: Math.round(Number(observed) * 1000), source, lon: Number(lon), lat: Number(lat), speedKmh: Number(speed), odometerMetres: odometer === undefined ? null : Number(odometer), fixValid: fix === '1' }
}

/** `settleTouchedDay` for many days in two statements. */
export async function settleTouchedDays(db: Db, days: readonly TouchedDay[], now: number): Promise<void> {
  if (days.length === 0) return
  const given = sql`unnest(${days.map((each) => each.vehicleId)}::uuid[], ${days.map((each) => each.day)}::date[], ${days.map((each) => each.touches)}::bigint[]) as g (vehicle_id, day, touches)`
  await run(db, sql`delete from touched_day t using ${given} where t.vehicle_id = g.vehicle_id and t.day = g.day and t.touches = g.touches`)
  await run(db, sql`update touched_day t set touched_at = to_timestamp(${now / 1000}) from ${given} where t.vehicle_id = g.vehicle_id and t.day = g.day`)
}
