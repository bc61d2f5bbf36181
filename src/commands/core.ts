import { join } from 'node:path'
import { createFactSink, type FactStore } from '../events/index.ts'
import type { Clock } from '../runtime/clock.ts'
import { migrate, openDatabase, type Database } from '../runtime/database.ts'
import type { Log } from '../runtime/log.ts'
import { createMetrics, type Metrics } from '../runtime/metrics.ts'
import type { Settings } from '../runtime/settings.ts'
import { loadCities, type Cities } from './cities.ts'
import { createVehicles, type Vehicles } from './registers.ts'

/** How far the simulated fleet is, for `GET /api/v1/demo`; null while none runs. */
export interface DemoProgress {
  phase: 'month' | 'older' | 'live'
  /** of the phase, 0–1 */
  share: number
  frames: number
  readings: number
  devices: number
  connected: number
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

/** Database, migrations, city profiles, fact store: what is needed by parts and by commands that read. */
export async function openCore({ settings, clock, log }: Pick<Core, 'settings' | 'clock' | 'log'>): Promise<Core> {
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
