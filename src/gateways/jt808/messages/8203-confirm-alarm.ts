import { field, record, u16, u32 } from '../../wire/index.ts'
import { message } from '../message.ts'

/** confirm an alarm by hand 人工确认报警消息 */
export const confirmAlarm = message(0x8203, 'confirm an alarm by hand 人工确认报警消息', record(field('ackSerial', u16), field('type', u32)))
