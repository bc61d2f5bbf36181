import { newId } from '../../base/ids.ts'
import type { Clock } from '../../runtime/clock.ts'
import { findRow, rows, run, sql, transaction, type Db } from '../../runtime/database.ts'
import { fingerprintOf } from './digest.ts'
import type { DerivedDay, LeftOut } from './types.ts'

/** A derived vehicle-day on its way into the store. */
export interface DayVersion {
  readonly vehicleId: string
  readonly derived: DerivedDay
  readonly derivationVersion: string
  readonly inputDigest: string
  readonly headDigest: string
  readonly tailDigest: string
}

export interface DayKey {
  readonly vehicleId: string
  readonly day: string
}

/** Digests of the versions in force, to see what changed. */
export interface DayDigests extends DayKey {
  readonly recordedAt: number
  readonly fingerprint: string
  readonly inputDigest: string
  readonly derivationVersion: string
  readonly headDigest: string
  readonly tailDigest: string
}

const keysOf = (keys: readonly DayKey[]) => sql`unnest(${keys.map((key) => key.vehicleId)}::uuid[], ${keys.map((key) => key.day)}::date[])`

const recordingLock = 7640

/** Resolves when every version recorded before now can be read: a figure measured after it, as of now, stays what it is. */
export const awaitRecordedDays = (db: Db): Promise<unknown> => transaction(db, (inside) => run(inside, sql`select pg_advisory_xact_lock_shared(${recordingLock})`))

/** Digests of the days given that have a version in force. */
export const listDigests = (db: Db, keys: readonly DayKey[]): Promise<DayDigests[]> =>
  rows(db, sql<DayDigests>`select d.vehicle_id as "vehicleId", d.day, d.recorded_at as "recordedAt", d.fingerprint::text as fingerprint, encode(d.input_digest, 'hex') as "inputDigest",
      d.derivation_version as "derivationVersion", encode(d.head_digest, 'hex') as "headDigest", encode(d.tail_digest, 'hex') as "tailDigest"
    from ${keysOf(keys)} as k (vehicle_id, day) join vehicle_day d on d.vehicle_id = k.vehicle_id and d.day = k.day and d.superseded_at is null`)

/**
 * Records derived days in one transaction. A day whose content is unchanged keeps its version; any other gets a new one,
 * the old one is superseded and stays readable as of earlier. Returns the number of new versions.
 */
export function recordDays(db: Db, versions: readonly DayVersion[], clock: Clock): Promise<number> {
  return transaction(db, async (inside) => {
    // Two job processes must not both supersede the same version.
    await run(inside, sql`select pg_advisory_xact_lock(${recordingLock})`)
    // Read after the lock, so that whoever waited for it finds every version recorded before.
    const now = clock()
    const keys = versions.map(({ vehicleId, derived }) => ({ vehicleId, day: derived.day }))
    const known = new Map((await listDigests(inside, keys)).map((each) => [`${each.vehicleId}/${each.day}`, each]))
    const fingerprints = versions.map(({ vehicleId, derived, derivationVersion }) => fingerprintOf(vehicleId, derived, derivationVersion))
    const isNew = versions.map(({ vehicleId, derived }, at) => known.get(`${vehicleId}/${derived.day}`)?.fingerprint !== fingerprints[at])
    const unchanged = versions.filter((_, at) => !isNew[at])
    const changed = versions.map((version, at) => ({ version, fingerprint: fingerprints[at]!, before: known.get(`${version.vehicleId}/${version.derived.day}`) })).filter((_, at) => isNew[at])
    if (unchanged.length > 0) await refreshBookkeeping(inside, unchanged)
    if (changed.length > 0) await addVersions(inside, changed, now)
    return changed.length
  })
}

