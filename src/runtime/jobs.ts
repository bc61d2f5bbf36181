import { newId } from '../base/ids.ts'
import { declareProblems, ProblemError, type Problem } from '../base/problems.ts'
import { dayMs } from '../base/time.ts'
import { msFromSeconds, secondsFromMs } from '../base/units.ts'
import type { Clock } from './clock.ts'
import { transaction, type Db } from './database.ts'
import { attemptLimit, sendJob, type JobRef } from './job-queue.ts'
import type { Log } from './log.ts'
import { failOpenJob, finishJob, forgetJobs, insertJob, listOpenJobs, recordJobProgress, releaseJob, takeUpJob, type JobProgress, type JobRow, type NewJob } from './store-jobs.ts'

export { installJobQueue, startJobQueue, type JobRef } from './job-queue.ts'
export { cancelJob, findJob, jobStates, listJobs, type JobProgress, type JobRow, type JobScope, type JobState } from './store-jobs.ts'

const problem = declareProblems('runtime', {
  'job-failed': { message: '任务没有完成，编号 {jobId}', cause: '这是系统自身的问题，已记录', action: '请重新提交；仍不行请把编号告知管理员' },
  'job-gave-up': { message: '任务多次中断，已停止，编号 {jobId}', cause: '执行它的进程 {attempts} 次意外结束', action: '请缩短期间后重新提交；仍不行请把编号告知管理员' },
})

/** What a handler does with its job: says how far it is, often; the report throws when it is to stop. */
export interface JobControl {
  /** Cheap: written at most every half second. `checkpoint` is asked for only when it is written. */
  report(progress: JobProgress, checkpoint?: () => unknown): Promise<void>
}

/** Does the work of a kind of job and returns its result. Goes on from `job.checkpoint` when there is one. */
export type JobHandler = (job: JobRow, control: JobControl) => Promise<unknown>

/** Thrown through a handler to end it: cancelled, taken over by another worker, or this process is stopping. */
class JobStopped extends Error {
  readonly why: 'cancelled' | 'lost' | 'stopping'

  constructor(why: 'cancelled' | 'lost' | 'stopping') {
    super(`job stopped: ${why}`)
    this.why = why
  }
}

const reportEveryMs = msFromSeconds(0.5)
/** Jobs that are over are kept so long. */
const keepMs = 180 * dayMs

/** Orders a job: the row people see and its delivery commit together, with `db` when that is a transaction already. */
export async function orderJob(db: Db, job: NewJob): Promise<void> {
  const order = async (inside: Db): Promise<void> => {
    await insertJob(inside, job)
    await sendJob(inside, { cityCode: job.scope.cityCode, jobId: job.jobId })
  }
  await (db.isTransaction ? order(db) : transaction(db, order))
}

/** Sends what is open and not on its way (the queue is in no backup) and forgets what is long over. At start and now and then. */
export async function keepJobs(db: Db, now: number): Promise<void> {
  await forgetJobs(db, now - keepMs)
  for (const job of await listOpenJobs(db)) await sendJob(db, job)
}

/** Ends a job whose workers died at every attempt. */
export const giveUpJob = async (db: Db, job: JobRef, now: number): Promise<void> =>
  void (await failOpenJob(db, job, { now, problems: [problem('job-gave-up', { jobId: job.jobId, attempts: attemptLimit })] }))

export interface JobWorker {
  readonly db: Db
  readonly clock: Clock
  readonly log: Pick<Log, 'error'>
  readonly handlers: Readonly<Record<string, JobHandler>>
  readonly isStopping?: () => boolean
}

/** Works a job to its end, or as far as it gets before `isStopping`: then it is handed back with its checkpoint. */
export async function workJob({ db, clock, log, handlers, isStopping = () => false }: JobWorker, ref: JobRef): Promise<'over' | 'handed-back'> {
  const worker = newId<'worker'>(clock())
  const job = await takeUpJob(db, ref, { worker, now: clock() })
  if (!job) return 'over'
  const finish = (state: 'done' | 'failed' | 'cancelled', more: { result?: unknown; problems?: readonly Problem[] } = {}): Promise<number> => finishJob(db, job, { worker, now: clock(), state, ...more })
  let reportedAt = -Infinity
  const held: { checkpoint?: () => unknown } = {}
  const report: JobControl['report'] = async (progress, checkpoint) => {
    if (checkpoint) held.checkpoint = checkpoint
    if (isStopping()) throw new JobStopped('stopping')
    const now = clock()
    if (now - reportedAt < reportEveryMs) return
    reportedAt = now
    const answer = await recordJobProgress(db, job, { worker, progress, checkpoint: checkpoint?.() })
    if (answer !== 'go-on') throw new JobStopped(answer)
  }
  try {
    if (job.cancelRequested) throw new JobStopped('cancelled')
    const handler = handlers[job.kind]
    if (!handler) throw new Error(`nobody handles jobs of kind ${job.kind}`)
    await finish('done', { result: await handler(job, { report }) })
  } catch (error) {
    if (error instanceof JobStopped) {
      if (error.why === 'cancelled') await finish('cancelled')
      if (error.why === 'stopping' && (await releaseJob(db, job, { worker, checkpoint: held.checkpoint?.() })) === 1) return 'handed-back'
    } else if (error instanceof ProblemError) await finish('failed', { problems: error.problems })
    else {
      log.error({ err: error, jobId: job.jobId, kind: job.kind }, 'job failed')
      await finish('failed', { problems: [problem('job-failed', { jobId: job.jobId })] })
    }
  }
  return 'over'
}

/** Seconds a running job still needs at the pace of its present attempt; null while nothing can be said. */
export function secondsLeft({ state, done, total, claimedAt, claimedDone }: Pick<JobRow, 'state' | 'done' | 'total' | 'claimedAt' | 'claimedDone'>, now: number): number | null {
  if (state !== 'running' || claimedAt === null || done <= claimedDone || total === 0) return null
  return Math.max(0, Math.round((secondsFromMs(now - claimedAt) / (done - claimedDone)) * (total - done)))
}
