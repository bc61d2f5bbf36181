import { field, record, u8 } from '../../wire/index.ts'
import { message } from '../message.ts'

/** control live media 音视频实时传输控制 */
export const controlLive = message(0x9102, 'control live media 音视频实时传输控制', record(field('channelNo', u8), field('command', u8), field('closeType', u8), field('streamType', u8)))