const refreshBookkeeping = (db: Db, versions: readonly DayVersion[]): Promise<number> =>
  run(db, sql`update vehicle_day d set head_digest = decode(g.head, 'hex'), tail_digest = decode(g.tail, 'hex'), input_digest = decode(g.input, 'hex')
    from unnest(${versions.map((each) => each.vehicleId)}::uuid[], ${versions.map((each) => each.derived.day)}::date[], ${versions.map((each) => each.headDigest)}::text[],
      ${versions.map((each) => each.tailDigest)}::text[], ${versions.map((each) => each.inputDigest)}::text[]) as g (vehicle_id, day, head, tail, input)
    where d.vehicle_id = g.vehicle_id and d.day = g.day and d.superseded_at is null and (d.head_digest, d.tail_digest, d.input_digest) is distinct from (decode(g.head, 'hex'), decode(g.tail, 'hex'), decode(g.input, 'hex'))`)

interface Changed {
  readonly version: DayVersion
  readonly fingerprint: string
  readonly before: DayDigests | undefined
}

async function addVersions(db: Db, changed: readonly Changed[], now: number): Promise<void> {
  const keys = changed.map(({ version }) => ({ vehicleId: version.vehicleId, day: version.derived.day }))
  // A clock that stands still (tests, a leap back) must not give two versions one instant.
  const instants = changed.map(({ before }) => Math.max(now, (before?.recordedAt ?? 0) + 1))
  await run(db, sql`update vehicle_day d set superseded_at = to_timestamp(k.at / 1000)
    from unnest(${keys.map((key) => key.vehicleId)}::uuid[], ${keys.map((key) => key.day)}::date[], ${instants}::float8[]) as k (vehicle_id, day, at)
    where d.vehicle_id = k.vehicle_id and d.day = k.day and d.superseded_at is null`)
  await run(db, sql`delete from trip t using ${keysOf(keys)} as k (vehicle_id, day) where t.vehicle_id = k.vehicle_id and t.day = k.day`)
  await run(db, sql`delete from halt h using ${keysOf(keys)} as k (vehicle_id, day) where h.vehicle_id = k.vehicle_id and h.day = k.day`)
  await insertDays(db, changed, instants)
  await insertStretches(db, changed.map(({ version }) => version))
}

async function insertDays(db: Db, changed: readonly Changed[], instants: readonly number[]): Promise<void> {
  const records = changed.map(({ version, fingerprint }, at) => {
    const { activity, leftOut, day } = version.derived
    return {
      vehicle_id: version.vehicleId, day, recorded_at: at, version_id: newId<'vehicle-day'>(instants[at]!), distance_metres: activity.distanceMetres, distance_source: activity.distanceSource,
      gnss_distance_metres: activity.gnssDistanceMetres, odometer_distance_metres: activity.odometerDistanceMetres, gap_distance_metres: activity.gapDistanceMetres,
      odometer_faults: activity.odometerFaults, moving_seconds: activity.movingSeconds, halt_seconds: activity.haltSeconds, gap_seconds: activity.gapSeconds,
      trip_count: activity.tripCount, halt_count: activity.haltCount, gap_count: activity.gapCount, point_count: activity.pointCount,
      left_out_count: Object.values(leftOut).reduce((sum, count) => sum + count, 0), left_out: Object.fromEntries(Object.entries(leftOut).filter(([, count]) => count > 0)), first: activity.firstObservedAt, last: activity.lastObservedAt, at: instants[at]!,
      derivation_version: version.derivationVersion, input_digest: version.inputDigest, fingerprint, head_digest: version.headDigest, tail_digest: version.tailDigest,
    }
  })
  await run(db, sql`
    insert into vehicle_day (vehicle_id, day, recorded_at, version_id, distance_metres, distance_source, gnss_distance_metres, odometer_distance_metres, gap_distance_metres,
      odometer_faults, moving_seconds, halt_seconds, gap_seconds, trip_count, halt_count, gap_count, point_count, left_out_count, left_out, first_observed_at, last_observed_at,
      derivation_version, input_digest, fingerprint, head_digest, tail_digest)
    select vehicle_id, day, to_timestamp(at / 1000), version_id, distance_metres, distance_source, gnss_distance_metres, odometer_distance_metres, gap_distance_metres,
      odometer_faults, moving_seconds, halt_seconds, gap_seconds, trip_count, halt_count, gap_count, point_count, left_out_count, left_out, to_timestamp(first / 1000), to_timestamp(last / 1000),
      derivation_version, decode(input_digest, 'hex'), fingerprint, decode(head_digest, 'hex'), decode(tail_digest, 'hex')
    from jsonb_to_recordset(${JSON.stringify(records)}::jsonb) as r (vehicle_id uuid, day date, at float8, version_id uuid, distance_metres float8, distance_source text, gnss_distance_metres float8,
      odometer_distance_metres float8, gap_distance_metres float8, odometer_faults int, moving_seconds int, halt_seconds int, gap_seconds int, trip_count int, halt_count int, gap_count int,
      point_count int, left_out_count int, left_out jsonb, first float8, last float8, derivation_version text, input_digest text, fingerprint bigint, head_digest text, tail_digest text)`)
}

