import { createHash, randomBytes } from 'node:crypto'

export const sessionCookie = 'lvpei_session'

/** 256 random bits, base64url. Only its hash is stored; a fast hash is enough for a secret nobody chose. */
export const newToken = (): string => randomBytes(32).toString('base64url')

export const hashToken = (token: string): Buffer => createHash('sha256').update(token).digest()

/** The hash of a cookie's token; undefined when the text cannot be one. */
export const findTokenHash = (cookie: string | undefined): Buffer | undefined => (cookie !== undefined && /^[\w-]{43}$/.test(cookie) ? hashToken(cookie) : undefined)
