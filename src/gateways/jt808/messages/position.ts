import { bcdTime, hexOf } from '../../wire/index.ts'
import type { ByteWriter, Codec } from '../../wire/index.ts'
import { decodeExtras, encodeExtras } from './position-extras.ts'
import type { Extras, RawExtra } from './position-extras.ts'

/** The fixed part of every position (JT/T 808 §8.18 table 23), raw wire integers. */
export interface PositionBase {
  /** alarm flags, table 25 */
  readonly alarm: number
  /** status flags, table 24: bit 0 ACC, 1 fix valid, 2 south, 3 west, 8–9 load */
  readonly status: number
  /** 1e-6 degrees; some devices send the sign here instead of in the status, so it is read signed */
  readonly latitude: number
  readonly longitude: number
  /** metres, unsigned as sent */
  readonly altitude: number
  /** 0.1 km/h */
  readonly speed: number
  /** 0–359, 0 north, clockwise */
  readonly direction: number
  /** Beijing wall clock `2020-07-07T19:23:59` */
  readonly time: string
}

export interface PositionBody extends PositionBase {
  /** additional information by hex id, the last of equal ids; unknown ones as hex; absent when there is none */
  readonly extras?: Extras
  /** all of them as sent, in order */
  readonly extrasRaw?: readonly RawExtra[]
  /** bytes behind the last whole item, when one claims more than is there */
  readonly extrasLeftover?: string
}

export const positionBase: Codec<PositionBase> = {
  read: (reader, edition) => ({
    alarm: reader.readUnsigned32(),
    status: reader.readUnsigned32(),
    latitude: reader.readSigned32(),
    longitude: reader.readSigned32(),
    altitude: reader.readUnsigned16(),
    speed: reader.readUnsigned16(),
    direction: reader.readUnsigned16(),
    time: bcdTime.read(reader, edition),
  }),
  write: (writer, body, edition) => {
    for (const value of [body.alarm, body.status, body.latitude, body.longitude]) writer.writeUnsigned32(value)
    for (const value of [body.altitude, body.speed, body.direction]) writer.writeUnsigned16(value)
    bcdTime.write(writer, body.time, edition)
  },
}

/** A position with its additional information, up to the end of the bytes. */
export const position: Codec<PositionBody> = {
  read: (reader, edition): PositionBody => {
    const body: { -readonly [Name in keyof PositionBody]: PositionBody[Name] } = positionBase.read(reader, edition)
    if (reader.remaining === 0) return body
    const { extras, raw, leftover } = decodeExtras(reader, edition)
    if (raw.length > 0) {
      body.extras = extras
      body.extrasRaw = raw
    }
    if (leftover.length > 0) body.extrasLeftover = hexOf(leftover)
    return body
  },
  write: (writer: ByteWriter, body, edition) => {
    positionBase.write(writer, body, edition)
    encodeExtras(writer, body, edition)
  },
}

/** The serial of the command being answered, then a position (0x0201, 0x0500). */
export const acknowledgedPosition: Codec<PositionBody & { readonly ackSerial: number }> = {
  read: (reader, edition) => ({ ackSerial: reader.readUnsigned16(), ...position.read(reader, edition) }),
  write: (writer, body, edition) => {
    writer.writeUnsigned16(body.ackSerial)
    position.write(writer, body, edition)
  },
}
