import { byteList, field, record, u32 } from '../../wire/index.ts'
import { message } from '../message.ts'

/** terminal RSA public key 终端RSA公钥 */
export const terminalKey = message(0x0a00, 'terminal RSA public key 终端RSA公钥', record(field('e', u32), field('n', byteList(128))))
