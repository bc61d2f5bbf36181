import { byteList, field, record, u32 } from '../../wire/index.ts'
import { message } from '../message.ts'

/** compressed data 数据压缩上报 */
export const compressed = message(0x0901, 'compressed data 数据压缩上报', record(field('body', byteList(u32))))
