import { field, record, u16, u8 } from '../../wire/index.ts'
import { message } from '../message.ts'

/** audio and video attributes 终端上传音视频属性 */
export const mediaAttributes = message(0x1003, 'audio and video attributes 终端上传音视频属性', record(
  field('audioFormat', u8), field('audioChannels', u8), field('audioSamplingRate', u8), field('audioBitDepth', u8), field('audioFrameLength', u16),
  field('audioSupport', u8), field('videoFormat', u8), field('maxAudioChannels', u8), field('maxVideoChannels', u8),
))
