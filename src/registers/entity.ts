import type { DataScope } from '../accounts/actor.ts'
import type { DataOf, Fields, Register } from './define.ts'

/** Where a version came from. `ref`: import id, form name, interface or seed name. */
export interface VersionSource {
  readonly kind: 'import' | 'form' | 'interface' | 'seed'
  readonly ref: string
}

export interface Author {
  readonly id: string | null
  readonly name: string
}

/** One thing of a register as it was known and valid at the instant asked for. */
export interface Entity<Data = Record<string, unknown>> {
  readonly id: string
  readonly versionId: string
  readonly register: string
  readonly cityCode: string
  readonly districtCode: string | null
  /** the firm whose row it is */
  readonly enterpriseId: string | null
  readonly naturalKey: string
  readonly data: Data
  /** calendar day (Asia/Shanghai) from whose beginning this content holds */
  readonly validFrom: string
  /** instant, epoch ms, at which we learned it */
  readonly recordedAt: number
  readonly source: VersionSource & { readonly author: string }
}

export type EntityOf<R> = R extends Register<infer F extends Fields> ? Entity<DataOf<F>> : Entity

/** A version in a history: an end is a version too, and a reverted import leaves its versions visible as retracted. */
export interface Version<Data = Record<string, unknown>> extends Entity<Data> {
  readonly ended: boolean
  readonly endedReason: string | null
  readonly retractedAt: number | null
}

/** The instant of a read: what had been recorded by `asOf`, and of that what holds at `validAt` (default: the same instant). */
export interface ReadInstant {
  readonly asOf: number
  /** exclusive end of the period looked at; e.g. the end of 2023 measured with today's knowledge */
  readonly validAt?: number
}

export type Operator = 'eq' | 'ne' | 'gte' | 'gt' | 'lte' | 'lt' | 'contains' | 'empty'

/** One condition on a field; several values mean any of them. */
export interface Filter {
  readonly field: string
  readonly operator: Operator
  readonly values: readonly string[]
}

export interface ListOptions extends ReadInstant {
  readonly scope: DataScope
  readonly filters?: readonly Filter[]
  /** words looked for in the natural key and the searchable fields */
  readonly search?: string
  /** west, south, east, north in WGS-84 degrees */
  readonly bbox?: readonly [number, number, number, number]
  /** `next` of the page before */
  readonly cursor?: string
  /** rows a page, at most 1000; default 50 */
  readonly limit?: number
  /** field code, or naturalKey, validFrom, recordedAt; a leading `-` turns it round */
  readonly order?: string
}

/**
 * A change to record. `put` is create-or-change by natural key and records nothing when nothing differs.
 * `validFrom` is the day from which it holds, `start` for a correction that was true all along; default: for a new row the
 * register's start date, for a change the day it is recorded. Later contents of the same entity get the same fields changed.
 */
export type Change<Data = Record<string, unknown>> =
  | { readonly kind: 'create'; readonly data: Data; readonly validFrom?: string }
  | { readonly kind: 'put'; readonly data: Data; readonly validFrom?: string }
  | { readonly kind: 'change'; readonly id: string; readonly data: Data; readonly validFrom?: string; readonly expectVersionId?: string }
  | { readonly kind: 'end'; readonly id: string; readonly endedOn: string; readonly reason: string; readonly expectVersionId?: string }

export interface Recording {
  readonly cityCode: string
  readonly source: VersionSource
  readonly author: Author
  /** epoch ms; also the day defaults are taken from */
  readonly now: number
  /** when we learned it, if that was earlier than now (a migrated history) */
  readonly recordedAt?: number
}

export interface RecordedVersion {
  readonly id: string
  readonly versionId: string
  readonly outcome: 'created' | 'changed' | 'unchanged' | 'ended'
}
