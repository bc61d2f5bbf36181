import { field, listOf, record, u32, u8 } from '../../wire/index.ts'
import { message } from '../message.ts'

/** query named parameters 查询指定终端参数 */
export const querySomeParameters = message(0x8106, 'query named parameters 查询指定终端参数', record(field('id', listOf(u8, u32))))
