import { findRow, run, sql, type Db } from '../runtime/database.ts'
import type { PersonRole } from './actor.ts'

const instant = (ms: number) => sql`to_timestamp(${ms}::float8 / 1000)`

export interface SessionRow {
  readonly tokenHash: Buffer
  readonly personId: string
  readonly account: string
  readonly name: string
  readonly role: PersonRole
  readonly cityCode: string
  readonly districtCode: string | null
  readonly unitCode: string | null
  readonly enterpriseId: string | null
  readonly oneTimeUntil: number | null
  readonly lastSeenAt: number
  readonly expiresAt: number
}

export async function insertSession(db: Db, session: Pick<SessionRow, 'tokenHash' | 'personId' | 'lastSeenAt' | 'expiresAt'>): Promise<void> {
  await sql`insert into session (token_hash, person_id, created_at, last_seen_at, expires_at)
    values (${session.tokenHash}, ${session.personId}, ${instant(session.lastSeenAt)}, ${instant(session.lastSeenAt)}, ${instant(session.expiresAt)})`.execute(db)
}

/** A session that is neither over nor idle since `idleSince`, of a person who is not disabled. */
export const findSession = (db: Db, tokenHash: Buffer, { now, idleSince }: { now: number; idleSince: number }): Promise<SessionRow | undefined> =>
  findRow(db, sql<SessionRow>`select s.token_hash as "tokenHash", p.person_id as "personId", p.account, p.name, p.role, p.city_code as "cityCode", p.district_code as "districtCode",
    p.unit_code as "unitCode", p.enterprise_id as "enterpriseId", p.one_time_until as "oneTimeUntil", s.last_seen_at as "lastSeenAt", s.expires_at as "expiresAt"
    from session s join person p using (person_id)
    where s.token_hash = ${tokenHash} and s.expires_at > ${instant(now)} and s.last_seen_at > ${instant(idleSince)} and p.disabled_at is null`)

export const touchSession = (db: Db, tokenHash: Buffer, now: number): Promise<number> => run(db, sql`update session set last_seen_at = ${instant(now)} where token_hash = ${tokenHash}`)

export const deleteSession = (db: Db, tokenHash: Buffer): Promise<number> => run(db, sql`delete from session where token_hash = ${tokenHash}`)

export const deleteSessionsOf = (db: Db, personId: string): Promise<number> => run(db, sql`delete from session where person_id = ${personId}`)

export const deleteEndedSessions = (db: Db, { now, idleSince }: { now: number; idleSince: number }): Promise<number> =>
  run(db, sql`delete from session where expires_at <= ${instant(now)} or last_seen_at <= ${instant(idleSince)}`)

export interface GuardRow {
  readonly failures: number
  readonly lockedUntil: number | null
}

/**
 * Counts an attempt before the password is looked at, in one statement, so that attempts made at the same moment cannot
 * slip past the limit. A window or a lock that is over starts anew; a standing lock is not prolonged.
 */
export async function countAttempt(db: Db, nameHash: Buffer, limit: { now: number; windowMs: number; attempts: number }): Promise<GuardRow> {
  const now = instant(limit.now)
  const isOver = sql`coalesce(g.locked_until <= ${now}, g.first_failed_at <= ${instant(limit.now - limit.windowMs)})`
  const row = await findRow(db, sql<GuardRow>`insert into sign_in_guard as g (name_hash, failures, first_failed_at) values (${nameHash}, 1, ${now})
    on conflict (name_hash) do update set
      failures = case when ${isOver} then 1 else g.failures + 1 end,
      first_failed_at = case when ${isOver} then ${now} else g.first_failed_at end,
      locked_until = case when ${isOver} then null when g.failures + 1 >= ${limit.attempts}::int then coalesce(g.locked_until, ${instant(limit.now + limit.windowMs)}) else null end
    returning failures, locked_until as "lockedUntil"`)
  return row!
}

export const clearAttempts = (db: Db, nameHash: Buffer): Promise<number> => run(db, sql`delete from sign_in_guard where name_hash = ${nameHash}`)

export const deleteOldAttempts = (db: Db, before: number): Promise<number> =>
  run(db, sql`delete from sign_in_guard where first_failed_at < ${instant(before)} and coalesce(locked_until, first_failed_at) < ${instant(before)}`)
