import { DecodeFailure } from './failure.ts'
import { partsOfText, textOfParts } from './instants.ts'
import type { ByteReader } from './reader.ts'
import { decodeText, encodeText, findBytesOfHex, hexOf, hexOfByte } from './text.ts'
import type { ByteWriter } from './writer.ts'

/**
 * How one value lies in the bytes: reading and writing side by side, so that a message is a table of names and codecs
 * and no second description of it exists. `edition` is the year of the standard the sender follows.
 */
export interface Codec<Value> {
  read(reader: ByteReader, edition: string): Value
  write(writer: ByteWriter, value: Value, edition: string): void
}

/** An unsigned number together with its width, which 32960 needs to tell `invalid` from a value. */
export interface NumberCodec extends Codec<number> {
  readonly bits: 8 | 16 | 32
}

export const u8: NumberCodec = {
  bits: 8,
  read: (reader) => reader.readUnsigned8(),
  write: (writer, value) => writer.writeUnsigned8(value),
}

export const u16: NumberCodec = {
  bits: 16,
  read: (reader) => reader.readUnsigned16(),
  write: (writer, value) => writer.writeUnsigned16(value),
}

export const u32: NumberCodec = {
  bits: 32,
  read: (reader) => reader.readUnsigned32(),
  write: (writer, value) => writer.writeUnsigned32(value),
}

/** Eight bytes as a number; flags and counts of this width stay below 2^53 in practice, and above it the low bits are lost. */
export const u64: Codec<number> = {
  read: (reader) => reader.readUnsigned32() * 2 ** 32 + reader.readUnsigned32(),
  write: (writer, value) => {
    writer.writeUnsigned32(Math.floor(value / 2 ** 32))
    writer.writeUnsigned32(value % 2 ** 32)
  },
}

/** Two's complement, for values that some devices send signed though the standard gives the sign elsewhere. */
export const i32: Codec<number> = {
  read: (reader) => reader.readSigned32(),
  write: (writer, value) => writer.writeUnsigned32(value >>> 0),
}

/** Sizes that changed between editions; a missing edition takes `otherwise`. */
export type Size = number | { readonly otherwise: number; readonly [edition: string]: number }

const sizeIn = (size: Size, edition: string): number => (typeof size === 'number' ? size : (size[edition] ?? size.otherwise))

/** Value of a hex digit; devices put hex into BCD fields, so we read and write it. What is no digit becomes 0. */
function nibble(text: string, at: number): number {
  const value = Number.parseInt(text[at] ?? '0', 16)
  return Number.isNaN(value) ? 0 : value
}

/** BCD digits as text, leading zeros kept. */
export const bcd = (bytes: number): Codec<string> => ({
  read: (reader) => {
    const at = reader.advance(bytes)
    return hexOf(reader.bytes, at, at + bytes)
  },
  write: (writer, digits) => {
    const padded = digits.padStart(bytes * 2, '0')
    for (let at = 0; at < bytes * 2; at += 2) writer.writeUnsigned8((nibble(padded, at) << 4) | nibble(padded, at + 1))
  },
})

/** BCD[6] YYMMDDhhmmss as `2020-07-07T19:23:59`, Beijing wall clock, digits as sent. */
export const bcdTime: Codec<string> = {
  read: (reader) => {
    const at = reader.advance(6)
    const part = (offset: number) => hexOfByte(reader.bytes[at + offset]!)
    return `20${part(0)}-${part(1)}-${part(2)}T${part(3)}:${part(4)}:${part(5)}`
  },
  write: (writer, wallClock) => bcd(6).write(writer, wallClock.slice(2).replaceAll(/\D/g, '').slice(0, 12), ''),
}

/** Six binary bytes YY MM DD hh mm ss as `2025-10-27T20:02:02+08:00` (GB/T 32960.3 §7.2). */
export const binaryTime: Codec<string> = {
  read: (reader) => {
    const at = reader.advance(6)
    const [year, month, day, hour, minute, second] = reader.bytes.subarray(at, at + 6)
    return `${textOfParts([year!, month!, day!, hour!, minute!, second!])}+08:00`
  },
  write: (writer, wallClock) => writer.writeBytes(Uint8Array.from(partsOfText(wallClock))),
}

/** GBK text in a field of fixed size, padded with 00. */
export const fixedText = (size: Size): Codec<string> => ({
  read: (reader, edition) => decodeText(reader.readBytes(sizeIn(size, edition))),
  write: (writer, text, edition) => writer.writeFixed(encodeText(text), sizeIn(size, edition)),
})

/** GBK text behind its own length. */
export const sizedText = (length: NumberCodec): Codec<string> => ({
  read: (reader, edition) => decodeText(reader.readBytes(length.read(reader, edition))),
  write: (writer, text, edition) => {
    const bytes = encodeText(text)
    length.write(writer, bytes.length, edition)
    writer.writeBytes(bytes)
  },
})

/** GBK text up to the end of the body. */
export const restText: Codec<string> = {
  read: (reader) => decodeText(reader.readRest()),
  write: (writer, text) => writer.writeBytes(encodeText(text)),
}

/** Opaque bytes as hex: all that is left, or behind their own length. */
export const restHex: Codec<string> = {
  read: (reader) => hexOf(reader.readRest()),
  write: (writer, hex) => writer.writeBytes(findBytesOfHex(hex) ?? new Uint8Array()),
}

export const sizedHex = (length: NumberCodec): Codec<string> => ({
  read: (reader, edition) => hexOf(reader.readBytes(length.read(reader, edition))),
  write: (writer, hex, edition) => {
    const bytes = findBytesOfHex(hex) ?? new Uint8Array()
    length.write(writer, bytes.length, edition)
    writer.writeBytes(bytes)
  },
})

/** Bytes as a list of numbers: `count` of them, or behind their own length. */
export const byteList = (count: number | NumberCodec): Codec<number[]> => ({
  read: (reader, edition) => [...reader.readBytes(typeof count === 'number' ? count : count.read(reader, edition))],
  write: (writer, values, edition) => {
    if (typeof count !== 'number') count.write(writer, values.length, edition)
    writer.writeBytes(Uint8Array.from(values))
  },
})

/** A list behind its count. The count is checked against the bytes left before anything is allocated. */
export const listOf = <Value>(count: NumberCodec, item: Codec<Value>): Codec<Value[]> => ({
  read: (reader, edition) => {
    const length = count.read(reader, edition)
    if (length > reader.remaining) throw new DecodeFailure('body-malformed', `says ${length} items in ${reader.remaining} bytes`)
    const values: Value[] = []
    for (let index = 0; index < length; index++) values.push(item.read(reader, edition))
    return values
  },
  write: (writer, values, edition) => {
    count.write(writer, values.length, edition)
    for (const value of values) item.write(writer, value, edition)
  },
})

/** Items without a count, up to the end of the body. */
export const untilEnd = <Value>(item: Codec<Value>): Codec<Value[]> => ({
  read: (reader, edition) => {
    const values: Value[] = []
    while (reader.remaining > 0) values.push(item.read(reader, edition))
    return values
  },
  write: (writer, values, edition) => {
    for (const value of values) item.write(writer, value, edition)
  },
})

/** A codec that differs between editions. */
export const byEdition = <Value>(otherwise: Codec<Value>, editions: Readonly<Record<string, Codec<Value>>>): Codec<Value> => ({
  read: (reader, edition) => (editions[edition] ?? otherwise).read(reader, edition),
  write: (writer, value, edition) => (editions[edition] ?? otherwise).write(writer, value, edition),
})
