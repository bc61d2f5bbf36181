import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freshDatabase } from '../../test/fresh-database.ts'
import { newId } from '../base/ids.ts'
import { startOfDay } from '../base/time.ts'
import { rows, sql, type Database } from '../runtime/database.ts'
import { createFactSink, listLatest, listPositions, listTouchedDays, settleTouchedDay } from './index.ts'
import type { FrameEvents, PositionEvent } from './kinds.ts'

const now = startOfDay('2026-03-10') + 9 * 3_600_000
const position = (observedAt: number, lon: number, more: Partial<PositionEvent> = {}): PositionEvent => ({
  kind: 'position', observedAt, lon, lat: 34.4, altitudeMetres: null, speedKmh: 30, directionDegrees: 90, odometerMetres: null,
  fixValid: true, ignitionOn: true, loadState: null, alarmFlags: 0, backfilled: false, ...more,
})
const frame = (vehicleId: string | null, events: PositionEvent[], fault: FrameEvents['fault'] = null): FrameEvents => ({
  protocol: 'jt808', terminal: '013900000001', bytes: Uint8Array.of(0x7e, 0x7e), receivedAt: now, vehicleId, events, fault,
})

describe('fact store', () => {
  let database: Database
  beforeAll(async () => {
    database = await freshDatabase()
  })
  afterAll(() => database.close())

  it('stores a position once, however often it is sent, and remembers the frame it came from', async () => {
    const vehicle = newId(now)
    const sink = createFactSink(database.db)
    await Promise.all([sink.record(frame(vehicle, [position(now, 120)])), sink.record(frame(vehicle, [position(now, 120), position(now + 1000, 120.001)]))])
    await sink.record(frame(vehicle, [position(now, 120)]))
    const stored = await listPositions(database.db, { vehicleId: vehicle, from: now, to: now + 60_000 })
    expect(stored.map((each) => each.observedAt)).toEqual([now, now + 1000])
    expect(stored.map((each) => each.frameItem)).toEqual([0, 1])
    expect(await rows(database.db, sql`select 1 from frame where vehicle_id = ${vehicle}`)).toHaveLength(3)
    expect(sink.waiting).toBe(0)
  })

  it('never moves the newest position backwards and never shows an invalid fix as newest', async () => {
    const vehicle = newId(now)
    const sink = createFactSink(database.db)
    await sink.record(frame(vehicle, [position(now, 120)]))
    await sink.record(frame(vehicle, [position(now - 3_600_000, 119, { backfilled: true }), position(now + 5000, 0, { lat: 0, fixValid: false })]))
    expect(await listLatest(database.db, [vehicle])).toMatchObject([{ observedAt: now, lon: 120 }])
  })

  it('marks the Shanghai days that got something new, and keeps a day listed that changed while it was derived', async () => {
    const vehicle = newId(now)
    const sink = createFactSink(database.db)
    const midnight = startOfDay('2026-03-11')
    await sink.record(frame(vehicle, [position(midnight - 1, 120), position(midnight, 120)]))
    const listed = async () => (await listTouchedDays(database.db, { limit: 1000, touchedBefore: now + 1 })).filter((each) => each.vehicleId === vehicle)
    const [first, second] = await listed()
    expect([first?.day, second?.day]).toEqual(['2026-03-10', '2026-03-11'])
    await sink.record(frame(vehicle, [position(midnight - 1, 120)]))
    expect((await listed())[0]?.touches, 'a duplicate touches nothing').toBe(first!.touches)
    await sink.record(frame(vehicle, [position(midnight - 2, 120)]))
    await settleTouchedDay(database.db, first!, now)
    await settleTouchedDay(database.db, second!, now)
    expect((await listed()).map((each) => each.day)).toEqual(['2026-03-10'])
  })

  it('keeps frames of unknown terminals and faults with their bytes, NUL bytes in their words included', async () => {
    const sink = createFactSink(database.db)
    await sink.record({ ...frame(null, [], { code: 'checksum-mismatch', message: 'a\u0000b' }), terminal: 'x\u0000' })
    expect(await rows(database.db, sql`select fault_code, length(bytes) as bytes from frame where vehicle_id is null`)).toEqual([{ fault_code: 'checksum-mismatch', bytes: 2 }])
  })

  it('one poisonous frame rejects alone; its neighbours in the same commit are stored', async () => {
    const vehicle = newId(now)
    const sink = createFactSink(database.db)
    const results = await Promise.allSettled([sink.record(frame(vehicle, [position(now, 120)])), sink.record(frame('not-a-uuid', [position(now, 120)])), sink.record(frame(vehicle, [position(now + 1, 120)]))])
    expect(results.map((each) => each.status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(await listPositions(database.db, { vehicleId: vehicle, from: now, to: now + 60_000 })).toHaveLength(2)
  })

  it('the same facts in any order and any grouping leave the same rows', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 30 }), async (seconds) => {
        const [a, b] = [newId(now), newId(now)]
        const sink = createFactSink(database.db)
        await Promise.all(seconds.map((each) => sink.record(frame(a, [position(now + each * 1000, 120)]))))
        await sink.record(frame(b, [...seconds].reverse().map((each) => position(now + each * 1000, 120))))
        const read = async (vehicleId: string) => (await listPositions(database.db, { vehicleId, from: now, to: now + 60_000 })).map((each) => each.observedAt)
        expect(await read(a)).toEqual(await read(b))
        expect((await listLatest(database.db, [a]))[0]?.observedAt).toBe((await listLatest(database.db, [b]))[0]?.observedAt)
      }),
      { numRuns: 25 },
    )
  })
})
