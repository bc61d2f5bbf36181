import { readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as gb32960 from './gb32960/index.ts'
import * as jt808 from './jt808/index.ts'
import { findBytesOfHex, findEpochMs, hexOf, wallClockOf } from './wire/index.ts'

interface Golden {
  readonly frames: readonly { readonly name: string; readonly hex: string; readonly expect: 'accept' | 'reject'; readonly expected: Readonly<Record<string, unknown>> }[]
}

const golden = (protocol: string): Golden => JSON.parse(readFileSync(new URL(`../../fixtures/frames/${protocol}.json`, import.meta.url), 'utf8')) as Golden
const bytesOf = (hex: string): Uint8Array => findBytesOfHex(hex) ?? new Uint8Array()

describe('our own golden frames', () => {
  it.each(golden('jt808').frames)('jt808: $name', ({ hex, expect: verdict, expected }) => {
    expect(jt808.decodeJt808Line(hex)).toMatchObject({ ok: verdict === 'accept', ...expected })
  })

  it.each(golden('gb32960').frames)('gb32960: $name', ({ hex, expect: verdict, expected }) => {
    expect(gb32960.decodeGb32960Line(hex)).toMatchObject({ ok: verdict === 'accept', ...expected })
  })

  it('a position batch keeps exactly what was sent: no field appears that was not there', () => {
    const batch = golden('jt808').frames.find((each) => each.name.startsWith('batch'))!
    expect((jt808.decodeJt808Line(batch.hex) as { body?: unknown }).body).toEqual(batch.expected['body'])
  })

  it('encodes back to the same bytes', () => {
    for (const { name, hex } of golden('jt808').frames.filter((each) => each.expect === 'accept')) {
      const frame = jt808.decodeFrame(bytesOf(hex))
      const definition = jt808.findMessage(frame.header.msgId)!
      // A part stays a part: its body alone means nothing. The 2011 registration is read but never written.
      const isBytesOnly = frame.header.packageTotal !== undefined || name.includes('2011')
      const edition = jt808.editionOf(frame.header)
      const body = isBytesOnly ? frame.body : jt808.encodeBody(definition, jt808.decodeBody(definition, frame.body, edition), edition)
      expect({ name, hex: hexOf(jt808.encodeFrame(frame.header, body)) }).toEqual({ name, hex })
    }
    for (const { name, hex } of golden('gb32960').frames.filter((each) => each.expect === 'accept')) {
      const frame = gb32960.decodeFrame(bytesOf(hex))
      const payload = gb32960.decodePayload(frame)
      const data = frame.ack === gb32960.commandFlag ? gb32960.encodeData(frame.command, payload, frame.version) : frame.data
      expect({ name, hex: hexOf(gb32960.encodeFrame({ ...frame, data })) }).toEqual({ name, hex })
    }
  })
})

const unsigned = (bits: number) => fc.integer({ min: 0, max: 2 ** bits - 1 })
const signed32 = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })
const moment = fc.integer({ min: Date.UTC(2000, 0, 1), max: Date.UTC(2099, 0, 1) }).map((ms) => wallClockOf(Math.floor(ms / 1000) * 1000))
const version = fc.constantFrom<jt808.HeaderVersion>('2011/2013', '2019')

const position = fc.record({
  alarm: unsigned(32), status: unsigned(32), latitude: signed32, longitude: signed32,
  altitude: unsigned(16), speed: unsigned(16), direction: unsigned(16), time: moment,
})

const header = fc.record({ version, msgId: unsigned(16), encryption: fc.integer({ min: 0, max: 7 }), serial: unsigned(16), digits: fc.bigInt({ min: 0n, max: 999_999_999_999n }) })

