import { encodeFrame } from './frame.ts'
import type { Frame } from './frame.ts'

/** Answer flags (GB/T 32960.3 table 4); 2016 knows 01–03 only. */
export const flags = { ok: 0x01, failed: 0x02, vinDuplicate: 0x03, vinUnknown: 0x04, badStructure: 0x06, notDecrypted: 0x07 } as const
export type Flag = (typeof flags)[keyof typeof flags]

const timeBytes = 6
const plainText = 1

/** The flag as the edition of the request knows it: what 2016 has no number for is its 02, wrong. */
const flagFor = (request: Frame, flag: Flag): number => (request.version === '2016' && flag > flags.vinDuplicate ? flags.failed : flag)

/** Same command, same VIN, the time of the request and nothing else. */
export const answerTo = (request: Frame, flag: Flag, time: Uint8Array = request.data.subarray(0, timeBytes)): Uint8Array =>
  encodeFrame({ version: request.version, command: request.command, ack: flagFor(request, flag), vin: request.vin, encryption: plainText, data: time })
