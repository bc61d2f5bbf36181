import { field, record } from '../../wire/index.ts'
import { message } from '../message.ts'
import { parameters } from './parameters.ts'

/** set parameters 设置终端参数 */
export const setParameters = message(0x8103, 'set parameters 设置终端参数', record(field('parameters', parameters)))
