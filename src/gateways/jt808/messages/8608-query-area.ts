import { field, listOf, record, u32, u8 } from '../../wire/index.ts'
import { message } from '../message.ts'

/** query area or route data 查询区域或线路数据 */
export const queryArea = message(0x8608, 'query area or route data 查询区域或线路数据', record(field('type', u8), field('id', listOf(u32, u32))))
