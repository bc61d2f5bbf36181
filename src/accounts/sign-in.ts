import { createHash } from 'node:crypto'
import { ProblemError } from '../base/problems.ts'
import { formatInstant } from '../base/time.ts'
import { msFromMinutes } from '../base/units.ts'
import { transaction, type Db } from '../runtime/database.ts'
import type { Actor } from './actor.ts'
import { recordAudit } from './audit.ts'
import { systemActor } from './audit-actor.ts'
import { checkPassword, hashPassword, isPassword, oneTimePasswordHours } from './passwords.ts'
import { sessionEnd, type SessionDeps } from './plugin.ts'
import { accountsProblem } from './problems.ts'
import { hashToken, newToken } from './session-token.ts'
import { findByAccount, updatePassword, type PersonRow } from './store-people.ts'
import { clearAttempts, countAttempt, deleteOldAttempts, deleteSession, deleteSessionsOf, insertSession, type SessionRow } from './store-sessions.ts'

/** 等保三级: five failures lock the account for ten minutes. */
export const lockout = { attempts: 5, minutes: 10 } as const
const windowMs = msFromMinutes(lockout.minutes)

export const normalAccount = (typed: string): string => typed.normalize('NFKC').trim().toLowerCase()

/** Attempts are counted under this, so that the table holds no names. */
export const nameHashOf = (account: string): Buffer => createHash('sha256').update(account).digest()

const actorOfPerson = (person: PersonRow): Actor => ({ personId: person.personId, name: person.name, role: person.role, scope: person })

export interface SignInAttempt {
  readonly account: string
  readonly password: string
  /** where it came from, for the audit */
  readonly address: string
  /** hash of the token the browser came with; that session ends */
  readonly replaces: Buffer | undefined
}

export interface PasswordChange {
  readonly actor: Actor
  readonly account: string
  readonly current: string
  readonly next: string
}

export interface SignedIn {
  readonly token: string
  readonly expiresAt: number
  readonly session: SessionRow
}

/** Opens a session of a person inside the caller's transaction. */
async function openSession(inside: Db, { clock, settings }: SessionDeps, person: PersonRow): Promise<SignedIn> {
  const now = clock()
  const token = newToken()
  const session: SessionRow = { ...person, tokenHash: hashToken(token), lastSeenAt: now, expiresAt: sessionEnd(settings, now) }
  await insertSession(inside, session)
  return { token, expiresAt: session.expiresAt, session }
}

/** Counts the attempt; throws 429 while locked. The same for names that exist and names that do not. */
async function admitAttempt({ db, clock }: SessionDeps, account: string): Promise<{ nameHash: Buffer; locksNow: boolean }> {
  const now = clock()
  const nameHash = nameHashOf(account)
  await deleteOldAttempts(db, now - 2 * windowMs)
  const { failures, lockedUntil } = await countAttempt(db, nameHash, { now, windowMs, attempts: lockout.attempts })
  if (lockedUntil !== null && failures > lockout.attempts) {
    throw new ProblemError(accountsProblem('account-locked', { ...lockout, until: formatInstant(lockedUntil) }), 429)
  }
  return { nameHash, locksNow: failures === lockout.attempts }
}

/** Checks name and password; throws 401 without telling which was wrong, after the same work for known and unknown names. */
export async function signIn(deps: SessionDeps, { account: typed, password, address, replaces }: SignInAttempt): Promise<SignedIn> {
  const { db, clock } = deps
  const account = normalAccount(typed)
  const { nameHash, locksNow } = await admitAttempt(deps, account)
  const person = await findByAccount(db, account)
  const isRight = await isPassword(person?.passwordHash, password)
  if (!person || !isRight || person.disabledAt !== null) {
    // A name that is no account may be a password typed into the wrong field, so it is never written down.
    const actor = person ? actorOfPerson(person) : systemActor('未知账号')
    await recordAudit(db, { actor, action: locksNow ? 'session.lock' : 'session.refuse', object: person ? `person/${person.personId}` : '', detail: { address } })
    throw new ProblemError(accountsProblem('sign-in-failed', lockout), 401)
  }
  if (person.oneTimeUntil !== null && person.oneTimeUntil <= clock()) {
    throw new ProblemError(accountsProblem('one-time-password-expired', { hours: oneTimePasswordHours }), 401)
  }
  return transaction(db, async (inside) => {
    await clearAttempts(inside, nameHash)
    if (replaces) await deleteSession(inside, replaces)
    const signedIn = await openSession(inside, deps, person)
    await recordAudit(inside, { actor: actorOfPerson(person), action: 'session.sign-in', object: `person/${person.personId}`, detail: { address } })
    return signedIn
  })
}

/** Ends one session. */
export const signOut = ({ db }: SessionDeps, actor: Actor, tokenHash: Buffer): Promise<void> =>
  transaction(db, async (inside) => {
    await deleteSession(inside, tokenHash)
    await recordAudit(inside, { actor, action: 'session.sign-out', object: `person/${actor.personId}` })
  })

/** Sets one's own password, ends every session of the account and opens a new one. Wrong guesses count towards the lock. */
export async function changePassword(deps: SessionDeps, { actor, account, current, next }: PasswordChange): Promise<SignedIn> {
  const { db, clock } = deps
  const { nameHash } = await admitAttempt(deps, account)
  const person = await findByAccount(db, account)
  if (!person || !(await isPassword(person.passwordHash, current))) throw new ProblemError(accountsProblem('password-wrong'), 403)
  const problems = current === next ? [accountsProblem('password-unchanged')] : checkPassword(next, account)
  if (problems.length > 0) throw new ProblemError(problems, 422)
  const passwordHash = await hashPassword(next)
  return transaction(db, async (inside) => {
    await clearAttempts(inside, nameHash)
    await updatePassword(inside, person.personId, { hash: passwordHash, setAt: clock(), oneTimeUntil: null })
    await deleteSessionsOf(inside, person.personId)
    const signedIn = await openSession(inside, deps, { ...person, oneTimeUntil: null })
    await recordAudit(inside, { actor, action: 'session.change-password', object: `person/${person.personId}` })
    return signedIn
  })
}
