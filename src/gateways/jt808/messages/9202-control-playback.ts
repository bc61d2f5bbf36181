import { bcd, field, record, u8 } from '../../wire/index.ts'
import { message } from '../message.ts'

/** control playback 录像回放控制 */
export const controlPlayback = message(0x9202, 'control playback 录像回放控制', record(field('channelNo', u8), field('playbackMode', u8), field('playbackSpeed', u8), field('playbackTime', bcd(6))))
