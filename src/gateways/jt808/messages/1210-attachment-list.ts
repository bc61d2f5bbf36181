import { bcdTime, byEdition, field, fixedText, listOf, record, sizedText, u16, u32, u8 } from '../../wire/index.ts'
import { message } from '../message.ts'

/** list of attachments 报警附件信息消息 */
export const attachmentList = message(0x1210, 'list of attachments 报警附件信息消息', record(
  field('terminalId', fixedText({ otherwise: 7, 2019: 30 })),
  field('deviceId_', fixedText({ otherwise: 7, 2019: 30 })),
  field('dateTime', bcdTime),
  field('sequenceNo', u8),
  field('fileTotal', u8),
  field('reserved', byEdition(u8, { 2019: u16 })),
  field('platformAlarmId', fixedText(32)),
  field('type', u8),
  field('items', listOf(u8, record(field('name', sizedText(u8)), field('size', u32)))),
))
