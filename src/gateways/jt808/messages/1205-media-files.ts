import { bcdTime, field, listOf, record, u16, u32, u64, u8 } from '../../wire/index.ts'
import { message } from '../message.ts'

/** list of stored media 终端上传音视频资源列表 */
export const mediaFiles = message(0x1205, 'list of stored media 终端上传音视频资源列表', record(
  field('ackSerial', u16),
  field(
    'items',
    listOf(
      u32,
      record(
        field('channelNo', u8), field('startTime', bcdTime), field('endTime', bcdTime), field('alarm', u64), field('mediaType', u8),
        field('streamType', u8), field('storageType', u8), field('size', u32),
      ),
    ),
  ),
))
