import { keepAccounts } from '../accounts/index.ts'
import { msFromHours } from '../base/units.ts'
import { runDerivations } from '../city/journeys/index.ts'
import type { Core } from './platform.ts'

/** Background work: journeys of touched days; ended sessions and the day's audit anchor once an hour. Returns how to stop it. */
export function startJobs({ database, clock, log, settings }: Core): () => Promise<void> {
  const derivations = runDerivations({ db: database.db, clock, log, settleMs: 4000 })
  let kept = Promise.resolve()
  const keep = (): void => {
    kept = keepAccounts({ db: database.db, clock, settings }).then(() => undefined, (error: unknown) => log.error({ err: error }, 'keeping accounts failed'))
  }
  keep()
  const hourly = setInterval(keep, msFromHours(1))
  return async () => {
    clearInterval(hourly)
    await Promise.all([derivations.stop(), kept])
  }
}
