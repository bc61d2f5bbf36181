import { openCore } from '../../src/commands/core.ts'
import { createWeb } from '../../src/commands/platform.ts'
import { systemClock } from '../../src/runtime/clock.ts'
import type { Database } from '../../src/runtime/database.ts'
import { createLog } from '../../src/runtime/log.ts'
import { readSettings } from '../../src/runtime/settings.ts'

/** `METHOD /url` of every documented route of the server as it is really started, with ids written `:id`. */
export async function listProductionRoutes(database: Database): Promise<string[]> {
  const core = await openCore({ settings: { ...readSettings(), databaseUrl: database.url }, clock: systemClock, log: createLog('silent') })
  const app = await createWeb(core, { accounts: [], listEnterprises: async () => [] })
  await app.ready()
  const paths = Object.entries(app.swagger().paths ?? {})
  await app.close()
  await core.database.close()
  return paths.flatMap(([path, methods]) => Object.keys(methods as object).map((method) => `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`)).filter((each) => each.includes(' /api/'))
}
