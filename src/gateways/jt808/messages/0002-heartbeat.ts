import { record } from '../../wire/index.ts'
import { message } from '../message.ts'

/** terminal heartbeat 终端心跳 */
export const heartbeat = message(0x0002, 'terminal heartbeat 终端心跳', record())
