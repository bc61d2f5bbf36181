import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createTestApp, type TestApp } from '../../test/test-app.ts'
import { rows, sql } from '../runtime/database.ts'
import { demoPassword } from './first-accounts.ts'
import { addPerson, makeOneTimePassword } from './people.ts'

let server: TestApp
let now = Date.parse('2025-03-31T09:00:00+08:00')
const minutes = (count: number) => count * 60_000

beforeAll(async () => {
  server = await createTestApp({ clock: () => now })
})
afterAll(() => server.close())
// Locks and sessions of one test are over before the next one begins.
beforeEach(() => {
  now += minutes(24 * 60)
})

const post = (payload: object, headers: Record<string, string> = {}) => server.app.inject({ method: 'POST', url: '/api/v1/session', payload, headers })
const whoAmI = async (cookie?: string) => (await server.app.inject({ url: '/api/v1/session', headers: cookie ? { cookie } : {} })).json()
const signIn = async (account: string, password = demoPassword): Promise<string> => {
  const answer = await post({ account, password })
  expect(answer.statusCode).toBe(200)
  return `lvpei_session=${answer.cookies[0]!.value}`
}

describe('signing in', () => {
  test('without a session one is the public of the default city', async () => {
    expect(await whoAmI()).toMatchObject({ signedIn: false, role: 'public', permissions: [], scope: { cityCode: '990100' } })
    expect(await whoAmI('lvpei_session=not-a-token')).toMatchObject({ signedIn: false })
    expect(await whoAmI(`lvpei_session=${'A'.repeat(43)}`)).toMatchObject({ signedIn: false })
  })

  test('opens a session in a cookie that scripts cannot read', async () => {
    const answer = await post({ account: ' Clerk ', password: demoPassword })
    expect(answer.json()).toMatchObject({ signedIn: true, account: 'clerk', role: 'office-clerk', passwordMustChange: false, expiresAt: '2025-04-02T21:00:00+08:00' })
    expect(answer.cookies[0]).toMatchObject({ name: 'lvpei_session', httpOnly: true, sameSite: 'Lax', path: '/' })
    expect(answer.headers['cache-control']).toBe('no-store')
  })

  test('keeps neither passwords nor tokens in the database', async () => {
    const cookie = await signIn('liaison')
    const stored = JSON.stringify(await rows(server.database.db, sql`select to_jsonb(p) as row from person p union all select to_jsonb(s) from session s union all select to_jsonb(a) from audit_entry a`))
    expect(stored).toContain('$argon2id$v=19$m=47104,t=1,p=1$')
    expect(stored).not.toContain(demoPassword)
    expect(stored).not.toContain(cookie.split('=')[1]!)
  })

  test('ends after 30 idle minutes and after 12 hours whatever happens', async () => {
    const cookie = await signIn('clerk')
    now += minutes(29)
    expect(await whoAmI(cookie)).toMatchObject({ signedIn: true })
    now += minutes(29)
    expect(await whoAmI(cookie)).toMatchObject({ signedIn: true })
    now += minutes(30)
    expect(await whoAmI(cookie)).toMatchObject({ signedIn: false })
    const busy = await signIn('clerk')
    for (let hour = 0; hour < 11.75; hour += 0.25) {
      now += minutes(15)
      expect(await whoAmI(busy)).toMatchObject({ signedIn: true })
    }
    now += minutes(15)
    expect(await whoAmI(busy)).toMatchObject({ signedIn: false })
  })

  test('signing out ends the session on the server too', async () => {
    const cookie = await signIn('clerk')
    expect((await server.app.inject({ method: 'DELETE', url: '/api/v1/session', headers: { cookie } })).statusCode).toBe(204)
    expect(await whoAmI(cookie)).toMatchObject({ signedIn: false })
  })

  test('a new session never continues the token the browser came with', async () => {
    const first = await signIn('clerk')
    const second = await post({ account: 'clerk', password: demoPassword }, { cookie: first })
    expect(`lvpei_session=${second.cookies[0]!.value}`).not.toBe(first)
    expect(await whoAmI(first)).toMatchObject({ signedIn: false })
  })
})

