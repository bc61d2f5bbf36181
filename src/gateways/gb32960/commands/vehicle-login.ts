import { binaryTime, DecodeFailure, decodeText, encodeText, fixedText, u16, u8 } from '../../wire/index.ts'
import type { ByteReader, ByteWriter, Codec } from '../../wire/index.ts'

/** Data of 0x01. The codes of the battery sub-systems are flat in 2016 and by sub-system in 2025. */
export interface VehicleLoginPayload {
  readonly time: string
  /** counts from 1 each day */
  readonly loginSerial: number
  readonly iccid: string
  readonly subsystemCount: number
  /** 2016 */
  readonly codeLength?: number
  /** 2025 */
  readonly packsPerSubsystem?: readonly number[]
  readonly codes: readonly string[] | readonly (readonly string[])[]
}

const iccid = fixedText(20)
const packCodeBytes = 24

const readCodes = (reader: ByteReader, count: number, bytes: number): string[] => {
  if (count * bytes > reader.remaining) throw new DecodeFailure('body-malformed', `says ${count} codes of ${bytes} bytes in ${reader.remaining}`)
  return bytes === 0 ? [] : Array.from({ length: count }, () => decodeText(reader.readBytes(bytes)))
}

const writeCodes = (writer: ByteWriter, codes: readonly string[], bytes: number): void => {
  for (const code of codes) writer.writeFixed(encodeText(code), bytes)
}

/** 0x01 vehicle login 车辆登入, §7.2.2 */
export const vehicleLogin: Codec<VehicleLoginPayload> = {
  read: (reader, edition) => {
    const head = {
      time: binaryTime.read(reader, edition),
      loginSerial: reader.readUnsigned16(),
      iccid: iccid.read(reader, edition),
      subsystemCount: reader.readUnsigned8(),
    }
    if (edition === '2025') {
      const packsPerSubsystem = [...reader.readBytes(head.subsystemCount)]
      return { ...head, packsPerSubsystem, codes: packsPerSubsystem.map((packs) => readCodes(reader, packs, packCodeBytes)) }
    }
    const codeLength = reader.readUnsigned8()
    return { ...head, codeLength, codes: readCodes(reader, head.subsystemCount, codeLength) }
  },
  write: (writer, payload, edition) => {
    binaryTime.write(writer, payload.time, edition)
    u16.write(writer, payload.loginSerial, edition)
    iccid.write(writer, payload.iccid, edition)
    u8.write(writer, payload.subsystemCount, edition)
    if (edition === '2025') {
      for (const packs of payload.packsPerSubsystem ?? []) u8.write(writer, packs, edition)
      writeCodes(writer, payload.codes.flat(), packCodeBytes)
      return
    }
    u8.write(writer, payload.codeLength ?? 0, edition)
    writeCodes(writer, payload.codes.flat(), payload.codeLength ?? 0)
  },
}
