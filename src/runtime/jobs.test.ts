import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { freshDatabase } from '../../test/fresh-database.ts'
import { newId } from '../base/ids.ts'
import { declareProblems, ProblemError } from '../base/problems.ts'
import { dayMs } from '../base/time.ts'
import { rows, run, sql, transaction, type Database, type Db } from './database.ts'
import { cancelJob, findJob, giveUpJob, installJobQueue, keepJobs, orderJob, secondsLeft, workJob, type JobHandler, type JobRef, type JobRow } from './jobs.ts'

const start = Date.parse('2026-03-10T08:00:00+08:00')
let database: Database
let now = start
beforeAll(async () => {
  database = await freshDatabase()
  await installJobQueue(database.db)
})
beforeEach(() => { now += 3_600_000 })
afterAll(() => database.close())

const scope = { cityCode: '999900', districtCode: null, enterpriseId: null }
interface Ordered extends JobRef { find(): Promise<JobRow> }
async function order(kind = 'count', db: Db = database.db): Promise<Ordered> {
  const jobId = newId<'job'>(now)
  await orderJob(db, { jobId, kind, scope, requestedBy: '测试', question: { upTo: 10 }, input: null, now })
  return { cityCode: scope.cityCode, jobId, find: async () => (await findJob(database.db, { cityCode: scope.cityCode, jobId, kind }))! }
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
const work = (job: JobRef, handlers: Record<string, JobHandler>, isStopping?: () => boolean) =>
  workJob({ db: database.db, clock: () => now, log: { error: () => undefined }, handlers, ...(isStopping && { isStopping }) }, job)
const deliveriesOf = async ({ jobId }: JobRef): Promise<number> => (await rows(database.db, sql`select 1 from pgboss.job where data->>'jobId' = ${jobId} and state < 'completed'`)).length

test('works a job to its end, with progress and the time left on the way', async () => {
  const job = await order()
  const seen: unknown[] = []
  expect(await work(job, counting(async () => { const row = await job.find(); seen.push([row.state, row.step, row.done, row.total, secondsLeft(row, now)]) }))).toBe('over')
  expect(seen[4]).toEqual(['running', '第 4 步', 4, 10, 8])
  expect(await job.find()).toMatchObject({ state: 'done', done: 10, total: 10, checkpoint: null, result: { steps: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] } })
  expect(await work(job, { count: async () => { throw new Error('delivered once more, it is not worked again') } })).toBe('over')
  expect(await job.find()).toMatchObject({ state: 'done' })
})

test('what is ordered is on its way when it is seen, and an order that is taken back leaves nothing', async () => {
  const job = await order()
  expect(await deliveriesOf(job)).toBe(1)
  let undone: Ordered | undefined
  await expect(transaction(database.db, async (inside) => { undone = await order('count', inside); throw new Error('taken back') })).rejects.toThrow('taken back')
  expect(await deliveriesOf(undone!)).toBe(0)
  expect(await undone!.find()).toBeUndefined()
})

test('a stopping process hands its job back; the next one goes on from the checkpoint', async () => {
  const job = await order()
  let isStopping = false
  expect(await work(job, counting((at) => void (isStopping = at === 3)), () => isStopping)).toBe('handed-back')
  expect(await job.find()).toMatchObject({ state: 'waiting', checkpoint: 4 })
  await work(job, counting())
  expect(await job.find()).toMatchObject({ state: 'done', result: { steps: [4, 5, 6, 7, 8, 9] } })
})

test('a worker that was taken for dead cannot write into its job any more', async () => {
  const job = await order()
  let stopsOnItsOwn = true
  await work(job, counting(async (at) => {
    if (at === 5) await work(job, counting())
    if (at > 5) stopsOnItsOwn = false
  }))
  expect(stopsOnItsOwn).toBe(true)
  expect(await job.find()).toMatchObject({ state: 'done', result: { steps: [5, 6, 7, 8, 9] } })
})

test('one given up says so, one that is over is left alone', async () => {
  const [open, over] = [await order(), await order()]
  await work(over, counting())
  await giveUpJob(database.db, open, now)
  await giveUpJob(database.db, over, now)
  expect(await open.find()).toMatchObject({ state: 'failed', problems: [{ code: 'job-gave-up' }] })
  expect(await over.find()).toMatchObject({ state: 'done', problems: null })
})

test('a cancelled job ends at its next report, a waiting one at once', async () => {
  const running = await order()
  await work(running, counting(async (at) => { if (at === 2) await cancelJob(database.db, { ...running, now }) }))
  expect(await running.find()).toMatchObject({ state: 'cancelled', done: 3, result: null })
  const waiting = await order()
  expect(await cancelJob(database.db, { ...waiting, now })).toBe(true)
  expect(await waiting.find()).toMatchObject({ state: 'cancelled' })
  expect(await cancelJob(database.db, { ...waiting, now })).toBe(false)
  await work(waiting, counting())
  expect(await waiting.find()).toMatchObject({ state: 'cancelled', result: null })
})

test('one cancelled while its worker was dead is not begun again', async () => {
  const job = await order()
  await work(job, counting(async (at) => {
    if (at !== 1) return
    await cancelJob(database.db, { ...job, now })
    await work(job, { count: async () => { throw new Error('begun again') } })
  }))
  expect(await job.find()).toMatchObject({ state: 'cancelled', problems: null })
})

test('what went wrong is kept for the person who asked: their problem, or ours with its number', async () => {
  const problem = declareProblems('runtime', { 'test-job': { message: '不行', cause: '因为', action: '请改' } })
  const theirs = await order()
  await work(theirs, { count: async () => { throw new ProblemError(problem('test-job')) } })
  expect(await theirs.find()).toMatchObject({ state: 'failed', problems: [{ code: 'test-job' }] })
  const ours = await order()
  await work(ours, { count: async () => { throw new Error('broken') } })
  expect(await ours.find()).toMatchObject({ state: 'failed', problems: [{ code: 'job-failed' }] })
  const nobodys = await order('unheard-of')
  await work(nobodys, {})
  expect(await nobodys.find()).toMatchObject({ state: 'failed' })
})

test('what is open and not on its way is sent again, as after a restore; what is long over is forgotten', async () => {
  const [open, over] = [await order(), await order()]
  await work(over, counting())
  await run(database.db, sql`delete from pgboss.job`)
  await keepJobs(database.db, now + 179 * dayMs)
  await keepJobs(database.db, now + 179 * dayMs)
  expect([await deliveriesOf(open), await deliveriesOf(over)]).toEqual([1, 0])
  expect(await over.find()).toMatchObject({ state: 'done' })
  await keepJobs(database.db, now + 181 * dayMs)
  expect(await over.find()).toBeUndefined()
  expect(await open.find()).toMatchObject({ state: 'waiting' })
})
