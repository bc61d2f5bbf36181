import { DecodeFailure, findBytesOfHex, hexOf } from '../wire/index.ts'
import { decodeFrame } from './frame.ts'
import type { Frame } from './frame.ts'
import type { Header } from './header.ts'
import { decodeBody } from './message.ts'
import { findMessage } from './messages/index.ts'

/** What `lvpei decode jt808` prints for one line of hex. Raw wire integers; names of the standard. */
export type Jt808Description =
  | ({ readonly ok: true; readonly msgId: string; readonly subpackage: boolean; readonly body?: unknown; readonly bodyHex: string } & Omit<Header, 'msgId'>)
  | { readonly ok: false; readonly code: string; readonly message: string }

/** Four hex digits as the standard writes ids, in lower case. */
export const idText = (msgId: number): string => msgId.toString(16).padStart(4, '0')

/** Which edition's tables a body follows: the header only tells 2019 apart. */
export const editionOf = (header: Pick<Header, 'version'>): string => (header.version === '2019' ? '2019' : '2013')

/** The body of a whole, unencrypted frame; a problem when it does not fit its table; neither when we have no table. */
export function readBody(frame: Frame): { readonly body?: unknown; readonly bodyProblem?: { readonly code: string; readonly message: string } } {
  const definition = findMessage(frame.header.msgId)
  if (!definition || frame.header.encryption !== 0 || frame.header.packageTotal !== undefined) return {}
  try {
    return { body: decodeBody(definition, frame.body, editionOf(frame.header)) }
  } catch (failure) {
    if (failure instanceof DecodeFailure) return { bodyProblem: { code: failure.code, message: failure.message } }
    throw failure
  }
}

/** Describes delimited bytes; never throws for what is in them. */
export function describeFrame(bytes: Uint8Array): Jt808Description {
  try {
    const frame = decodeFrame(bytes)
    const { version, msgId, bodyLength, encryption, ...rest } = frame.header
    const head = { version, msgId: idText(msgId), bodyLength, encryption, subpackage: rest.packageTotal !== undefined, ...rest }
    return { ok: true, ...head, ...readBody(frame), bodyHex: hexOf(frame.body) }
  } catch (failure) {
    if (failure instanceof DecodeFailure) return { ok: false, code: failure.code, message: failure.message }
    throw failure
  }
}

/** One line of hex → its description. */
export function decodeJt808Line(hex: string): Jt808Description {
  const bytes = findBytesOfHex(hex.trim())
  if (!bytes || bytes.length === 0) return { ok: false, code: 'not-hex', message: 'the line is not an even number of hex digits' }
  return describeFrame(bytes)
}
