import { field, record, restHex, u8 } from '../../wire/index.ts'
import { message } from '../message.ts'

/** data pass-through, downward 数据下行透传; the data mean what the device behind the type says */
export const passthroughDown = message(0x8900, 'data pass-through, downward 数据下行透传', record(field('type', u8), field('dataHex', restHex)))
