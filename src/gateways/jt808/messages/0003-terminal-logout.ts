import { record } from '../../wire/index.ts'
import { message } from '../message.ts'

/** terminal deregistration 终端注销 */
export const terminalLogout = message(0x0003, 'terminal deregistration 终端注销', record())
