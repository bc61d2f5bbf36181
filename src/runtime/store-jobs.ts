import { findRow, rows, run, sql, type Db } from './database.ts'
import type { JobRef } from './job-queue.ts'

export const jobStates = ['waiting', 'running', 'done', 'failed', 'cancelled'] as const
export type JobState = (typeof jobStates)[number]

/** What a job may see and who may see it. */
export interface JobScope {
  readonly cityCode: string
  readonly districtCode: string | null
  readonly enterpriseId: string | null
}

export interface JobRow extends JobScope {
  readonly jobId: string
  readonly kind: string
  readonly requestedBy: string
  /** what was asked, in a few fields */
  readonly question: unknown
  /** what it works on, however large; null in lists */
  readonly input: unknown
  readonly state: JobState
  readonly step: string
  readonly done: number
  readonly total: number
  readonly checkpoint: unknown
  readonly result: unknown
  readonly problems: readonly unknown[] | null
  readonly cancelRequested: boolean
  readonly createdAt: number
  readonly startedAt: number | null
  readonly claimedAt: number | null
  readonly claimedDone: number
  readonly finishedAt: number | null
}

const columns = sql`job_id as "jobId", kind, city_code as "cityCode", district_code as "districtCode", enterprise_id as "enterpriseId", requested_by as "requestedBy", question, input, state, step, done, total, checkpoint, result, problems,
  cancel_requested as "cancelRequested", created_at as "createdAt", started_at as "startedAt", claimed_at as "claimedAt", claimed_done as "claimedDone", finished_at as "finishedAt"`

const instant = (at: number) => sql`to_timestamp(${at / 1000})`

export interface NewJob {
  readonly jobId: string
  readonly kind: string
  readonly scope: JobScope
  readonly requestedBy: string
  readonly question: unknown
  readonly input: unknown
  readonly now: number
}

export async function insertJob(db: Db, { jobId, kind, scope, requestedBy, question, input, now }: NewJob): Promise<void> {
  await run(db, sql`insert into job (city_code, job_id, kind, district_code, enterprise_id, requested_by, question, input, created_at)
    values (${scope.cityCode}, ${jobId}, ${kind}, ${scope.districtCode}, ${scope.enterpriseId}::uuid, ${requestedBy}, ${JSON.stringify(question)}::jsonb, ${JSON.stringify(input)}::jsonb, ${instant(now)})`)
}

export const findJob = (db: Db, { cityCode, jobId, kind }: { cityCode: string; jobId: string; kind: string }): Promise<JobRow | undefined> =>
  findRow(db, sql<JobRow>`select ${columns} from job where city_code = ${cityCode} and job_id = ${jobId} and kind = ${kind}`)

/** Jobs of a kind, newest first, without input, checkpoint and result. */
export const listJobs = (db: Db, { cityCode, kind, limit }: { cityCode: string; kind: string; limit: number }): Promise<JobRow[]> =>
  rows(db, sql<JobRow>`select ${columns} from (select city_code, job_id, kind, district_code, enterprise_id, requested_by, question, null::jsonb as input, state, step, done, total, null::jsonb as checkpoint, null::jsonb as result, problems,
    cancel_requested, created_at, started_at, claimed_at, claimed_done, finished_at from job where city_code = ${cityCode} and kind = ${kind}) job order by created_at desc limit ${limit}`)

/** Jobs that are not over, the oldest first. */
export const listOpenJobs = (db: Db): Promise<JobRef[]> => rows(db, sql<JobRef>`select city_code as "cityCode", job_id as "jobId" from job where state in ('waiting', 'running') order by created_at`)

/** Takes up a job that is not over; undefined when it is. Whoever had it can write into it no longer. */
export const takeUpJob = (db: Db, { cityCode, jobId }: JobRef, { worker, now }: { worker: string; now: number }): Promise<JobRow | undefined> =>
  findRow(db, sql<JobRow>`update job set state = 'running', taken_by = ${worker}, started_at = coalesce(started_at, ${instant(now)}), claimed_at = ${instant(now)}, claimed_done = done
    where city_code = ${cityCode} and job_id = ${jobId} and state in ('waiting', 'running') returning ${columns}`)

export interface JobProgress {
  readonly step: string
  readonly done: number
  readonly total: number
}

/** Writes progress; says whether to go on, `lost` when another worker has it. `checkpoint` undefined leaves the last one. */
export async function recordJobProgress(db: Db, job: JobRef, { worker, progress, checkpoint }: { worker: string; progress: JobProgress; checkpoint: unknown }): Promise<'go-on' | 'cancelled' | 'lost'> {
  const saved = checkpoint === undefined ? sql`checkpoint` : sql`${JSON.stringify(checkpoint)}::jsonb`
  const row = await findRow(db, sql<{ cancelled: boolean }>`update job set step = ${progress.step}, done = ${progress.done}, total = ${progress.total}, checkpoint = ${saved}
    where city_code = ${job.cityCode} and job_id = ${job.jobId} and taken_by = ${worker} and state = 'running' returning cancel_requested as cancelled`)
  return row ? (row.cancelled ? 'cancelled' : 'go-on') : 'lost'
}

/** Ends a job its worker holds. */
export const finishJob = (db: Db, job: JobRef, { worker, now, state, result = null, problems = null }: { worker: string; now: number; state: 'done' | 'failed' | 'cancelled'; result?: unknown; problems?: readonly unknown[] | null }): Promise<number> =>
  run(db, sql`update job set state = ${state}, result = ${JSON.stringify(result)}::jsonb, problems = ${problems && JSON.stringify(problems)}::jsonb, checkpoint = null, taken_by = null, finished_at = ${instant(now)}, done = case when ${state} = 'done' then total else done end
    where city_code = ${job.cityCode} and job_id = ${job.jobId} and taken_by = ${worker} and state = 'running'`)

/** Hands a job back to be taken up again. */
export const releaseJob = (db: Db, job: JobRef, { worker, checkpoint }: { worker: string; checkpoint: unknown }): Promise<number> =>
  run(db, sql`update job set state = 'waiting', taken_by = null, checkpoint = ${checkpoint === undefined ? sql`checkpoint` : sql`${JSON.stringify(checkpoint)}::jsonb`}
    where city_code = ${job.cityCode} and job_id = ${job.jobId} and taken_by = ${worker} and state = 'running'`)

/** Ends a job nobody takes up any more. */
export const failOpenJob = (db: Db, { cityCode, jobId }: JobRef, { now, problems }: { now: number; problems: readonly unknown[] }): Promise<number> =>
  run(db, sql`update job set state = 'failed', problems = ${JSON.stringify(problems)}::jsonb, checkpoint = null, taken_by = null, finished_at = ${instant(now)}
    where city_code = ${cityCode} and job_id = ${jobId} and state in ('waiting', 'running')`)

/** Asks a job to stop: at once when nobody works on it, else at its worker's next report. False when it is over already. */
export const cancelJob = async (db: Db, { cityCode, jobId, now }: { cityCode: string; jobId: string; now: number }): Promise<boolean> =>
  (await run(db, sql`update job set cancel_requested = true, state = case when state = 'waiting' then 'cancelled' else state end, finished_at = case when state = 'waiting' then ${instant(now)} else finished_at end
    where city_code = ${cityCode} and job_id = ${jobId} and state in ('waiting', 'running')`)) === 1

/** Removes jobs that ended before an instant. */
export const forgetJobs = (db: Db, endedBefore: number): Promise<number> => run(db, sql`delete from job where finished_at < ${instant(endedBefore)}`)
