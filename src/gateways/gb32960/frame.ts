import { DecodeFailure, decodeText, encodeText, ByteWriter } from '../wire/index.ts'
import { checkOf, findEdition, headBytes, longestDataBytes, overheadBytes } from './frame-splitter.ts'
import type { Edition } from './frame-splitter.ts'

/** The answer flag of a request (GB/T 32960.3 table 4). */
export const commandFlag = 0xfe

/** GB/T 32960.3 §6.2 table 2. */
export interface Frame {
  readonly version: Edition
  readonly command: number
  /** FE request; 01 ok, 02 error, 03 VIN duplicate, 2025 also 04 VIN unknown */
  readonly ack: number
  /** VIN, or the code of a platform; 00 padding dropped */
  readonly vin: string
  /** 01 none, 02 RSA, 03 AES128, 04 SM2, 05 SM4 */
  readonly encryption: number
  readonly data: Uint8Array
}

/**
 * One whole frame. Throws a DecodeFailure: start-marker-missing, frame-too-short, body-length-mismatch, checksum-mismatch.
 */
export function decodeFrame(bytes: Uint8Array): Frame {
  const version = findEdition(bytes, 0)
  if (!version) throw new DecodeFailure('start-marker-missing', 'a frame begins with 2323 (2016) or 2424 (2025)')
  if (bytes.length < overheadBytes) throw new DecodeFailure('frame-too-short', `${bytes.length} bytes, the shortest frame has ${overheadBytes}`)
  const length = (bytes[22]! << 8) | bytes[23]!
  if (bytes.length !== length + overheadBytes) {
    throw new DecodeFailure('body-length-mismatch', `the header says ${length} data bytes, the frame has ${bytes.length - overheadBytes}`)
  }
  const last = bytes.length - 1
  const check = checkOf(bytes, 2, last)
  if (check !== bytes[last]) throw new DecodeFailure('checksum-mismatch', `check is ${hex2(bytes[last]!)}, the bytes give ${hex2(check)}`)
  return {
    version,
    command: bytes[2]!,
    ack: bytes[3]!,
    vin: decodeText(bytes.subarray(4, 21)),
    encryption: bytes[21]!,
    data: bytes.subarray(headBytes, last),
  }
}

const hex2 = (byte: number): string => byte.toString(16).padStart(2, '0')

const markers: Readonly<Record<Edition, number>> = { 2016: 0x23, 2025: 0x24 }

/** The counterpart; data of more than 65531 bytes are refused. */
export function encodeFrame(frame: Frame): Uint8Array {
  if (frame.data.length > longestDataBytes) throw new RangeError(`${frame.data.length} data bytes do not fit into one frame`)
  const writer = new ByteWriter(frame.data.length + overheadBytes)
  const marker = markers[frame.version]
  for (const byte of [marker, marker, frame.command, frame.ack]) writer.writeUnsigned8(byte)
  writer.writeFixed(encodeText(frame.vin), 17)
  writer.writeUnsigned8(frame.encryption)
  writer.writeUnsigned16(frame.data.length)
  writer.writeBytes(frame.data)
  const bytes = writer.toBytes()
  writer.writeUnsigned8(checkOf(bytes, 2, bytes.length))
  return writer.toBytes()
}
