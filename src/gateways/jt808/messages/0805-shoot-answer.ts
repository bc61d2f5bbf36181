import { field, listOf, record, u16, u32, u8 } from '../../wire/index.ts'
import { message } from '../message.ts'

/** camera answer 摄像头立即拍摄命令应答 */
export const shootAnswer = message(0x0805, 'camera answer 摄像头立即拍摄命令应答', record(field('ackSerial', u16), field('result', u8), field('id', listOf(u16, u32))))
