import { field, listOf, record, u32, u8 } from '../../wire/index.ts'
import { message } from '../message.ts'

/** delete polygons 删除多边形区域 */
export const deletePolygons = message(0x8605, 'delete polygons 删除多边形区域', record(field('id', listOf(u8, u32))))
