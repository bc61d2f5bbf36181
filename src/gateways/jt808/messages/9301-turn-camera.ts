import { field, record, u8 } from '../../wire/index.ts'
import { message } from '../message.ts'

/** turn a camera 云台旋转 */
export const turnCamera = message(0x9301, 'turn a camera 云台旋转', record(field('channelNo', u8), field('param1', u8), field('param2', u8)))
