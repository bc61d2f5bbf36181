import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshDatabase } from '../../test/fresh-database.ts'
import type { Database } from '../runtime/database.ts'

const main = join(import.meta.dirname, '../main.ts')
let database: Database
beforeAll(async () => { database = await freshDatabase() })
afterAll(() => database.close())

async function may(...options: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const running = promisify(execFile)(process.execPath, [main, 'may', ...options], { env: { ...process.env, DATABASE_URL: database.url } })
  return running.then(({ stdout, stderr }) => ({ code: 0, stdout, stderr }), (error: { code: number; stdout: string; stderr: string }) => error)
}
const question = ['--city', '999900', '--vehicle', 'nev-light-truck']

test('answers as the contract says, exit 1 for no, 2 for wrong use', async () => {
  const no = await may(...question, '--at', '2026-11-20T08:00:00+08:00', '--point', '120.795,34.64')
  expect(no.code).toBe(1)
  expect(JSON.parse(no.stdout)).toMatchObject({ allowed: false, decidedBy: { rule: 'Z1-nev-peak', notice: expect.any(String), text: expect.any(String) }, until: '2026-11-20T09:00:00+08:00' })
  const yes = await may(...question, '--at', '2026-11-20T09:00:00+08:00', '--point', '120.795,34.64')
  expect([yes.code, JSON.parse(yes.stdout)]).toMatchObject([0, { allowed: true, until: '2026-11-20T17:00:00+08:00' }])
  const way = await may(...question, '--at', '2026-11-20T08:10:00+08:00', '--from', '120.75,34.62', '--to', '120.80,34.65')
  expect([way.code, JSON.parse(way.stdout)]).toMatchObject([1, { allowed: false, path: 'streets', decidedBy: { rule: 'Z1-nev-peak' } }])
  const unknown = await may('--city', '999900', '--vehicle', '无此车', '--at', '2026-11-20T08:00:00+08:00', '--point', '120.795,34.64')
  expect([unknown.code, unknown.stderr]).toMatchObject([1, expect.stringContaining('access-vehicle-unknown')])
  expect((await may(...question, '--at', '2026-11-20T08:00:00+08:00')).code).toBe(2)
  expect((await may(...question, '--at', '2026-11-20T08:00:00+08:00', '--point', 'north')).code).toBe(2)
})
