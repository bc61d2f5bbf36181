import { describe, expect, it } from 'vitest'
import { answersOf, gateway, now, position, terminal } from '../../../test/jt808-gateway.ts'
import { encodeFrame, findMessage, FrameSplitter, heartbeatFrame, partFrames } from './index.ts'
import type { Message, PositionBatchBody } from './index.ts'

describe('sub-packaged messages', () => {
  const batch: PositionBatchBody = { total: 3, type: 1, items: [position(30), position(20), position(10)] }
  const batchMessage = findMessage(0x0704) as Message<PositionBatchBody>
  const parts = (firstSerial: number) => partFrames(terminal, firstSerial, batchMessage, { body: batch, partBytes: 40 })

  it('are put together in any order, and acknowledged part by part when the whole is durable', async () => {
    const { connectAuthenticated, sink } = await gateway()
    const peer = await connectAuthenticated()
    const [first, second, third] = parts(10)
    peer.send(third!, first!, heartbeatFrame(terminal, 20))
    await peer.waitFor(2)
    expect(answersOf(peer).slice(1)).toMatchObject([{ ackSerial: 20 }])
    peer.send(second!)
    await peer.waitFor(5)
    expect(answersOf(peer).slice(2)).toMatchObject([10, 11, 12].map((ackSerial) => ({ ackSerial, ackMsgId: 0x0704, result: 0 })))
    expect(sink.events.map((event) => event.observedAt)).toEqual([now - 30_000, now - 20_000, now - 10_000])
    // The stored bytes are the parts in order, so the facts can be read from them again.
    expect(new FrameSplitter().push(sink.frames[0]!.bytes).length).toBe(3)
  })

  it('take every part once, and acknowledge a part that comes again after the whole', async () => {
    const { connectAuthenticated, sink } = await gateway()
    const peer = await connectAuthenticated()
    const [first, second, third] = parts(65_535)
    peer.send(first!, first!, second!, second!, third!)
    await peer.waitFor(4)
    expect(answersOf(peer).slice(1)).toMatchObject([{ ackSerial: 65_535 }, { ackSerial: 0 }, { ackSerial: 1 }])
    peer.send(second!)
    await peer.waitFor(5)
    expect(answersOf(peer).at(-1)).toMatchObject({ ackSerial: 0, result: 0 })
    expect(sink.frames.length).toBe(1)
  })

  it('are acknowledged one by one where devices need it, each after its bytes are durable', async () => {
    const { connectAuthenticated, sink } = await gateway({ acknowledgeParts: 'each' })
    const peer = await connectAuthenticated()
    for (const [index, part] of parts(10).entries()) {
      peer.send(part)
      await peer.waitFor(index + 2)
      expect(answersOf(peer).at(-1)).toMatchObject({ ackSerial: 10 + index, result: 0 })
    }
    expect(sink.frames.map((frame) => frame.events.length)).toEqual([0, 0, 3])
  })

  it('are refused as a whole when the whole could not be made durable, and taken when they come again', async () => {
    const { connectAuthenticated, sink } = await gateway()
    const peer = await connectAuthenticated()
    sink.failNext(1)
    peer.send(...parts(10))
    await peer.waitFor(4)
    expect(answersOf(peer).slice(1)).toMatchObject([1, 1, 1].map((result) => ({ result })))
    peer.send(...parts(10))
    await peer.waitFor(7)
    expect(answersOf(peer).slice(4)).toMatchObject([0, 0, 0].map((result) => ({ result })))
    expect(sink.events.length).toBe(3)
  })

  it('are asked for twice, then given up as a fault', async () => {
    const { connectAuthenticated, sink, clock, server } = await gateway()
    const peer = await connectAuthenticated()
    const [first, , third] = parts(10)
    peer.send(first!, third!)
    for (let request = 1; request <= 2; request++) {
      await new Promise((resolve) => setTimeout(resolve, 30))
      clock.now += 60_000
      await peer.waitFor(1 + request)
      expect(answersOf(peer).at(-1)).toMatchObject({ kind: 'parts-wanted', ackSerial: 10, id: [2] })
    }
    clock.now += 60_000
    await expect.poll(() => server.faults.get('parts-missing'), { timeout: 5000 }).toBe(1)
    expect(sink.faults).toEqual(['parts-missing'])
    expect(new FrameSplitter().push(sink.frames[0]!.bytes).length).toBe(2)
  })

  it('never hold more than their bound', async () => {
    const { connectAuthenticated } = await gateway({ reassembly: { messages: 4, bytes: 2000 } })
    const peer = await connectAuthenticated()
    const openEnded = Array.from({ length: 200 }, (_, index) => parts(index * 5 + 100)[0]!)
    peer.send(...openEnded, ...parts(2000))
    await peer.waitFor(4)
    expect(answersOf(peer).slice(1)).toMatchObject([{ ackSerial: 2000 }, { ackSerial: 2001 }, { ackSerial: 2002 }])
  })

  it('are refused when their numbers make no sense', async () => {
    const { connectAuthenticated, sink } = await gateway()
    const peer = await connectAuthenticated()
    const header = { msgId: 0x0704, version: terminal.version, encryption: 0, phone: terminal.phone } as const
    peer.send(encodeFrame({ ...header, serial: 2, packageTotal: 2, packageNo: 3 }, new Uint8Array(9)), encodeFrame({ ...header, serial: 3, packageTotal: 60_000, packageNo: 3 }, new Uint8Array(9)))
    await peer.waitFor(3)
    expect(answersOf(peer).slice(1)).toMatchObject([{ ackSerial: 2, result: 1 }, { ackSerial: 3, result: 1 }])
    expect(sink.faults).toEqual(['part-refused', 'part-refused'])
  })
})
