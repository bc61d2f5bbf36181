import { field, optional, record, restText, u8 } from '../../wire/index.ts'
import { message } from '../message.ts'

/** text message 文本信息下发 */
export const textMessage = message(0x8300, 'text message 文本信息下发', record(field('sign', u8), optional('type', u8, (_, edition) => edition === '2019'), field('content', restText)))
