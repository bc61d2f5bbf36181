import { field, listOf, record, u32, u8 } from '../../wire/index.ts'
import { message } from '../message.ts'

/** delete circles 删除圆形区域 */
export const deleteCircles = message(0x8601, 'delete circles 删除圆形区域', record(field('id', listOf(u8, u32))))
