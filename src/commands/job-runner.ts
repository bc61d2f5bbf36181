import { Worker } from 'node:worker_threads'
import { dayMs } from '../base/time.ts'
import { msFromHours } from '../base/units.ts'
import { wait } from '../runtime/clock.ts'
import { forgetJobs, isJobWaiting } from '../runtime/jobs.ts'
import type { Core } from './core.ts'

const lookEveryMs = 500
/** Jobs that are over are kept so long. */
const keepMs = 180 * dayMs

/**
 * Looks for waiting jobs and works them off in a thread of their own, which lives as long as there are some. A thread that dies
 * takes nothing with it: its lease runs out and the job goes on from its checkpoint, here or in another process.
 */
export function startJobRunner({ database, clock, log, settings }: Core): () => Promise<void> {
  let stopping = false
  let worker: Worker | undefined
  const work = (): Promise<void> =>
    new Promise((resolve) => {
      worker = new Worker(new URL('./job-worker.ts', import.meta.url), { workerData: { ...settings, databaseUrl: database.url } })
      worker.once('error', (error) => log.error({ err: error }, 'a job thread died; its job goes on when its lease runs out'))
      worker.once('exit', () => resolve())
      if (stopping) worker.postMessage('stop')
    })
  const loop = async (): Promise<void> => {
    let forgottenAt = -Infinity
    while (!stopping) {
      try {
        if (clock() - forgottenAt > msFromHours(1)) {
          await forgetJobs(database.db, clock() - keepMs)
          forgottenAt = clock()
        }
        if (await isJobWaiting(database.db, clock())) await work()
      } catch (error) {
        log.error({ err: error }, 'looking for jobs failed; trying again')
      }
      if (!stopping) await wait(lookEveryMs)
    }
  }
  const done = loop()
  return async () => {
    stopping = true
    worker?.postMessage('stop')
    await done
  }
}
