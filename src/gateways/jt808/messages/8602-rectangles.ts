import { field, listOf, record, u32, u8 } from '../../wire/index.ts'
import { message } from '../message.ts'
import { areaHead, areaName, areaNight, areaSpeed, areaTimes } from './area.ts'

const item = record(
  ...areaHead(u32),
  field('latitudeUL', u32), field('longitudeUL', u32), field('latitudeLR', u32), field('longitudeLR', u32),
  ...areaTimes, ...areaSpeed, ...areaNight, ...areaName,
)

/** set rectangles 设置矩形区域 */
export const rectangles = message(0x8602, 'set rectangles 设置矩形区域', record(field('action', u8), field('items', listOf(u8, item))))
