import { byteList, field, fixedText, record, sizedText, u32, u8 } from '../../wire/index.ts'
import { message } from '../message.ts'

/** upgrade package 下发终端升级包 */
export const upgrade = message(0x8108, 'upgrade package 下发终端升级包', record(field('type', u8), field('manufacturerId', fixedText(5)), field('version', sizedText(u8)), field('dataHex', byteList(u32))))
