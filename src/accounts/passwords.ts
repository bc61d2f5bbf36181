import { randomInt } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'
import type { Problem } from '../base/problems.ts'
import { accountsProblem } from './problems.ts'

/**
 * Argon2id with 46 MiB and one pass, the first of the equal choices in OWASP's Password Storage Cheat Sheet: 19 ms and 46 MiB a
 * check on the reference machine. libuv runs four at a time, so a sign-in storm takes at most 184 MiB.
 */
const cost = { algorithm: 2, memoryCost: 47_104, timeCost: 1, parallelism: 1 } as const

export const oneTimePasswordHours = 72
const shortest = 10
const longest = 128

/** Two keyboards may write one character in two ways; both must open the same account. */
const normal = (password: string): string => password.normalize('NFKC')

export const hashPassword = (password: string): Promise<string> => hash(normal(password), cost)

let decoy: Promise<string> | undefined

/** Checks a password; without a hash (no such account) does the same work and answers no. */
export async function isPassword(passwordHash: string | undefined, password: string): Promise<boolean> {
  decoy ??= hashPassword('nobody has this password')
  const matches = await verify(passwordHash ?? (await decoy), normal(password))
  return matches && passwordHash !== undefined
}

const kinds = [/[a-z]/, /[A-Z]/, /[0-9]/, /[^a-zA-Z0-9]/]

/** Problems of a new password: 10–128 characters of three kinds, or 16 of any kind (等保三级 complexity), and not the account's own name. */
export function checkPassword(password: string, account: string): Problem[] {
  const text = normal(password)
  const length = [...text].length
  const kindsUsed = kinds.filter((kind) => kind.test(text)).length
  const reason =
    length < shortest ? `不足 ${shortest} 个字符`
    : length > longest ? `超过 ${longest} 个字符`
    : text.toLowerCase().includes(account) ? '包含账号名'
    : new Set(text).size < 6 ? '重复字符过多'
    : kindsUsed < 3 && length < 16 ? '大写字母、小写字母、数字、符号中不足三种'
    : undefined
  return reason === undefined ? [] : [accountsProblem('password-too-weak', { reason })]
}

// Without 0/O, 1/l/I: it is read from a screen and typed once.
const alphabet = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789'

/** A password to be shown once and changed at first sign-in: 16 characters, 93 bits, in groups of four. */
export const newOneTimePassword = (): string => Array.from({ length: 4 }, () => Array.from({ length: 4 }, () => alphabet[randomInt(alphabet.length)]!).join('')).join('-')
