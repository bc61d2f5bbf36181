import { bcd, field, record, u32, u8 } from '../../wire/index.ts'
import { message } from '../message.ts'

/** query stored media 查询资源列表 */
export const queryMediaFiles = message(0x9205, 'query stored media 查询资源列表', record(
  field('channelNo', u8), field('startTime', bcd(6)), field('endTime', bcd(6)), field('warnBit1', u32), field('warnBit2', u32), field('mediaType', u8),
  field('streamType', u8), field('storageType', u8),
))
