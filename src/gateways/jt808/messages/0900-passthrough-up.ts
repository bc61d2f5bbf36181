import { field, record, restHex, u8 } from '../../wire/index.ts'
import { message } from '../message.ts'

/** data pass-through, upward 数据上行透传; the data mean what the device behind the type says */
export const passthroughUp = message(0x0900, 'data pass-through, upward 数据上行透传', record(field('type', u8), field('dataHex', restHex)))
