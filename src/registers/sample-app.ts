import type { Actor, Role } from '../accounts/actor.ts'
import { newId } from '../base/ids.ts'
import { systemClock } from '../runtime/clock.ts'
import { createHttp, type App, type Routes } from '../runtime/http.ts'
import { createLog } from '../runtime/log.ts'
import { sampleCity } from './sample-register.ts'

/** Somebody of the sample city, for tests of this room. */
export const someone = (role: Role, more: Partial<Actor['scope']> = {}): Actor => ({ personId: null, name: role, role, scope: { cityCode: sampleCity, districtCode: null, unitCode: null, enterpriseId: null, ...more } })

/** The real server with these routes; who calls is said in the `x-actor` header instead of a session. */
export async function sampleApp(routes: readonly Routes[]): Promise<App> {
  const app = await createHttp({ log: createLog('silent'), requestId: () => newId<'request'>(systemClock()) })
  app.decorateRequest('actor', null as never)
  app.addHook('onRequest', async (request) => {
    request.actor = JSON.parse(Buffer.from(String(request.headers['x-actor']), 'base64').toString('utf8')) as Actor
  })
  for (const each of routes) await app.register(each)
  await app.ready()
  return app
}

export interface Answer {
  readonly status: number
  readonly headers: Record<string, unknown>
  readonly body: never
  readonly bytes: Buffer
}

export const callerOf =
  (app: App) =>
  async (actor: Actor, method: 'GET' | 'POST' | 'PATCH' | 'DELETE', url: string, { body, headers = {} }: { body?: unknown; headers?: Record<string, string> } = {}): Promise<Answer> => {
    const response = await app.inject({ method, url, headers: { 'x-actor': Buffer.from(JSON.stringify(actor)).toString('base64'), ...headers }, ...(body === undefined ? {} : { payload: body as object }) })
    const isJson = String(response.headers['content-type']).includes('json')
    return { status: response.statusCode, headers: response.headers, body: (isJson && response.body ? JSON.parse(response.body) : undefined) as never, bytes: response.rawPayload }
  }

/** The clock of a test that has said which day it is. */
export const fixedClock = (instant: number) => {
  let now = instant
  return { clock: () => now, advance: (ms: number) => (now += ms) }
}
