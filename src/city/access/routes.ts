import type { Routes } from '../../runtime/http.ts'
import type { AccessDeps } from './deps.ts'
import { checkRoutes } from './routes-checks.ts'
import { closureRoutes } from './routes-closures.ts'
import { draftRoutes } from './routes-drafts.ts'
import { replayRoutes } from './routes-replays.ts'

/** Rule checks and zones for everybody, drafts, versions and replays for the office, closures for both. */
export const accessRoutes = (deps: AccessDeps): Routes => async (app) => {
  checkRoutes(app, deps)
  draftRoutes(app, deps)
  closureRoutes(app, deps)
  replayRoutes(app, deps)
}
