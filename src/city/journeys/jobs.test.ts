import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freshDatabase } from '../../../test/fresh-database.ts'
import { newId } from '../../base/ids.ts'
import { addDays, dayMs, startOfDay } from '../../base/time.ts'
import { createFactSink, type PositionEvent } from '../../events/index.ts'
import { sql, type Database } from '../../runtime/database.ts'
import { deriveTouchedDays, listDayVersions, listStretches, listVehicleDays, runDerivations } from './index.ts'
import { syntheticTrack } from './synthetic-tracks.ts'
import type { TrackPoint } from './types.ts'

let database: Database
const log = { error: () => undefined, info: () => undefined }
let now = startOfDay('2025-06-01')
const clock = () => now
const derive = () => deriveTouchedDays({ db: database.db, clock, log }, { limit: 5000, touchedBefore: now })

beforeAll(async () => { database = await freshDatabase() })
afterAll(async () => { await database.close() })

const asEvent = (point: TrackPoint): PositionEvent => ({
  kind: 'position', observedAt: point.observedAt, lon: point.lon, lat: point.lat, altitudeMetres: null, speedKmh: point.speedKmh, directionDegrees: 0, odometerMetres: point.odometerMetres,
  fixValid: point.fixValid, ignitionOn: null, loadState: null, alarmFlags: 0, backfilled: false,
})

async function send(vehicleId: string, points: readonly TrackPoint[]): Promise<void> {
  const sink = createFactSink(database.db)
  for (let at = 0; at < points.length; at += 500)
    await sink.record({ protocol: 'jt808', terminal: '013900000001', bytes: new Uint8Array([0x7e]), receivedAt: now, vehicleId, events: points.slice(at, at + 500).map(asEvent), fault: null })
}

const track = (seed: number, days: number) => syntheticTrack({ seed, day: '2025-05-01', days, sampleSeconds: 30, noiseMetres: 5, wildShare: 0 }).points
const read = (vehicleId: string, asOf: number | null = null) => listVehicleDays(database.db, { vehicleId, from: '2025-04-01', to: '2025-06-01', asOf })

describe('derivation of touched days', () => {
  test('derives each touched day once, and deriving again changes nothing', async () => {
    const vehicleId = newId<'vehicle'>(now)
    await send(vehicleId, track(1, 3))
    expect(await derive()).toEqual({ days: 3, versions: 3, failed: 0 })
    const days = await read(vehicleId)
    expect(days.map((each) => each.day)).toEqual(['2025-05-01', '2025-05-02', '2025-05-03'])
    const { trips, halts } = await listStretches(database.db, { vehicleId, day: '2025-05-02' })
    expect(trips.length).toBeGreaterThanOrEqual(days[1]!.tripCount)
    expect(halts.length).toBeGreaterThanOrEqual(days[1]!.haltCount)
    expect(await derive()).toEqual({ days: 0, versions: 0, failed: 0 })
    await sql`insert into touched_day (vehicle_id, day, touched_at) values (${vehicleId}, '2025-05-02', to_timestamp(${now / 1000}))`.execute(database.db)
    expect(await derive()).toEqual({ days: 1, versions: 0, failed: 0 })
    expect(await listDayVersions(database.db, { vehicleId, day: '2025-05-02' })).toHaveLength(1)
  })

  test('late data reopen the days they touch; a reading as of before still sees the old version', async () => {
    const vehicleId = newId<'vehicle'>(now)
    const all = track(2, 1)
    const late = (point: TrackPoint) => (point.observedAt - startOfDay('2025-05-01')) / 3_600_000 > 12
    await send(vehicleId, all.filter((point) => !late(point)))
    await derive()
    const before = (await read(vehicleId))[0]!
    const knownUntil = now
    now += 3_600_000
    await send(vehicleId, all.filter(late))
    await derive()
    const after = (await read(vehicleId))[0]!
    expect(after.distanceMetres).toBeGreaterThan(before.distanceMetres)
    expect((await read(vehicleId, knownUntil))[0]).toMatchObject({ versionId: before.versionId, distanceMetres: before.distanceMetres, supersededAt: after.recordedAt })
    expect(await listDayVersions(database.db, { vehicleId, day: '2025-05-01' })).toHaveLength(2)
  })

  test('a day that arrives later cuts the crossing of midnight of its neighbour again', async () => {
    const vehicleId = newId<'vehicle'>(now)
    const midnight = startOfDay('2025-05-02')
    const run = Array.from({ length: 61 }, (_, at): TrackPoint => ({ observedAt: midnight - 15_000 + (at - 30) * 30_000, source: 'jt808', lon: 119.2, lat: 34.6 + at * 0.0025, speedKmh: 33, odometerMetres: null, fixValid: true }))
    await send(vehicleId, run.filter((point) => point.observedAt < midnight))
    await derive()
    const alone = (await read(vehicleId))[0]!
    now += 60_000
    await send(vehicleId, run.filter((point) => point.observedAt >= midnight))
    expect(await derive()).toMatchObject({ days: 1, versions: 2 })
    const [first, second] = await read(vehicleId)
    expect(first!.distanceMetres - alone.distanceMetres).toBeCloseTo(139, -1)
    expect(first!.distanceMetres + second!.distanceMetres).toBeCloseTo(60 * 0.0025 * 111_195, -1)
  })

  test('a bad day is reported and kept; the others of its run are derived', async () => {
    const vehicleId = newId<'vehicle'>(now)
    await send(vehicleId, track(3, 3))
    await sql`create function refuse() returns trigger language plpgsql as $$ begin if new.vehicle_id = ${sql.lit(vehicleId)} and new.day = '2025-05-02' then raise exception 'refused'; end if; return new; end $$`.execute(database.db)
    await sql`create trigger refuse before insert on vehicle_day for each row execute function refuse()`.execute(database.db)
    expect(await derive()).toEqual({ days: 3, versions: 2, failed: 1 })
    await sql`drop trigger refuse on vehicle_day`.execute(database.db)
    now += 1000
    expect(await derive()).toEqual({ days: 1, versions: 1, failed: 0 })
  })

  test('the loop works until it is stopped', async () => {
    const vehicleId = newId<'vehicle'>(now)
    await send(vehicleId, track(4, 2))
    const passes: number[] = []
    const loop = runDerivations({ db: database.db, clock, log, settleMs: 0, pauseMs: 20, onPass: (report) => passes.push(report.versions) })
    while ((await read(vehicleId)).length < 2) await new Promise((resolve) => setTimeout(resolve, 20))
    await loop.stop()
    expect(passes.reduce((sum, versions) => sum + versions, 0)).toBe(2)
  })

  test('a month of one vehicle is derived in a moment', async () => {
    const vehicleId = newId<'vehicle'>(now)
    await send(vehicleId, track(5, 30))
    const started = performance.now()
    expect(await derive()).toMatchObject({ versions: 30 })
    const ms = performance.now() - started
    console.info(JSON.stringify({ month: '1 vehicle × 30 days', positions: 30 * (dayMs / 30_000), ms: Math.round(ms), last: addDays('2025-05-01', 29) }))
    expect(ms).toBeLessThan(10_000)
  })
})
