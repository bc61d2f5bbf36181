import { msFromHours, secondsFromMs } from '../base/units.ts'
import { executorOf, transaction, type Db } from './database.ts'
import type { Log } from './log.ts'

/** Which job: all a delivery carries. */
export interface JobRef {
  readonly cityCode: string
  readonly jobId: string
}

const queue = 'long-work'
const gaveUpQueue = `${queue}/gave-up`
/** A worker not heard of for so long is taken for dead; it says that it lives, and we look, every `lookEverySeconds`. */
const heartbeatSeconds = 15
const lookEverySeconds = 5
const hourSeconds = secondsFromMs(msFromHours(1))
/** Taken up so often, then given up. */
export const attemptLimit = 3

/**
 * pg-boss brings a job to one worker, again when that one died or took longer than a day, and lays it aside after the last attempt.
 * `exclusive`: a job that is on its way is not sent a second time, so sending again is never wrong.
 */
const queueOptions = { policy: 'exclusive', retryLimit: attemptLimit - 1, heartbeatSeconds, expireInSeconds: 24 * hourSeconds, deadLetter: gaveUpQueue, notify: true } as const

/** pg-boss on a database handle, a transaction too, for single calls. Loaded when first needed: most commands never send a job. */
async function bossOn(db: Db, { migrate = false } = {}) {
  const { PgBoss } = await import('pg-boss')
  return new PgBoss({ db: executorOf(db), migrate, supervise: false, schedule: false })
}

/** Makes or upgrades pg-boss's own schema `pgboss`, under its own lock, and our queues in it. The role needs to be allowed to create a schema. */
export async function installJobQueue(db: Db): Promise<void> {
  const boss = await bossOn(db, { migrate: true })
  // Its background work is stopped before it begins; what fails of ours is thrown.
  boss.on('error', () => undefined)
  await boss.start()
  try {
    await boss.createQueue(gaveUpQueue)
    await boss.createQueue(queue, queueOptions)
    const { policy: _, ...changeable } = queueOptions
    await boss.updateQueue(queue, changeable)
  } finally {
    await boss.stop({ graceful: false })
  }
}

/** Sends a job on its way, within the transaction of `db` when it is one; nothing happens when it already is. */
export async function sendJob(db: Db, { cityCode, jobId }: JobRef, more: { retryLimit?: number } = {}): Promise<void> {
  await (await bossOn(db)).send(queue, { cityCode, jobId }, { singletonKey: jobId, ...more })
}

export interface JobQueueOptions {
  readonly url: string
  readonly db: Db
  readonly log: Pick<Log, 'error' | 'warn'>
  /** Works one job; rejects when its worker died. `handed-back`: to be taken up again, which counts as no attempt. `signal` fires after a day. */
  readonly work: (job: JobRef, signal: AbortSignal) => Promise<'over' | 'handed-back'>
  readonly giveUp: (job: JobRef) => Promise<void>
}

/** Takes jobs off the queue, one at a time, woken by the database; returns how to stop once the present one is over or handed back. */
export async function startJobQueue({ url, db, log, work, giveUp }: JobQueueOptions): Promise<() => Promise<void>> {
  const { PgBoss } = await import('pg-boss')
  const boss = new PgBoss({
    connectionString: url, max: 2, application_name: 'lvpei-jobs', schedule: false, useListenNotify: true,
    superviseIntervalSeconds: lookEverySeconds, monitorIntervalSeconds: lookEverySeconds, flowIntervalSeconds: hourSeconds, bamIntervalSeconds: hourSeconds,
  })
  boss.on('error', (error) => log.error({ err: error }, 'the job queue had trouble; it goes on'))
  boss.on('warning', ({ message, data }) => log.warn({ data }, message))
  await boss.start()
  const polling = { notifyPollingIntervalSeconds: lookEverySeconds }
  const working = { ...polling, includeMetadata: true, heartbeatRefreshSeconds: lookEverySeconds } as const
  const workerId = await boss.work<JobRef, void, typeof working>(queue, working, async ([delivery]) => {
    const { id, data, signal, retryLimit, retryCount } = delivery!
    if ((await work(data, signal)) === 'handed-back' && !signal.aborted) {
      await transaction(db, async (inside) => {
        await boss.complete(queue, id, null, { db: executorOf(inside) })
        await sendJob(inside, data, { retryLimit: retryLimit - retryCount })
      })
    }
    // The next one at once, not at the next look.
    boss.notifyWorker(workerId)
  })
  await boss.work<JobRef, void>(gaveUpQueue, polling, ([laidAside]) => giveUp(laidAside!.data))
  return async () => {
    await Promise.all([boss.offWork(queue), boss.offWork(gaveUpQueue)])
    await boss.stop({ graceful: false })
  }
}
