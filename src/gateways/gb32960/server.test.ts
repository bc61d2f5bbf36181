import gcoordModule from 'gcoord'
import { afterEach, describe, expect, it } from 'vitest'
import { MemorySink, Peer } from '../../../test/gateway-peer.ts'
import { commandFlag, decodeAnswer, encodeFrame, encodeRequest, FrameSplitter, loginFrame, logoutFrame, payloadTime, realtimeFrame, reissueFrame, startGb32960Server } from './index.ts'
import type { Gb32960ServerOptions, RealtimePayload, VehicleIdentity } from './index.ts'

// The package's types describe an ES module, its CommonJS entry is the object itself.
const gcoord = gcoordModule as unknown as typeof gcoordModule.default

const vin = 'LGRNEVTRK0T000001'
const of2016: VehicleIdentity = { vin, version: '2016' }
const of2025: VehicleIdentity = { vin, version: '2025' }
const vehicleId = '01890000-0000-7000-8000-000000000002'
const now = Date.UTC(2026, 2, 1, 2)

const vehicle = {
  vehicleState: 1, chargeState: 3, runMode: 1, speed: 36.5, mileage: 12_345.6, totalVoltage: 345.6, totalCurrent: -12.3, soc: 80, dcdcState: 1,
  gear: { gear: 'D', braking: false, driving: true }, insulationKohm: 5000, accelerator: 10, brake: 0,
} as const
const location = { valid: true, south: false, west: false, longitude: 119.2, latitude: 34.6 } as const
const realtime = (secondsAgo: number, given: Partial<RealtimePayload> = {}): RealtimePayload => ({
  time: payloadTime(now - secondsAgo * 1000), vehicle, location, unitOrder: ['01', '05'], ...given,
})
const login = { time: payloadTime(now), loginSerial: 1, iccid: '89860000000000000001', subsystemCount: 1, codeLength: 4, codes: ['PK01'] }
const login2025 = { time: payloadTime(now), loginSerial: 1, iccid: '89860000000000000001', subsystemCount: 1, packsPerSubsystem: [1], codes: [['PACK-1']] }

const stops: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop()
})

async function gateway(options: Partial<Gb32960ServerOptions> = {}) {
  const sink = new MemorySink()
  const errors: unknown[] = []
  const server = await startGb32960Server({
    port: 0,
    sink,
    clock: () => now,
    onError: (error) => errors.push(error),
    directory: { find: async (_, terminal) => (terminal === vin ? { vehicleId, plate: '青AD00001' } : null) },
    ...options,
  })
  stops.push(() => server.close())
  const connect = async () => {
    const peer = await Peer.connect(server.port, new FrameSplitter())
    stops.push(() => peer.end())
    return peer
  }
  return { server, sink, errors, connect }
}

const answersOf = (peer: Peer) => peer.received.map((bytes) => decodeAnswer(bytes))

