import { encodeFrame } from './frame.ts'
import type { Header } from './header.ts'
import { encodeBody } from './message.ts'
import type { Message } from './message.ts'
import { editionOf } from './describe-frame.ts'
import { platformAnswer } from './messages/8001-platform-answer.ts'
import { registerAnswer } from './messages/8100-register-answer.ts'
import { retransmitRequest } from './messages/8003-retransmit-request.ts'

/** Results of 0x8001 (JT/T 808 table 5). */
export const results = { ok: 0, failed: 1, wrong: 2, unsupported: 3 } as const
export type Result = (typeof results)[keyof typeof results]

/** Results of 0x8100 (table 7). */
export const registerResults = { ok: 0, vehicleUnknown: 2, terminalUnknown: 4 } as const

/** Serial numbers of the platform for one terminal, 0…65535 and round again. */
export type NextSerial = () => number

/** Frame to the terminal that sent `request`: its phone and its edition of the header, our serial. */
function answer<Body>(request: Header, nextSerial: NextSerial, definition: Message<Body>, body: Body): Uint8Array {
  const { version, phone, protocolVersion } = request
  const header = { msgId: definition.id, version, phone, encryption: 0, serial: nextSerial(), ...(protocolVersion !== undefined && { protocolVersion }) }
  return encodeFrame(header, encodeBody(definition, body, editionOf(request)))
}

/** 0x8001 for the frame with `request.serial`. */
export const generalAnswer = (request: Header, nextSerial: NextSerial, result: Result): Uint8Array =>
  answer(request, nextSerial, platformAnswer, { ackSerial: request.serial, ackMsgId: request.msgId, result })

/** 0x8100; `authCode` only with result 0. */
export const registrationAnswer = (request: Header, nextSerial: NextSerial, given: { readonly result: number; readonly authCode?: string }): Uint8Array =>
  answer(request, nextSerial, registerAnswer, { ackSerial: request.serial, ...given })

/** 0x8003: asks for the parts `numbers` of the message whose first part had the serial `firstSerial`. */
export const askForParts = (request: Header, nextSerial: NextSerial, firstSerial: number, numbers: readonly number[]): Uint8Array =>
  answer(request, nextSerial, retransmitRequest, { ackSerial: firstSerial, id: [...numbers] })
