import { field, record, u16, u8 } from '../../wire/index.ts'
import { message } from '../message.ts'

/** file upload done 文件上传完成通知 */
export const fileUploadDone = message(0x1206, 'file upload done 文件上传完成通知', record(field('ackSerial', u16), field('result', u8)))
