import { field, record, u8 } from '../../wire/index.ts'
import { message } from '../message.ts'

/** upgrade result 终端升级结果通知 */
export const upgradeResult = message(0x0108, 'upgrade result 终端升级结果通知', record(field('type', u8), field('result', u8)))
