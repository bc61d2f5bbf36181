import { binaryTime, ByteWriter, DecodeFailure, findBytesOfHex, hexOf } from '../../wire/index.ts'
import type { ByteReader, Codec } from '../../wire/index.ts'
import { signature, unitsOf } from '../units/index.ts'
import type { Alarm, CellVoltages, Location, Signature, Vehicle } from '../units/index.ts'

/** Data of 0x02 and 0x03: a time and information units. A unit that came twice is kept as last sent, lists are joined. */
export interface RealtimePayload {
  /** Beijing time with its offset */
  readonly time: string
  readonly vehicle?: Vehicle
  readonly motors?: readonly Readonly<Record<string, unknown>>[]
  readonly fuelCell?: Readonly<Record<string, unknown>>
  readonly engine?: Readonly<Record<string, unknown>>
  readonly location?: Location
  readonly extremes?: Readonly<Record<string, unknown>>
  readonly alarm?: Alarm
  readonly cellVoltages?: readonly CellVoltages[]
  readonly probeTemps?: readonly Readonly<Record<string, unknown>>[]
  readonly stacks?: readonly Readonly<Record<string, unknown>>[]
  readonly superCapacitor?: Readonly<Record<string, unknown>>
  readonly superCapacitorExtremes?: Readonly<Record<string, unknown>>
  /** types 80–FE, which carry their own length */
  readonly custom?: readonly { readonly type: string; readonly hex: string }[]
  readonly signature?: Signature
  /** a type without a table has no length, so it and all behind it stay bytes */
  readonly unknown?: { readonly type: string; readonly hex: string }
  /** types in the order sent */
  readonly unitOrder: readonly string[]
}

const signatureType = 0xff
const firstCustomType = 0x80

const hex2 = (byte: number): string => byte.toString(16).padStart(2, '0')

/** Reads one unit into `payload`. */
function readUnit(reader: ByteReader, type: number, edition: string, payload: Record<string, unknown>): void {
  if (type === signatureType && edition === '2025') {
    payload['signature'] = signature.read(reader, edition)
    return
  }
  if (type >= firstCustomType) {
    const length = reader.readUnsigned16()
    const custom = (payload['custom'] as unknown[] | undefined) ?? []
    payload['custom'] = [...custom, { type: hex2(type), hex: hexOf(reader.readBytes(length)) }]
    return
  }
  const unit = unitsOf(edition)[type]
  if (!unit) {
    payload['unknown'] = { type: hex2(type), hex: hexOf(reader.readRest()) }
    return
  }
  const value = unit.codec.read(reader, edition)
  const before = payload[unit.name]
  payload[unit.name] = Array.isArray(before) && Array.isArray(value) ? [...before, ...(value as unknown[])] : value
}

/** Time and units to the end. A unit that is cut short is an error of the whole frame: nothing says where the next one would begin. */
export const realtime: Codec<RealtimePayload> = {
  read: (reader, edition) => {
    const payload: Record<string, unknown> = { time: binaryTime.read(reader, edition) }
    const unitOrder: string[] = []
    while (reader.remaining > 0) {
      const type = reader.readUnsigned8()
      unitOrder.push(hex2(type))
      readUnit(reader, type, edition, payload)
    }
    return { ...payload, unitOrder } as unknown as RealtimePayload
  },
  write: (writer, payload, edition) => {
    binaryTime.write(writer, payload.time, edition)
    const custom = [...(payload.custom ?? [])]
    for (const typeText of payload.unitOrder) {
      const type = Number.parseInt(typeText, 16)
      writer.writeUnsigned8(type)
      writer.writeBytes(unitBytes(type, payload, edition, custom))
    }
  },
}

function unitBytes(type: number, payload: RealtimePayload, edition: string, custom: { readonly hex: string }[]): Uint8Array {
  const writer = new ByteWriter()
  if (type === signatureType && payload.signature) signature.write(writer, payload.signature, edition)
  else if (type >= firstCustomType) {
    const bytes = findBytesOfHex(custom.shift()?.hex ?? '') ?? new Uint8Array()
    writer.writeUnsigned16(bytes.length)
    writer.writeBytes(bytes)
  } else {
    const unit = unitsOf(edition)[type]
    const values = payload as unknown as Readonly<Record<string, unknown>>
    if (unit) unit.codec.write(writer, values[unit.name], edition)
    else if (payload.unknown) writer.writeBytes(findBytesOfHex(payload.unknown.hex) ?? new Uint8Array())
    else throw new DecodeFailure('body-malformed', `no unit of type ${hex2(type)} in ${edition}`)
  }
  return writer.toBytes()
}
