import { bcdTime, field, record, u8 } from '../../wire/index.ts'
import { message } from '../message.ts'

/** search stored multimedia 存储多媒体数据检索 */
export const mediaSearch = message(0x8802, 'search stored multimedia 存储多媒体数据检索', record(field('type', u8), field('channelId', u8), field('event', u8), field('startTime', bcdTime), field('endTime', bcdTime)))
