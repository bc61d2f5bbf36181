import { field, record, u8 } from '../../wire/index.ts'
import { message } from '../message.ts'

/** wiper 云台雨刷控制 */
export const wiper = message(0x9304, 'wiper 云台雨刷控制', record(field('channelNo', u8), field('param', u8)))
