import { Worker } from 'node:worker_threads'
import { msFromHours } from '../base/units.ts'
import { giveUpJob, keepJobs, startJobQueue, type JobRef } from '../runtime/jobs.ts'
import type { Core } from './core.ts'
import { repeat } from './repeat.ts'

/** What a job thread is handed, and what it says at its end. */
export interface JobThreadData {
  readonly settings: Core['settings']
  readonly job: JobRef
}
export type JobThreadOutcome = 'over' | 'handed-back'

/**
 * Works jobs off the queue, each in a thread of its own that lives as long as its job. A thread or process that dies takes nothing
 * with it: the job is delivered again and goes on from its checkpoint, here or in another process.
 */
export async function startJobRunner({ database, clock, log, settings }: Core): Promise<() => Promise<void>> {
  const { db, url } = database
  const running = new Set<Worker>()
  let isStopping = false
  const work = (job: JobRef, signal: AbortSignal): Promise<JobThreadOutcome> =>
    new Promise((resolve, reject) => {
      const workerData: JobThreadData = { settings: { ...settings, databaseUrl: url }, job }
      const thread = new Worker(new URL('./job-worker.ts', import.meta.url), { workerData })
      running.add(thread)
      let outcome: JobThreadOutcome | undefined
      thread.once('message', (said: JobThreadOutcome) => (outcome = said))
      thread.once('error', (error) => log.error({ err: error, jobId: job.jobId }, 'a job thread died; its job is delivered again'))
      thread.once('exit', (code) => {
        running.delete(thread)
        if (outcome) resolve(outcome)
        else reject(new Error(`a job thread ended with ${code}`))
      })
      signal.addEventListener('abort', () => thread.postMessage('stop'), { once: true })
      if (isStopping) thread.postMessage('stop')
    })
  const stopQueue = await startJobQueue({ url, db, log, work, giveUp: (job) => giveUpJob(db, job, clock()) })
  const stopKeeping = repeat({ log, everyMs: msFromHours(1), what: 'keeping jobs', work: () => keepJobs(db, clock()) })
  return async () => {
    isStopping = true
    for (const thread of running) thread.postMessage('stop')
    await Promise.all([stopKeeping(), stopQueue()])
  }
}
