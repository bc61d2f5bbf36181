import { afterEach } from 'vitest'
import { createHmacAuthCodes, jt808, wallClockOf } from '../src/gateways/index.ts'
import type { Jt808ServerOptions } from '../src/gateways/index.ts'
import { MemorySink, Peer } from './gateway-peer.ts'

export const terminal: jt808.TerminalIdentity = { phone: '013900000001', version: '2011/2013' }
export const terminal2019: jt808.TerminalIdentity = { phone: '00000000013900000001', version: '2019' }
export const stranger: jt808.TerminalIdentity = { phone: '013911111111', version: '2011/2013' }
export const vehicleId = '01890000-0000-7000-8000-000000000001'
export const codes = createHmacAuthCodes('a secret for these tests only')
export const registration = { province: 32, city: 700, manufacturerId: 'QGDEV', terminalModel: 'LP-100', terminalId: '0000001', plateColor: 2, plateNo: '青A00001' }

export const now = Date.UTC(2026, 2, 1, 2)
const at = (secondsAgo: number): string => wallClockOf(now - secondsAgo * 1000)
export const position = (secondsAgo: number, given: Partial<jt808.PositionBody> = {}): jt808.PositionBody => ({
  alarm: 0, status: 3, latitude: 34_600_000, longitude: 119_200_000, altitude: 10, speed: 365, direction: 90, time: at(secondsAgo), ...given,
})

const stops: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop()
})

/** A gateway on a port of its own with a fact store in memory; everything is closed after the test. */
export async function gateway(options: Partial<Jt808ServerOptions> = {}) {
  const sink = new MemorySink()
  const errors: unknown[] = []
  const clock = { now }
  const server = await jt808.startJt808Server({
    port: 0,
    sink,
    clock: () => clock.now,
    onError: (error) => errors.push(error),
    directory: { ...codes, find: async (_, phone) => (phone.endsWith('13900000001') ? { vehicleId, plate: '青A00001' } : null) },
    ...options,
  })
  stops.push(() => server.close())
  const connect = async () => {
    const peer = await Peer.connect(server.port, new jt808.FrameSplitter())
    stops.push(() => peer.end())
    return peer
  }
  /** A connection on which the terminal is authenticated; one answer has come. */
  const connectAuthenticated = async (who = terminal) => {
    const peer = await connect()
    peer.send(jt808.authenticateFrame(who, 1, { authCode: await codes.issueAuthCode(who.phone) }))
    await peer.waitFor(1)
    sink.frames.length = 0
    return peer
  }
  return { server, sink, errors, clock, connect, connectAuthenticated }
}

export const answersOf = (peer: Peer) => peer.received.map((bytes) => jt808.decodeAnswer(bytes))
