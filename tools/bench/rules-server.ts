import { startPlatform } from '../../src/commands/platform.ts'
import { systemClock } from '../../src/runtime/clock.ts'
import { createLog } from '../../src/runtime/log.ts'
import { readSettings } from '../../src/runtime/settings.ts'

// A web process of its own, on the database of DATABASE_URL or an embedded one of LVPEI_DATA; says where it listens, ends on SIGTERM.
const settings = readSettings()
const platform = await startPlatform({ settings, clock: systemClock, log: createLog('silent'), parts: new Set(['web']), ports: { web: 0, jt808: 0, gb32960: 0 }, say: () => undefined })
process.stdout.write(`${JSON.stringify({ web: platform.webAddress, databaseUrl: platform.core.database.url })}\n`)
process.once('SIGTERM', () => void platform.stop().then(() => process.exit(0)))
