import { bcdTime, field, record, sizedText, u16, u32, u8 } from '../../wire/index.ts'
import { message } from '../message.ts'

/** upload files by FTP 文件上传指令 */
export const uploadFiles = message(0x9206, 'upload files by FTP 文件上传指令', record(
  field('ip', sizedText(u8)), field('port', u16), field('username', sizedText(u8)), field('password', sizedText(u8)), field('path', sizedText(u8)),
  field('channelNo', u8), field('startTime', bcdTime), field('endTime', bcdTime), field('warnBit1', u32), field('warnBit2', u32),
  field('mediaType', u8), field('streamType', u8), field('storageType', u8), field('condition', u8),
))
