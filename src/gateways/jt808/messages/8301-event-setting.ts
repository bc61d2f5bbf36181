import { field, listOf, record, sizedText, u8 } from '../../wire/index.ts'
import { message } from '../message.ts'

/** events to report 事件设置 */
export const eventSetting = message(0x8301, 'events to report 事件设置', record(field('type', u8), field('events', listOf(u8, record(field('id', u8), field('content', sizedText(u8)))))))
