import { resolve } from 'node:path'
import { systemClock } from '../runtime/clock.ts'
import { findRunningPostgres } from '../runtime/embedded-postgres.ts'
import { isDataDirectoryLocked, lockDataDirectory } from '../runtime/instance-lock.ts'
import { createLog } from '../runtime/log.ts'
import { readSettings } from '../runtime/settings.ts'
import type { OptionValues } from './command.ts'
import type { Core } from './core.ts'

/**
 * Runs a command's work with the database: the one of DATABASE_URL, the one a running platform has open in the data directory
 * (commands work beside `npm start`), or the embedded one started for the command alone.
 */
export async function withCore<Result>(values: OptionValues, work: (core: Core) => Promise<Result>): Promise<Result> {
  const settings = { ...readSettings(), ...(typeof values['data'] === 'string' && { dataDirectory: resolve(values['data']) }) }
  const running = settings.databaseUrl === '' && isDataDirectoryLocked(settings.dataDirectory) ? findRunningPostgres(settings.dataDirectory) : undefined
  const unlock = settings.databaseUrl === '' && !running ? lockDataDirectory(settings.dataDirectory) : () => undefined
  try {
    const { openCore } = await import('./core.ts')
    const core = await openCore({ settings: running ? { ...settings, databaseUrl: running } : settings, clock: systemClock, log: createLog(settings.logLevel) })
    try {
      return await work(core)
    } finally {
      await core.sink.settled()
      await core.database.close()
    }
  } finally {
    unlock()
  }
}
