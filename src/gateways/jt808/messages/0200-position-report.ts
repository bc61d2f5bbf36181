import { message } from '../message.ts'
import { position } from './position.ts'

/** position report 位置信息汇报 */
export const positionReport = message(0x0200, 'position report 位置信息汇报', position)
