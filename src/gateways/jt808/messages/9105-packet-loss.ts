import { field, record, u8 } from '../../wire/index.ts'
import { message } from '../message.ts'

/** packet loss of live media 实时音视频传输状态通知 */
export const packetLoss = message(0x9105, 'packet loss of live media 实时音视频传输状态通知', record(field('channelNo', u8), field('packetLossRate', u8)))
