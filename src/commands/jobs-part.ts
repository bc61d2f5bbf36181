import { runDerivations } from '../city/journeys/index.ts'
import type { Core } from './platform.ts'

/** Background work: journeys of touched days. Returns how to stop it. */
export function startJobs({ database, clock, log }: Core): () => Promise<void> {
  const derivations = runDerivations({ db: database.db, clock, log, settleMs: 4000 })
  return () => derivations.stop()
}
