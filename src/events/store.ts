import { newId } from '../base/ids.ts'
import { addDays, dayMs, dayOf, startOfDay } from '../base/time.ts'
import { findRow, rows, run, sql, transaction, type Db } from '../runtime/database.ts'
import type { FrameEvents, PositionEvent, SourceProtocol, TerminalSessionEvent, VehicleStateEvent } from './kinds.ts'

interface Placed<Event> {
  readonly vehicleId: string
  readonly source: SourceProtocol
  readonly receivedAt: number
  readonly frameId: string
  readonly item: number
  readonly event: Event
}

/** Calendar months (Asia/Shanghai) that have a partition; shared by all commits of the process. */
const knownMonths = new WeakMap<object, Set<string>>()

/**
 * Stores frames and their facts in one transaction, facts that are already there left alone (same vehicle, instant and source),
 * and marks the vehicle-days that really got something new.
 */
export async function recordFrames(db: Db, frames: readonly FrameEvents[]): Promise<void> {
  const stored = frames.map((frame) => ({ frame, frameId: newId<'frame'>(frame.receivedAt) }))
  const positions: Placed<PositionEvent>[] = []
  const states: Placed<VehicleStateEvent>[] = []
  const sessions: Placed<TerminalSessionEvent>[] = []
  for (const { frame, frameId } of stored) {
    const { vehicleId } = frame
    if (vehicleId === null) continue
    frame.events.forEach((event, item) => {
      const placed = { vehicleId, source: frame.protocol, receivedAt: frame.receivedAt, frameId, item }
      if (event.kind === 'position') positions.push({ ...placed, event })
      else if (event.kind === 'vehicle-state') states.push({ ...placed, event })
      else sessions.push({ ...placed, event })
    })
  }
  await ensurePartitions(db, positions)
  await transaction(db, async (inside) => {
    await insertFrames(inside, stored)
    if (positions.length > 0) await insertPositions(inside, positions)
    if (states.length > 0) await insertStates(inside, states)
    if (sessions.length > 0) await insertSessions(inside, sessions)
  })
}

async function insertFrames(db: Db, stored: readonly { frame: FrameEvents; frameId: string }[]): Promise<void> {
  const f = stored.map((each) => each.frame)
  await run(db, sql`
    insert into frame (frame_id, received_at, protocol, terminal, vehicle_id, bytes, fault_code, fault_message)
    select id, to_timestamp(received / 1000), protocol, terminal, vehicle, bytes, code, message
    from unnest(${stored.map((each) => each.frameId)}::uuid[], ${f.map((each) => each.receivedAt)}::float8[], ${f.map((each) => each.protocol)}::text[],
      ${f.map((each) => printable(each.terminal))}::text[], ${f.map((each) => each.vehicleId)}::uuid[], ${f.map((each) => Buffer.from(each.bytes))}::bytea[],
      ${f.map((each) => each.fault?.code ?? null)}::text[], ${f.map((each) => (each.fault ? printable(each.fault.message) : null))}::text[])
      as t (id, received, protocol, terminal, vehicle, bytes, code, message)`)
}

/** PostgreSQL text holds no NUL; what a stranger sends may. */
// eslint-disable-next-line no-control-regex
const printable = (text: string): string => text.replace(/\u0000/g, '\uFFFD')

