import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestApp, type TestApp } from '../../test/test-app.ts'
import { demoPassword } from './first-accounts.ts'

let test_: TestApp
let now = Date.parse('2025-03-31T09:00:00+08:00')

beforeAll(async () => {
  test_ = await createTestApp({ clock: () => now })
})
afterAll(() => test_.close())

const post = (payload: object, headers: Record<string, string> = {}) => test_.app.inject({ method: 'POST', url: '/api/v1/session', payload, headers })
const whoAmI = (cookie?: string) => test_.app.inject({ url: '/api/v1/session', headers: cookie ? { cookie } : {} })

describe('signing in', () => {
  test('without a session one is the public of the default city', async () => {
    expect((await whoAmI()).json()).toMatchObject({ signedIn: false, role: 'public', permissions: [], scope: { cityCode: '990100' } })
  })

  test('opens a session in a cookie that scripts cannot read', async () => {
    const answer = await post({ account: ' Clerk ', password: demoPassword })
    expect(answer.statusCode).toBe(200)
    expect(answer.json()).toMatchObject({ signedIn: true, account: 'clerk', role: 'office-clerk', passwordMustChange: false })
    expect(answer.cookies[0]).toMatchObject({ name: 'lvpei_session', httpOnly: true, sameSite: 'Lax', path: '/' })
    expect(answer.headers['cache-control']).toBe('no-store')
  })
})
