import { field, record, restHex, trailing, u32, u8 } from '../../wire/index.ts'
import { message } from '../message.ts'
import { positionBase } from './position.ts'

const positionBytes = 28

/** multimedia data 多媒体数据上传; 2011 has no position */
export const media = message(
  0x0801,
  'multimedia data 多媒体数据上传',
  record(
    field('id', u32),
    field('type', u8),
    field('format', u8),
    field('event', u8),
    field('channelId', u8),
    trailing('location', positionBase, positionBytes),
    field('dataHex', restHex),
  ),
)
