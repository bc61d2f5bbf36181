import { field, record, u32, u8 } from '../../wire/index.ts'
import { message } from '../message.ts'

/** upload one stored medium 单条存储多媒体数据检索上传 */
export const mediaUploadSingle = message(0x8805, 'upload one stored medium 单条存储多媒体数据检索上传', record(field('id', u32), field('delete', u8)))
