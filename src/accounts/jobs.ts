import { addDays, dayOf } from '../base/time.ts'
import { msFromHours } from '../base/units.ts'
import type { Clock } from '../runtime/clock.ts'
import type { Db } from '../runtime/database.ts'
import type { Settings } from '../runtime/settings.ts'
import { anchorFile, keepAnchor } from './anchor-file.ts'
import { auditAnchor } from './audit.ts'
import { idleSince, type SessionSettings } from './plugin.ts'
import { deleteEndedSessions, deleteOldAttempts } from './store-sessions.ts'

export interface KeepingDeps {
  readonly db: Db
  readonly clock: Clock
  readonly settings: SessionSettings & Pick<Settings, 'dataDirectory'>
}

/** Repeatable at any time; once an hour is enough. Clears ended sessions and anchors the audit chain of the day before. */
export async function keepAccounts({ db, clock, settings }: KeepingDeps): Promise<{ sessionsEnded: number }> {
  const now = clock()
  const sessionsEnded = await deleteEndedSessions(db, { now, idleSince: idleSince(settings, now) })
  await deleteOldAttempts(db, now - msFromHours(1))
  keepAnchor(anchorFile(settings.dataDirectory), await auditAnchor(db, addDays(dayOf(now), -1)))
  return { sessionsEnded }
}
