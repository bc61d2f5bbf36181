import { field, record, restText, u8 } from '../../wire/index.ts'
import { message } from '../message.ts'

/** call back 电话回拨 */
export const callBack = message(0x8400, 'call back 电话回拨', record(field('type', u8), field('phoneNumber', restText)))
