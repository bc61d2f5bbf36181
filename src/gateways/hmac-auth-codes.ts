import { createHmac, timingSafeEqual } from 'node:crypto'
import { canonicalPhone } from './directory.ts'
import type { TerminalDirectory } from './directory.ts'

const codeLength = 16

/**
 * Auth codes that need no table: a code is the HMAC-SHA-256 of the terminal's phone under a secret of the installation.
 * The same terminal always gets the same code, so a restart keeps every device logged in; a new secret revokes all codes.
 */
export function createHmacAuthCodes(secret: string | Uint8Array): Pick<TerminalDirectory, 'issueAuthCode' | 'checkAuthCode'> {
  if (secret.length < 16) throw new Error('the secret for auth codes needs at least 16 bytes')
  const codeOf = (terminal: string): string =>
    createHmac('sha256', secret).update(`jt808:${canonicalPhone(terminal)}`).digest('base64url').slice(0, codeLength)
  return {
    issueAuthCode: async (terminal) => codeOf(terminal),
    checkAuthCode: async (terminal, code) => {
      const expected = Buffer.from(codeOf(terminal))
      const given = Buffer.from(code)
      return given.length === expected.length && timingSafeEqual(given, expected)
    },
  }
}
