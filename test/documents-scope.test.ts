import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../src/base/ids.ts'
import { createBulletin } from '../src/programme/index.ts'
import { programmeDeps } from './scope/programme.ts'
import { createTestApp, type TestApp } from './test-app.ts'

describe('documents set in type', () => {
  let server: TestApp
  let foreignId = ''
  beforeAll(async () => {
    server = await createTestApp()
    const given = programmeDeps(server)
    // Real values have UUIDs; the matrix marks theirs with a word.
    const deps = { ...given, measure: async (question: Parameters<typeof given.measure>[0]) => (await given.measure(question)).map((value) => ({ ...value, id: newId<'indicator-value'>(server.world.now) })) }
    const { cityCode, marker } = server.world.foreign
    const actor = { personId: null, name: marker, role: 'office-clerk', scope: { cityCode, districtCode: null, unitCode: null, enterpriseId: null } } as const
    foreignId = (await createBulletin(deps, deps.profiles.find((each) => each.code === cityCode)!, { period: '2026H1', actor })).bulletinId
  })
  afterAll(() => server.close())

  const status = async (account: string | null, url: string): Promise<number> =>
    (await server.app.inject({ method: 'GET', url, headers: account === null ? {} : { cookie: await server.signIn(account) } })).statusCode

  it('of another city do not exist, of one\'s own do, whichever way they are asked for', async () => {
    const city = server.world.foreign.cityCode
    for (const extension of ['pdf', 'docx']) {
      for (const account of ['clerk', 'liaison', 'inspector', 'district']) {
        expect(await status(account, `/api/v1/bulletins/${foreignId}.${extension}`), account).toBe(404)
        expect(await status(account, `/api/v1/bulletins/${foreignId}.${extension}?city=${city}`), account).toBe(404)
      }
      expect(await status('firm', `/api/v1/bulletins/${foreignId}.${extension}?city=${city}`)).toBe(403)
      expect(await status(null, `/api/v1/bulletins/${foreignId}.${extension}?city=${city}`)).toBe(401)
      expect(await status('foreign-office-clerk', `/api/v1/bulletins/${foreignId}.${extension}`)).toBe(200)
    }
  })

  it('are the public\'s only once they are published', async () => {
    const { cityCode } = server.world.foreign
    const url = `/api/v1/portal/documents/${foreignId}.pdf?city=${cityCode}`
    expect(await status(null, url)).toBe(404)
    const cookie = await server.signIn('foreign-office-clerk')
    const edited = await server.app.inject({ method: 'PATCH', url: `/api/v1/bulletins/${foreignId}`, headers: { cookie, 'if-match': '"v1"' }, payload: { documentNumber: '试绿配办〔2026〕1号' } })
    expect(edited.statusCode, edited.body).toBe(200)
    const published = await server.app.inject({ method: 'POST', url: `/api/v1/bulletins/${foreignId}/publish`, headers: { cookie, 'if-match': String(edited.headers.etag) } })
    expect(published.statusCode, published.body).toBe(200)
    expect(await status(null, url)).toBe(200)
  })
})
