import { field, record, u8 } from '../../wire/index.ts'
import { message } from '../message.ts'

/** information on demand 信息点播/取消 */
export const informationChoice = message(0x0303, 'information on demand 信息点播/取消', record(field('type', u8), field('action', u8)))
