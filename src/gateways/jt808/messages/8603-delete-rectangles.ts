import { field, listOf, record, u32, u8 } from '../../wire/index.ts'
import { message } from '../message.ts'

/** delete rectangles 删除矩形区域 */
export const deleteRectangles = message(0x8603, 'delete rectangles 删除矩形区域', record(field('id', listOf(u8, u32))))