async function insertPositions(db: Db, placed: readonly Placed<PositionEvent>[]): Promise<void> {
  const e = placed.map((each) => each.event)
  await run(db, sql`
    with given as (
      select vehicle, to_timestamp(observed / 1000) as observed_at, source, to_timestamp(received / 1000) as received_at, lon, lat, altitude, speed, direction,
        odometer, fix, ignition, load, alarm, backfilled, frame, item
      from unnest(${placed.map((each) => each.vehicleId)}::uuid[], ${e.map((each) => each.observedAt)}::float8[], ${placed.map((each) => each.source)}::text[],
        ${placed.map((each) => each.receivedAt)}::float8[], ${e.map((each) => each.lon)}::float8[], ${e.map((each) => each.lat)}::float8[],
        ${e.map((each) => each.altitudeMetres)}::real[], ${e.map((each) => each.speedKmh)}::real[], ${e.map((each) => each.directionDegrees)}::smallint[],
        ${e.map((each) => each.odometerMetres)}::float8[], ${e.map((each) => each.fixValid)}::bool[], ${e.map((each) => each.ignitionOn)}::bool[],
        ${e.map((each) => each.loadState)}::text[], ${e.map((each) => each.alarmFlags)}::bigint[], ${e.map((each) => each.backfilled)}::bool[],
        ${placed.map((each) => each.frameId)}::uuid[], ${placed.map((each) => each.item)}::smallint[])
        as t (vehicle, observed, source, received, lon, lat, altitude, speed, direction, odometer, fix, ignition, load, alarm, backfilled, frame, item)
    ), added as (
      insert into position_fact (vehicle_id, observed_at, source, received_at, lon, lat, altitude_metres, speed_kmh, direction_degrees, odometer_metres,
        fix_valid, ignition_on, load_state, alarm_flags, backfilled, frame_id, frame_item)
      select * from given
      on conflict do nothing
      returning vehicle_id, observed_at, received_at
    ), touched as (
      insert into touched_day (vehicle_id, day, touched_at)
      select vehicle_id, (observed_at at time zone 'Asia/Shanghai')::date, max(received_at) from added group by 1, 2 order by 1, 2
      on conflict (vehicle_id, day) do update set touches = touched_day.touches + 1
    )
    insert into latest_position (vehicle_id, observed_at, received_at, source, lon, lat, speed_kmh, direction_degrees, odometer_metres, ignition_on, alarm_flags, frame_id)
    select distinct on (vehicle) vehicle, observed_at, received_at, source, lon, lat, speed, direction, odometer, ignition, alarm, frame
    from given where fix order by vehicle, observed_at desc
    on conflict (vehicle_id) do update set observed_at = excluded.observed_at, received_at = excluded.received_at, source = excluded.source, lon = excluded.lon,
      lat = excluded.lat, speed_kmh = excluded.speed_kmh, direction_degrees = excluded.direction_degrees, odometer_metres = excluded.odometer_metres,
      ignition_on = excluded.ignition_on, alarm_flags = excluded.alarm_flags, frame_id = excluded.frame_id
    where latest_position.observed_at < excluded.observed_at`)
}

async function insertStates(db: Db, placed: readonly Placed<VehicleStateEvent>[]): Promise<void> {
  const e = placed.map((each) => each.event)
  await run(db, sql`
    with given as (
      select vehicle, to_timestamp(observed / 1000) as observed_at, source, to_timestamp(received / 1000) as received_at, odometer, speed, soc, charging, voltage, current, backfilled, frame, item
      from unnest(${placed.map((each) => each.vehicleId)}::uuid[], ${e.map((each) => each.observedAt)}::float8[], ${placed.map((each) => each.source)}::text[],
        ${placed.map((each) => each.receivedAt)}::float8[], ${e.map((each) => each.odometerMetres)}::float8[], ${e.map((each) => each.speedKmh)}::real[],
        ${e.map((each) => each.socPercent)}::real[], ${e.map((each) => each.charging)}::text[], ${e.map((each) => each.voltageVolts)}::real[],
        ${e.map((each) => each.currentAmperes)}::real[], ${e.map((each) => each.backfilled)}::bool[], ${placed.map((each) => each.frameId)}::uuid[], ${placed.map((each) => each.item)}::smallint[])
        as t (vehicle, observed, source, received, odometer, speed, soc, charging, voltage, current, backfilled, frame, item)
    ), added as (
      insert into vehicle_state_fact select * from given on conflict do nothing
    )
    insert into latest_vehicle_state (vehicle_id, observed_at, soc_percent, charging, odometer_metres)
    select distinct on (vehicle) vehicle, observed_at, soc, charging, odometer from given order by vehicle, observed_at desc
    on conflict (vehicle_id) do update set observed_at = excluded.observed_at, soc_percent = coalesce(excluded.soc_percent, latest_vehicle_state.soc_percent),
      charging = coalesce(excluded.charging, latest_vehicle_state.charging), odometer_metres = coalesce(excluded.odometer_metres, latest_vehicle_state.odometer_metres)
    where latest_vehicle_state.observed_at < excluded.observed_at`)
}

