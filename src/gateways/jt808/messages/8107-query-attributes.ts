import { record } from '../../wire/index.ts'
import { message } from '../message.ts'

/** query terminal attributes 查询终端属性 */
export const queryAttributes = message(0x8107, 'query terminal attributes 查询终端属性', record())
