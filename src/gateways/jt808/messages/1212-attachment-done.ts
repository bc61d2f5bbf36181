import { field, record, sizedText, u32, u8 } from '../../wire/index.ts'
import { message } from '../message.ts'

/** attachment file done 文件上传完成消息 */
export const attachmentDone = message(0x1212, 'attachment file done 文件上传完成消息', record(field('name', sizedText(u8)), field('type', u8), field('size', u32)))
