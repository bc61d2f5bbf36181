import { field, record, u16, u8 } from '../../wire/index.ts'
import { message } from '../message.ts'

/** control file upload 文件上传控制 */
export const controlUpload = message(0x9207, 'control file upload 文件上传控制', record(field('ackSerial', u16), field('command', u8)))
