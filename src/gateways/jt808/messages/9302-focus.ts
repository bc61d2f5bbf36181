import { field, record, u8 } from '../../wire/index.ts'
import { message } from '../message.ts'

/** focus 云台调整焦距控制 */
export const focus = message(0x9302, 'focus 云台调整焦距控制', record(field('channelNo', u8), field('param', u8)))
