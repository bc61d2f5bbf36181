import { field, record, u16, u8 } from '../../wire/index.ts'
import { message } from '../message.ts'

/** record sound 录音开始命令 */
export const recordSound = message(0x8804, 'record sound 录音开始命令', record(field('command', u8), field('time', u16), field('save', u8), field('audioSamplingRate', u8)))
