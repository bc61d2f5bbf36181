import type { Entity, Register, Fields, EntityOf } from '../registers/index.ts'
import type { ServiceWindow, VehicleDaySum } from '../city/journeys/index.ts'
import type { CanonicalIndicatorId } from '../profiles/index.ts'
import type { Period } from '../base/time.ts'
import type { Combine, Measured, MeasuredRow, RowSet, Snapshot } from './types.ts'

/** Calendar of one measurement, days half-open. */
export interface MeasureWindow {
  readonly period: Period
  /** the period's exclusive end: levels are read as of its beginning */
  readonly to: string
  /** what counts as new: [newFrom, newTo); null start where the plan names none */
  readonly newFrom: string | null
  readonly newTo: string
  readonly asOf: number
}

/** Rows of registers and journeys, as known at `asOf` and valid at the period's end. */
export interface IndicatorSources {
  entities<F extends Fields>(register: Register<F>): Promise<readonly EntityOf<Register<F>>[]>
  vehicleDays(windows: readonly ServiceWindow[], implausibleMetres: number): Promise<readonly VehicleDaySum[]>
}

export interface MeasureInput {
  readonly snapshot: Snapshot
  readonly window: MeasureWindow
  readonly sources: IndicatorSources
  /** measurements of the indicators this one is composed of */
  readonly parts: readonly Measured[]
}

/** One definition: what is looked at, what counts, how it is combined. A changed rule gets a new version. */
export interface IndicatorDefinition {
  readonly id: CanonicalIndicatorId
  readonly version: string
  /** 口径, one or two Chinese sentences */
  readonly text: string
  readonly formula: string
  readonly combine: Combine
  /** where the rule comes from */
  readonly source: string
  collect(input: MeasureInput): Promise<RowSet>
}

/** First reason that applies, or null: the order of the checks is the order in which an inspector would ask. */
export type Check<Data> = (data: Data, input: MeasureInput) => string | null | false | undefined

export const firstReason = <Data>(data: Data, input: MeasureInput, checks: readonly Check<Data>[]): string | null => {
  for (const check of checks) {
    const reason = check(data, input)
    if (reason) return reason
  }
  return null
}

interface EntityRowOptions<Data> {
  /** entities that are not this indicator's subject are no rows at all */
  readonly isSubject?: (data: Data) => boolean
  readonly leaveOut: readonly Check<Data>[]
  readonly numerator: (data: Data) => number
  readonly denominator?: (data: Data) => number
  readonly name: (data: Data) => string
  readonly day?: (data: Data) => string | undefined
}

/** Turns the entities of a register into counted and left-out rows. */
export function entityRows<Data>(entities: readonly Entity<Data>[], input: MeasureInput, options: EntityRowOptions<Data>): MeasuredRow[] {
  const { isSubject = () => true, leaveOut, numerator, denominator = () => 0, name, day } = options
  return entities.filter(({ data }) => isSubject(data)).map((entity) => {
    const reason = firstReason(entity.data, input, leaveOut)
    return {
      kind: entity.register, id: entity.id, versionId: entity.versionId, name: name(entity.data), included: reason === null, reason,
      numerator: reason === null ? numerator(entity.data) : 0, denominator: reason === null ? denominator(entity.data) : 0, count: 1,
      day: day?.(entity.data) ?? null, districtCode: entity.districtCode, enterpriseId: entity.enterpriseId,
    }
  })
}

export const rowSet = (rows: readonly MeasuredRow[], rest: Partial<Omit<RowSet, 'rows'>> = {}): RowSet => ({ rows, baseline: null, obstacle: null, assumptions: [], ...rest })
