import { parseInstant, parsePeriod } from '../base/time.ts'
import { isId } from '../base/ids.ts'
import { awaitRecordedDays } from '../city/journeys/index.ts'
import type { Profile } from '../profiles/index.ts'
import type { Db } from '../runtime/database.ts'
import { measureAgain, measureCity } from './measure.ts'
import { findValue, insertValues, type RecordedValue } from './store.ts'
import type { Measured } from './types.ts'

/** The city profiles the program runs with. */
export interface ProfileDirectory {
  readonly profiles: readonly Profile[]
  find(code: string): Profile | undefined
}

export interface RecordRequest {
  readonly city: Profile
  /** e.g. `2025H1` */
  readonly period: string
  /** epoch ms */
  readonly asOf: number
  readonly codes?: readonly string[]
  /** epoch ms at which it is recorded */
  readonly now: number
  /** who or what asked */
  readonly by: string
}

/** Measures and appends; the ids of what it returns open to rows for ever. Throws RangeError for a period that is none. */
export async function recordMeasurement(db: Db, { city, period: name, asOf, codes, now, by }: RecordRequest): Promise<Measured[]> {
  const period = parsePeriod(name)
  if (!period) throw new RangeError(`not a period: ${name}`)
  // A version on its way into the store with an earlier instant would make the figure differ when measured again.
  await awaitRecordedDays(db)
  const measured = await measureCity(db, city, { period, asOf, ...(codes && { codes }) })
  if (measured.length > 0) await insertValues(db, measured, { period, measuredAt: now, measuredBy: by })
  return measured
}

/** A fact: a recorded value, or one measured on the fly that its id describes. */
export interface Fact {
  readonly origin: 'recorded' | 'measured'
  readonly value: Measured
  /** null for one measured on the fly */
  readonly recorded: RecordedValue | null
  /** a recorded value whose rows, measured again, give another figure or digest */
  readonly differs: boolean
}

const livePrefix = 'live-'

/** Id of a value that is not recorded: says how to measure it again. */
export const liveId = (value: Pick<Measured, 'city' | 'code' | 'period' | 'asOf'>): string =>
  livePrefix + Buffer.from(JSON.stringify([value.city, value.code, value.period, parseInstant(value.asOf)])).toString('base64url')

function parseLiveId(id: string): { city: string; code: string; period: string; asOf: number } | undefined {
  let parts: unknown
  try {
    parts = JSON.parse(Buffer.from(id.slice(livePrefix.length), 'base64url').toString('utf8'))
  } catch {
    return undefined
  }
  if (!Array.isArray(parts) || parts.length !== 4 || parts.slice(0, 3).some((part) => typeof part !== 'string') || !Number.isSafeInteger(parts[3])) return undefined
  const [city, code, period, asOf] = parts as [string, string, string, number]
  return { city, code, period, asOf }
}

/** The fact behind an id with its rows measured again, or undefined. */
export async function findFact(db: Db, profiles: ProfileDirectory, id: string): Promise<Fact | undefined> {
  if (id.startsWith(livePrefix)) {
    const asked = parseLiveId(id)
    const profile = asked && profiles.find(asked.city)
    const period = asked && parsePeriod(asked.period)
    if (!asked || !profile || !period) return undefined
    const [value] = await measureCity(db, profile, { period, asOf: asked.asOf, codes: [asked.code] })
    return value && { origin: 'measured', value: { ...value, id }, recorded: null, differs: false }
  }
  const recorded = isId(id) ? await findValue(db, id) : undefined
  if (!recorded) return undefined
  const value = await measureRecordedAgain(db, recorded)
  return { origin: 'recorded', value, recorded, differs: value.rowDigest !== recorded.rowDigest || value.value !== recorded.value }
}

/** Rows and figure of a recorded value, measured again from the profile it was measured with, as of its own instant. */
export async function measureRecordedAgain(db: Db, recorded: RecordedValue): Promise<Measured> {
  const period = parsePeriod(recorded.period)
  if (!period) throw new RangeError(`value ${recorded.id} was recorded for ${recorded.period}, which is no period`)
  const value = await measureAgain(db, recorded.context.snapshot, { period, asOf: recorded.asOfMs })
  return { ...value, id: recorded.id }
}
