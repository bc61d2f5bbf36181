import { field, record, restHex, u16, u8 } from '../../wire/index.ts'
import { message } from '../message.ts'

/** tachograph data 行驶记录数据上传; the block is GB/T 19056 */
export const recorderData = message(0x0700, 'tachograph data 行驶记录数据上传', record(field('ackSerial', u16), field('command', u8), field('dataHex', restHex)))
