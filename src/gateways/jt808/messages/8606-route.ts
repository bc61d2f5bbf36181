import { field, listOf, optional, record, u16, u32, u8 } from '../../wire/index.ts'
import { message } from '../message.ts'
import { areaHead, areaName, areaNight, areaSpeed, areaTimes, hasTimes } from './area.ts'

/** A turning point; bit 0 of its attribute brings driving times, bit 1 a speed limit. */
const point = record(
  field('id', u32), field('routeId', u32), field('latitude', u32), field('longitude', u32), field('width', u8), field('attribute', u8),
  optional('upperLimit', u16, hasTimes), optional('lowerLimit', u16, hasTimes),
  ...areaSpeed, ...areaNight,
)

/** set a route 设置路线 */
export const route = message(0x8606, 'set a route 设置路线', record(...areaHead(u32), ...areaTimes, field('items', listOf(u16, point)), ...areaName))
