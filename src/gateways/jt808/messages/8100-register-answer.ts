import { field, optional, record, restText, u16, u8 } from '../../wire/index.ts'
import { message } from '../message.ts'

/** registration answer 终端注册应答 */
export const registerAnswer = message(0x8100, 'registration answer 终端注册应答', record(field('ackSerial', u16), field('result', u8), optional('authCode', restText, (body) => body['result'] === 0)))