describe('whatever bytes come', () => {
  it('a frame decodes to what was encoded', () => {
    fc.assert(
      fc.property(header, fc.uint8Array({ maxLength: 1023 }), ({ digits, ...rest }, body) => {
        const phone = String(digits).padStart(rest.version === '2019' ? 20 : 12, '0')
        const frame = jt808.decodeFrame(jt808.encodeFrame({ ...rest, phone }, body))
        expect(frame.header).toMatchObject({ ...rest, phone, bodyLength: body.length })
        expect(hexOf(frame.body)).toBe(hexOf(body))
      }),
    )
  })

  it('a position decodes to what was encoded', () => {
    const definition = jt808.findMessage(0x0200)!
    fc.assert(
      fc.property(position, (body) => {
        expect(jt808.decodeBody(definition, jt808.encodeBody(definition, body, '2019'), '2019')).toEqual(body)
      }),
    )
  })

  it('escapes never change what they carry, and never leave a delimiter inside', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (plain) => {
        const escaped = jt808.escapeBytes(plain)
        expect(escaped.subarray(1, -1)).not.toContain(0x7e)
        expect(hexOf(jt808.unescapeBytes(escaped, 1, escaped.length - 1))).toBe(hexOf(plain))
      }),
    )
  })

  it('no message table throws anything but a decode failure', () => {
    for (const definition of jt808.listMessages()) {
      fc.assert(
        fc.property(version, fc.uint8Array({ maxLength: 120 }), (edition, body) => {
          const bytes = jt808.encodeFrame({ msgId: definition.id, version: edition, encryption: 0, phone: '1', serial: 1 }, body)
          expect(jt808.describeFrame(bytes).ok).toBe(true)
        }),
        { numRuns: 30 },
      )
    }
  })

  it('random bytes never throw and random 32960 data are read or refused', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.integer({ min: 0, max: 12 }), fc.constantFrom<gb32960.Edition>('2016', '2025'), (bytes, command, edition) => {
        expect(typeof jt808.describeFrame(bytes).ok).toBe('boolean')
        expect(typeof gb32960.describeFrame(bytes).ok).toBe('boolean')
        const frame = gb32960.encodeFrame({ version: edition, command, ack: 0xfe, vin: 'LGRNEVTRK0T000001', encryption: 1, data: bytes })
        expect(typeof gb32960.describeFrame(frame).ok).toBe('boolean')
      }),
      { numRuns: 500 },
    )
  })

  it('splitters find every frame between junk, however the stream is cut', () => {
    const frames808 = golden('jt808').frames.filter((each) => each.expect === 'accept').map((each) => each.hex)
    const frames32960 = golden('gb32960').frames.filter((each) => each.expect === 'accept').map((each) => each.hex)
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 }), fc.uint8Array({ maxLength: 10 }), (cuts, noise) => {
        // Noise without either protocol's marker, so that nothing in it can be taken for a frame.
        const junk = hexOf(noise.map((byte) => ([0x7e, 0x23, 0x24].includes(byte) ? 0 : byte)))
        for (const [splitter, frames] of [[new jt808.FrameSplitter(), frames808], [new gb32960.FrameSplitter(), frames32960]] as const) {
          const stream = bytesOf(frames.map((hex) => junk + hex).join(''))
          const found: string[] = []
          for (let at = 0, turn = 0; at < stream.length; turn++) {
            const size = cuts[turn % cuts.length]!
            found.push(...splitter.push(stream.subarray(at, at + size)).map((one) => hexOf(one.bytes)))
            at += size
          }
          expect(found).toEqual(frames)
          expect(splitter.droppedBytes).toBe((junk.length / 2) * frames.length)
        }
      }),
      { numRuns: 50 },
    )
  })

  it('an endless frame is given up at the longest legal length and the next one is found', () => {
    const splitter = new jt808.FrameSplitter()
    const heartbeat = bytesOf(golden('jt808').frames[0]!.hex)
    const found = [...splitter.push(new Uint8Array([0x7e])), ...splitter.push(new Uint8Array(100_000).fill(1)), ...splitter.push(heartbeat)]
    expect(found.map((each) => each.kind)).toEqual(['too-long', 'frame'])
    expect(splitter.pendingBytes).toBe(0)
  })

  it('a damaged 32960 frame costs itself and not its neighbour', () => {
    const [first, second] = golden('gb32960').frames.filter((each) => each.expect === 'accept').map((each) => bytesOf(each.hex))
    const damaged = Uint8Array.from(first!)
    damaged[30] = damaged[30]! ^ 0xff
    const found = new gb32960.FrameSplitter().push(new Uint8Array([...damaged, ...second!]))
    expect(found.at(-1)!.kind).toBe('frame')
    expect(hexOf(found.at(-1)!.bytes)).toBe(hexOf(second!))
    expect(found.filter((each) => each.kind === 'bad-check').length).toBeGreaterThan(0)
  })
})

describe('device time', () => {
  it('is Beijing time', () => {
    expect(findEpochMs('2026-03-01T08:00:00')).toBe(Date.UTC(2026, 2, 1))
    expect(wallClockOf(Date.UTC(2026, 2, 1))).toBe('2026-03-01T08:00:00')
  })

  it.each(['2026-02-30T08:00:00', '2000-00-00T00:00:00', '2026-13-01T00:00:00', '20ff-01-01T00:00:00'])('%s names no moment', (text) => {
    expect(findEpochMs(text)).toBeUndefined()
  })
})
