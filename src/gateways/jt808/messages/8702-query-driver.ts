import { record } from '../../wire/index.ts'
import { message } from '../message.ts'

/** query driver identity 上报驾驶员身份信息请求 */
export const queryDriver = message(0x8702, 'query driver identity 上报驾驶员身份信息请求', record())
