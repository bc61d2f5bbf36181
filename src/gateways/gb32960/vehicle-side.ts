import { binaryTime, ByteReader, findEpochMs, wallClockOf } from '../wire/index.ts'
import type { RealtimePayload, VehicleLoginPayload } from './commands/index.ts'
import { encodeData } from './describe-frame.ts'
import { commandFlag, decodeFrame, encodeFrame } from './frame.ts'
import type { Edition } from './frame-splitter.ts'
import { commands } from './meaning.ts'

/** A vehicle as its frames show it. */
export interface VehicleIdentity {
  readonly vin: string
  readonly version: Edition
}

/** A request of a vehicle: what the simulator and the load generator send, and tests. */
export const encodeRequest = ({ vin, version }: VehicleIdentity, command: number, payload: unknown): Uint8Array =>
  encodeFrame({ version, command, ack: commandFlag, vin, encryption: 1, data: encodeData(command, payload, version) })

export const loginFrame = (vehicle: VehicleIdentity, payload: VehicleLoginPayload): Uint8Array => encodeRequest(vehicle, commands.login, payload)

export const realtimeFrame = (vehicle: VehicleIdentity, payload: RealtimePayload): Uint8Array => encodeRequest(vehicle, commands.realtime, payload)

/** Data stored while the line was down, sent after it is back. */
export const reissueFrame = (vehicle: VehicleIdentity, payload: RealtimePayload): Uint8Array => encodeRequest(vehicle, commands.reissue, payload)

export const logoutFrame = (vehicle: VehicleIdentity, payload: { readonly time: string; readonly loginSerial: number }): Uint8Array =>
  encodeRequest(vehicle, commands.logout, payload)

/** What the platform answered: the flag, and the time of the request it answers (epoch ms; undefined for a heartbeat). */
export interface PlatformAnswer {
  readonly command: number
  readonly flag: number
  readonly vin: string
  readonly time?: number
}

/** Reads a frame of the platform. Throws a DecodeFailure for bytes that are no frame. */
export function decodeAnswer(bytes: Uint8Array): PlatformAnswer {
  const { command, ack, vin, data, version } = decodeFrame(bytes)
  const time = data.length >= 6 ? findEpochMs(binaryTime.read(new ByteReader(data), version)) : undefined
  return { command, flag: ack, vin, ...(time !== undefined && { time }) }
}

/** `2025-10-27T20:02:02+08:00`: an instant as payloads carry it. */
export const payloadTime = (epochMs: number): string => `${wallClockOf(epochMs)}+08:00`
