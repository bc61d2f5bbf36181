import { addDays, dayOf } from '../base/time.ts'
import { msFromHours } from '../base/units.ts'
import type { Clock } from '../runtime/clock.ts'
import type { Db } from '../runtime/database.ts'
import type { Settings } from '../runtime/settings.ts'
import { anchorFile, keepAnchor } from './anchor-file.ts'
import { auditAnchor } from './audit.ts'
import { idleSince } from './plugin.ts'
import { deleteEndedSessions, deleteOldAttempts } from './store-sessions.ts'

/** Repeatable at any time; once an hour is enough. Clears ended sessions and anchors the audit chain of the day before. */
export async function keepAccounts({ db, clock, settings }: { db: Db; clock: Clock; settings: Pick<Settings, 'sessionHours' | 'sessionIdleMinutes' | 'baseUrl' | 'dataDirectory'> }): Promise<{ sessionsEnded: number }> {
  const now = clock()
  const sessionsEnded = await deleteEndedSessions(db, { now, idleSince: idleSince(settings, now) })
  await deleteOldAttempts(db, now - msFromHours(1))
  keepAnchor(anchorFile(settings.dataDirectory), await auditAnchor(db, addDays(dayOf(now), -1)))
  return { sessionsEnded }
}
