import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { FrameSplitter as Gb32960Splitter } from './gb32960/index.ts'
import { decodeGb32960Line, unitsOf } from './gb32960/index.ts'
import { decodeJt808Line, editionOf, findMessage, FrameSplitter, unescapeBytes } from './jt808/index.ts'
import type { HeaderVersion } from './jt808/index.ts'
import { ByteReader, DecodeFailure, findBytesOfHex, hexOf } from './wire/index.ts'

/**
 * Agreement with public test suites of other implementations. The frames are not ours to publish again, so they lie beside
 * the checkout; without them these tests are skipped, and `fixtures/frames` still holds our own.
 */
const shared = process.env['LVPEI_SHARED'] ?? join(fileURLToPath(new URL('../../..', import.meta.url)), 'shared')

interface Vector {
  readonly id: string
  readonly version: string
  readonly hex: string
  readonly layer?: string
  readonly msgId?: string
  readonly unitType?: string
  readonly expect: 'accept' | 'reject' | 'ambiguous'
  readonly expected: Readonly<Record<string, unknown>>
  readonly basis: string
}

function findVectors(protocol: string): readonly Vector[] | undefined {
  const path = join(shared, 'protocols', `${protocol}.public.json`)
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Vector[]) : undefined
}

const bytesOf = (hex: string): Uint8Array => findBytesOfHex(hex) ?? new Uint8Array()

/** Vectors carry more than the frame says (attributes of a suite, its answer); what is left is ours to agree with. */
const notInTheFrame = new Set(['body', 'fields', 'attributes', 'platformReply'])

/** All that `expected` names is so in `actual`. */
const agrees = (actual: unknown, expected: unknown): boolean => {
  if (Array.isArray(expected)) return Array.isArray(actual) && actual.length === expected.length && expected.every((each, at) => agrees(actual[at], each))
  if (expected !== null && typeof expected === 'object') {
    return Object.entries(expected).every(([name, value]) => agrees((actual as Record<string, unknown> | undefined)?.[name], value))
  }
  return Object.is(actual, expected)
}

/** Lengths that a suite prints beside the text they belong to are not values. */
const leaves = (value: unknown): unknown[] =>
  value !== null && typeof value === 'object' ? Object.entries(value).flatMap(([name, each]) => (name.endsWith('Len') ? [] : leaves(each))) : [value]

/** Suites name the same field differently; then every number and text they read must be among ours. */
const holdsTheValues = (actual: unknown, expected: unknown): boolean => {
  const ours = leaves(actual)
  return leaves(expected).every((each) => ours.some((own) => Object.is(own, each) || (typeof each === 'string' && String(own).replace('T', ' ') === each)))
}

/** Bodies of other messages where we differ from a public suite, and why. Their headers agree, and their bytes are kept. */
const knownDifferences: Readonly<Record<string, string>> = {
  'jt808-0102-008': 'the suite prints the fields of 2019 for 2013 as well, empty',
  'jt808-0104-001': 'active-safety parameters F364–F367 of one dialect stay hex',
  'jt808-0104-005': 'the suite prints parameters of its own that were not sent',
  'jt808-0705-002': 'the suite drops the leading zeros of the time; we keep the digits as sent',
  'jt808-0900-001': 'the content of pass-through data belongs to the device behind it and stays hex',
  'jt808-0900-002': 'the content of pass-through data belongs to the device behind it and stays hex',
  'jt808-1210-004': 'a provincial dialect with a 30-byte terminal id under a 2013 header',
  'jt808-8103-002': 'active-safety parameters F364–F367 of one dialect stay hex',
  'jt808-8300-005': 'the suite splits the flags into words of its own',
  'jt808-8300-006': 'the suite splits the flags into words of its own',
}

const isPosition = (id: string | undefined): boolean => id === '0200' || id === '0704'

