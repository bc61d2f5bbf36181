import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { freshDatabase } from '../../test/fresh-database.ts'
import { newId } from '../base/ids.ts'
import { declareProblems, ProblemError } from '../base/problems.ts'
import type { Database } from './database.ts'
import { cancelJob, findJob, forgetJobs, insertJob, isJobWaiting, leaseMs, secondsLeft, workNextJob, type JobHandler, type JobRow } from './jobs.ts'

const start = Date.parse('2026-03-10T08:00:00+08:00')
let database: Database
let now = start
beforeAll(async () => { database = await freshDatabase() })
beforeEach(() => { now += 3_600_000 })
afterAll(() => database.close())

const scope = { cityCode: '999900', districtCode: null, enterpriseId: null }
async function order(kind = 'count'): Promise<() => Promise<JobRow>> {
  const jobId = newId<'job'>(now)
  await insertJob(database.db, { jobId, kind, scope, requestedBy: '测试', question: { upTo: 10 }, input: null, now })
  return async () => (await findJob(database.db, { cityCode: scope.cityCode, jobId, kind }))!
}

/** Counts to ten, a second a step; what it counted to is its checkpoint. */
const counting = (onStep: (at: number) => void | Promise<void> = () => undefined): Record<string, JobHandler> => ({
  async count({ checkpoint }, { report }) {
    const steps: number[] = []
    for (let at = (checkpoint as number | null) ?? 0; at < 10; at++) {
      await report({ step: `第 ${at} 步`, done: at, total: 10 }, () => at)
      steps.push(at)
      now += 1000
      await onStep(at)
    }
    return { steps }
  },
})
const work = (handlers: Record<string, JobHandler>, more: { worker?: string; isStopping?: () => boolean } = {}) => workNextJob({ db: database.db, clock: () => now, log: { error: () => undefined }, worker: more.worker ?? 'one', handlers, ...more })

test('works a job to its end, with progress and the time left on the way', async () => {
  const find = await order()
  expect(await isJobWaiting(database.db, now)).toBe(true)
  const seen: unknown[] = []
  expect(await work(counting(async () => { const job = await find(); seen.push([job.state, job.step, job.done, job.total, secondsLeft(job, now)]) }))).toBe(true)
  expect(seen[4]).toEqual(['running', '第 4 步', 4, 10, 8])
  expect(await find()).toMatchObject({ state: 'done', done: 10, total: 10, checkpoint: null, result: { steps: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] }, attempts: 1 })
  expect(await work(counting())).toBe(false)
})

test('a stopping process hands its job back; the next one goes on from the checkpoint, and a stop is no attempt', async () => {
  const find = await order()
  let isStopping = false
  await work(counting((at) => void (isStopping = at === 3)), { isStopping: () => isStopping })
  expect(await find()).toMatchObject({ state: 'waiting', checkpoint: 4, attempts: 0 })
  await work(counting())
  expect(await find()).toMatchObject({ state: 'done', result: { steps: [4, 5, 6, 7, 8, 9] } })
})

test('a worker that died loses its job when the lease runs out, and cannot write into it any more', async () => {
  const find = await order()
  let revived: Promise<boolean> | undefined
  await work(counting(async (at) => {
    if (at !== 5) return
    expect(await work(counting(), { worker: 'two' })).toBe(false)
    now += leaseMs + 1
    revived = work(counting(), { worker: 'two' })
    await revived
  }))
  expect(await revived).toBe(true)
  expect(await find()).toMatchObject({ state: 'done', attempts: 2, result: { steps: [5, 6, 7, 8, 9] } })
})

test('one that keeps dying is given up', async () => {
  const find = await order()
  const dying = { count: () => new Promise<never>(() => undefined) }
  for (let attempt = 0; attempt < 3; attempt++) {
    void work(dying, { worker: `dead-${attempt}` })
    await expect.poll(async () => (await find()).attempts).toBe(attempt + 1)
    now += leaseMs + 1
  }
  expect(await work(counting(), { worker: 'last' })).toBe(true)
  expect(await find()).toMatchObject({ state: 'failed', problems: [{ code: 'job-gave-up' }] })
})

test('a cancelled job ends at its next report, a waiting one at once', async () => {
  const running = await order()
  await work(counting(async (at) => { if (at === 2) await cancelJob(database.db, { ...scope, jobId: (await running()).jobId, now }) }))
  expect(await running()).toMatchObject({ state: 'cancelled', done: 3, result: null })
  const waiting = await order()
  expect(await cancelJob(database.db, { ...scope, jobId: (await waiting()).jobId, now })).toBe(true)
  expect(await waiting()).toMatchObject({ state: 'cancelled' })
  expect(await cancelJob(database.db, { ...scope, jobId: (await waiting()).jobId, now })).toBe(false)
  expect(await work(counting())).toBe(false)
})

test('what went wrong is kept for the person who asked: their problem, or ours with its number', async () => {
  const problem = declareProblems('runtime', { 'test-job': { message: '不行', cause: '因为', action: '请改' } })
  const theirs = await order()
  await work({ count: async () => { throw new ProblemError(problem('test-job')) } })
  expect(await theirs()).toMatchObject({ state: 'failed', problems: [{ code: 'test-job' }] })
  const ours = await order()
  await work({ count: async () => { throw new Error('broken') } })
  expect(await ours()).toMatchObject({ state: 'failed', problems: [{ code: 'job-failed' }] })
  const nobodys = await order('unheard-of')
  await work({})
  expect(await nobodys()).toMatchObject({ state: 'failed' })
})

test('what is long over is forgotten', async () => {
  const find = await order()
  await work(counting())
  expect(await forgetJobs(database.db, now - 1)).toBeGreaterThan(0)
  expect((await find()).state).toBe('done')
})
