import { acknowledgedPosition } from './position.ts'
import { message } from '../message.ts'

/** answer to a position query 位置信息查询应答: a position behind the serial it answers */
export const positionAnswer = message(0x0201, 'answer to a position query 位置信息查询应答', acknowledgedPosition)
