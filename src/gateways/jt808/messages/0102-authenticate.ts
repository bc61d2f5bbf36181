import { field, fixedText, optional, record, restText, sizedText, u8 } from '../../wire/index.ts'
import type { Codec } from '../../wire/index.ts'
import { message } from '../message.ts'

export interface AuthenticateBody {
  readonly authCode: string
  /** 2019 only */
  readonly terminalIMEI?: string
  readonly softwareVersion?: string
}

const until2013: Codec<AuthenticateBody> = record(field('authCode', restText))
const is2019 = (_: unknown, edition: string) => edition === '2019'
const from2019: Codec<AuthenticateBody> = record(
  field('authCode', sizedText(u8)),
  optional('terminalIMEI', fixedText(15), is2019),
  optional('softwareVersion', fixedText(20), is2019),
)

/** terminal authentication 终端鉴权: until 2013 the whole body is the code */
export const authenticate = message<AuthenticateBody>(0x0102, 'terminal authentication 终端鉴权', {
  read: (reader, edition) => (edition === '2019' ? from2019 : until2013).read(reader, edition),
  write: (writer, body, edition) =>
    edition === '2019'
      ? from2019.write(writer, { authCode: body.authCode, terminalIMEI: body.terminalIMEI ?? '', softwareVersion: body.softwareVersion ?? '' }, edition)
      : until2013.write(writer, body, edition),
})
