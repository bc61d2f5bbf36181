import { editionOf, readBody } from './describe-frame.ts'
import { decodeFrame, encodeFrame } from './frame.ts'
import type { HeaderVersion } from './header.ts'
import { encodeBody } from './message.ts'
import type { Message } from './message.ts'
import { heartbeat } from './messages/0002-heartbeat.ts'
import { register } from './messages/0100-register.ts'
import type { RegisterBody } from './messages/0100-register.ts'
import { authenticate } from './messages/0102-authenticate.ts'
import type { AuthenticateBody } from './messages/0102-authenticate.ts'
import { positionReport } from './messages/0200-position-report.ts'
import { positionBatch } from './messages/0704-position-batch.ts'
import type { PositionBody } from './messages/position.ts'

/** A terminal as its frames show it. */
export interface TerminalIdentity {
  readonly phone: string
  readonly version: HeaderVersion
}

/** A frame of a terminal: what the simulator and the load generator send, and tests. Throws RangeError when the body needs parts. */
export function encodeUplink<Body>({ phone, version }: TerminalIdentity, serial: number, definition: Message<Body>, body: Body): Uint8Array {
  return encodeFrame({ msgId: definition.id, version, encryption: 0, phone, serial: serial & 0xffff }, encodeBody(definition, body, editionOf({ version })))
}

export const registerFrame = (terminal: TerminalIdentity, serial: number, body: RegisterBody): Uint8Array => encodeUplink(terminal, serial, register, body)

export const authenticateFrame = (terminal: TerminalIdentity, serial: number, body: AuthenticateBody): Uint8Array =>
  encodeUplink(terminal, serial, authenticate, body)

export const heartbeatFrame = (terminal: TerminalIdentity, serial: number): Uint8Array => encodeUplink(terminal, serial, heartbeat, {})

export const positionFrame = (terminal: TerminalIdentity, serial: number, body: PositionBody): Uint8Array => encodeUplink(terminal, serial, positionReport, body)

/** 0x0704: type 0 normal, 1 re-sent from a blind area. About 28 positions with an odometer fit into one frame. */
export const positionBatchFrame = (terminal: TerminalIdentity, serial: number, { type, items }: { readonly type: 0 | 1; readonly items: readonly PositionBody[] }): Uint8Array =>
  encodeUplink(terminal, serial, positionBatch, { total: items.length, type, items })

/** The parts of a body too long for one frame, with consecutive serials from `firstSerial`. */
export function partFrames<Body>({ phone, version }: TerminalIdentity, firstSerial: number, definition: Message<Body>, given: { readonly body: Body; readonly partBytes: number }): Uint8Array[] {
  const bytes = encodeBody(definition, given.body, editionOf({ version }))
  const packageTotal = Math.max(1, Math.ceil(bytes.length / given.partBytes))
  return Array.from({ length: packageTotal }, (_, at) =>
    encodeFrame(
      { msgId: definition.id, version, encryption: 0, phone, serial: (firstSerial + at) & 0xffff, packageTotal, packageNo: at + 1 },
      bytes.subarray(at * given.partBytes, (at + 1) * given.partBytes),
    ),
  )
}

/** What the platform answered. */
export type PlatformAnswer =
  | { readonly kind: 'general'; readonly ackSerial: number; readonly ackMsgId: number; readonly result: number }
  | { readonly kind: 'registration'; readonly ackSerial: number; readonly result: number; readonly authCode?: string }
  | { readonly kind: 'parts-wanted'; readonly ackSerial: number; readonly id: readonly number[] }
  | { readonly kind: 'other'; readonly msgId: number }

const kinds: Readonly<Record<number, 'general' | 'registration' | 'parts-wanted'>> = { 0x8001: 'general', 0x8100: 'registration', 0x8003: 'parts-wanted' }

/** Reads a frame of the platform. Throws a DecodeFailure for bytes that are no frame. */
export function decodeAnswer(bytes: Uint8Array): PlatformAnswer & { readonly phone: string } {
  const frame = decodeFrame(bytes)
  const { msgId, phone } = frame.header
  const kind = kinds[msgId]
  if (!kind) return { kind: 'other', msgId, phone }
  return { kind, phone, ...(readBody(frame).body as object) } as PlatformAnswer & { readonly phone: string }
}
