import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freshDatabase } from '../../test/fresh-database.ts'
import { Peer } from '../../test/gateway-peer.ts'
import { newId } from '../base/ids.ts'
import { createFactSink, findFrame, listPositions } from '../events/index.ts'
import type { PositionRow } from '../events/index.ts'
import { rows, sql } from '../runtime/database.ts'
import type { Database } from '../runtime/database.ts'
import { createHmacAuthCodes, jt808, startJt808Server, wallClockOf } from './index.ts'

const now = Date.UTC(2026, 2, 10, 2)
const vehicleId = newId(now)
const terminal = { phone: '013900000001', version: '2011/2013' } as const
const codes = createHmacAuthCodes('a secret for these tests only')
const position = (secondsAgo: number): jt808.PositionBody => ({
  alarm: 0, status: 3, latitude: 34_600_000 + secondsAgo, longitude: 119_200_000, altitude: 10, speed: 365, direction: 90,
  time: wallClockOf(now - secondsAgo * 1000), extras: { '01': 1000 + secondsAgo },
})

/** Socket to disk: the gateway before the real fact store. */
describe('an acknowledged frame', () => {
  let database: Database
  let server: Awaited<ReturnType<typeof startJt808Server>>
  let peer: Peer
  beforeAll(async () => {
    database = await freshDatabase()
    const directory = { ...codes, find: async () => ({ vehicleId, plate: '青A00001' }) }
    server = await startJt808Server({ port: 0, sink: createFactSink(database.db), clock: () => now, onError: (error) => expect.fail(String(error)), directory })
    peer = await Peer.connect(server.port, new jt808.FrameSplitter())
    peer.send(jt808.authenticateFrame(terminal, 0, { authCode: await codes.issueAuthCode(terminal.phone) }))
    await peer.waitFor(1)
  })
  afterAll(async () => {
    peer.end()
    await server.close()
    await database.close()
  })

  const stored = (): Promise<PositionRow[]> => listPositions(database.db, { vehicleId, from: now - 86_400_000, to: now + 1 })

  it('is on disk when its answer arrives', async () => {
    const count = 300
    peer.send(...Array.from({ length: count }, (_, index) => jt808.positionFrame(terminal, index + 1, position(count - index))))
    for (const acknowledged of [1, 50, 150, count]) {
      await peer.waitFor(1 + acknowledged)
      const answered = peer.received.length - 1
      expect((await stored()).length).toBeGreaterThanOrEqual(answered)
    }
    expect((await stored()).map((row) => row.observedAt)).toEqual(Array.from({ length: count }, (_, index) => now - (count - index) * 1000))
  })

  it('sent again is acknowledged again and stored once; a batch fills only what was missing', async () => {
    const before = (await stored()).length
    const answers = peer.received.length
    peer.send(jt808.positionFrame(terminal, 1000, position(300)), jt808.positionBatchFrame(terminal, 1001, { type: 1, items: [position(302), position(301), position(300)] }))
    await peer.waitFor(answers + 2)
    expect((await stored()).length).toBe(before + 2)
  })

  it('can be read again into the same facts', async () => {
    const facts = await stored()
    const frames = new Map<string, readonly unknown[]>()
    for (const { frameId } of facts.slice(0, 20)) {
      const frame = (await findFrame(database.db, frameId))!
      const meaning = jt808.meaningOf(jt808.decodeFrame(frame.bytes), now)
      frames.set(frameId, meaning.events)
    }
    for (const fact of facts.slice(0, 20)) {
      expect(frames.get(fact.frameId)![fact.frameItem]).toMatchObject({ observedAt: fact.observedAt, lat: fact.lat, lon: fact.lon, odometerMetres: fact.odometerMetres })
    }
  })

  it('a bad one is on disk too, with its bytes and its fault', async () => {
    const damaged = Uint8Array.from(jt808.positionFrame(terminal, 2000, position(1)))
    damaged[20] = damaged[20]! ^ 1
    const answers = peer.received.length
    peer.send(damaged, jt808.positionFrame(terminal, 2001, position(0)))
    await peer.waitFor(answers + 1)
    const faults = await rows<{ faultCode: string; bytes: Uint8Array }>(database.db, sql`select fault_code as "faultCode", bytes from frame where fault_code is not null`)
    expect(faults.map((fault) => [fault.faultCode, Buffer.from(fault.bytes).equals(damaged)])).toEqual([['checksum-mismatch', true]])
  })
})