describe.skipIf(!findVectors('jt808'))('JT/T 808 public vectors (skipped without the shared folder)', () => {
  const vectors = findVectors('jt808') ?? []
  const frames = vectors.filter((each) => !each.layer)
  const accepted = frames.filter((each) => each.expect === 'accept')

  it('agrees with the header of every accepted frame', () => {
    const differing = accepted.filter((each) => {
      const described = decodeJt808Line(each.hex) as unknown as Record<string, unknown>
      return described['ok'] !== true || Object.entries(each.expected).some(([name, value]) => !notInTheFrame.has(name) && !agrees(described[name], value))
    })
    expect(differing.map((each) => each.id)).toEqual([])
    expect(accepted.length).toBeGreaterThan(200)
  })

  it('agrees with every 0x0200 and 0x0704 body, additional information included', () => {
    const withBody = accepted.filter((each) => isPosition(each.expected['msgId'] as string) && each.expected['body'] !== undefined)
    const differing = withBody.filter((each) => {
      const described = decodeJt808Line(each.hex)
      return !described.ok || !agrees(described.body, each.expected['body'])
    })
    expect(differing.map((each) => each.id)).toEqual([])
    expect(withBody.length).toBeGreaterThan(50)
  })

  it('agrees with position bodies that come without a frame', () => {
    const bodies = vectors.filter((each) => each.layer === 'body' && isPosition(each.msgId))
    const names = ['alarm', 'status', 'latitude', 'longitude', 'altitude', 'speed', 'direction', 'time']
    const differing = bodies.filter((each) => {
      const body = findMessage(0x0200)!.body.read(new ByteReader(bytesOf(each.hex)), editionOf({ version: each.version as HeaderVersion })) as Record<string, unknown>
      const fields = each.expected['fields'] as Record<string, unknown>
      return names.some((name) => fields[name] !== undefined && fields[name] !== body[name])
    })
    expect(differing.map((each) => each.id)).toEqual([])
  })

  it('reads the other bodies as far as they have public values', () => {
    const others = accepted.filter((each) => !isPosition(each.expected['msgId'] as string) && each.expected['body'] !== undefined)
    const differing = others.filter((each) => {
      const described = decodeJt808Line(each.hex)
      return !described.ok || !(agrees(described.body, each.expected['body']) || holdsTheValues({ body: described.body, msgId: Number.parseInt(described.msgId, 16) }, each.expected['body']))
    })
    expect(differing.map((each) => each.id).sort()).toEqual(Object.keys(knownDifferences).sort())
  })

  it('rejects with a code what is to be rejected', () => {
    const rejected = frames.filter((each) => each.expect === 'reject').map((each) => decodeJt808Line(each.hex))
    expect(rejected.filter((each) => each.ok || !each.code)).toEqual([])
    for (const each of frames.filter((one) => one.expect === 'ambiguous')) expect(() => decodeJt808Line(each.hex)).not.toThrow()
  })

  it('splits the streams, however they are cut', () => {
    for (const each of vectors.filter((one) => one.layer === 'stream')) {
      for (const cut of [1, 2, 3, 7, 1000]) {
        const splitter = new FrameSplitter()
        const found: string[] = []
        const bytes = bytesOf(each.hex)
        for (let at = 0; at < bytes.length; at += cut) found.push(...splitter.push(bytes.subarray(at, at + cut)).map((one) => hexOf(one.bytes)))
        expect({ id: each.id, frames: found, pendingBytes: splitter.pendingBytes }).toEqual({ id: each.id, frames: each.expected['frames'], pendingBytes: each.expected['pendingBytes'] })
      }
    }
  })

  it('undoes the escapes', () => {
    for (const each of vectors.filter((one) => one.layer === 'escape')) {
      const bytes = bytesOf(each.hex)
      expect(`7e${hexOf(unescapeBytes(bytes, 1, bytes.length - 1))}7e`).toBe(each.expected['unescaped'])
    }
  })

  it('reads every body without a frame or says that it does not fit', () => {
    for (const each of vectors.filter((one) => one.layer === 'body')) {
      const definition = findMessage(Number.parseInt(each.msgId ?? '', 16))
      try {
        definition?.body.read(new ByteReader(bytesOf(each.hex)), editionOf({ version: each.version as HeaderVersion }))
      } catch (failure) {
        expect(failure).toBeInstanceOf(DecodeFailure)
      }
    }
  })
})

describe.skipIf(!findVectors('gb32960'))('GB/T 32960 public vectors (skipped without the shared folder)', () => {
  const vectors = findVectors('gb32960') ?? []
  const frames = vectors.filter((each) => !each.layer)

  it('agrees in full with every accepted frame', () => {
    const accepted = frames.filter((each) => each.expect === 'accept')
    for (const each of accepted) {
      expect({ id: each.id, ...JSON.parse(JSON.stringify(decodeGb32960Line(each.hex))) as object }).toEqual({ id: each.id, ok: true, version: each.version, ...each.expected })
    }
    expect(accepted.length).toBeGreaterThan(30)
  })

  it('finds the same frames in a stream cut anywhere', () => {
    const accepted = frames.filter((each) => each.expect === 'accept').slice(0, 12)
    const stream = bytesOf(accepted.map((each) => each.hex).join(''))
    for (const cut of [1, 5, 64, 4096]) {
      const splitter = new Gb32960Splitter()
      const found: string[] = []
      for (let at = 0; at < stream.length; at += cut) found.push(...splitter.push(stream.subarray(at, at + cut)).map((one) => hexOf(one.bytes)))
      expect(found).toEqual(accepted.map((each) => each.hex))
    }
  })

  it('agrees with the units that come without a frame', () => {
    for (const each of vectors.filter((one) => one.layer === 'unit')) {
      const unit = unitsOf(each.version)[Number.parseInt(each.unitType ?? '', 16)]!
      expect({ [unit.name]: unit.codec.read(new ByteReader(bytesOf(each.hex), 1), each.version) }).toEqual(each.expected)
    }
  })

  it('rejects with a code what is to be rejected', () => {
    for (const each of frames.filter((one) => one.expect === 'reject')) expect(decodeGb32960Line(each.hex)).toMatchObject({ ok: false, code: 'checksum-mismatch' })
  })
})

