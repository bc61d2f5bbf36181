import { parsePeriod } from '../base/time.ts'
import type { Db } from '../runtime/database.ts'
import { measureRecordedAgain } from './facts.ts'
import { listValuesAfter, type RecordedValue } from './store.ts'

export interface LineageFault {
  readonly id: string
  readonly city: string
  readonly code: string
  readonly period: string
  /** `differs`: rows give another figure · `definition-changed`: this program holds another version of the definition or of the engine */
  readonly fault: 'differs' | 'definition-changed'
  readonly recorded: { readonly value: number | null; readonly rowDigest: string; readonly definitionVersion: string }
  readonly recomputed: { readonly value: number | null; readonly rowDigest: string; readonly definitionVersion: string }
}

export interface LineageReport {
  readonly checked: number
  readonly same: number
  readonly faults: readonly LineageFault[]
}

const pageSize = 200

/** Recomputes every recorded value from its rows as of its instant and compares figure, counts and digest. */
export async function verifyLineage(db: Db): Promise<LineageReport> {
  const faults: LineageFault[] = []
  let checked = 0
  for (let after: string | null = null; ; ) {
    const page: RecordedValue[] = await listValuesAfter(db, { after, limit: pageSize })
    for (const recorded of page) {
      checked++
      const fault = await checkValue(db, recorded)
      if (fault) faults.push(fault)
    }
    if (page.length < pageSize) return { checked, same: checked - faults.length, faults }
    after = page.at(-1)!.id
  }
}

async function checkValue(db: Db, recorded: RecordedValue): Promise<LineageFault | undefined> {
  // Recorded by a program that took other names of periods: it cannot be computed again, and the rest must still be looked at.
  const again = parsePeriod(recorded.period) ? await measureRecordedAgain(db, recorded) : { ...recorded, value: null, definitionVersion: '' }
  const pick = ({ value, rowDigest, definitionVersion }: LineageFault['recorded']) => ({ value, rowDigest, definitionVersion })
  const about = { id: recorded.id, city: recorded.city, code: recorded.code, period: recorded.period, recorded: pick(recorded), recomputed: pick(again) }
  if (again.definitionVersion !== recorded.definitionVersion) return { ...about, fault: 'definition-changed' }
  const names = ['value', 'numerator', 'denominator', 'rowsCounted', 'rowsExcluded', 'rowDigest', 'met'] as const
  return names.some((name) => again[name] !== recorded[name]) ? { ...about, fault: 'differs' } : undefined
}
