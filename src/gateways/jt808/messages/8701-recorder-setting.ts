import { field, record, restHex, u8 } from '../../wire/index.ts'
import { message } from '../message.ts'

/** tachograph parameters 行驶记录参数下传命令; the block is GB/T 19056 */
export const recorderSetting = message(0x8701, 'tachograph parameters 行驶记录参数下传命令', record(field('command', u8), field('dataHex', restHex)))
