import { record } from '../../wire/index.ts'
import { message } from '../message.ts'

/** query all parameters 查询终端参数 */
export const queryParameters = message(0x8104, 'query all parameters 查询终端参数', record())
