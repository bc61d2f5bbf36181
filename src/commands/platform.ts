import { join } from 'node:path'
import { accountsPlugin, createFirstAccounts } from '../accounts/index.ts'
import { newId } from '../base/ids.ts'
import { declareProblems, ProblemError } from '../base/problems.ts'
import { createFactSink, type FactStore } from '../events/index.ts'
import type { Clock } from '../runtime/clock.ts'
import { migrate, openDatabase, type Database } from '../runtime/database.ts'
import { createHttp, type App } from '../runtime/http.ts'
import type { Log } from '../runtime/log.ts'
import { createMetrics, type Metrics } from '../runtime/metrics.ts'
import type { Settings } from '../runtime/settings.ts'
import { staticRoutes } from '../runtime/static.ts'
import { loadCities, type Cities } from './cities.ts'
import { cityRoutes } from './city-routes.ts'
import { seedDemo, type DemoProgress, type SeededDemo } from './demo.ts'
import { startGateways, type Gateways } from './gateway-part.ts'
import { startJobs } from './jobs-part.ts'
import { createVehicles, type Vehicles } from './registers.ts'
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

/** What every part is handed. */
export interface Core {
  readonly settings: Settings
  readonly clock: Clock
  readonly log: Log
  readonly database: Database
  readonly cities: Cities
  readonly sink: FactStore
  readonly vehicles: Vehicles
  /** what the simulated fleet last said of itself */
  readonly demo: { progress: DemoProgress | null }
  readonly metrics: Metrics
}

export interface Platform {
  readonly core: Core
  readonly webAddress: string | null
  readonly gateways: Gateways | null
  readonly seeded: SeededDemo
  stop(): Promise<void>
}

/** Database, migrations, city profiles, fact store: what is needed by parts and by commands that read. */
export async function openCore({ settings, clock, log }: Pick<PlatformOptions, 'settings' | 'clock' | 'log'>): Promise<Core> {
  const cities = loadCities(settings.citiesDirectory, settings.defaultCity)
  const database = await openDatabase(settings)
  try {
    await migrate(database.db, join(settings.root, 'migrations'))
  } catch (error) {
    await database.close()
    throw error
  }
  const metrics = createMetrics()
  const sink = createFactSink(database.db, ({ frames, durationMs, waiting }) => {
    metrics.committedFrames.inc(frames)
    metrics.commitSeconds.observe(durationMs / 1000)
    metrics.waitingFrames.set(waiting)
  })
  const vehicles = createVehicles({ db: database.db, clock, cityCodes: cities.profiles.map((each) => each.code) })
  return { settings, clock, log, database, cities, sink, metrics, vehicles, demo: { progress: null } }
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
  for (const routes of roomRoutes(core)) await app.register(routes)
  await app.register(cityRoutes({ cities, demoAccounts: demo.accounts }))
  await app.register(metrics.routes)
  const startedAt = clock()
  app.get('/healthz', { schema: { hide: true } }, async () => ({ ok: true, uptimeSeconds: Math.round((clock() - startedAt) / 1000), framesWaiting: core.sink.waiting }))
  await app.register(staticRoutes(join(settings.root, 'web', 'dist')))
  return app
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
    const seeded = await seedDemo(core, say)
    const first = seeded.accounts.length > 0 ? [] : await createFirstAccounts(core.database.db, core.cities.standard.code, core.clock())
    for (const { account, password } of first) say(`first account ${account}, one-time password ${password}`)
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
    if (parts.has('jobs')) stops.push(startJobs(core))
    return { core, webAddress, gateways, seeded, stop }
  } catch (error) {
    await stop()
    const { code, port } = error as NodeJS.ErrnoException & { port?: number }
    if (code === 'EADDRINUSE') throw new ProblemError(problem('port-in-use', { port }), 409)
    throw error
  }
}
