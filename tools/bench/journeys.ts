import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { newId } from '../../src/base/ids.ts'
import { addDays, startOfDay } from '../../src/base/time.ts'
import { deriveTouchedDays, listDayPositions, syntheticTrack } from '../../src/city/journeys/index.ts'
import { createFactSink, type PositionEvent } from '../../src/events/index.ts'
import { findRow, migrate, openDatabase, rows, sql, type Db } from '../../src/runtime/database.ts'
import { readSettings } from '../../src/runtime/settings.ts'
import type { BenchLine } from './decode.ts'

const root = join(import.meta.dirname, '../..')
const vehicles = 6
const days = 30
const sampleSeconds = 30
const first = '2025-05-01'
const now = startOfDay('2025-07-01')

/** A scratch database with a month of positions of some vehicles; gone afterwards. */
async function withHistory(work: (db: Db, ids: readonly string[]) => Promise<BenchLine>): Promise<BenchLine> {
  const directory = mkdtempSync(join(tmpdir(), 'lvpei-bench-'))
  const database = await openDatabase({ ...readSettings(), databaseUrl: '', dataDirectory: directory })
  try {
    await migrate(database.db, join(root, 'migrations'))
    return await work(database.db, await fill(database.db))
  } finally {
    await database.close()
    rmSync(directory, { recursive: true, force: true })
  }
}

/** `journeys.derive`: vehicle-days derived from stored positions and stored again, against reading the same positions as plain rows. */
export async function* benchJourneys(): AsyncGenerator<BenchLine> {
  yield await withHistory(async (db, ids) => {
    const positions = vehicles * days * (86_400 / sampleSeconds)
    const read = await seconds(async () => {
      for (const id of ids) await rows(db, sql`select observed_at, source, lon, lat, speed_kmh, odometer_metres, fix_valid from position_fact where vehicle_id = ${id} order by observed_at`)
    })
    const derived = await seconds(async () => {
      const report = await deriveTouchedDays({ db, clock: () => now, log: { error: console.error, info: console.error } }, { limit: 10_000, touchedBefore: now })
      if (report.versions !== vehicles * days) throw new Error(`derived ${report.versions} vehicle-days instead of ${vehicles * days}`)
    })
    return { name: 'journeys.derive', value: Math.round(positions / derived), unit: 'positions/s, derived and stored', against: 'reading the same positions as plain rows, positions/s', ratio: Number((read / derived).toPrecision(3)) }
  })
}

/** `read.vehicle-day`: one vehicle's day of positions with their frames, against counting the same rows. */
export async function* benchVehicleDay(): AsyncGenerator<BenchLine> {
  yield await withHistory(benchRead)
}

async function benchRead(db: Db, ids: readonly string[]): Promise<BenchLine> {
  const times: { day: number; count: number }[] = []
  for (let at = 0; at < 200; at++) {
    const vehicleId = ids[at % ids.length]!
    const day = addDays(first, at % days)
    const count = await seconds(() => findRow(db, sql`select count(*) from position_fact where vehicle_id = ${vehicleId} and observed_at >= to_timestamp(${startOfDay(day) / 1000}) and observed_at < to_timestamp(${startOfDay(addDays(day, 1)) / 1000})`))
    times.push({ count, day: await seconds(() => listDayPositions(db, { vehicleId, day, asOf: now })) })
  }
  const p99 = (pick: (each: { day: number; count: number }) => number) => times.map(pick).sort((a, b) => a - b)[Math.floor(times.length * 0.99)]!
  const value = p99((each) => each.day)
  return { name: 'read.vehicle-day', value: Number((value * 1000).toFixed(1)), unit: `ms, 99th percentile, ${86_400 / sampleSeconds} positions with their frames`, against: 'counting the same rows, ms', ratio: Number((value / p99((each) => each.count)).toPrecision(3)) }
}

async function fill(db: Db): Promise<string[]> {
  const sink = createFactSink(db)
  const ids: string[] = []
  for (let seed = 0; seed < vehicles; seed++) {
    const vehicleId = newId<'vehicle'>(now)
    ids.push(vehicleId)
    const { points } = syntheticTrack({ seed, day: first, days, sampleSeconds, noiseMetres: 5, wildShare: 0.001 })
    const events = points.map((point): PositionEvent => ({ ...point, kind: 'position', altitudeMetres: null, directionDegrees: 0, ignitionOn: null, loadState: null, alarmFlags: 0, backfilled: false }))
    const frames = Array.from({ length: Math.ceil(events.length / 200) }, (_, at) => events.slice(at * 200, at * 200 + 200))
    await Promise.all(frames.map((each) => sink.record({ protocol: 'jt808', terminal: '013900000001', bytes: new Uint8Array([0x7e]), receivedAt: now, vehicleId, events: each, fault: null })))
  }
  return ids
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return (performance.now() - started) / 1000
}
