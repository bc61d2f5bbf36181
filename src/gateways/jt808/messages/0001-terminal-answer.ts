import { field, record, u16, u8 } from '../../wire/index.ts'
import { message } from '../message.ts'

/** terminal general answer 终端通用应答 */
export const terminalAnswer = message(0x0001, 'terminal general answer 终端通用应答', record(field('ackSerial', u16), field('ackMsgId', u16), field('result', u8)))