describe('guessing', () => {
  const codes = async (account: string, count: number) => {
    const seen: unknown[] = []
    for (let each = 0; each < count; each++) seen.push((await post({ account, password: 'wrong' })).json().code)
    return seen
  }

  test('the sixth attempt is refused for ten minutes, with the same answers for a name that does not exist', async () => {
    const known = await codes('inspector', 6)
    expect(known).toEqual([...Array<string>(5).fill('sign-in-failed'), 'account-locked'])
    expect(await codes('nobody-here', 6)).toEqual(known)
    expect((await post({ account: 'inspector', password: demoPassword })).statusCode).toBe(429)
    now += minutes(10) - 1
    expect((await post({ account: 'inspector', password: demoPassword })).statusCode).toBe(429)
    now += 1
    expect((await post({ account: 'inspector', password: demoPassword })).statusCode).toBe(200)
  })

  test('attempts made at the same moment do not slip past the limit', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => post({ account: 'inspector', password: 'wrong' })))
    expect(answers.filter((each) => each.statusCode === 401)).toHaveLength(5)
    expect(answers.filter((each) => each.statusCode === 429)).toHaveLength(15)
  })

  test('failures more than ten minutes apart and failures before a success do not add up', async () => {
    await codes('inspector', 4)
    now += minutes(10)
    expect(await codes('inspector', 4)).toEqual(Array(4).fill('sign-in-failed'))
    await signIn('inspector')
    expect(await codes('inspector', 5)).toEqual(Array(5).fill('sign-in-failed'))
  })

  test('an unknown name costs as much time as a known one', async () => {
    const taken: Record<string, number[]> = { clerk: [], 'no-such-person': [] }
    for (let each = 0; each < 9; each++) {
      for (const [account, times] of Object.entries(taken)) {
        now += minutes(11)
        const before = performance.now()
        await post({ account, password: 'wrong' })
        times.push(performance.now() - before)
      }
    }
    const median = (times: number[]) => times.toSorted((a, b) => a - b)[4]!
    // The password check alone is about 19 ms; without it an unknown name would answer in 3.
    expect(median(taken['no-such-person']!)).toBeGreaterThan(0.6 * median(taken['clerk']!))
  })

  test('what was typed as an unknown name is not written down', async () => {
    await post({ account: 'My-Secret-Password', password: 'x' })
    const audit = JSON.stringify(await rows(server.database.db, sql`select * from audit_entry`))
    expect(audit.toLowerCase()).not.toContain('my-secret-password')
  })
})

describe('other sites', () => {
  const cases: [string, Record<string, string>, number][] = [
    ['a page of another site', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }, 403],
    ['a page of a sibling host', { 'sec-fetch-site': 'same-site' }, 403],
    ['an old browser on another site', { origin: 'https://evil.example' }, 403],
    ['a sandboxed frame', { origin: 'null' }, 403],
    ['our own page', { 'sec-fetch-site': 'same-origin', origin: 'http://localhost:80' }, 200],
    ['our own page in an old browser', { origin: 'http://localhost', host: 'localhost' }, 200],
    ['a script', {}, 200],
  ]
  test.each(cases)('%s', async (_, headers, status) => {
    expect((await post({ account: 'clerk', password: demoPassword }, headers)).statusCode).toBe(status)
  })
})

describe('passwords', () => {
  test('a one-time password opens nothing but its own change, and ends', async () => {
    const secret = await makeOneTimePassword(now)
    await addPerson(server.database.db, { account: 'newcomer', name: '新人', role: 'administrator', scope: { cityCode: '990100', districtCode: null, unitCode: null, enterpriseId: null } }, secret)
    const cookie = await signIn('newcomer', secret.password)
    expect(await whoAmI(cookie)).toMatchObject({ passwordMustChange: true })
    expect((await server.app.inject({ url: '/api/v1/people', headers: { cookie } })).json()).toMatchObject({ code: 'password-must-change', status: 403 })
    const change = (next: string, current = secret.password) => server.app.inject({ method: 'POST', url: '/api/v1/session/password', headers: { cookie }, payload: { current, next } })
    expect((await change('Newcomer2025!')).json()).toMatchObject({ code: 'password-too-weak' })
    expect((await change('Other-2025-x', 'guess')).json()).toMatchObject({ code: 'password-wrong' })
    const changed = await change('绿色货运Delivery2025')
    expect(changed.statusCode).toBe(204)
    expect(await whoAmI(cookie), 'sessions from before the change are over').toMatchObject({ signedIn: false })
    const fresh = `lvpei_session=${changed.cookies[0]!.value}`
    expect((await server.app.inject({ url: '/api/v1/people', headers: { cookie: fresh } })).statusCode).toBe(200)
    expect((await post({ account: 'newcomer', password: secret.password })).statusCode).toBe(401)
  })

  test('a one-time password is refused after 72 hours', async () => {
    const secret = await makeOneTimePassword(now)
    await addPerson(server.database.db, { account: 'latecomer', name: '迟到', role: 'administrator', scope: { cityCode: '990100', districtCode: null, unitCode: null, enterpriseId: null } }, secret)
    now += minutes(72 * 60)
    expect((await post({ account: 'latecomer', password: secret.password })).json()).toMatchObject({ code: 'one-time-password-expired' })
  })
})
