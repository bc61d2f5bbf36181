import { field, record, sizedText, u16, u8, untilEnd } from '../../wire/index.ts'
import { message } from '../message.ts'

/** question 提问下发 */
export const question = message(0x8302, 'question 提问下发', record(field('sign', u8), field('content', sizedText(u8)), field('options', untilEnd(record(field('id', u8), field('content', sizedText(u16)))))))
