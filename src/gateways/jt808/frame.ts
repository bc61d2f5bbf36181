import { ByteReader, ByteWriter, DecodeFailure } from '../wire/index.ts'
import { escapeBytes, unescapeBytes } from './escape.ts'
import { decodeHeader, encodeHeader } from './header.ts'
import type { Header } from './header.ts'

/** One frame whose checksum and length are right. The body is not yet looked at. */
export interface Frame {
  readonly header: Header
  /** without escapes; may be a part only (see packageTotal) or encrypted */
  readonly body: Uint8Array
}

const delimiter = 0x7e
const shortestFrame = 5

/** XOR of all bytes of header and body. */
function checkOf(bytes: Uint8Array, end: number): number {
  let check = 0
  for (let at = 0; at < end; at++) check ^= bytes[at]!
  return check
}

/**
 * Delimited bytes → frame: unescape, then checksum, then header (JT/T 808 §4.4).
 * Throws a DecodeFailure: delimiters-missing, frame-too-short, checksum-mismatch, body-length-mismatch.
 */
export function decodeFrame(bytes: Uint8Array): Frame {
  if (bytes.length < 2 || bytes[0] !== delimiter || bytes[bytes.length - 1] !== delimiter) {
    throw new DecodeFailure('delimiters-missing', 'a frame begins and ends with 7e')
  }
  if (bytes.length < shortestFrame) throw new DecodeFailure('frame-too-short', `${bytes.length} bytes cannot hold a header`)
  const plain = unescapeBytes(bytes, 1, bytes.length - 1)
  const end = plain.length - 1
  const check = checkOf(plain, end)
  if (check !== plain[end]) {
    throw new DecodeFailure('checksum-mismatch', `checksum is ${hex2(plain[end]!)}, the bytes give ${hex2(check)}`)
  }
  const reader = new ByteReader(plain, 0, end)
  const header = decodeHeader(reader)
  if (reader.remaining !== header.bodyLength) {
    throw new DecodeFailure('body-length-mismatch', `the header says ${header.bodyLength} body bytes, the frame has ${reader.remaining}`)
  }
  return { header, body: reader.readRest() }
}

const hex2 = (byte: number): string => byte.toString(16).padStart(2, '0')

/** Header and body → bytes as they go over the wire. The body length of the header is set from the body. */
export function encodeFrame(header: Omit<Header, 'bodyLength'>, body: Uint8Array): Uint8Array {
  if (body.length > 1023) throw new RangeError(`a body of ${body.length} bytes does not fit into one frame; split it into parts`)
  const writer = new ByteWriter(body.length + 32)
  encodeHeader(writer, { ...header, bodyLength: body.length })
  writer.writeBytes(body)
  const plain = writer.toBytes()
  writer.writeUnsigned8(checkOf(plain, plain.length))
  return escapeBytes(writer.toBytes())
}
