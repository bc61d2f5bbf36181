import { field, listOf, record, sizedText, u16, u8 } from '../../wire/index.ts'
import { message } from '../message.ts'

/** information menu 信息点播菜单设置 */
export const informationMenu = message(0x8303, 'information menu 信息点播菜单设置', record(field('type', u8), field('infos', listOf(u8, record(field('type', u8), field('name', sizedText(u16)))))))
