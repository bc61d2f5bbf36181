import { ByteReader, field, fixedText, record, restText, u16, u8 } from '../../wire/index.ts'
import type { Codec, ReadBy } from '../../wire/index.ts'
import { message } from '../message.ts'

const fields = record(
  field('province', u16),
  field('city', u16),
  field('manufacturerId', fixedText({ otherwise: 5, 2019: 11 })),
  field('terminalModel', fixedText({ otherwise: 20, 2011: 8, 2019: 30 })),
  field('terminalId', fixedText({ otherwise: 7, 2019: 30 })),
  field('plateColor', u8),
  field('plateNo', restText),
)

export type RegisterBody = ReadBy<typeof fields>

/** Up to the plate the body has 25 bytes in 2011 and 37 in 2013; the header does not say which. */
const fixedBytes2013 = 37

/** 2013, unless the body is too short for it (JT/T 808-2013 table 6 against JT/T 808-2011 table 6). */
const body: Codec<RegisterBody> = {
  read: (reader, edition) => {
    const is2011 = edition !== '2019' && reader.remaining < fixedBytes2013
    return fields.read(new ByteReader(reader.bytes, reader.advance(reader.remaining), reader.end), is2011 ? '2011' : edition)
  },
  write: fields.write,
}

/** terminal registration 终端注册; plateColor 0 means not registered, and plateNo is then the VIN */
export const register = message(0x0100, 'terminal registration 终端注册', body)
