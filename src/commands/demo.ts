import { seedDemoAccounts, type PrintedAccount } from '../accounts/index.ts'
import { enterpriseRegister } from '../city/enterprises/index.ts'
import { dayMs } from '../base/time.ts'
import type { Profile } from '../profiles/index.ts'
import { divisionsOf, readAll, recordVersions, type DataOf, type Fields, type Register } from '../registers/index.ts'
import type { Core } from './core.ts'
import type { Gateways } from './gateway-part.ts'
import { allRegisters } from './registers.ts'
import { installationSecret } from './secrets.ts'

export interface SeededDemo {
  /** accounts to print; empty where no made-up city is served */
  readonly accounts: readonly PrintedAccount[]
  listEnterprises(cityCode: string): Promise<{ id: string; name: string }[]>
}

/** Lays the made-up city's registers down up to today; what a person has changed since is left alone. */
async function seedRegistersOf({ database: { db }, clock }: Core, city: Profile): Promise<number> {
  const { seedDemoCity } = await import('../../sim/world/seed.ts')
  const now = clock()
  const registerOf = new Map(allRegisters.map((each) => [each.code, each]))
  const { recorded } = await seedDemoCity({
    now,
    // Rows that hold only from a later day are living rows too.
    known: async (code) => (await readAll(db, registerOf.get(code) as unknown as Register, { cityCode: city.code, asOf: now, validAt: now + 3650 * dayMs }))
      .map(({ id, naturalKey, validFrom, source }) => ({ id, naturalKey, validFrom, isSeeded: source.kind === 'seed' })),
    record: async (code, rows, { validFrom, recordedAt }) => {
      const changes = rows.map(({ data }) => ({ kind: 'put' as const, data: data as DataOf<Fields>, validFrom }))
      const written = await recordVersions(db, registerOf.get(code) as unknown as Register, changes, {
        cityCode: city.code, source: { kind: 'seed', ref: 'demo' }, author: { id: null, name: '演示数据' }, now, recordedAt, divisions: divisionsOf(city),
      })
      return written.map((each) => each.id)
    },
  })
  return recorded
}

const loopback: ReadonlySet<string> = new Set(['127.0.0.1', '::1', 'localhost'])

/** The member unit that leads most tasks beside the office's own: its liaison has something to show. */
function busiestUnit(city: Profile): string {
  const led = new Map<string, number>()
  for (const code of city.tasks.flatMap((task) => task.lead)) if (code !== city.governance.office?.unit) led.set(code, (led.get(code) ?? 0) + 1)
  return [...led].sort((a, b) => b[1] - a[1])[0]?.[0] ?? city.units[0]!.code
}

/** Registers and accounts of the made-up city, laid down once; later starts find them there. */
export async function seedDemo(core: Core, say: (text: string) => void): Promise<SeededDemo> {
  const { database: { db }, clock, cities } = core
  const listEnterprises = async (cityCode: string) =>
    (await readAll(db, enterpriseRegister, { cityCode, asOf: clock() })).map(({ id, data }) => ({ id, name: data.name }))
  const city = cities.standard
  if (city.document.status !== 'made-up') return { accounts: [], listEnterprises }
  const recorded = await seedRegistersOf(core, city)
  if (recorded > 0) say(`demo city ${city.name}: ${recorded} register rows laid down`)
  const [firm] = await listEnterprises(city.code)
  // The demo password stands in the source: it never guards a door that others can reach.
  if (!loopback.has(core.settings.host)) {
    say(`listening on ${core.settings.host}: no demo accounts are made`)
    return { accounts: [], listEnterprises }
  }
  const accounts = await seedDemoAccounts(db, { code: city.code, madeUp: true, districtCode: city.districts[0]!.code, liaisonUnitCode: busiestUnit(city), enterpriseId: firm?.id ?? '' }, clock())
  return { accounts, listEnterprises }
}

const phaseWords = { month: 'laying down the last month', older: 'live; laying down the months before', live: 'live' } as const

/** Starts the made-up city's vehicles as protocol clients in a process of their own; undefined where no made-up city is served. */
export async function startDemoFleet({ core, gateways }: { core: Core; gateways: Gateways | null }, { speed, months, say }: { speed: number; months: number; say: (text: string) => void }): Promise<(() => Promise<void>) | undefined> {
  if (!gateways || core.cities.standard.document.status !== 'made-up') return undefined
  const { startSimulation } = await import('../../sim/index.ts')
  let told = ''
  const simulation = startSimulation({
    // An address that means every interface is reached on this machine.
    host: core.settings.host === '0.0.0.0' ? '127.0.0.1' : core.settings.host,
    jt808Port: gateways.ports.jt808,
    gb32960Port: gateways.ports.gb32960,
    dataDirectory: core.settings.dataDirectory,
    stateKey: installationSecret(core.settings.dataDirectory, 'installation').toString('hex').slice(0, 16),
    speed,
    olderMonths: Math.max(0, months - 1),
    onProgress(progress) {
      core.demo.progress = progress
      // A line a tenth of the way is enough for a person at a terminal.
      const line = progress.phase === 'live' ? phaseWords.live : `${phaseWords[progress.phase]}: ${Math.floor(progress.share * 10) * 10} %`
      if (line !== told) say(`demo fleet ${line} (${progress.readings} positions acknowledged)`)
      told = line
    },
    onEnd: (exitCode) => core.log.info({ exitCode }, 'the simulated fleet ended'),
  })
  return () => simulation.stop()
}
