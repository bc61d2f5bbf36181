import { field, record, restHex, u8 } from '../../wire/index.ts'
import { message } from '../message.ts'

/** query tachograph 行驶记录数据采集命令; the block is GB/T 19056 */
export const recorderQuery = message(0x8700, 'query tachograph 行驶记录数据采集命令', record(field('command', u8), field('dataHex', restHex)))