async function insertStretches(db: Db, versions: readonly DayVersion[]): Promise<void> {
  const trips = versions.flatMap(({ vehicleId, derived }) => derived.trips.map((trip) => ({ v: vehicleId, d: derived.day, ...trip, slon: trip.start.lon, slat: trip.start.lat, elon: trip.end.lon, elat: trip.end.lat })))
  const halts = versions.flatMap(({ vehicleId, derived }) => derived.halts.map((halt) => ({ v: vehicleId, d: derived.day, ...halt, lon: halt.place.lon, lat: halt.place.lat })))
  await run(db, sql`
    insert into trip (vehicle_id, day, started_at, ended_at, begins_before, continues_after, start_lon, start_lat, end_lon, end_lat, distance_metres, max_speed_kmh, point_count)
    select v, d, to_timestamp("startedAt" / 1000), to_timestamp("endedAt" / 1000), "beginsBefore", "continuesAfter", slon, slat, elon, elat, "distanceMetres", "maxSpeedKmh", "pointCount"
    from jsonb_to_recordset(${JSON.stringify(trips)}::jsonb) as r (v uuid, d date, "startedAt" float8, "endedAt" float8, "beginsBefore" bool, "continuesAfter" bool, slon float8, slat float8, elon float8, elat float8,
      "distanceMetres" float8, "maxSpeedKmh" real, "pointCount" int)`)
  await run(db, sql`
    insert into halt (vehicle_id, day, started_at, ended_at, begins_before, continues_after, lon, lat, point_count, unobserved_seconds)
    select v, d, to_timestamp("startedAt" / 1000), to_timestamp("endedAt" / 1000), "beginsBefore", "continuesAfter", lon, lat, "pointCount", "unobservedSeconds"
    from jsonb_to_recordset(${JSON.stringify(halts)}::jsonb) as r (v uuid, d date, "startedAt" float8, "endedAt" float8, "beginsBefore" bool, "continuesAfter" bool, lon float8, lat float8, "pointCount" int, "unobservedSeconds" int)`)
}

/** A vehicle-day as it was known at an instant. */
export interface VehicleDayRow {
  vehicleId: string
  day: string
  versionId: string
  recordedAt: number
  supersededAt: number | null
  distanceMetres: number
  distanceSource: 'odometer' | 'gnss'
  gnssDistanceMetres: number
  odometerDistanceMetres: number | null
  gapDistanceMetres: number
  odometerFaults: number
  movingSeconds: number
  haltSeconds: number
  gapSeconds: number
  tripCount: number
  haltCount: number
  gapCount: number
  pointCount: number
  leftOutCount: number
  /** reasons that occur, with their counts */
  leftOut: Partial<LeftOut>
  firstObservedAt: number | null
  lastObservedAt: number | null
  derivationVersion: string
}

