import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshDatabase } from '../../test/fresh-database.ts'
import { newId } from '../base/ids.ts'
import { systemClock } from '../runtime/clock.ts'
import type { Database } from '../runtime/database.ts'
import { findJob, installJobQueue, orderJob } from '../runtime/jobs.ts'
import { createLog } from '../runtime/log.ts'
import { readSettings } from '../runtime/settings.ts'
import { createAccess } from './access.ts'
import { openCore, type Core } from './core.ts'
import { startJobRunner } from './job-runner.ts'

let database: Database
let core: Core
beforeAll(async () => {
  database = await freshDatabase()
  core = await openCore({ settings: { ...readSettings({}), databaseUrl: database.url, logLevel: 'silent' }, clock: systemClock, log: createLog('silent') })
  await installJobQueue(core.database.db)
})
afterAll(async () => {
  await core.database.close()
  await database.close()
})

test('a job ordered is worked in a thread of its own, one of a kind nobody knows is said to have failed, and the runner stops', async () => {
  const { db } = core.database
  const base = createAccess(core).rules.fileOf('999900')!
  const order = async (kind: string): Promise<string> => {
    const jobId = newId<'job'>(systemClock())
    const question = { draftId: jobId, draftTitle: '推演', draftRevision: 1, from: '2026-01-01', to: '2026-07-01', asOf: systemClock() }
    await orderJob(db, { jobId, kind, scope: { cityCode: '999900', districtCode: null, enterpriseId: null }, requestedBy: '测试', question, input: { base, draft: { ...base, rules: [] } }, now: systemClock() })
    return jobId
  }
  const stop = await startJobRunner(core)
  const [replay, unknown] = [await order('access.replay'), await order('unheard-of')]
  const find = async (kind: string, jobId: string) => (await findJob(db, { cityCode: '999900', jobId, kind }))!
  await expect.poll(async () => (await find('access.replay', replay)).state, { timeout: 30_000 }).toBe('done')
  expect(await find('access.replay', replay)).toMatchObject({ result: { positions: 0, rows: [], newlyAllowed: { vehicles: 0 } } })
  await expect.poll(async () => (await find('unheard-of', unknown)).state, { timeout: 30_000 }).toBe('failed')
  await stop()
  const late = await order('access.replay')
  expect((await find('access.replay', late)).state).toBe('waiting')
})
