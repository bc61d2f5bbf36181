import { field, record, restHex, u32, u8 } from '../../wire/index.ts'
import { message } from '../message.ts'

/** area or route data 查询区域或线路数据应答; the data are laid out as the message that set them */
export const areaData = message(0x0608, 'area or route data 查询区域或线路数据应答', record(field('type', u8), field('total', u32), field('dataHex', restHex)))
