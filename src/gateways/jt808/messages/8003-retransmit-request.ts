import { byEdition, field, listOf, record, u16, u8 } from '../../wire/index.ts'
import { message } from '../message.ts'

/** re-transmission request 补传分包请求 */
export const retransmitRequest = message(0x8003, 're-transmission request 补传分包请求', record(field('ackSerial', u16), field('id', byEdition(listOf(u8, u16), { 2019: listOf(u16, u16) }))))
