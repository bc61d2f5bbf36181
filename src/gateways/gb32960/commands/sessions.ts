import { binaryTime, field, fixedText, record, sizedHex, u16, u8 } from '../../wire/index.ts'
import { signature } from '../units/index.ts'

/** 0x04 vehicle logout 车辆登出 and 0x06 platform logout 平台登出 */
export const logout = record(field('time', binaryTime), field('loginSerial', u16))

/** 0x05 platform login 平台登入 */
export const platformLogin = record(
  field('time', binaryTime),
  field('loginSerial', u16),
  field('username', fixedText(12)),
  field('password', fixedText(20)),
  field('payloadEncryption', u8),
)

/** 0x07 heartbeat 心跳 and 0x08 time synchronisation 终端校时: requests without data */
export const nothing = record()

/** 2025 0x09 activation 激活 */
export const activation = record(
  field('time', binaryTime),
  field('chipId', fixedText(16)),
  field('publicKey', sizedHex(u16)),
  field('vin', fixedText(17)),
  field('signature', signature),
)

/** 2025 0x0A activation answer 激活应答: result 1 done, 2 failed */
export const activationAnswer = record(field('result', u8), field('info', u8))

/** 2025 0x0B key exchange 密钥交换 */
export const keyExchange = record(field('encryption', u8), field('key', sizedHex(u16)), field('startTime', binaryTime), field('endTime', binaryTime))
