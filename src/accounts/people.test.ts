import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freshDatabase } from '../../test/fresh-database.ts'
import { createTestApp, type TestApp } from '../../test/test-app.ts'
import { rows, sql } from '../runtime/database.ts'
import { createFirstAccounts, seedDemoAccounts } from './first-accounts.ts'

let server: TestApp
let administrator: string

beforeAll(async () => {
  server = await createTestApp()
  administrator = await server.signIn('administrator')
})
afterAll(() => server.close())

type Method = 'GET' | 'POST' | 'PATCH'
const call = async (method: Method, url: string, payload?: object, cookie = administrator) => {
  const answer = await server.app.inject({ method, url: `/api/v1${url}`, headers: { cookie }, ...(payload ? { payload } : {}) })
  return { status: answer.statusCode, body: answer.body ? answer.json() : undefined }
}
const person = { account: 'zhang.san', name: '张三', role: 'liaison', unitCode: 'police', phone: '13800001234' }
const idOf = async (account: string): Promise<string> => (await rows(server.database.db, sql<{ id: string }>`select person_id as id from person where account = ${account}`))[0]!.id

describe('an administrator', () => {
  test('creates a person; the one-time password is shown once and works once changed', async () => {
    const made = await call('POST', '/people', person)
    expect(made.status).toBe(201)
    expect(made.body.person).toMatchObject({ account: 'zhang.san', role: 'liaison', unitCode: 'police', phone: '138****1234', passwordMustChange: true })
    expect(JSON.stringify((await call('GET', `/people/${made.body.person.personId}`)).body)).not.toContain(made.body.oneTimePassword)
    expect(await server.signIn('zhang.san', made.body.oneTimePassword)).toContain('lvpei_session=')
    expect((await call('POST', '/people', person)).body).toMatchObject({ code: 'account-taken', status: 409 })
  })

  const misfits: [string, object][] = [
    ['a liaison without a unit', { unitCode: null }],
    ['a unit that is not in the profile', { unitCode: 'customs' }],
    ['a district of another city', { districtCode: '990201' }],
    ['a firm that is not registered', { role: 'enterprise', unitCode: null, enterpriseId: '01980000-0000-7000-8000-000000000000' }],
    ['a firm account without a firm', { role: 'enterprise', unitCode: null }],
    ['a clerk with a unit', { role: 'office-clerk' }],
  ]
  test.each(misfits)('is told about %s', async (_, change) => {
    expect((await call('POST', '/people', { ...person, account: 'misfit', ...change })).body).toMatchObject({ code: 'person-invalid', status: 422 })
  })

  test('disabling and changing the scope end the person’s sessions at once', async () => {
    const cookie = await server.signIn('inspector')
    const personId = await idOf('inspector')
    expect((await call('PATCH', `/people/${personId}`, { name: '郑远' })).status).toBe(200)
    expect((await call('GET', '/session', undefined, cookie)).body.signedIn).toBe(true)
    expect((await call('PATCH', `/people/${personId}`, { disabled: true })).body.disabled).toBe(true)
    expect((await call('GET', '/session', undefined, cookie)).body.signedIn).toBe(false)
    expect((await call('POST', '/session', { account: 'inspector', password: 'Lvpei-demo-2025' })).status).toBe(401)
  })

  test('cannot disable or re-scope themselves, and may rename themselves', async () => {
    const own = await idOf('administrator')
    expect((await call('PATCH', `/people/${own}`, { disabled: true })).body.code).toBe('own-account')
    expect((await call('PATCH', `/people/${own}`, { role: 'office-clerk' })).body.code).toBe('own-account')
    expect((await call('PATCH', `/people/${own}`, { name: '新名字' })).status).toBe(200)
  })

  test('lists people of the own city only, in pages', async () => {
    const seen: string[] = []
    for (let after: string | null = ''; after !== null; ) {
      const page: { items: { account: string; cityCode: string }[]; next: string | null } = (await call('GET', `/people?limit=3&after=${after}`)).body
      seen.push(...page.items.map((each) => each.account))
      expect(page.items.every((each) => each.cityCode === '990100')).toBe(true)
      after = page.next
    }
    expect(seen).toEqual(['administrator', 'auditor', 'clerk', 'district', 'district-administrator', 'firm', 'inspector', 'liaison', 'zhang.san'])
    expect((await call('GET', '/people?search=zhang')).body.items).toHaveLength(1)
    expect((await call('GET', '/people/choices')).body.units.map((each: { code: string }) => each.code)).toEqual(['transport', 'police'])
  })
})

describe('three powers apart', () => {
  test('an administrator neither makes, changes nor resets an auditor, nor turns anybody into one', async () => {
    const auditor = await idOf('auditor')
    expect((await call('POST', '/people', { account: 'my-auditor', name: '甲', role: 'auditor' })).status).toBe(400)
    expect((await call('PATCH', `/people/${auditor}`, { disabled: true })).body.code).toBe('auditor-apart')
    expect((await call('POST', `/people/${auditor}/password`)).body.code).toBe('auditor-apart')
    expect((await call('PATCH', `/people/${await idOf('clerk')}`, { role: 'auditor' })).status).toBe(400)
    expect((await call('GET', '/audit')).status).toBe(403)
  })

  test('the auditor reads what the administrator did, in pages, and administers nothing', async () => {
    const auditor = await server.signIn('auditor')
    const page = (await call('GET', '/audit?limit=2&action=accounts.create', undefined, auditor)).body
    expect(page.items[0]).toMatchObject({ action: 'accounts.create', actor: { role: 'administrator' }, detail: { account: 'zhang.san' } })
    const first = (await call('GET', '/audit?limit=2', undefined, auditor)).body
    const second = (await call('GET', `/audit?limit=2&before=${first.next}`, undefined, auditor)).body
    expect(second.items[0].seq).toBe(first.items[1].seq - 1)
    expect((await call('GET', '/audit?from=yesterday', undefined, auditor)).status).toBe(400)
    expect((await call('GET', '/audit/verification', undefined, auditor)).body).toMatchObject({ ok: true, firstBroken: null })
    expect((await call('GET', '/people', undefined, auditor)).status).toBe(403)
    expect((await call('POST', '/people', person, auditor)).status).toBe(403)
  })
})

describe('the first accounts', () => {
  test('the known demo password is refused to a real city', async () => {
    await expect(seedDemoAccounts(server.database.db, { code: '320700', madeUp: false, districtCode: '320703', liaisonUnitCode: 'transport', enterpriseId: server.world.home.enterpriseId }, 0)).rejects.toThrow('real city')
  })

  test('are made only in an installation without people', async () => {
    expect(await createFirstAccounts(server.database.db, '320700', 0)).toEqual([])
    const empty = await freshDatabase()
    const made = await createFirstAccounts(empty.db, '320700', 0)
    expect(made.map((each) => each.role)).toEqual(['administrator', 'auditor'])
    expect(new Set(made.map((each) => each.password)).size).toBe(2)
    expect(await rows(empty.db, sql`select one_time_until is not null as one_time from person`)).toEqual([{ one_time: true }, { one_time: true }])
    expect(await createFirstAccounts(empty.db, '320700', 0)).toEqual([])
    await empty.close()
  })
})
