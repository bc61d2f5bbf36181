import { byteList, ByteReader, ByteWriter, DecodeFailure, decodeText, encodeText, field, findBytesOfHex, hexOf, record, u16, u32, u8 } from '../../wire/index.ts'
import type { Codec } from '../../wire/index.ts'

/** Terminal parameters by eight-digit hex id (JT/T 808 table 12): numbers, text, records, or hex where we do not know the id. */
export type Parameters = Readonly<Record<string, unknown>>

const restAsText: Codec<string> = { read: (reader) => decodeText(reader.readRest()), write: (writer, text) => writer.writeBytes(encodeText(text)) }
const restAsBytes: Codec<number[]> = { read: (reader) => [...reader.readRest()], write: (writer, bytes) => byteList(bytes.length).write(writer, bytes, '') }

const textIds = [
  0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x1a, 0x1d, 0x23, 0x24, 0x25, 0x26, 0x40, 0x41, 0x42, 0x43, 0x44, 0x48, 0x49, 0x83,
]
const shortIds = [0x31, 0x5b, 0x5c, 0x5d, 0x5e, 0x81, 0x82, 0x101, 0x103]
const byteIds = [0x84, 0x90, 0x91, 0x92, 0x94]
const longIds = [
  0x1, 0x2, 0x3, 0x4, 0x5, 0x6, 0x7, 0x18, 0x19, 0x1b, 0x1c, 0x20, 0x21, 0x22, 0x27, 0x28, 0x29, 0x2c, 0x2d, 0x2e, 0x2f, 0x30, 0x45, 0x46, 0x47, 0x50,
  0x51, 0x52, 0x53, 0x54, 0x55, 0x56, 0x57, 0x58, 0x59, 0x5a, 0x64, 0x65, 0x70, 0x71, 0x72, 0x73, 0x74, 0x80, 0x93, 0x95, 0x100, 0x102,
]

const idText = (id: number): string => id.toString(16).padStart(8, '0')
const rows = (ids: readonly number[], codec: Codec<unknown>) => ids.map((id) => [idText(id), codec] as const)

const codecs: Readonly<Record<string, Codec<unknown>>> = Object.fromEntries<Codec<unknown>>([
  ...rows(textIds, restAsText),
  ...rows(shortIds, u16),
  ...rows(byteIds, u8),
  ...rows(longIds, u32),
  ...rows([0x32, 0x110], restAsBytes),
  // JT/T 1078 table 2: audio and video
  [idText(0x75), record(
    field('realtimeEncode', u8), field('realtimeResolution', u8), field('realtimeFrameInterval', u16), field('realtimeFrameRate', u8),
    field('realtimeBitRate', u32), field('storageEncode', u8), field('storageResolution', u8), field('storageFrameInterval', u16),
    field('storageFrameRate', u8), field('storageBitRate', u32), field('odsConfig', u16), field('audioEnabled', u8),
  )],
  [idText(0x79), record(field('storageThreshold', u8), field('duration', u8), field('startTime', u8))],
  [idText(0x7b), record(field('overloadThreshold', u8), field('fatigueThreshold', u8))],
])

function decodeParameter(id: string, reader: ByteReader, edition: string): unknown {
  const start = reader.position
  const codec = codecs[id]
  if (codec) {
    try {
      const value = codec.read(reader, edition)
      if (reader.remaining === 0) return value
    } catch (failure) {
      if (!(failure instanceof DecodeFailure)) throw failure
    }
  }
  return hexOf(reader.bytes, start, reader.end)
}

function bytesOfParameter(id: string, value: unknown, edition: string): Uint8Array {
  const codec = codecs[id]
  const isHexOfNumber = typeof value === 'string' && codec !== restAsText
  if (!codec || isHexOfNumber) return findBytesOfHex(String(value)) ?? new Uint8Array()
  const writer = new ByteWriter()
  codec.write(writer, value, edition)
  return writer.toBytes()
}

/** U8 count, then id, length and value each (0x0104, 0x8103). A parameter that claims more than is left ends the list. */
export const parameters: Codec<Parameters> = {
  read: (reader, edition) => {
    const total = reader.readUnsigned8()
    const values: Record<string, unknown> = {}
    for (let index = 0; index < total && reader.remaining >= 5; index++) {
      const id = idText(reader.readUnsigned32())
      const length = reader.readUnsigned8()
      if (length > reader.remaining) break
      values[id] = decodeParameter(id, reader.readPart(length), edition)
    }
    return values
  },
  write: (writer, values, edition) => {
    const entries = Object.entries(values)
    writer.writeUnsigned8(entries.length)
    for (const [id, value] of entries) {
      const bytes = bytesOfParameter(id, value, edition)
      writer.writeUnsigned32(Number.parseInt(id, 16))
      writer.writeUnsigned8(bytes.length)
      writer.writeBytes(bytes)
    }
  },
}
