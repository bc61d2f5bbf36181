import type { FastifyRequest } from 'fastify'
import { msFromHours, msFromMinutes } from '../base/units.ts'
import { ProblemError } from '../base/problems.ts'
import type { Clock } from '../runtime/clock.ts'
import type { Db } from '../runtime/database.ts'
import type { App } from '../runtime/http.ts'
import type { Settings } from '../runtime/settings.ts'
import { may, permissions, publicActor, roleNames, type Actor, type Permission } from './actor.ts'
import { refuseForeignOrigin } from './origin.ts'
import { accountsProblem } from './problems.ts'
import { findTokenHash, sessionCookie } from './session-token.ts'
import { findSession, touchSession, type SessionRow } from './store-sessions.ts'

export type SessionSettings = Pick<Settings, 'sessionHours' | 'sessionIdleMinutes' | 'baseUrl'>

export interface SessionDeps {
  readonly db: Db
  readonly clock: Clock
  readonly settings: SessionSettings
  /** the city whose public pages are shown to people who are not signed in */
  readonly defaultCity: string
}

declare module 'fastify' {
  interface FastifyRequest {
    /** the session behind `actor`; null for the public */
    session: SessionRow | null
  }
}

/** A session's `lastSeenAt` may lag by this much, so that reading costs no write. */
const touchEveryMs = 60_000

/** What a person with a one-time password may call before changing it. */
const openBeforeChange = new Set(['/api/v1/session', '/api/v1/session/password'])

export const actorOf = (session: SessionRow): Actor => ({
  personId: session.personId,
  name: session.name,
  role: session.role,
  scope: { cityCode: session.cityCode, districtCode: session.districtCode, unitCode: session.unitCode, enterpriseId: session.enterpriseId },
})

export const idleSince = (settings: SessionSettings, now: number): number => now - msFromMinutes(settings.sessionIdleMinutes)
export const sessionEnd = (settings: SessionSettings, now: number): number => now + msFromHours(settings.sessionHours)

async function readSession({ db, clock, settings }: SessionDeps, request: FastifyRequest): Promise<SessionRow | null> {
  const tokenHash = findTokenHash(request.cookies[sessionCookie])
  if (!tokenHash) return null
  const now = clock()
  const session = await findSession(db, tokenHash, { now, idleSince: idleSince(settings, now) })
  if (session && now - session.lastSeenAt > touchEveryMs) await touchSession(db, tokenHash, now)
  return session ?? null
}

/** Throws 401 or 403 unless the route's rule lets the actor in. Routes outside the API without a rule are pages and files. */
function enforceAccess(request: FastifyRequest): void {
  const { access } = request.routeOptions.config
  if (access === undefined || access === 'public') return
  const { actor, session } = request
  if (!session) throw new ProblemError(accountsProblem('sign-in-required'), 401)
  if (session.oneTimeUntil !== null && !openBeforeChange.has(request.routeOptions.url ?? '')) throw new ProblemError(accountsProblem('password-must-change'), 403)
  if (access === 'signed-in' || may(actor, access as Permission)) return
  request.log.warn({ personId: actor.personId, access, url: request.routeOptions.url }, 'refused')
  throw new ProblemError(accountsProblem('not-permitted', { role: roleNames[actor.role], permission: access }), 403)
}

/**
 * Sets `request.actor` and enforces every route's access rule. Register it before the rooms: a route whose handler runs without
 * it finds no actor and fails. A rule that names no known permission stops the start.
 */
export function guardPlugin(deps: SessionDeps): (app: App) => Promise<void> {
  return async (app) => {
    const nobody = publicActor(deps.defaultCity)
    app.decorateRequest('actor', null as unknown as Actor)
    app.decorateRequest('session', null)
    app.addHook('onRoute', ({ url, config }) => {
      const access = config?.access
      const isKnown = access === undefined || access === 'public' || access === 'signed-in' || access in permissions
      if (!isKnown) throw new Error(`route ${url} asks for ${access}, which is no permission of accounts/actor.ts`)
    })
    app.addHook('onRequest', async (request) => {
      const { host, origin, 'sec-fetch-site': fetchSite } = request.headers
      refuseForeignOrigin({ method: request.method, host, origin, fetchSite: fetchSite?.toString() }, deps.settings.baseUrl)
      request.session = await readSession(deps, request)
      request.actor = request.session ? actorOf(request.session) : nobody
      enforceAccess(request)
    })
  }
}
