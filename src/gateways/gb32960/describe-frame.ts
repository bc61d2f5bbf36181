import { binaryTime, ByteReader, ByteWriter, DecodeFailure, findBytesOfHex, hexOf } from '../wire/index.ts'
import { findCommand } from './commands/index.ts'
import { commandFlag, decodeFrame } from './frame.ts'
import type { Frame } from './frame.ts'
import type { Edition } from './frame-splitter.ts'

/** What `lvpei decode gb32960` prints for one line of hex. Physical values, or `invalid` / `abnormal`. */
export type Gb32960Description =
  | ({ readonly ok: true; readonly commandName: string; readonly length: number; readonly payload: unknown } & Omit<Frame, 'data'>)
  | { readonly ok: false; readonly code: string; readonly message: string }

const plainText = 1
const timeBytes = 6

/** The data of a frame: a request by its table; an answer as its time; anything else as bytes. Throws `body-malformed`. */
export function decodePayload(frame: Frame): unknown {
  const { data, version } = frame
  if (frame.encryption !== plainText) return { payloadHex: hexOf(data) }
  if (frame.ack !== commandFlag) {
    if (data.length < timeBytes) return data.length > 0 ? { payloadHex: hexOf(data) } : {}
    const time = binaryTime.read(new ByteReader(data), version)
    return data.length === timeBytes ? { time } : { time, payloadHex: hexOf(data) }
  }
  const known = findCommand(frame.command)
  return known ? known.data.read(new ByteReader(data), version) : { payloadHex: hexOf(data) }
}

/** Data of a request of `command`; `physical` values outside their range are cut to it. */
export function encodeData(command: number, payload: unknown, edition: Edition): Uint8Array {
  const known = findCommand(command)
  if (!known) throw new RangeError(`there is no table for command ${command}`)
  const writer = new ByteWriter()
  known.data.write(writer, payload, edition)
  return writer.toBytes()
}

/** Describes the bytes of one frame; never throws for what is in them. */
export function describeFrame(bytes: Uint8Array): Gb32960Description {
  try {
    const { data, ...frame } = decodeFrame(bytes)
    const commandName = findCommand(frame.command)?.name ?? 'custom'
    return { ok: true, ...frame, commandName, length: data.length, payload: decodePayload({ ...frame, data }) }
  } catch (failure) {
    if (failure instanceof DecodeFailure) return { ok: false, code: failure.code, message: failure.message }
    throw failure
  }
}

/** One line of hex → its description. */
export function decodeGb32960Line(hex: string): Gb32960Description {
  const bytes = findBytesOfHex(hex.trim())
  if (!bytes || bytes.length === 0) return { ok: false, code: 'not-hex', message: 'the line is not an even number of hex digits' }
  return describeFrame(bytes)
}
