import { field, record, u32, u8 } from '../../wire/index.ts'
import { message } from '../message.ts'

/** multimedia event 多媒体事件信息上传 */
export const mediaEvent = message(0x0800, 'multimedia event 多媒体事件信息上传', record(field('id', u32), field('type', u8), field('format', u8), field('event', u8), field('channelId', u8)))
