import { field, listOf, record, u32, u8 } from '../../wire/index.ts'
import { message } from '../message.ts'

/** delete routes 删除路线 */
export const deleteRoutes = message(0x8607, 'delete routes 删除路线', record(field('id', listOf(u8, u32))))
