import { bcdTime, field, record, u8 } from '../../wire/index.ts'
import { message } from '../message.ts'

/** upload stored multimedia 存储多媒体数据上传命令 */
export const mediaUpload = message(0x8803, 'upload stored multimedia 存储多媒体数据上传命令', record(field('type', u8), field('channelId', u8), field('event', u8), field('startTime', bcdTime), field('endTime', bcdTime), field('delete', u8)))
