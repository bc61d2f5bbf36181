import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { usccCheckDigit, vinCheckDigit } from '../../src/base/identifiers.ts'
import { dayMs, parsePeriod, startOfDay, addDays } from '../../src/base/time.ts'
import { enterpriseRegister } from '../../src/city/enterprises/index.ts'
import { vehicleRegister } from '../../src/city/vehicles/index.ts'
import { measureCity } from '../../src/indicators/index.ts'
import { loadProfile, type Profile } from '../../src/profiles/index.ts'
import { divisionsOf, readAll, recordVersions, type Change } from '../../src/registers/index.ts'
import { findRow, migrate, openDatabase, run, sql, type Db } from '../../src/runtime/database.ts'
import { readSettings } from '../../src/runtime/settings.ts'
import type { BenchLine } from './decode.ts'

const root = join(import.meta.dirname, '../..')
const from = '2023-01-01'

interface Scale {
  readonly vehicles: number
  readonly years: number
}

/**
 * `indicators.recompute`: every indicator of a city measured anew over three years of 6,000 vehicles, rows and digests included,
 * against the plainest sum over the same table in the same run.
 */
export async function* benchIndicators({ vehicles, years }: Scale = { vehicles: 6000, years: 3 }): AsyncGenerator<BenchLine> {
  const directory = mkdtempSync(join(tmpdir(), 'lvpei-bench-'))
  const database = await openDatabase({ ...readSettings(), databaseUrl: '', dataDirectory: directory })
  try {
    const { db } = database
    await migrate(db, join(root, 'migrations'))
    const profile = loadProfile(join(root, 'cities/demo')).profile!
    const days = Math.round(years * 365.25)
    const now = startOfDay(addDays(from, days + 1))
    await fillVehicles(db, profile, { vehicles, now })
    await fillDays(db, profile, { days, now })
    const period = parsePeriod(`${from}/${addDays(from, days)}`)!
    const measuredSeconds: number[] = []
    const sumSeconds: number[] = []
    for (let round = 0; round < 3; round++) {
      measuredSeconds.push(await seconds(async () => {
        const values = await measureCity(db, profile, { period, asOf: now })
        const distance = values.find((value) => value.definition === 'utilisation.mean-daily-distance')!
        if (distance.rowsCounted + distance.rowsExcluded !== vehicles * days) throw new Error(`measured ${distance.rowsCounted + distance.rowsExcluded} vehicle-days instead of ${vehicles * days}`)
      }))
      sumSeconds.push(await seconds(() => findRow(db, sql`select sum(distance_metres) from vehicle_day`)))
    }
    const value = median(measuredSeconds)
    yield { name: 'indicators.recompute', value: Number(value.toFixed(2)), unit: `s for ${vehicles * days} vehicle-days, all indicators`, against: 'select sum(distance_metres) from vehicle_day, s', ratio: Number((value / median(sumSeconds)).toPrecision(3)) }
    const onlyRegisters = await seconds(() => measureCity(db, profile, { period, asOf: now, codes: profile.indicators.filter((each) => each.canonical !== 'utilisation.mean-daily-distance').map((each) => each.code) }))
    yield { name: 'indicators.recompute.registers', value: Number(onlyRegisters.toFixed(2)), unit: `s for ${vehicles} vehicles, all indicators without vehicle-days`, against: 'select sum(distance_metres) from vehicle_day, s', ratio: Number((onlyRegisters / median(sumSeconds)).toPrecision(3)) }
  } finally {
    await database.close()
    rmSync(directory, { recursive: true, force: true })
  }
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1]!

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return (performance.now() - started) / 1000
}

/** Vehicles through the register's own door: half battery-electric, one in twenty refrigerated. */
async function fillVehicles(db: Db, profile: Profile, { vehicles, now }: { vehicles: number; now: number }): Promise<void> {
  const writing = { cityCode: profile.code, source: { kind: 'seed', ref: 'bench' }, author: { id: null, name: 'bench' }, now, divisions: divisionsOf(profile) } as const
  const district = profile.districts[0]!.code
  const body = '91990102MA0000001'
  const firm = { uscc: body + usccCheckDigit(body), name: '测速企业', kind: 'urban-delivery', status: 'listed', district }
  await recordVersions(db, enterpriseRegister as never, [{ kind: 'create', data: firm, validFrom: from }] as never, writing)
  const [enterprise] = await readAll(db, enterpriseRegister, { cityCode: profile.code, asOf: now })
  const changes = Array.from({ length: vehicles }, (_, at) => {
    const number = String(at).padStart(5, '0')
    const vin = `LTEST0000000${number}`
    const electric = at % 2 === 0
    return { kind: 'create', data: {
      plate: electric ? `青A${number}D` : `青A${number}`, category: 'delivery-truck', enterprise: enterprise!.id, energy: electric ? 'bev' : 'diesel', bodyType: at % 20 === 0 ? 'refrigerated' : 'box',
      vin: vin.slice(0, 8) + vinCheckDigit(vin) + vin.slice(9), district, entryKind: at % 3 === 0 ? 'new' : 'existing', registeredOn: from, operating: true,
    } }
  }) as unknown as Change<never>[]
  await recordVersions(db, vehicleRegister as never, changes as never, writing)
}

/** One version a vehicle and day, made in the database; a day in seven is idle. */
async function fillDays(db: Db, profile: Profile, { days, now }: { days: number; now: number }): Promise<void> {
  const vehicles = await readAll(db, vehicleRegister, { cityCode: profile.code, asOf: now })
  // The bench measures reading; writing without a log halves the minutes it takes to lay the rows down.
  await run(db, sql`alter table vehicle_day set unlogged`)
  await run(db, sql`
    insert into vehicle_day (vehicle_id, day, recorded_at, version_id, distance_metres, distance_source, gnss_distance_metres, odometer_distance_metres, gap_distance_metres, odometer_faults,
      moving_seconds, halt_seconds, gap_seconds, trip_count, halt_count, gap_count, point_count, left_out_count, left_out, first_observed_at, last_observed_at, derivation_version, input_digest, fingerprint, head_digest, tail_digest)
    select v, ${from}::date + d, to_timestamp(${(now - dayMs) / 1000}), gen_random_uuid(), metres, 'odometer', metres * 0.99, metres, 0, 0, 14400, 72000, 0, 12, 13, 0, 1800, 3, '{"teleport": 3}'::jsonb,
      (${from}::date + d)::timestamptz, (${from}::date + d + 1)::timestamptz, 'journeys-1', '\\x00112233445566778899aabbccddeeff', hashtextextended(v::text, d), '\\x00112233445566778899aabbccddeeff', '\\x00112233445566778899aabbccddeeff'
    from unnest(${vehicles.map((vehicle) => vehicle.id)}::uuid[]) as v, generate_series(0, ${days - 1}) as d, lateral (select case when d % 7 = 0 then 0 else 40000 + (hashtextextended(v::text, d) & 65535) end::float8 as metres) as m`)
  // What autovacuum does in daily life.
  await run(db, sql`vacuum (analyze) vehicle_day`)
}