const dayColumns = sql`vehicle_id as "vehicleId", day, version_id as "versionId", recorded_at as "recordedAt", superseded_at as "supersededAt", distance_metres as "distanceMetres",
  distance_source as "distanceSource", gnss_distance_metres as "gnssDistanceMetres", odometer_distance_metres as "odometerDistanceMetres", gap_distance_metres as "gapDistanceMetres",
  odometer_faults as "odometerFaults", moving_seconds as "movingSeconds", halt_seconds as "haltSeconds", gap_seconds as "gapSeconds", trip_count as "tripCount", halt_count as "haltCount",
  gap_count as "gapCount", point_count as "pointCount", left_out_count as "leftOutCount", left_out as "leftOut", first_observed_at as "firstObservedAt", last_observed_at as "lastObservedAt",
  derivation_version as "derivationVersion"`

/** Versions in force at an instant; `null`: now. */
const inForce = (asOf: number | null) => (asOf === null ? sql`superseded_at is null` : sql`recorded_at <= to_timestamp(${asOf / 1000}) and (superseded_at is null or superseded_at > to_timestamp(${asOf / 1000}))`)

/** Days [from, to) of a vehicle, oldest first, as known at `asOf` (null: now). */
export const listVehicleDays = (db: Db, { vehicleId, from, to, asOf = null }: { vehicleId: string; from: string; to: string; asOf?: number | null }): Promise<VehicleDayRow[]> =>
  rows(db, sql<VehicleDayRow>`select ${dayColumns} from vehicle_day where vehicle_id = ${vehicleId} and day >= ${from}::date and day < ${to}::date and ${inForce(asOf)} order by day`)

/** Every version of a vehicle-day, oldest first. */
export const listDayVersions = (db: Db, { vehicleId, day }: DayKey): Promise<VehicleDayRow[]> =>
  rows(db, sql<VehicleDayRow>`select ${dayColumns} from vehicle_day where vehicle_id = ${vehicleId} and day = ${day}::date order by recorded_at`)

export interface TripRow {
  startedAt: number
  endedAt: number
  beginsBefore: boolean
  continuesAfter: boolean
  startLon: number
  startLat: number
  endLon: number
  endLat: number
  distanceMetres: number
  maxSpeedKmh: number
  pointCount: number
}

export interface HaltRow {
  startedAt: number
  endedAt: number
  beginsBefore: boolean
  continuesAfter: boolean
  lon: number
  lat: number
  pointCount: number
  unobservedSeconds: number
}

/** Trips and halts of the version in force. */
export async function listStretches(db: Db, { vehicleId, day }: DayKey): Promise<{ trips: TripRow[]; halts: HaltRow[] }> {
  const times = sql`started_at as "startedAt", ended_at as "endedAt", begins_before as "beginsBefore", continues_after as "continuesAfter", point_count as "pointCount"`
  const trips = await rows(db, sql<TripRow>`select ${times}, start_lon as "startLon", start_lat as "startLat", end_lon as "endLon", end_lat as "endLat", distance_metres as "distanceMetres", max_speed_kmh as "maxSpeedKmh"
    from trip where vehicle_id = ${vehicleId} and day = ${day}::date order by started_at`)
  const halts = await rows(db, sql<HaltRow>`select ${times}, lon, lat, unobserved_seconds as "unobservedSeconds" from halt where vehicle_id = ${vehicleId} and day = ${day}::date order by started_at`)
  return { trips, halts }
}

/** Trips of days [from, to), the parts each day has of them, in order. */
export const listTrips = (db: Db, { vehicleId, from, to }: { vehicleId: string; from: string; to: string }): Promise<Pick<TripRow, 'startedAt' | 'endedAt' | 'beginsBefore'>[]> =>
  rows(db, sql<Pick<TripRow, 'startedAt' | 'endedAt' | 'beginsBefore'>>`select started_at as "startedAt", ended_at as "endedAt", begins_before as "beginsBefore" from trip where vehicle_id = ${vehicleId} and day >= ${from}::date and day < ${to}::date order by started_at`)

/** How many vehicle-days are in force and how many wait, for metrics and the progress line of the first start. */
export const countVehicleDays = async (db: Db): Promise<{ inForce: number; versions: number }> =>
  (await findRow(db, sql<{ inForce: number; versions: number }>`select count(*) filter (where superseded_at is null) as "inForce", count(*) as versions from vehicle_day`))!
