import { describe, expect, it } from 'vitest'
import { answersOf, codes, gateway, now, position, registration, stranger, terminal, terminal2019, vehicleId } from '../../../test/jt808-gateway.ts'
import { createHmacAuthCodes } from '../hmac-auth-codes.ts'
import { authenticateFrame, decodeAnswer, encodeFrame, encodeUplink, findMessage, heartbeatFrame, positionBatchFrame, positionFrame, registerFrame } from './index.ts'

describe('the JT/T 808 gateway', () => {
  it.each([terminal, terminal2019])('registers, authenticates and takes positions ($version)', async (who) => {
    const { sink, connect } = await gateway()
    const peer = await connect()
    peer.send(registerFrame(who, 1, registration))
    const [answer] = (await peer.waitFor(1)).map((bytes) => decodeAnswer(bytes))
    expect(answer).toEqual({ kind: 'registration', phone: who.phone, ackSerial: 1, result: 0, authCode: expect.any(String) })
    const { authCode = '' } = answer as { authCode?: string }
    peer.send(authenticateFrame(who, 2, { authCode }), heartbeatFrame(who, 3), positionFrame(who, 4, position(0, { extras: { '01': 1234 } })))
    await peer.waitFor(4)
    expect(answersOf(peer).slice(1)).toMatchObject([2, 3, 4].map((ackSerial) => ({ kind: 'general', ackSerial, result: 0 })))
    expect(sink.events.map((event) => event.kind)).toEqual(['terminal-session', 'terminal-session', 'position'])
    expect(sink.events.at(-1)).toEqual({
      kind: 'position', observedAt: now, lon: 119.2, lat: 34.6, altitudeMetres: 10, speedKmh: 36.5, directionDegrees: 90, odometerMetres: 123_400,
      fixValid: true, ignitionOn: true, loadState: 'empty', alarmFlags: 0, backfilled: false,
    })
    expect(sink.frames.every((frame) => frame.vehicleId === vehicleId)).toBe(true)
  })

  it('reads a stream cut at every position', async () => {
    const { connectAuthenticated, sink } = await gateway()
    const frames = Buffer.concat([positionFrame(terminal, 0x7e7d, position(3)), positionFrame(terminal, 3, position(2)), heartbeatFrame(terminal, 4)])
    for (let cut = 1; cut < frames.length; cut++) {
      const peer = await connectAuthenticated()
      peer.send(frames.subarray(0, cut))
      await new Promise((resolve) => setImmediate(resolve))
      peer.send(frames.subarray(cut))
      await peer.waitFor(4)
      expect(answersOf(peer).slice(1)).toMatchObject([{ ackSerial: 0x7e7d }, { ackSerial: 3 }, { ackSerial: 4 }])
      expect(sink.events.length).toBe(2)
      peer.end()
    }
  })

  it('acknowledges only what is durable, and in order', async () => {
    const { connectAuthenticated, sink } = await gateway()
    const peer = await connectAuthenticated()
    sink.hold()
    peer.send(positionFrame(terminal, 2, position(2)), heartbeatFrame(terminal, 3), positionFrame(terminal, 4, position(1)))
    await new Promise((resolve) => setTimeout(resolve, 50))
    // The heartbeat has nothing to make durable, and still waits for the position before it.
    expect(peer.received.length).toBe(1)
    expect(sink.underWay).toBe(2)
    sink.release()
    await peer.waitFor(4)
    expect(answersOf(peer).slice(1)).toMatchObject([{ ackSerial: 2 }, { ackSerial: 3 }, { ackSerial: 4 }])
  })

  it('refuses what could not be made durable, and goes on', async () => {
    const { connectAuthenticated, sink, errors } = await gateway()
    const peer = await connectAuthenticated()
    sink.failNext(1)
    peer.send(positionFrame(terminal, 2, position(2)), positionFrame(terminal, 3, position(1)))
    await peer.waitFor(3)
    expect(answersOf(peer).slice(1)).toMatchObject([{ ackSerial: 2, result: 1 }, { ackSerial: 3, result: 0 }])
    expect(errors.length).toBe(1)
  })

  it('keeps a bad frame as a fault and goes on', async () => {
    const { connectAuthenticated, sink, server } = await gateway()
    const peer = await connectAuthenticated()
    const damaged = Uint8Array.from(positionFrame(terminal, 2, position(2)))
    damaged[20] = damaged[20]! ^ 1
    const short = encodeFrame({ msgId: 0x0200, version: '2011/2013', encryption: 0, phone: terminal.phone, serial: 3 }, new Uint8Array(5))
    peer.send(damaged, short, new Uint8Array([0x7e, 1, 2, 0x7e]), new Uint8Array([1, 2, 3]), positionFrame(terminal, 4, position(1)))
    await peer.waitFor(3)
    expect(answersOf(peer).slice(1)).toMatchObject([{ ackSerial: 3, result: 2 }, { ackSerial: 4, result: 0 }])
    expect(sink.faults).toEqual(['checksum-mismatch', 'body-malformed', 'frame-too-short'])
    expect(server.faults.total).toBe(3)
    expect(server.connections).toBe(1)
  })

  it('keeps frames of unknown terminals and refuses them', async () => {
    const { connect, sink } = await gateway()
    const peer = await connect()
    peer.send(registerFrame(stranger, 1, registration), positionFrame(stranger, 2, position(0)))
    await peer.waitFor(2)
    expect(answersOf(peer)).toMatchObject([{ kind: 'registration', result: 4 }, { kind: 'general', ackSerial: 2, result: 1 }])
    expect(sink.frames).toMatchObject([1, 2].map(() => ({ terminal: stranger.phone, vehicleId: null, events: [], fault: { code: 'unknown-terminal' } })))
  })

  it('does not let a stranger fill the disk', async () => {
    const { connect, sink, server } = await gateway()
    const peer = await connect()
    peer.send(...Array.from({ length: 100 }, (_, serial) => positionFrame(stranger, serial, position(0))))
    await peer.waitFor(100)
    expect(sink.frames.length).toBe(20)
    expect(server.faults.get('unknown-terminal')).toBe(100)
  })

  it('takes nothing before authentication, nor after a wrong code', async () => {
    const { connect, sink } = await gateway()
    const peer = await connect()
    peer.send(positionFrame(terminal, 1, position(1)), authenticateFrame(terminal, 2, { authCode: 'guessed' }), positionFrame(terminal, 3, position(0)))
    await peer.waitFor(3)
    expect(answersOf(peer)).toMatchObject([{ ackSerial: 1, result: 1 }, { ackSerial: 2, result: 1 }, { ackSerial: 3, result: 1 }])
    expect(sink.events).toEqual([])
    expect(sink.faults).toEqual(['not-authenticated', 'auth-code-wrong', 'not-authenticated'])
  })

  it('gives a phone to the connection that authenticated last', async () => {
    const { connectAuthenticated, server } = await gateway()
    const first = await connectAuthenticated()
    const second = await connectAuthenticated(terminal2019)
    await first.waitForClose()
    second.send(heartbeatFrame(terminal2019, 2))
    await second.waitFor(2)
    expect(server.connections).toBe(1)
  })

  it('answers what it does not know with 3, and what a terminal answers with nothing', async () => {
    const { connectAuthenticated, sink } = await gateway()
    const peer = await connectAuthenticated()
    const unknown = encodeFrame({ msgId: 0x0fff, version: '2011/2013', encryption: 0, phone: terminal.phone, serial: 2 }, new Uint8Array(3))
    const answer = encodeUplink(terminal, 3, findMessage(0x0001)!, { ackSerial: 1, ackMsgId: 0x8103, result: 0 })
    peer.send(unknown, answer, heartbeatFrame(terminal, 4))
    await peer.waitFor(3)
    expect(answersOf(peer).slice(1)).toMatchObject([{ ackSerial: 2, result: 3 }, { ackSerial: 4, result: 0 }])
    expect(sink.faults).toEqual(['message-unsupported'])
  })

  it('leaves out what cannot have been observed, keeps the rest, and acknowledges', async () => {
    const { connectAuthenticated, sink } = await gateway()
    const peer = await connectAuthenticated()
    const items = [position(60), position(0, { time: '2000-01-01T00:00:00' }), position(0, { time: '2099-12-31T23:59:59' }), position(0, { time: '2026-02-30T00:00:00' }), position(30)]
    peer.send(positionBatchFrame(terminal, 2, { type: 1, items }), positionFrame(terminal, 3, position(0, { latitude: 116_000_000 })))
    await peer.waitFor(3)
    expect(answersOf(peer).slice(1)).toMatchObject([{ ackSerial: 2, result: 0 }, { ackSerial: 3, result: 0 }])
    expect(sink.frames[0]!.events).toMatchObject([{ observedAt: now - 60_000, backfilled: true }, { observedAt: now - 30_000, backfilled: true }])
    expect(sink.frames[0]!.fault).toMatchObject({ code: 'observed-at-implausible', message: expect.stringContaining('3 of 5') })
    expect(sink.frames[1]).toMatchObject({ events: [], fault: { code: 'position-implausible' } })
  })

  it('reads the southern and western signs, the load, and a missing fix', async () => {
    const { connectAuthenticated, sink } = await gateway()
    const peer = await connectAuthenticated()
    peer.send(
      positionFrame(terminal, 2, position(3, { status: 0b11_0000_1110, altitude: 0xffff })),
      positionFrame(terminal, 3, position(2, { status: 2, latitude: 0, longitude: 0 })),
      positionFrame(terminal, 4, position(1, { status: 2, latitude: -34_600_000 })),
    )
    await peer.waitFor(4)
    expect(sink.events).toMatchObject([
      { lat: -34.6, lon: -119.2, loadState: 'full', ignitionOn: false, altitudeMetres: -1, fixValid: true }, { fixValid: false }, { lat: -34.6, lon: 119.2 },
    ])
  })

  it.each(['GET / HTTP/1.1\r\n\r\n', 'SSH-2.0-scan\r\n', '\u0016\u0003\u0001tls'])('turns a stranger away: %j', async (greeting) => {
    const { connect, server } = await gateway()
    const peer = await connect()
    peer.send(Buffer.from(greeting, 'latin1'))
    await peer.waitForClose()
    expect(server.strangers).toBe(1)
    expect(server.faults.total).toBe(0)
  })

  it('ends a connection that sends only noise, keeping none of it', async () => {
    const { connect, sink } = await gateway()
    const peer = await connect()
    peer.send(new Uint8Array(200_000).fill(1))
    await peer.waitForClose()
    expect(sink.frames).toEqual([])
  })

  it('closes an idle connection', async () => {
    const { connectAuthenticated } = await gateway({ idleSeconds: 0.2 })
    const peer = await connectAuthenticated()
    await peer.waitForClose()
  })

  it('answers everything a peer sent before it hung up', async () => {
    const { connectAuthenticated, sink } = await gateway()
    const peer = await connectAuthenticated()
    peer.send(...Array.from({ length: 50 }, (_, index) => positionFrame(terminal, index + 2, position(60 - index))))
    peer.socket.end()
    await peer.waitForClose()
    expect(peer.received.length).toBe(51)
    expect(sink.events.length).toBe(50)
  })

  it('keeps its memory bounded when facts are slow: the window fills, the socket rests, nothing is lost', async () => {
    const { connectAuthenticated, sink, server } = await gateway({ window: 32 })
    const peer = await connectAuthenticated()
    sink.hold()
    const count = 20_000
    const frames = Array.from({ length: count }, (_, index) => positionFrame(terminal, index & 0xffff, position(count - index)))
    peer.send(...frames)
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(sink.underWay).toBe(32)
    // One chunk of the socket is cut into pieces; the rest of the megabyte waits with the peer and in the kernel.
    expect(server.underWay).toBeLessThan(4000)
    sink.release()
    await peer.waitFor(count + 1)
    expect(sink.events.length).toBe(count)
    expect(sink.mostUnderWay).toBeLessThanOrEqual(32)
    expect(answersOf(peer).slice(1).every((answer, index) => answer.kind === 'general' && answer.ackSerial === (index & 0xffff))).toBe(true)
  })

  it('shares one budget between all connections, and serves every one of them', async () => {
    const { sink, server, connect } = await gateway({
      mostUnderWay: 50,
      directory: { ...codes, find: async () => ({ vehicleId, plate: '青A00001' }) },
    })
    const perPeer = 200
    const peers = await Promise.all(
      Array.from({ length: 20 }, async (_, index) => {
        const who = { ...terminal, phone: `0139000001${String(index).padStart(2, '0')}` }
        const peer = await connect()
        peer.send(authenticateFrame(who, 1, { authCode: await codes.issueAuthCode(who.phone) }))
        await peer.waitFor(1)
        return { who, peer }
      }),
    )
    sink.hold()
    for (const { who, peer } of peers) peer.send(...Array.from({ length: perPeer }, (_, serial) => positionFrame(who, serial, position(perPeer - serial))))
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(sink.underWay).toBe(50)
    // One leaves in the middle and takes its places with it.
    peers.pop()!.peer.end()
    sink.release()
    for (const { peer } of peers) await peer.waitFor(perPeer + 1)
    expect(sink.mostUnderWay).toBe(50)
    await expect.poll(() => server.underWay).toBe(0)
  })

  it('does not fall over when the directory does', async () => {
    let isBroken = false
    const directory = {
      ...codes,
      find: async () => {
        if (isBroken) throw new Error('no database')
        return { vehicleId, plate: '青A00001' }
      },
    }
    const { connect, connectAuthenticated, errors } = await gateway({ directory })
    const good = await connectAuthenticated()
    isBroken = true
    const other = await connect()
    other.send(heartbeatFrame({ ...terminal, phone: '013900000002' }, 1))
    await other.waitForClose()
    good.send(heartbeatFrame(terminal, 2))
    await good.waitFor(2)
    expect(errors.length).toBe(1)
  })
})

describe('auth codes', () => {
  it('are the same for a phone however it is padded, and for no other', async () => {
    const code = await codes.issueAuthCode('013900000001')
    expect(await codes.issueAuthCode('00000000013900000001')).toBe(code)
    expect(await codes.checkAuthCode('13900000001', code)).toBe(true)
    expect(await codes.checkAuthCode('13900000002', code)).toBe(false)
    expect(await createHmacAuthCodes('another secret of another city').checkAuthCode('13900000001', code)).toBe(false)
    expect(() => createHmacAuthCodes('short')).toThrow()
  })
})
