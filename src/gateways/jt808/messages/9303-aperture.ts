import { field, record, u8 } from '../../wire/index.ts'
import { message } from '../message.ts'

/** aperture 云台调整光圈控制 */
export const aperture = message(0x9303, 'aperture 云台调整光圈控制', record(field('channelNo', u8), field('param', u8)))
