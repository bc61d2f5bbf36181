import { field, record, u16, u8 } from '../../wire/index.ts'
import { message } from '../message.ts'

/** platform general answer 平台通用应答 */
export const platformAnswer = message(0x8001, 'platform general answer 平台通用应答', record(field('ackSerial', u16), field('ackMsgId', u16), field('result', u8)))
