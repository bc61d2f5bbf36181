import { addDays, startOfDay } from '../../src/base/time.ts'
import { msFromHours } from '../../src/base/units.ts'
import { readSites } from './files.ts'
import { firms } from './firms.ts'
import { chargingRows } from './rows-charging.ts'
import { nodeRows, stopPointRows } from './rows-places.ts'
import { vehicleRows } from './rows-vehicles.ts'

/** Registers in the order in which they refer to each other. */
export const seedRegisters = ['enterprise', 'node', 'charging-station', 'pile', 'stop-point', 'vehicle'] as const
export type SeedRegister = (typeof seedRegisters)[number]

/** What is true of one thing from a day on. References are written as natural keys. */
export interface SeedRow {
  readonly register: SeedRegister
  /** natural key */
  readonly key: string
  readonly on: string
  readonly data: Readonly<Record<string, unknown>>
}

/** Fields that refer to another register. */
const references: Partial<Record<SeedRegister, Readonly<Record<string, SeedRegister>>>> = {
  node: { enterprise: 'enterprise' },
  'charging-station': { enterprise: 'enterprise' },
  pile: { station: 'charging-station' },
  vehicle: { enterprise: 'enterprise' },
}

/** What was there when the programme began was registered in one survey; later things a day after they happened. */
const surveyDay = '2025-06-23'
const firmsSince = '2022-01-04'

/** All rows of the demo city's registers, from before the programme to its end. */
export function demoCityRows(): SeedRow[] {
  const sites = readSites()
  const firmRows = firms.flatMap(({ uscc, data, changes }) => {
    let known = data
    return [{ on: firmsSince, data }, ...changes.map(({ on, data: more }) => ({ on, data: (known = { ...known, ...more }) }))].map((each): SeedRow => ({ register: 'enterprise', key: uscc, ...each }))
  })
  return [...firmRows, ...nodeRows(sites), ...chargingRows(sites), ...stopPointRows(sites), ...vehicleRows(sites)]
}

/** One row already in the register: its newest version. */
export interface KnownRow {
  readonly id: string
  readonly naturalKey: string
  readonly validFrom: string
  /** false once a person has changed it: then the seed keeps its hands off */
  readonly isSeeded: boolean
}

export interface SeedTarget {
  /** epoch ms; what lies after it has not happened yet */
  readonly now: number
  /** newest version of every living row, those that hold from a later day included */
  known(register: SeedRegister): Promise<readonly KnownRow[]>
  /** records rows that hold from the same day; answers with their ids in the same order */
  record(register: SeedRegister, rows: readonly SeedRow[], when: { validFrom: string; recordedAt: number }): Promise<readonly string[]>
}

/**
 * Writes the demo city's registers up to `now`, each version with the day it became true and the day it was learned.
 * Doing it again adds only what happened since; a row a person has changed or taken out is left alone.
 */
export async function seedDemoCity({ now, known, record }: SeedTarget): Promise<{ recorded: number }> {
  const all = demoCityRows().filter((row) => startOfDay(row.on) <= now)
  const ids = new Map<string, string>()
  let recorded = 0
  for (const register of seedRegisters) {
    const present = await known(register)
    for (const row of present) ids.set(`${register} ${row.naturalKey}`, row.id)
    const touched = new Set(present.filter((row) => !row.isSeeded).map((row) => row.naturalKey))
    const seededUntil = present.reduce((latest, row) => (row.isSeeded && row.validFrom > latest ? row.validFrom : latest), '')
    const due = dueRows(all.filter((row) => row.register === register), { seededUntil, touched, present: new Set(present.map((row) => row.naturalKey)) })
    for (const { validFrom, recordedAt, rows } of byDay(due, now)) {
      const named = await record(register, rows.map((row) => resolved(row, ids)), { validFrom, recordedAt })
      rows.forEach((row, at) => ids.set(`${register} ${row.key}`, named[at]!))
      recorded += rows.length
    }
  }
  return { recorded }
}

/** Days are recorded whole and in order, so everything up to the newest seeded day was there; what is missing of it was taken out by a person. */
function dueRows(rows: readonly SeedRow[], { seededUntil, touched, present }: { seededUntil: string; touched: ReadonlySet<string>; present: ReadonlySet<string> }): SeedRow[] {
  const begun = new Set(rows.filter((row) => row.on <= seededUntil).map((row) => row.key))
  return rows.filter((row) => row.on > seededUntil && !touched.has(row.key) && (present.has(row.key) || !begun.has(row.key)))
}

function byDay(rows: readonly SeedRow[], now: number): { validFrom: string; recordedAt: number; rows: SeedRow[] }[] {
  const days = new Map<string, SeedRow[]>()
  for (const row of rows) days.set(row.on, [...(days.get(row.on) ?? []), row])
  return [...days].sort(([a], [b]) => (a < b ? -1 : 1)).map(([validFrom, list]) => {
    const learnedOn = validFrom < surveyDay ? surveyDay : addDays(validFrom, 1)
    return { validFrom, rows: list, recordedAt: Math.min(now, startOfDay(learnedOn) + msFromHours(10)) }
  })
}

function resolved(row: SeedRow, ids: ReadonlyMap<string, string>): SeedRow {
  const fields = Object.entries(references[row.register] ?? {})
  const data = { ...row.data }
  for (const [field, register] of fields) {
    const id = ids.get(`${register} ${String(data[field])}`)
    if (id === undefined) throw new Error(`${row.register} ${row.key} refers to ${register} ${String(data[field])}, which is not seeded`)
    data[field] = id
  }
  return { ...row, data }
}