describe('the GB/T 32960 gateway', () => {
  it('takes login, real-time data, re-issued data and logout, and answers with the time of each', async () => {
    const { sink, connect } = await gateway()
    const peer = await connect()
    peer.send(loginFrame(of2016, login), realtimeFrame(of2016, realtime(10)), reissueFrame(of2016, realtime(3600)), logoutFrame(of2016, { time: login.time, loginSerial: 1 }))
    await peer.waitFor(4)
    expect(answersOf(peer)).toEqual([
      { command: 1, flag: 1, vin, time: now }, { command: 2, flag: 1, vin, time: now - 10_000 }, { command: 3, flag: 1, vin, time: now - 3_600_000 }, { command: 4, flag: 1, vin, time: now },
    ])
    // 25 bytes around the six of the time: nothing but the time goes back.
    expect(peer.received.every((bytes) => bytes.length === 31)).toBe(true)
    expect(sink.events.map((event) => event.kind)).toEqual(['terminal-session', 'position', 'vehicle-state', 'position', 'vehicle-state', 'terminal-session'])
    expect(sink.events[1]).toEqual({
      kind: 'position', observedAt: now - 10_000, lon: 119.2, lat: 34.6, altitudeMetres: null, speedKmh: 36.5, directionDegrees: 0, odometerMetres: 12_345_600,
      fixValid: true, ignitionOn: true, loadState: null, alarmFlags: 0, backfilled: false,
    })
    expect(sink.events[2]).toEqual({
      kind: 'vehicle-state', observedAt: now - 10_000, odometerMetres: 12_345_600, speedKmh: 36.5, socPercent: 80, charging: 'no', voltageVolts: 345.6,
      currentAmperes: -12.3, backfilled: false,
    })
    expect(sink.events[3]).toMatchObject({ observedAt: now - 3_600_000, backfilled: true })
  })

  it('speaks 2025, and brings GCJ-02 positions home', async () => {
    const { sink, connect } = await gateway()
    const peer = await connect()
    const signature = { algorithm: 1, r: 'aa', s: 'bb' }
    const [longitude, latitude] = gcoord.transform([location.longitude, location.latitude], gcoord.WGS84, gcoord.GCJ02)
    const shifted = { ...location, coordSystem: 2, longitude, latitude }
    peer.send(loginFrame(of2025, login2025), realtimeFrame(of2025, realtime(1, { location: shifted, signature, unitOrder: ['01', '05', 'ff'] })))
    await peer.waitFor(2)
    expect(answersOf(peer)).toMatchObject([{ flag: 1 }, { flag: 1 }])
    expect(Math.abs(longitude - location.longitude)).toBeGreaterThan(0.003)
    const position = sink.events.find((event) => event.kind === 'position')!
    expect(position.lon).toBeCloseTo(location.longitude, 5)
    expect(position.lat).toBeCloseTo(location.latitude, 5)
  })

  it('keeps apart what is invalid, unknown or not there', async () => {
    const { sink, connect } = await gateway()
    const peer = await connect()
    peer.send(
      realtimeFrame(of2016, realtime(5, { vehicle: { ...vehicle, soc: 'invalid', mileage: 'abnormal', chargeState: 'invalid' } })),
      realtimeFrame(of2016, realtime(4, { unitOrder: ['05'] })),
      realtimeFrame(of2016, realtime(3, { location: { ...location, longitude: 'invalid' } })),
      realtimeFrame(of2025, realtime(2, { location: { ...location, coordSystem: 3 } })),
      realtimeFrame(of2016, realtime(1, { unknown: { type: '44', hex: '0102' }, unitOrder: ['01', '05', '44'] })),
      realtimeFrame(of2016, realtime(-200_000)),
    )
    await peer.waitFor(6)
    expect(answersOf(peer).every((answer) => answer.flag === 1)).toBe(true)
    expect(sink.frames.map((frame) => [frame.events.map((event) => event.kind), frame.fault?.code])).toEqual([
      [['position', 'vehicle-state'], undefined],
      [[], 'speed-missing'],
      [['vehicle-state'], 'position-missing'],
      [['vehicle-state'], 'coordinate-system-unknown'],
      [['position', 'vehicle-state'], 'unit-unknown'],
      [[], 'observed-at-implausible'],
    ])
    expect(sink.frames[0]!.events[1]).toMatchObject({ socPercent: null, odometerMetres: null, charging: null })
  })

  it('refuses unknown vehicles with the flag their edition has, and keeps the frames', async () => {
    const { sink, connect } = await gateway()
    const peer = await connect()
    peer.send(loginFrame({ vin: 'LGRNEVTRK0T999999', version: '2016' }, login), loginFrame({ vin: 'LGRNEVTRK0T999999', version: '2025' }, login2025))
    await peer.waitFor(2)
    expect(answersOf(peer).map((answer) => answer.flag)).toEqual([2, 4])
    expect(sink.frames).toMatchObject([1, 2].map(() => ({ vehicleId: null, events: [], fault: { code: 'unknown-terminal' } })))
  })

  it('refuses what is cut short or encrypted, and does not answer what is damaged', async () => {
    const { sink, connect, server } = await gateway()
    const peer = await connect()
    const cut = (version: '2016' | '2025') => encodeFrame({ version, command: 2, ack: commandFlag, vin, encryption: 1, data: new Uint8Array([26, 3, 1, 8, 0, 0, 1, 1]) })
    const encrypted = encodeFrame({ version: '2025', command: 2, ack: commandFlag, vin, encryption: 3, data: new Uint8Array(32) })
    const damaged = Uint8Array.from(realtimeFrame(of2016, realtime(9)))
    damaged[40] = damaged[40]! ^ 1
    peer.send(loginFrame(of2016, login), cut('2016'), cut('2025'), encrypted, damaged, realtimeFrame(of2016, realtime(1)))
    await peer.waitFor(5)
    expect(answersOf(peer).map((answer) => [answer.command, answer.flag])).toEqual([[1, 1], [2, 2], [2, 6], [2, 7], [2, 1]])
    expect(sink.faults).toEqual(['body-malformed', 'body-malformed', 'data-encrypted', 'checksum-mismatch'])
    expect(server.connections).toBe(1)
  })

  it('answers heartbeat and time without a vehicle, and asks nothing of them', async () => {
    const { sink, connect } = await gateway()
    const peer = await connect()
    peer.send(encodeRequest(of2016, 7, {}), encodeRequest(of2016, 8, {}))
    await peer.waitFor(2)
    expect(answersOf(peer)).toEqual([{ command: 7, flag: 1, vin }, { command: 8, flag: 1, vin, time: now }])
    expect(sink.frames).toEqual([])
  })

  it('lets a platform in only where the city says so, and keeps no password', async () => {
    const credentials = { time: payloadTime(now), loginSerial: 1, username: 'platform-1', password: 'a-password', payloadEncryption: 1 }
    const closed = await gateway()
    const first = await closed.connect()
    first.send(encodeRequest(of2016, 5, credentials))
    await first.waitFor(1)
    expect(answersOf(first)).toMatchObject([{ command: 5, flag: 2 }])
    expect(Buffer.concat(closed.sink.frames.map((frame) => frame.bytes)).length).toBe(0)
    const open = await gateway({ checkPlatformLogin: async ({ username, password }) => username === 'platform-1' && password === 'a-password' })
    const second = await open.connect()
    second.send(encodeRequest(of2016, 5, credentials), realtimeFrame(of2016, realtime(1)))
    await second.waitFor(2)
    expect(answersOf(second)).toMatchObject([{ command: 5, flag: 1 }, { command: 2, flag: 1 }])
  })

  it('reads a stream cut at every position, junk in between', async () => {
    const { connect, sink } = await gateway()
    const stream = Buffer.concat([loginFrame(of2016, login), new Uint8Array([1, 2, 0x23, 3]), realtimeFrame(of2016, realtime(1))])
    for (let cut = 1; cut < stream.length; cut++) {
      const peer = await connect()
      peer.send(stream.subarray(0, cut))
      await new Promise((resolve) => setImmediate(resolve))
      peer.send(stream.subarray(cut))
      await peer.waitFor(2)
      peer.end()
    }
    expect(sink.events.length).toBe((stream.length - 1) * 3)
  })

  it('acknowledges only what is durable, in order, within its window', async () => {
    const { connect, sink } = await gateway({ window: 16 })
    const peer = await connect()
    sink.hold()
    const count = 3000
    peer.send(...Array.from({ length: count }, (_, index) => reissueFrame(of2016, realtime(count - index))))
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(peer.received.length).toBe(0)
    expect(sink.underWay).toBe(16)
    sink.failNext(1)
    sink.release()
    await peer.waitFor(count)
    expect(answersOf(peer).map((answer) => answer.time)).toEqual(Array.from({ length: count }, (_, index) => now - (count - index) * 1000))
    expect(answersOf(peer).filter((answer) => answer.flag === 2).length).toBe(1)
  })
})
