import { record } from '../../wire/index.ts'
import { message } from '../message.ts'

/** query position 位置信息查询 */
export const queryPosition = message(0x8201, 'query position 位置信息查询', record())
