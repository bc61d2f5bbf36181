import { field, listOf, record, sizedText, u8 } from '../../wire/index.ts'
import { message } from '../message.ts'

/** phone book 设置电话本 */
export const phoneBook = message(0x8401, 'phone book 设置电话本', record(field('type', u8), field('contacts', listOf(u8, record(field('sign', u8), field('phone', sizedText(u8)), field('name', sizedText(u8)))))))
