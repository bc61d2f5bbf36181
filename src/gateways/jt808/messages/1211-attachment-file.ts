import { field, record, sizedText, u32, u8 } from '../../wire/index.ts'
import { message } from '../message.ts'

/** attachment file 文件信息上传 */
export const attachmentFile = message(0x1211, 'attachment file 文件信息上传', record(field('name', sizedText(u8)), field('type', u8), field('size', u32)))
