import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshDatabase } from '../../test/fresh-database.ts'
import { newId } from '../base/ids.ts'
import { systemClock } from './clock.ts'
import { rows, run, sql, type Database } from './database.ts'
import { startCounting } from './job-queue.fixture.ts'
import { findJob, giveUpJob, installJobQueue, orderJob, startJobQueue, type JobRef, type JobRow } from './jobs.ts'

let database: Database
beforeAll(async () => {
  database = await freshDatabase()
  await installJobQueue(database.db)
})
afterAll(() => database.close())

const log = { error: () => undefined, warn: () => undefined }
const scope = { cityCode: '999900', districtCode: null, enterpriseId: null }
async function order(upTo = 1): Promise<JobRef> {
  const jobId = newId<'job'>(systemClock())
  await orderJob(database.db, { jobId, kind: 'count', scope, requestedBy: '测试', question: { upTo }, input: null, now: systemClock() })
  return { cityCode: scope.cityCode, jobId }
}
const find = async (job: JobRef): Promise<JobRow> => (await findJob(database.db, { ...job, kind: 'count' }))!
const settled = async (job: JobRef, timeout = 20_000): Promise<JobRow> => {
  await expect.poll(async () => (await find(job)).state, { timeout, interval: 50 }).toMatch(/done|failed|cancelled/)
  return find(job)
}
const startHere = () => startCounting({ db: database.db, url: database.url, now: systemClock })

test('installing again changes nothing', async () => {
  const job = await order()
  await installJobQueue(database.db)
  expect(await rows(database.db, sql`select 1 from pgboss.job where data->>'jobId' = ${job.jobId}`)).toHaveLength(1)
  await run(database.db, sql`delete from pgboss.job`)
})

test('a job is worked within a moment of its order, by exactly one of two', async () => {
  const worked: string[] = []
  const work = async ({ jobId }: JobRef): Promise<'over'> => (worked.push(jobId), 'over')
  const stops = await Promise.all([1, 2].map(() => startJobQueue({ db: database.db, url: database.url, log, work, giveUp: async () => undefined })))
  const first = await order()
  await expect.poll(() => worked, { timeout: 2000, interval: 20 }).toEqual([first.jobId])
  const jobs = await Promise.all(Array.from({ length: 12 }, () => order()))
  await expect.poll(() => worked.length, { timeout: 4000 }).toBe(13)
  expect(worked.toSorted()).toEqual([first, ...jobs].map((each) => each.jobId).toSorted())
  await Promise.all(stops.map((stop) => stop()))
})

test('a stop ends within two seconds, the job handed back; a stop is no attempt', async () => {
  const job = await order(40)
  for (let round = 0; round < 4; round++) {
    const stop = await startHere()
    await expect.poll(async () => (await find(job)).done, { timeout: 8000, interval: 20 }).toBeGreaterThan(round * 5)
    const before = performance.now()
    await stop()
    expect(performance.now() - before).toBeLessThan(2000)
    expect((await find(job)).state).toBe('waiting')
  }
  const stop = await startHere()
  expect((await settled(job)).result).toMatchObject({ from: expect.toSatisfy((from: number) => from > 15) })
  await stop()
}, 40_000)

test('one whose worker dies at every attempt is given up after three', async () => {
  const job = await order()
  let attempts = 0
  const work = (): Promise<never> => (attempts++, Promise.reject(new Error('the thread died')))
  const stop = await startJobQueue({ db: database.db, url: database.url, log, work, giveUp: (each) => giveUpJob(database.db, each, systemClock()) })
  expect(await settled(job, 30_000)).toMatchObject({ state: 'failed', problems: [{ code: 'job-gave-up' }] })
  expect(attempts).toBe(3)
  await stop()
}, 40_000)

test('after kill -9 another process goes on from the checkpoint within half a minute', async () => {
  const job = await order(60)
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', fileURLToPath(new URL('job-queue.fixture.ts', import.meta.url)), database.url], { stdio: 'inherit' })
  await expect.poll(async () => (await find(job)).done, { timeout: 15_000, interval: 50 }).toBeGreaterThan(15)
  child.kill('SIGKILL')
  const stop = await startHere()
  const { state, result } = await settled(job, 40_000)
  expect(state).toBe('done')
  expect(result).toMatchObject({ from: expect.toSatisfy((from: number) => from > 10), by: process.pid })
  await stop()
}, 60_000)
