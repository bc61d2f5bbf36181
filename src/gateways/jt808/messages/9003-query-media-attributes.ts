import { record } from '../../wire/index.ts'
import { message } from '../message.ts'

/** query audio and video attributes 查询终端音视频属性 */
export const queryMediaAttributes = message(0x9003, 'query audio and video attributes 查询终端音视频属性', record())
