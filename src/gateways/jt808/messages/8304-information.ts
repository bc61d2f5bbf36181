import { field, record, sizedText, u16, u8 } from '../../wire/index.ts'
import { message } from '../message.ts'

/** information 信息服务 */
export const information = message(0x8304, 'information 信息服务', record(field('type', u8), field('content', sizedText(u16))))
