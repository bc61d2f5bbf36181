import { bcdTime, byEdition, byteList, ByteReader, ByteWriter, DecodeFailure, field, findBytesOfHex, fixedText, hexOf, hexOfByte, optional, record, u16, u32, u8 } from '../../wire/index.ts'
import type { Codec, NumberCodec } from '../../wire/index.ts'

/** Additional information by two-digit hex id: a number, a record, or hex where we do not know the id or it does not fit. */
export type Extras = Readonly<Record<string, unknown>>
export type RawExtra = readonly [idHex: string, valueHex: string]

const isPlaced = (item: Readonly<Record<string, unknown>>) => item['areaType'] !== 0

/** What an active-safety warning carries behind its own fields: where, when, and the tag under which its files are kept. */
const warningPlace = [
  field('speed', u8),
  field('altitude', u16),
  field('latitude', u32),
  field('longitude', u32),
  field('alarmTime', bcdTime),
  field('status', u16),
  field('terminalId', fixedText({ otherwise: 7, 2019: 30 })),
  field('dateTime', bcdTime),
  field('sequenceNo', u8),
  field('fileTotal', u8),
  field('reserved', byEdition(u8, { 2019: u16 })),
] as const

/** Ids of JT/T 808 table 27, of JT/T 1078 (25, 2A, 2B are 808-2013) and of active safety (64–67). Vendors reuse 14–18: these stay raw. */
const items: Readonly<Record<string, Codec<unknown>>> = {
  '01': u32,
  '02': u16,
  '03': u16,
  '04': u16,
  '05': record(field('value', byteList(30))),
  '06': u16,
  '11': record(field('areaType', u8), optional('areaId', u32, isPlaced)),
  '12': record(field('areaType', u8), field('areaId', u32), field('direction', u8)),
  '13': record(field('areaId', u32), field('driveTime', u16), field('result', u8)),
  '25': u32,
  '2a': u16,
  '2b': u32,
  '30': u8,
  '31': u8,
  '64': record(
    ...([
      field('id', u32), field('state', u8), field('type', u8), field('level', u8), field('frontSpeed', u8), field('frontDistance', u8),
      field('deviateType', u8), field('roadSign', u8), field('roadSignValue', u8), ...warningPlace,
    ] as const),
  ),
  '65': record(
    ...([
      field('id', u32), field('state', u8), field('type', u8), field('level', u8), field('fatigueDegree', u8), field('reserves', u32), ...warningPlace,
    ] as const),
  ),
  '66': record(...([field('id', u32), field('state', u8), ...warningPlace] as const)),
  '67': record(...([field('id', u32), field('state', u8), field('type', u8), ...warningPlace] as const)),
}

const isNumberOf = (codec: Codec<unknown> | undefined, bytes: number): codec is NumberCodec =>
  codec !== undefined && 'bits' in codec && codec.bits === bytes * 8

/** The decoded value, or its hex when the id is unknown or the item is not as long as the standard says. */
function decodeItem(id: string, reader: ByteReader, edition: string): unknown {
  const start = reader.position
  const codec = items[id]
  if (codec) {
    try {
      const value = codec.read(reader, edition)
      // Records are open at the end (66 goes on with a list of wheels); `extrasRaw` keeps all of it.
      if (reader.remaining === 0 || typeof value === 'object') return value
    } catch (failure) {
      if (!(failure instanceof DecodeFailure)) throw failure
    }
  }
  return hexOf(reader.bytes, start, reader.end)
}

/**
 * Reads id-length-value items to the end. An item that claims more bytes than are left ends the reading:
 * what was read is kept, and the rest is handed back as `leftover`, so that a position is never lost to a bad item.
 */
export function decodeExtras(reader: ByteReader, edition: string): { extras: Extras; raw: RawExtra[]; leftover: Uint8Array } {
  const extras: Record<string, unknown> = {}
  const raw: RawExtra[] = []
  while (reader.remaining >= 2) {
    const start = reader.position
    const length = reader.bytes[start + 1]!
    if (length > reader.remaining - 2) break
    const id = hexOfByte(reader.bytes[start]!)
    reader.advance(2)
    raw.push([id, hexOf(reader.bytes, start + 2, start + 2 + length)])
    const codec = items[id]
    // Most items are numbers, and these need no reader of their own.
    extras[id] = isNumberOf(codec, length) ? codec.read(reader, edition) : decodeItem(id, reader.readPart(length), edition)
  }
  return { extras, raw, leftover: reader.readRest() }
}

/** Writes `extrasRaw` when it is given, else `extras`; hex for ids we have no table for. */
export function encodeExtras(writer: ByteWriter, body: { readonly extras?: Extras; readonly extrasRaw?: readonly RawExtra[]; readonly extrasLeftover?: string }, edition: string): void {
  const given: readonly RawExtra[] = body.extrasRaw ?? Object.entries(body.extras ?? {}).map(([id, value]) => [id, hexOfItem(id, value, edition)] as const)
  for (const [id, hex] of given) {
    const bytes = findBytesOfHex(hex) ?? new Uint8Array()
    writer.writeUnsigned8(Number.parseInt(id, 16))
    writer.writeUnsigned8(bytes.length)
    writer.writeBytes(bytes)
  }
  if (body.extrasLeftover) writer.writeBytes(findBytesOfHex(body.extrasLeftover) ?? new Uint8Array())
}

function hexOfItem(id: string, value: unknown, edition: string): string {
  const codec = items[id]
  if (!codec || typeof value === 'string') return String(value)
  const writer = new ByteWriter()
  codec.write(writer, value, edition)
  return hexOf(writer.toBytes())
}
