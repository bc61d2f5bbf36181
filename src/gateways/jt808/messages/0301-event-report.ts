import { field, record, u8 } from '../../wire/index.ts'
import { message } from '../message.ts'

/** event report 事件报告 */
export const eventReport = message(0x0301, 'event report 事件报告', record(field('eventId', u8)))
