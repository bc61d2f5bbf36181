import { bcdTime, field, record, u16 } from '../../wire/index.ts'
import { message } from '../message.ts'

/** passenger flow 终端上传乘客流量 */
export const passengerFlow = message(0x1005, 'passenger flow 终端上传乘客流量', record(field('startTime', bcdTime), field('endTime', bcdTime), field('boardNumber', u16), field('alightNumber', u16)))
