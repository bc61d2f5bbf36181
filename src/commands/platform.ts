import { join } from 'node:path'
import { accountsPlugin, createFirstAccounts } from '../accounts/index.ts'
import { newId } from '../base/ids.ts'
import { declareProblems, ProblemError } from '../base/problems.ts'
import type { Clock } from '../runtime/clock.ts'
import { createHttp, type App } from '../runtime/http.ts'
import { installJobQueue } from '../runtime/jobs.ts'
import type { Log } from '../runtime/log.ts'
import type { Settings } from '../runtime/settings.ts'
import { staticRoutes } from '../runtime/static.ts'
import type { AccessDeps } from '../city/access/index.ts'
import { createAccess } from './access.ts'
import { cityRoutes } from './city-routes.ts'
import { openCore, type Core } from './core.ts'
import { seedDemo, type SeededDemo } from './demo.ts'
import { startGateways, type Gateways } from './gateway-part.ts'
import { startJobs } from './jobs-part.ts'
import { roomRoutes } from './room-routes.ts'

const problem = declareProblems('commands', {
  'port-in-use': { message: '端口 {port} 已被占用', cause: '另一个程序正在使用它，也可能是另一个绿配实例', action: '请停止该程序，或用 --port、--jt808、--gb32960 换一个端口' },
})

export type Part = 'gateway' | 'web' | 'jobs'

export interface PlatformOptions {
  readonly settings: Settings
  readonly clock: Clock
  readonly log: Log
  readonly parts: ReadonlySet<Part>
  readonly ports: { readonly web: number; readonly jt808: number; readonly gb32960: number }
  /** progress lines for a person */
  readonly say: (text: string) => void
}

export interface Platform {
  readonly core: Core
  readonly webAddress: string | null
  readonly gateways: Gateways | null
  readonly seeded: SeededDemo
  stop(): Promise<void>
}

/** The HTTP server with every room's routes, not yet listening. */
export async function createWeb(core: Core, demo: SeededDemo): Promise<App> {
  const { settings, clock, log, database, cities, metrics } = core
  const app = await createHttp({ log, requestId: () => newId<'request'>(clock()) })
  await app.register(accountsPlugin({
    db: database.db,
    clock,
    settings,
    defaultCity: cities.standard.code,
    findCity: (code) => cities.find(code),
    listEnterprises: demo.listEnterprises,
  }))
  const access = createAccess(core)
  for (const routes of roomRoutes(core, access)) await app.register(routes)
  await app.register(cityRoutes({ cities, demoAccounts: demo.accounts }))
  await app.register(metrics.routes)
  const startedAt = clock()
  app.get('/healthz', { schema: { hide: true } }, async () => ({ ok: true, uptimeSeconds: Math.round((clock() - startedAt) / 1000), framesWaiting: core.sink.waiting, warnings: await ruleWarnings(core, access) }))
  await app.register(staticRoutes(join(settings.root, 'web', 'dist')))
  return app
}

/** What somebody must see to before the rules of a city answer wrongly; a database that is away makes no warning of its own. */
async function ruleWarnings({ cities }: Core, { rules }: AccessDeps): Promise<{ cityCode: string; code: string; message: string; action: string }[]> {
  const found = await Promise.all(cities.profiles.map(async ({ code: cityCode }) => (await rules.of(cityCode).catch(() => undefined))?.warnings.map(({ code, message, action }) => ({ cityCode, code, message, action })) ?? []))
  return found.flat()
}

/** Starts the parts asked for; `stop` ends them in order: no new connections, everything received made durable, database last. */
export async function startPlatform(options: PlatformOptions): Promise<Platform> {
  const { parts, ports, say, log } = options
  // Documents and QR codes need an address even where nobody configured one.
  const settings = { ...options.settings, baseUrl: options.settings.baseUrl || `http://${options.settings.host}:${ports.web}` }
  const core = await openCore({ ...options, settings })
  const stops: (() => Promise<void>)[] = [() => core.database.close()]
  const stop = async (): Promise<void> => {
    for (const each of stops.reverse()) await each().catch((error: unknown) => log.error({ err: error }, 'stopping a part failed'))
    stops.length = 0
  }
  try {
    say(`database ready (${core.database.embedded ? 'embedded PostgreSQL' : 'DATABASE_URL'})`)
    await installJobQueue(core.database.db)
    const seeded = await seedDemo(core, say)
    const first = seeded.accounts.length > 0 ? [] : await createFirstAccounts(core.database.db, core.cities.standard.code, core.clock())
    for (const { account, password } of first) say(`first account ${account}, one-time password ${password}`)
    for (const { cityCode, message, action } of await ruleWarnings(core, createAccess(core))) say(`${cityCode}: ${message}；${action}`)
    let webAddress: string | null = null
    if (parts.has('web')) {
      const app = await createWeb(core, seeded)
      webAddress = await app.listen({ host: settings.host, port: ports.web })
      stops.push(() => app.close())
    }
    let gateways: Gateways | null = null
    if (parts.has('gateway')) {
      gateways = await startGateways(core, ports)
      stops.push(gateways.stop)
    }
    if (parts.has('jobs')) stops.push(await startJobs(core))
    return { core, webAddress, gateways, seeded, stop }
  } catch (error) {
    await stop()
    const { code, port } = error as NodeJS.ErrnoException & { port?: number }
    if (code === 'EADDRINUSE') throw new ProblemError(problem('port-in-use', { port }), 409)
    throw error
  }
}
