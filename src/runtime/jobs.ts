import { declareProblems, ProblemError, type Problem } from '../base/problems.ts'
import { msFromSeconds, secondsFromMs } from '../base/units.ts'
import type { Clock } from './clock.ts'
import type { Db } from './database.ts'
import type { Log } from './log.ts'
import { claimJob, finishJob, recordJobProgress, releaseJob, type JobProgress, type JobRow } from './store-jobs.ts'

export { cancelJob, findJob, forgetJobs, insertJob, isJobWaiting, jobStates, listJobs, type JobProgress, type JobRow, type JobScope, type JobState } from './store-jobs.ts'

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

/** Thrown through a handler to end it: cancelled, taken over by another process, or this process is stopping. */
class JobStopped extends Error {
  readonly why: 'cancelled' | 'lost' | 'stopping'

  constructor(why: 'cancelled' | 'lost' | 'stopping') {
    super(`job stopped: ${why}`)
    this.why = why
  }
}

/** A worker that says nothing for so long is taken to be dead; its job goes on elsewhere. */
export const leaseMs = msFromSeconds(20)
const reportEveryMs = msFromSeconds(0.5)
const attemptLimit = 3

export interface JobWorker {
  readonly db: Db
  readonly clock: Clock
  readonly log: Pick<Log, 'error'>
  /** unique among everything that works on this database */
  readonly worker: string
  readonly handlers: Readonly<Record<string, JobHandler>>
  readonly isStopping?: () => boolean
}

/** Takes one free job and works it to its end; false when there was none. */
export async function workNextJob({ db, clock, log, worker, handlers, isStopping = () => false }: JobWorker): Promise<boolean> {
  const job = await claimJob(db, { worker, now: clock(), leaseMs })
  if (!job) return false
  const finish = (state: 'done' | 'failed' | 'cancelled', more: { result?: unknown; problems?: readonly Problem[] } = {}): Promise<number> => finishJob(db, job, { worker, now: clock(), state, ...more })
  if (job.cancelRequested) await finish('cancelled')
  else if (job.attempts > attemptLimit) await finish('failed', { problems: [problem('job-gave-up', { jobId: job.jobId, attempts: attemptLimit })] })
  else {
    let reportedAt = -Infinity
    const held: { checkpoint?: () => unknown } = {}
    const report: JobControl['report'] = async (progress, checkpoint) => {
      if (checkpoint) held.checkpoint = checkpoint
      if (isStopping()) throw new JobStopped('stopping')
      const now = clock()
      if (now - reportedAt < reportEveryMs) return
      reportedAt = now
      const answer = await recordJobProgress(db, job, { worker, now, leaseMs, progress, checkpoint: checkpoint?.() })
      if (answer !== 'go-on') throw new JobStopped(answer)
    }
    try {
      const handler = handlers[job.kind]
      if (!handler) throw new Error(`nobody handles jobs of kind ${job.kind}`)
      await finish('done', { result: await handler(job, { report }) })
    } catch (error) {
      if (error instanceof JobStopped) {
        if (error.why === 'cancelled') await finish('cancelled')
        if (error.why === 'stopping') await releaseJob(db, job, { worker, checkpoint: held.checkpoint?.() })
      } else if (error instanceof ProblemError) await finish('failed', { problems: error.problems })
      else {
        log.error({ err: error, jobId: job.jobId, kind: job.kind }, 'job failed')
        await finish('failed', { problems: [problem('job-failed', { jobId: job.jobId })] })
      }
    }
  }
  return true
}

/** Seconds a running job still needs at the pace of its present attempt; null while nothing can be said. */
export function secondsLeft({ state, done, total, claimedAt, claimedDone }: Pick<JobRow, 'state' | 'done' | 'total' | 'claimedAt' | 'claimedDone'>, now: number): number | null {
  if (state !== 'running' || claimedAt === null || done <= claimedDone || total === 0) return null
  return Math.max(0, Math.round((secondsFromMs(now - claimedAt) / (done - claimedDone)) * (total - done)))
}
