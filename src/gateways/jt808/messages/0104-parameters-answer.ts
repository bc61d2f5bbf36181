import { field, record, u16 } from '../../wire/index.ts'
import { message } from '../message.ts'
import { parameters } from './parameters.ts'

/** parameters of the terminal 查询终端参数应答 */
export const parametersAnswer = message(0x0104, 'parameters of the terminal 查询终端参数应答', record(field('ackSerial', u16), field('parameters', parameters)))
