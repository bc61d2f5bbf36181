import { field, optional, record, u16, u32 } from '../../wire/index.ts'
import { message } from '../message.ts'

/** temporary tracking 临时位置跟踪控制 */
export const track = message(0x8202, 'temporary tracking 临时位置跟踪控制', record(field('interval', u16), optional('validityPeriod', u32, (body) => body['interval'] !== 0)))
