import { keepAccounts } from '../accounts/index.ts'
import { msFromHours, msFromMinutes } from '../base/units.ts'
import { runDerivations } from '../city/journeys/index.ts'
import { startJobRunner } from './job-runner.ts'
import { recordChanges } from './measuring.ts'
import { repeat } from './repeat.ts'
import type { Core } from './core.ts'

/** Background work: journeys of touched days, ordered jobs, recorded values of every city, sessions and the audit anchor. Returns how to stop it. */
export async function startJobs(core: Core): Promise<() => Promise<void>> {
  const { database: { db }, clock, log, settings, cities } = core
  const stopRunner = await startJobRunner(core)
  const derivations = runDerivations({ db, clock, log, settleMs: 4000 })
  const measureAll = async (): Promise<void> => {
    for (const { code } of cities.profiles) await recordChanges(core, code)
  }
  const stops = [
    () => derivations.stop(),
    stopRunner,
    repeat({ log, everyMs: msFromMinutes(1), what: 'measuring', work: measureAll }),
    repeat({ log, everyMs: msFromHours(1), what: 'keeping accounts', work: () => keepAccounts({ db, clock, settings }) }),
  ]
  return async () => {
    await Promise.all(stops.map((stop) => stop()))
  }
}