async function insertSessions(db: Db, placed: readonly Placed<TerminalSessionEvent>[]): Promise<void> {
  const e = placed.map((each) => each.event)
  await run(db, sql`
    insert into terminal_session_fact
    select vehicle, to_timestamp(observed / 1000), source, to_timestamp(received / 1000), change, detail, frame, item
    from unnest(${placed.map((each) => each.vehicleId)}::uuid[], ${e.map((each) => each.observedAt)}::float8[], ${placed.map((each) => each.source)}::text[],
      ${placed.map((each) => each.receivedAt)}::float8[], ${e.map((each) => each.change)}::text[], ${e.map((each) => printable(each.detail))}::text[],
      ${placed.map((each) => each.frameId)}::uuid[], ${placed.map((each) => each.item)}::smallint[])
      as t (vehicle, observed, source, received, change, detail, frame, item)
    on conflict do nothing`)
}

/** Makes the monthly partitions the positions fall into, before the first row of a month arrives. */
async function ensurePartitions(db: Db, positions: readonly Placed<PositionEvent>[]): Promise<void> {
  const known = knownMonths.get(db) ?? new Set<string>()
  knownMonths.set(db, known)
  const missing = new Set<string>()
  for (const { event } of positions) {
    const month = dayOf(event.observedAt).slice(0, 7)
    if (!known.has(month)) missing.add(month)
  }
  for (const month of missing) {
    const next = addDays(`${month}-01`, 32).slice(0, 7)
    await transaction(db, async (inside) => {
      // Two lanes may want the same month; the lock makes the second find it there.
      await run(inside, sql`select pg_advisory_xact_lock(7612)`)
      await run(inside, sql.raw<unknown>(`create table if not exists position_fact_${month.replace('-', '')} partition of position_fact for values from ('${month}-01 00:00+08') to ('${next}-01 00:00+08')`))
    })
    known.add(month)
  }
}

/** One stored position with where it came from. */
export interface PositionRow {
  vehicleId: string
  observedAt: number
  receivedAt: number
  source: SourceProtocol
  lon: number
  lat: number
  speedKmh: number
  directionDegrees: number
  odometerMetres: number | null
  fixValid: boolean
  ignitionOn: boolean | null
  loadState: string | null
  alarmFlags: number
  backfilled: boolean
  frameId: string
  frameItem: number
}

const positionColumns = sql`vehicle_id as "vehicleId", observed_at as "observedAt", received_at as "receivedAt", source, lon, lat, speed_kmh as "speedKmh",
  direction_degrees as "directionDegrees", odometer_metres as "odometerMetres", fix_valid as "fixValid", ignition_on as "ignitionOn", load_state as "loadState",
  alarm_flags as "alarmFlags", backfilled, frame_id as "frameId", frame_item as "frameItem"`

/** Positions of a vehicle in [from, to), by the device's clock, in order; those received after `receivedBefore` left out when given. */
export const listPositions = (db: Db, { vehicleId, from, to, receivedBefore = null }: { vehicleId: string; from: number; to: number; receivedBefore?: number | null }): Promise<PositionRow[]> =>
  rows(db, sql<PositionRow>`select ${positionColumns} from position_fact
    where vehicle_id = ${vehicleId} and observed_at >= to_timestamp(${from / 1000}) and observed_at < to_timestamp(${to / 1000})
      and (${receivedBefore}::float8 is null or received_at <= to_timestamp(${receivedBefore}::float8 / 1000))
    order by observed_at, source`)

