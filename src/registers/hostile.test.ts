import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freshDatabase } from '../../test/fresh-database.ts'
import { startOfDay } from '../base/time.ts'
import type { Database } from '../runtime/database.ts'
import type { App } from '../runtime/http.ts'
import { registerRoutes } from './index.ts'
import { callerOf, fixedClock, sampleApp, someone } from './sample-app.ts'
import { sampleDivisions, sampleFirm, sampleTruck } from './sample-register.ts'

/** What a broken client or a curious one sends: always a problem somebody can act on, never an error of ours, never a torn answer. */
let database: Database
let app: App
let call: ReturnType<typeof callerOf>
const clerk = someone('office-clerk')
const multipart = { 'content-type': 'multipart/form-data; boundary=b' }
const part = (name: string, bytes: string) => `--b\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\n\r\n${bytes}`

beforeAll(async () => {
  database = await freshDatabase()
  app = await sampleApp([registerRoutes({ db: database.db, clock: fixedClock(startOfDay('2025-06-01')).clock, registers: [sampleFirm, sampleTruck], divisions: () => sampleDivisions })])
  call = callerOf(app)
})
afterAll(async () => {
  await app.close()
  await database.close()
})

describe('queries', () => {
  it.each(['q=%00', 'plate=%00', 'cursor=%00', 'order=%00', 'bbox=1,2,3', 'limit=0', 'loadKg=x', 'constructor=1', 'asOf=275760-09-13', 'plate[gte][a]=1'])('%s is refused by the list', async (query) =>
    expect((await call(clerk, 'GET', `/api/v1/sample-trucks?${query}`)).status).toBe(400))

  it('answers a question about the future with what is known now, and says so', async () => {
    const answer = await call(clerk, 'GET', '/api/v1/sample-trucks?asOf=2999-01-01T00:00:00Z')
    expect([answer.status, (answer.body as { asOf: string }).asOf]).toEqual([200, '2025-06-01T00:00:00+08:00'])
  })

  it.each(['loadKg=x', 'cursor=abc', 'order=-1', 'loadKg[gte]='])('%s is refused by the export before it begins', async (query) => {
    const answer = await call(clerk, 'GET', `/api/v1/sample-trucks/export.xlsx?${query}`)
    expect([answer.status, (answer.body as { code: string }).code]).toEqual([400, 'query-malformed'])
  })
})

describe('bodies', () => {
  it.each([['a NUL', '\0'], ['half a character', '\ud800']])('%s is refused', async (_, text) => {
    const answer = await call(clerk, 'POST', '/api/v1/sample-trucks', { body: { plate: `苏GD20001${text}` } })
    expect([answer.status, (answer.body as { code: string }).code]).toEqual([400, 'request-invalid'])
  })

  it.each([
    ['nothing', '', multipart], ['no end', part('a.xlsx', 'PK'), multipart], ['no boundary', 'x', { 'content-type': 'multipart/form-data' }],
    ['no workbook', `${part('../../a.xlsx', 'PK\x03\x04')}\r\n--b--\r\n`, multipart], ['a NUL in its name', `${part('a\0.xlsx', 'PK')}\r\n--b--\r\n`, multipart],
  ])('an upload with %s is refused', async (_, body, headers) => {
    const answer = await call(clerk, 'POST', '/api/v1/sample-trucks/imports', { body: Buffer.from(body), headers })
    expect(answer.status, JSON.stringify(answer.body)).toBeGreaterThanOrEqual(400)
    expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(500)
  })
})
