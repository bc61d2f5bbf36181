import { field, listOf, record, u32, u8 } from '../../wire/index.ts'
import { message } from '../message.ts'
import { areaHead, areaName, areaNight, areaSpeed, areaTimes } from './area.ts'

const item = record(
  ...areaHead(u32), field('latitude', u32), field('longitude', u32), field('radius', u32), ...areaTimes, ...areaSpeed, ...areaNight, ...areaName,
)

/** set circles 设置圆形区域 */
export const circles = message(0x8600, 'set circles 设置圆形区域', record(field('action', u8), field('items', listOf(u8, item))))
