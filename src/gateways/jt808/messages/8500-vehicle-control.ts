import { field, optional, record, u16, u8, byEdition } from '../../wire/index.ts'
import { message } from '../message.ts'

/** vehicle control 车辆控制: 2013 flags, 2019 a control id with its value */
export const vehicleControl = message(
  0x8500,
  'vehicle control 车辆控制',
  record(field('type', byEdition(u8, { 2019: u16 })), optional('param', u8, (_, edition) => edition === '2019')),
)
