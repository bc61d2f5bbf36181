import { bcd, field, fixedText, record, sizedText, trailing, u8 } from '../../wire/index.ts'
import type { Codec } from '../../wire/index.ts'
import { message } from '../message.ts'

/** 2013 table 38 and 2019 table 51: what follows the time is there when a card was read. */
const from2013: Codec<Readonly<Record<string, unknown>>> = record(
  field('status', u8),
  field('dateTime', bcd(6)),
  trailing('cardStatus', u8),
  trailing('name', sizedText(u8)),
  trailing('licenseNo', fixedText(20)),
  trailing('institution', sizedText(u8)),
  trailing('licenseValidPeriod', bcd(4)),
  trailing('idCard', fixedText(20)),
)

const only2011: Codec<Readonly<Record<string, unknown>>> = record(
  field('name', sizedText(u8)),
  field('idCard', fixedText(20)),
  field('licenseNo', fixedText(40)),
  field('institution', sizedText(u8)),
)

/** 2011 begins with the length of a name, at least two GBK characters; later editions begin with status 1 or 2. */
const body: Codec<Readonly<Record<string, unknown>>> = {
  read: (reader, edition) => {
    const first = reader.remaining > 0 ? reader.bytes[reader.position]! : 0
    return (edition === '2019' || first === 1 || first === 2 ? from2013 : only2011).read(reader, edition)
  },
  write: (writer, driver, edition) => ('status' in driver ? from2013 : only2011).write(writer, driver, edition),
}

/** driver identity 驾驶员身份信息采集上报 */
export const driver = message(0x0702, 'driver identity 驾驶员身份信息采集上报', body)
