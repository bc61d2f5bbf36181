import { field, record, u8 } from '../../wire/index.ts'
import { message } from '../message.ts'

/** infrared light 红外补光控制 */
export const infrared = message(0x9305, 'infrared light 红外补光控制', record(field('channelNo', u8), field('param', u8)))
