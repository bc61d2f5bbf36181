import { field, record, u16, u8 } from '../../wire/index.ts'
import { message } from '../message.ts'

/** take pictures 摄像头立即拍摄命令 */
export const shoot = message(0x8801, 'take pictures 摄像头立即拍摄命令', record(
  field('channelId', u8), field('command', u16), field('time', u16), field('save', u8), field('resolution', u8),
  field('quality', u8), field('brightness', u8), field('contrast', u8), field('saturation', u8), field('chroma', u8),
))
