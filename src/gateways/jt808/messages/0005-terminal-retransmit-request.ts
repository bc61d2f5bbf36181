import { field, listOf, record, u16 } from '../../wire/index.ts'
import { message } from '../message.ts'

/** terminal re-transmission request 终端补传分包请求 */
export const terminalRetransmitRequest = message(0x0005, 'terminal re-transmission request 终端补传分包请求', record(field('ackSerial', u16), field('id', listOf(u16, u16))))
