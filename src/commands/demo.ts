import { seedDemoAccounts, type PrintedAccount } from '../accounts/index.ts'
import { enterpriseRegister } from '../city/enterprises/index.ts'
import { dayMs } from '../base/time.ts'
import type { Profile } from '../profiles/index.ts'
import { divisionsOf, readAll, recordVersions, type DataOf, type Fields, type Register } from '../registers/index.ts'
import type { Core, Platform } from './platform.ts'
import { allRegisters } from './registers.ts'

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
  const accounts = await seedDemoAccounts(db, { code: city.code, madeUp: true, districtCode: city.districts[0]!.code, liaisonUnitCode: city.units[0]!.code, enterpriseId: firm?.id ?? '' }, clock())
  return { accounts, listEnterprises }
}

export async function startDemoFleet(_platform: Platform, _options: { speed: number; months: number; say: (text: string) => void }): Promise<(() => Promise<void>) | undefined> {
  return undefined
}
