import { bcd, DecodeFailure } from '../wire/index.ts'
import type { ByteReader, ByteWriter } from '../wire/index.ts'

/** Which layout the header has. 2011 and 2013 share one; only the body of 0x0100 tells them apart. */
export type HeaderVersion = '2011/2013' | '2019'

/** JT/T 808 §4.4.3, the standard's own words. */
export interface Header {
  readonly msgId: number
  readonly version: HeaderVersion
  /** bits 10–12: 0 none, 1 RSA, others reserved */
  readonly encryption: number
  /** declared length of the body, 0–1023 */
  readonly bodyLength: number
  /** 12 digits (2011/2013) or 20 digits (2019), left padded with 0, as sent */
  readonly phone: string
  readonly serial: number
  /** 2019 only */
  readonly protocolVersion?: number
  /** set on the parts of a sub-packaged message only; packageNo counts from 1 */
  readonly packageTotal?: number
  readonly packageNo?: number
}

const lengthMask = 0x3ff
const subpackageBit = 0x2000
const version2019Bit = 0x4000

const phoneDigits = { '2011/2013': bcd(6), '2019': bcd(10) }

/** Reads the header and leaves the reader at the body. Throws `frame-too-short`. */
export function decodeHeader(reader: ByteReader): Header {
  const need = (bytes: number) => {
    if (reader.remaining < bytes) throw new DecodeFailure('frame-too-short', `the header needs ${bytes} more bytes, the frame has ${reader.remaining}`)
  }
  need(12)
  const msgId = reader.readUnsigned16()
  const properties = reader.readUnsigned16()
  const version: HeaderVersion = properties & version2019Bit ? '2019' : '2011/2013'
  if (version === '2019') need(13)
  const protocolVersion = version === '2019' ? reader.readUnsigned8() : undefined
  const phone = phoneDigits[version].read(reader, version)
  const serial = reader.readUnsigned16()
  const base = { msgId, version, encryption: (properties >>> 10) & 7, bodyLength: properties & lengthMask, phone, serial }
  const edition = protocolVersion === undefined ? base : { ...base, protocolVersion }
  if (!(properties & subpackageBit)) return edition
  need(4)
  return { ...edition, packageTotal: reader.readUnsigned16(), packageNo: reader.readUnsigned16() }
}

/** Writes the header for a body of `header.bodyLength` bytes. */
export function encodeHeader(writer: ByteWriter, header: Header): void {
  const is2019 = header.version === '2019'
  const isPart = header.packageTotal !== undefined
  writer.writeUnsigned16(header.msgId)
  writer.writeUnsigned16(
    (header.bodyLength & lengthMask) | ((header.encryption & 7) << 10) | (isPart ? subpackageBit : 0) | (is2019 ? version2019Bit : 0),
  )
  if (is2019) writer.writeUnsigned8(header.protocolVersion ?? 1)
  phoneDigits[header.version].write(writer, header.phone, header.version)
  writer.writeUnsigned16(header.serial)
  if (!isPart) return
  writer.writeUnsigned16(header.packageTotal!)
  writer.writeUnsigned16(header.packageNo ?? 1)
}
