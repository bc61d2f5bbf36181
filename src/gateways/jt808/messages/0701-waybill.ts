import { field, record, sizedHex, u32 } from '../../wire/index.ts'
import { message } from '../message.ts'

/** electronic waybill 电子运单上报 */
export const waybill = message(0x0701, 'electronic waybill 电子运单上报', record(field('content', sizedHex(u32))))
