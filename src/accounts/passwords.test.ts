import { describe, expect, test } from 'vitest'
import { checkPassword, hashPassword, isPassword, newOneTimePassword } from './passwords.ts'

describe('a new password', () => {
  const cases: [string, boolean][] = [
    ['Abcdefg12', false], // 9 characters
    ['Abcdefg123', true], // 10 of three kinds
    ['abcdefg123', false], // two kinds
    ['abcdefghijklmno', false], // 15 of one kind
    ['abcdefghijklmnop', true], // 16 of one kind
    ['Aa1Aa1Aa1Aa1', false], // three different characters
    ['我们的城市绿色货运配送示范工程办公', true], // 17 characters of one kind
    ['Clerk-2025-x', false], // contains the account
    [`Aa1${'xyz!'.repeat(32)}`, false], // 131 characters
  ]
  test.each(cases)('%s', (password, isGood) => {
    expect(checkPassword(password, 'clerk').length === 0).toBe(isGood)
  })
})

test('the same characters typed on another keyboard are the same password', async () => {
  const stored = await hashPassword('ＡＢＣ１２３ｘｙｚ') // full width
  expect(await isPassword(stored, 'ABC123xyz')).toBe(true)
  expect(await isPassword(stored, 'ABC123xyZ')).toBe(false)
  expect(await isPassword(undefined, 'nobody has this password')).toBe(false)
})

test('one-time passwords satisfy our own rule and do not repeat', () => {
  const made = Array.from({ length: 200 }, newOneTimePassword)
  expect(new Set(made).size).toBe(200)
  expect(made.flatMap((each) => checkPassword(each, 'clerk'))).toEqual([])
})
