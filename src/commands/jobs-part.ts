import { keepAccounts } from '../accounts/index.ts'
import { msFromHours, msFromMinutes } from '../base/units.ts'
import { runDerivations } from '../city/journeys/index.ts'
import { startJobRunner } from './job-runner.ts'
import { recordChanges } from './measuring.ts'
import type { Core } from './core.ts'

/** Repeats `work` with a pause between the end of one run and the start of the next; trouble is logged, never fatal. */
function repeat(core: Core, { everyMs, what, work }: { everyMs: number; what: string; work: () => Promise<unknown> }): () => Promise<void> {
  let stopping = false
  let wake = (): void => undefined
  const loop = async (): Promise<void> => {
    while (!stopping) {
      await work().catch((error: unknown) => core.log.error({ err: error }, `${what} failed; trying again later`))
      if (stopping) return
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, everyMs)
        wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
  }
  const done = loop()
  return async () => {
    stopping = true
    wake()
    await done
  }
}

/** Background work: journeys of touched days, ordered jobs, recorded values of every city, sessions and the audit anchor. Returns how to stop it. */
export function startJobs(core: Core): () => Promise<void> {
  const { database: { db }, clock, log, settings, cities } = core
  const derivations = runDerivations({ db, clock, log, settleMs: 4000 })
  const measureAll = async (): Promise<void> => {
    for (const { code } of cities.profiles) await recordChanges(core, code)
  }
  const stops = [
    () => derivations.stop(),
    startJobRunner(core),
    repeat(core, { everyMs: msFromMinutes(1), what: 'measuring', work: measureAll }),
    repeat(core, { everyMs: msFromHours(1), what: 'keeping accounts', work: () => keepAccounts({ db, clock, settings }) }),
  ]
  return async () => {
    await Promise.all(stops.map((stop) => stop()))
  }
}
