import { field, record, sizedText, u16, u8 } from '../../wire/index.ts'
import { message } from '../message.ts'

/** start live media 实时音视频传输请求 */
export const startLive = message(0x9101, 'start live media 实时音视频传输请求', record(field('ip', sizedText(u8)), field('tcpPort', u16), field('udpPort', u16), field('channelNo', u8), field('mediaType', u8), field('streamType', u8)))
