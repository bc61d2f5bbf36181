import { bcd, field, fixedText, record, sizedText, u16, u8 } from '../../wire/index.ts'
import { message } from '../message.ts'

/** terminal attributes 查询终端属性应答 */
export const attributes = message(0x0107, 'terminal attributes 查询终端属性应答', record(
  field('deviceType', u16),
  field('manufacturerId', fixedText(5)),
  field('terminalModel', fixedText({ otherwise: 20, 2019: 30 })),
  field('terminalId', fixedText({ otherwise: 7, 2019: 30 })),
  field('iccid', bcd(10)),
  field('hardwareVersion', sizedText(u8)),
  field('firmwareVersion', sizedText(u8)),
  field('gnssAttribute', u8),
  field('networkAttribute', u8),
))
