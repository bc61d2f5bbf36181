import type { App } from '../runtime/http.ts'
import type { PeopleDeps } from './administer.ts'
import { guardPlugin, type SessionDeps } from './plugin.ts'
import { auditRoutes } from './routes-audit.ts'
import { peopleRoutes } from './routes-people.ts'
import { sessionRoutes } from './routes-session.ts'

export type AccountsDeps = SessionDeps & PeopleDeps

/**
 * Signing in for the whole server, and this room's routes. Register it first: `await app.register(accountsPlugin(deps))`.
 */
export function accountsPlugin(deps: AccountsDeps): (app: App) => Promise<void> {
  const plugin = async (app: App): Promise<void> => {
    await guardPlugin(deps)(app)
    for (const routes of [sessionRoutes(deps), peopleRoutes(deps), auditRoutes(deps)]) await app.register(routes)
  }
  // The guard's hooks belong to the whole server, not to a child of it.
  return Object.assign(plugin, { [Symbol.for('skip-override')]: true })
}
