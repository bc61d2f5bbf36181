import { field, listOf, record, trailing, u16, u32, u8 } from '../../wire/index.ts'
import { message } from '../message.ts'

/** multimedia answer 多媒体数据上传应答; without numbers when nothing is missing */
export const mediaAnswer = message(0x8800, 'multimedia answer 多媒体数据上传应答', record(field('mediaId', u32), trailing('id', listOf(u8, u16))))
