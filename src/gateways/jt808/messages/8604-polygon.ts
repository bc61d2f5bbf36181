import { field, listOf, record, u16, u32 } from '../../wire/index.ts'
import { message } from '../message.ts'
import { areaHead, areaName, areaNight, areaSpeed, areaTimes } from './area.ts'

/** set a polygon 设置多边形区域 */
export const polygon = message(
  0x8604,
  'set a polygon 设置多边形区域',
  record(
    ...areaHead(u32), ...areaTimes, ...areaSpeed,
    field('points', listOf(u16, record(field('latitude', u32), field('longitude', u32)))),
    ...areaNight, ...areaName,
  ),
)
