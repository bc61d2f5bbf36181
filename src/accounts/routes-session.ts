import type { FastifyReply } from 'fastify'
import { z } from 'zod'
import { formatInstant } from '../base/time.ts'
import { secondsFromMs } from '../base/units.ts'
import type { App, Routes } from '../runtime/http.ts'
import { permissionsOf, roleNames, type Actor } from './actor.ts'
import { actorOf, type SessionDeps } from './plugin.ts'
import { findTokenHash, sessionCookie } from './session-token.ts'
import { changePassword, signIn, signOut, type SignedIn } from './sign-in.ts'
import type { SessionRow } from './store-sessions.ts'

const whoIs = z.strictObject({
  signedIn: z.boolean(),
  personId: z.string().nullable(),
  account: z.string().nullable(),
  name: z.string(),
  role: z.string(),
  roleName: z.string(),
  scope: z.strictObject({ cityCode: z.string(), districtCode: z.string().nullable(), unitCode: z.string().nullable(), enterpriseId: z.string().nullable() }),
  permissions: z.array(z.string()),
  /** a one-time password: nothing else is allowed before it is changed */
  passwordMustChange: z.boolean(),
  expiresAt: z.string().nullable(),
})

const present = (actor: Actor, session: SessionRow | null): z.infer<typeof whoIs> => ({
  signedIn: session !== null,
  personId: actor.personId,
  account: session?.account ?? null,
  name: actor.name,
  role: actor.role,
  roleName: roleNames[actor.role],
  scope: { ...actor.scope },
  permissions: permissionsOf(actor.role),
  passwordMustChange: session !== null && session.oneTimeUntil !== null,
  expiresAt: session ? formatInstant(session.expiresAt) : null,
})

const password = z.string().min(1).max(256)

/** Signing in, asking who one is, changing the password, signing out. */
export function sessionRoutes(deps: SessionDeps): Routes {
  const secure = deps.settings.baseUrl.startsWith('https:')
  const setCookie = (reply: FastifyReply, { token, expiresAt }: SignedIn): FastifyReply => {
    const maxAge = Math.floor(secondsFromMs(expiresAt - deps.clock()))
    return reply.setCookie(sessionCookie, token, { path: '/', httpOnly: true, sameSite: 'lax', secure, maxAge }).header('cache-control', 'no-store')
  }
  return async (app: App) => {
    const enter = { summary: '登录', tags: ['accounts'], body: z.strictObject({ account: z.string().min(1).max(64), password }), response: { 200: whoIs } }
    app.post('/api/v1/session', { config: { access: 'public' }, schema: enter }, async (request, reply) => {
      const signedIn = await signIn(deps, { ...request.body, address: request.ip, replaces: findTokenHash(request.cookies[sessionCookie]) })
      setCookie(reply, signedIn)
      return present(actorOf(signedIn.session), signedIn.session)
    })
    const ask = { summary: '当前登录人', tags: ['accounts'], response: { 200: whoIs } }
    app.get('/api/v1/session', { config: { access: 'public' }, schema: ask }, async (request, reply) => {
      reply.header('cache-control', 'no-store')
      return present(request.actor, request.session)
    })
    app.delete('/api/v1/session', { config: { access: 'signed-in' }, schema: { summary: '退出', tags: ['accounts'] } }, async (request, reply) => {
      await signOut(deps, request.actor, request.session!.tokenHash)
      return reply.clearCookie(sessionCookie, { path: '/' }).code(204).send()
    })
    const change = { summary: '修改密码', tags: ['accounts'], body: z.strictObject({ current: password, next: password }) }
    app.post('/api/v1/session/password', { config: { access: 'signed-in' }, schema: change }, async (request, reply) => {
      setCookie(reply, await changePassword(deps, { actor: request.actor, account: request.session!.account, ...request.body }))
      return reply.code(204).send()
    })
  }
}
