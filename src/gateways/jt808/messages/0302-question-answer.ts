import { field, record, u16, u8 } from '../../wire/index.ts'
import { message } from '../message.ts'

/** answer to a question 提问应答 */
export const questionAnswer = message(0x0302, 'answer to a question 提问应答', record(field('ackSerial', u16), field('answerId', u8)))
