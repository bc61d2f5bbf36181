import { parentPort, workerData } from 'node:worker_threads'
import { newId } from '../base/ids.ts'
import { accessJobs } from '../city/access/index.ts'
import { systemClock } from '../runtime/clock.ts'
import { workNextJob, type JobHandler } from '../runtime/jobs.ts'
import { createLog } from '../runtime/log.ts'
import type { Settings } from '../runtime/settings.ts'
import { createAccess } from './access.ts'
import { openCore, type Core } from './core.ts'

/** Handlers of every room's jobs. A room with long work is a line here. */
const jobHandlers = (core: Core): Readonly<Record<string, JobHandler>> => ({ ...accessJobs(createAccess(core)) })

// The body of a worker thread: its own connections and its own event loop, so that long work holds up nobody's answer.
const settings = workerData as Settings
const log = createLog(settings.logLevel)
const core = await openCore({ settings, clock: systemClock, log })
let isStopping = false
parentPort?.once('message', () => (isStopping = true))
parentPort?.unref()
try {
  const worker = newId<'worker'>(systemClock())
  while (!isStopping && (await workNextJob({ db: core.database.db, clock: systemClock, log, worker, handlers: jobHandlers(core), isStopping: () => isStopping })));
} finally {
  await core.database.close()
}
