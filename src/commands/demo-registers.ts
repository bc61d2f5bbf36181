import { seedDemoCity, type SeedRegister } from '../../sim/world/index.ts'
import { stopPointRegister } from '../city/bays/index.ts'
import { chargingStationRegister, pileRegister } from '../city/charging/index.ts'
import { enterpriseRegister } from '../city/enterprises/index.ts'
import { nodeRegister } from '../city/places/index.ts'
import { vehicleRegister } from '../city/vehicles/index.ts'
import { divisionsOf, readAll, recordVersions, type Change, type Fields, type Register, type Writing } from '../registers/index.ts'
import type { Profile } from '../profiles/index.ts'
import type { Db } from '../runtime/database.ts'

/** The mechanism takes any register; which fields a seeded row has is checked when it is recorded. */
const registers: Readonly<Record<SeedRegister, Register<Fields>>> = {
  enterprise: enterpriseRegister,
  node: nodeRegister,
  'charging-station': chargingStationRegister,
  pile: pileRegister,
  'stop-point': stopPointRegister,
  vehicle: vehicleRegister,
} as unknown as Readonly<Record<SeedRegister, Register<Fields>>>

/** Lays down or brings up to date the registers of the made-up city; returns how many versions were recorded. */
export async function seedDemoRegisters(db: Db, profile: Pick<Profile, 'code' | 'name' | 'districts'>, now: number): Promise<{ recorded: number }> {
  const cityCode = profile.code
  const common = { cityCode, divisions: divisionsOf(profile), source: { kind: 'seed', ref: 'demo-city' }, author: { id: null, name: '演示数据' }, now } as const satisfies Partial<Writing>
  return seedDemoCity({
    now,
    known: async (register) =>
      (await readAll(db, registers[register], { cityCode, asOf: now })).map(({ id, naturalKey, validFrom, source }) => ({ id, naturalKey, validFrom, isSeeded: source.kind === 'seed' })),
    record: async (register, rows, { validFrom, recordedAt }) => {
      const changes = rows.map((row) => ({ kind: 'put', data: row.data, validFrom }) as unknown as Change<never>)
      return (await recordVersions(db, registers[register], changes, { ...common, recordedAt })).map(({ id }) => id)
    },
  })
}
