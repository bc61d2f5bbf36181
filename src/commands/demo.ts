import { seedDemoAccounts, type PrintedAccount } from '../accounts/index.ts'
import { enterpriseRegister } from '../city/enterprises/index.ts'
import { readAll } from '../registers/index.ts'
import type { Core, Platform } from './platform.ts'

export interface SeededDemo {
  /** accounts to print; empty where no made-up city is served */
  readonly accounts: readonly PrintedAccount[]
  listEnterprises(cityCode: string): Promise<{ id: string; name: string }[]>
}

/** Registers and accounts of the made-up city, laid down once; later starts find them there. */
export async function seedDemo({ database: { db }, clock, cities }: Core, _say: (text: string) => void): Promise<SeededDemo> {
  const listEnterprises = async (cityCode: string) =>
    (await readAll(db, enterpriseRegister, { cityCode, asOf: clock() })).map(({ id, data }) => ({ id, name: data.name }))
  const city = cities.standard
  if (city.document.status !== 'made-up') return { accounts: [], listEnterprises }
  const [firm] = await listEnterprises(city.code)
  const accounts = await seedDemoAccounts(db, { code: city.code, madeUp: true, districtCode: city.districts[0]!.code, liaisonUnitCode: city.units[0]!.code, enterpriseId: firm?.id ?? '' }, clock())
  return { accounts, listEnterprises }
}

export async function startDemoFleet(_platform: Platform, _options: { speed: number; months: number; say: (text: string) => void }): Promise<(() => Promise<void>) | undefined> {
  return undefined
}
