import { bcd, byteList, field, record, u16, u32, untilEnd } from '../../wire/index.ts'
import { message } from '../message.ts'

/** CAN bus data CAN总线数据上传; dateTime is hhmmss and four digits of milliseconds, as sent */
export const canData = message(
  0x0705,
  'CAN bus data CAN总线数据上传',
  record(field('total', u16), field('dateTime', bcd(5)), field('items', untilEnd(record(field('id', u32), field('data', byteList(8)))))),
)
