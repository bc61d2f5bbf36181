import { bcd, field, record, sizedText, u16, u8 } from '../../wire/index.ts'
import { message } from '../message.ts'

/** play back stored media 录像回放请求 */
export const playback = message(0x9201, 'play back stored media 录像回放请求', record(
  field('ip', sizedText(u8)), field('tcpPort', u16), field('udpPort', u16), field('channelNo', u8), field('mediaType', u8), field('streamType', u8),
  field('storageType', u8), field('playbackMode', u8), field('playbackSpeed', u8), field('startTime', bcd(6)), field('endTime', bcd(6)),
))
