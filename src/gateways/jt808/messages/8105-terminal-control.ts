import { field, record, restText, u8 } from '../../wire/index.ts'
import { message } from '../message.ts'

/** terminal control 终端控制 */
export const terminalControl = message(0x8105, 'terminal control 终端控制', record(field('command', u8), field('parameter', restText)))
