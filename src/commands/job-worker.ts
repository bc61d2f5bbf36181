import { parentPort, workerData } from 'node:worker_threads'
import { accessJobs } from '../city/access/index.ts'
import { systemClock } from '../runtime/clock.ts'
import { workJob, type JobHandler } from '../runtime/jobs.ts'
import { createLog } from '../runtime/log.ts'
import { createAccess } from './access.ts'
import { openCore, type Core } from './core.ts'
import type { JobThreadData, JobThreadOutcome } from './job-runner.ts'

/** Handlers of every room's jobs. A room with long work is a line here. */
const jobHandlers = (core: Core): Readonly<Record<string, JobHandler>> => ({ ...accessJobs(createAccess(core)) })

// The body of a worker thread: its own connections and its own event loop, so that long work holds up nobody's answer.
const { settings, job } = workerData as JobThreadData
const log = createLog(settings.logLevel)
let isStopping = false
parentPort?.once('message', () => (isStopping = true))
parentPort?.unref()
const core = await openCore({ settings, clock: systemClock, log })
try {
  const outcome: JobThreadOutcome = await workJob({ db: core.database.db, clock: systemClock, log, handlers: jobHandlers(core), isStopping: () => isStopping }, job)
  parentPort?.postMessage(outcome)
} finally {
  await core.database.close()
}