/** The last position before and the first at or after an instant, each within `reachMs`, so that a day can be cut at midnight. */
export async function findNeighbours(db: Db, { vehicleId, at, reachMs }: { vehicleId: string; at: number; reachMs: number }): Promise<{ before?: PositionRow; after?: PositionRow }> {
  const before = await findRow(db, sql<PositionRow>`select ${positionColumns} from position_fact where vehicle_id = ${vehicleId} and fix_valid
    and observed_at < to_timestamp(${at / 1000}) and observed_at >= to_timestamp(${(at - reachMs) / 1000}) order by observed_at desc limit 1`)
  const after = await findRow(db, sql<PositionRow>`select ${positionColumns} from position_fact where vehicle_id = ${vehicleId} and fix_valid
    and observed_at >= to_timestamp(${at / 1000}) and observed_at < to_timestamp(${(at + reachMs) / 1000}) order by observed_at limit 1`)
  return { ...(before && { before }), ...(after && { after }) }
}

/** Newest position and battery state of each vehicle given. */
export interface LatestRow {
  vehicleId: string
  observedAt: number
  receivedAt: number
  source: SourceProtocol
  lon: number
  lat: number
  speedKmh: number
  directionDegrees: number
  odometerMetres: number | null
  ignitionOn: boolean | null
  alarmFlags: number
  frameId: string
  socPercent: number | null
  charging: string | null
}

/** Newest positions of the vehicles given (null: of all), for the live map. */
export const listLatest = (db: Db, vehicleIds: readonly string[] | null): Promise<LatestRow[]> =>
  rows(db, sql<LatestRow>`select p.vehicle_id as "vehicleId", p.observed_at as "observedAt", p.received_at as "receivedAt", p.source, p.lon, p.lat, p.speed_kmh as "speedKmh",
      p.direction_degrees as "directionDegrees", p.odometer_metres as "odometerMetres", p.ignition_on as "ignitionOn", p.alarm_flags as "alarmFlags", p.frame_id as "frameId",
      s.soc_percent as "socPercent", s.charging
    from latest_position p left join latest_vehicle_state s using (vehicle_id)
    where ${vehicleIds === null ? sql`true` : sql`p.vehicle_id = any(${vehicleIds}::uuid[])`}`)

export interface FrameRow {
  frameId: string
  receivedAt: number
  protocol: SourceProtocol
  terminal: string
  vehicleId: string | null
  bytes: Buffer
  faultCode: string | null
  faultMessage: string | null
}

export const findFrame = (db: Db, frameId: string): Promise<FrameRow | undefined> =>
  findRow(db, sql<FrameRow>`select frame_id as "frameId", received_at as "receivedAt", protocol, terminal, vehicle_id as "vehicleId", bytes,
    fault_code as "faultCode", fault_message as "faultMessage" from frame where frame_id = ${frameId}`)

/** A vehicle-day whose facts changed since it was last derived. */
export interface TouchedDay {
  vehicleId: string
  day: string
  touches: number
}

/** Oldest touched days first; settled ones only, so that a vehicle sending every ten seconds is not derived every ten seconds. */
export const listTouchedDays = (db: Db, { limit, touchedBefore }: { limit: number; touchedBefore: number }): Promise<TouchedDay[]> =>
  rows(db, sql<TouchedDay>`select vehicle_id as "vehicleId", day, touches from touched_day where touched_at <= to_timestamp(${touchedBefore / 1000}) order by touched_at, vehicle_id, day limit ${limit}`)

/** Takes a day off the list unless new facts came while it was derived; those keep it listed, due again after `now`. */
export async function settleTouchedDay(db: Db, { vehicleId, day, touches }: TouchedDay, now: number): Promise<void> {
  const gone = await run(db, sql`delete from touched_day where vehicle_id = ${vehicleId} and day = ${day}::date and touches = ${touches}`)
  if (gone === 0) await run(db, sql`update touched_day set touched_at = to_timestamp(${now / 1000}) where vehicle_id = ${vehicleId} and day = ${day}::date`)
}

/** Instants [from, to) of a calendar day, for callers that think in days. */
export const instantsOfDay = (day: string): { from: number; to: number } => ({ from: startOfDay(day), to: startOfDay(day) + dayMs })
