import { byteList, field, record, u32 } from '../../wire/index.ts'
import { message } from '../message.ts'

/** platform RSA public key 平台RSA公钥 */
export const platformKey = message(0x8a00, 'platform RSA public key 平台RSA公钥', record(field('e', u32), field('n', byteList(128))))
