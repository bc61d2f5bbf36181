import { field, record, u8 } from '../../wire/index.ts'
import { message } from '../message.ts'

/** zoom 云台变倍控制 */
export const zoom = message(0x9306, 'zoom 云台变倍控制', record(field('channelNo', u8), field('param', u8)))
