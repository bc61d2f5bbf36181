import { field, listOf, record, u16, u32, u8 } from '../../wire/index.ts'
import { message } from '../message.ts'
import { positionBase } from './position.ts'

const item = record(field('id', u32), field('type', u8), field('channelId', u8), field('event', u8), field('location', positionBase))

/** stored multimedia found 存储多媒体数据检索应答 */
export const mediaFound = message(0x0802, 'stored multimedia found 存储多媒体数据检索应答', record(field('ackSerial', u16), field('items', listOf(u16, item))))
