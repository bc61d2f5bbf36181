import { systemClock, wait } from './clock.ts'
import { openDatabase, type Db } from './database.ts'
import { giveUpJob, startJobQueue, workJob, type JobHandler } from './jobs.ts'
import { readSettings } from './settings.ts'

/** Counts to `upTo`, ten steps a second, and says where it began. */
const count: JobHandler = async ({ checkpoint, question }, { report }) => {
  const from = (checkpoint as number | null) ?? 0
  const { upTo } = question as { upTo: number }
  for (let at = from; at < upTo; at++) {
    await report({ step: '', done: at, total: upTo }, () => at)
    await wait(100)
  }
  return { from, by: process.pid }
}

/** A queue whose jobs count; returns how to stop it, running jobs handed back. */
export async function startCounting({ db, url, now }: { db: Db; url: string; now: () => number }): Promise<() => Promise<void>> {
  let isStopping = false
  const log = { error: () => undefined, warn: () => undefined }
  const stop = await startJobQueue({
    db, url, log,
    work: (job) => workJob({ db, clock: now, log, handlers: { count }, isStopping: () => isStopping }, job),
    giveUp: (job) => giveUpJob(db, job, now()),
  })
  return () => {
    isStopping = true
    return stop()
  }
}

// Run as a program, it counts for the database of its argument until somebody kills it.
if (process.argv[1] === import.meta.filename) {
  const { db, url } = await openDatabase({ ...readSettings({}), databaseUrl: process.argv[2]! }, 2)
  await startCounting({ db, url, now: systemClock })
}
