import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** A 256-bit secret of this installation, made at first use and kept in the data directory, readable by its owner only. */
export function installationSecret(dataDirectory: string, name: string): Buffer {
  const directory = join(dataDirectory, 'secrets')
  const file = join(directory, name)
  if (existsSync(file)) return Buffer.from(readFileSync(file, 'utf8'), 'hex')
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  const secret = randomBytes(32)
  writeFileSync(file, secret.toString('hex'), { mode: 0o600, flag: 'wx' })
  return secret
}
