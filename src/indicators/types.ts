import type { Profile, ProfileIndicator } from '../profiles/index.ts'

/** One measured figure: what documents, tables and other systems are given. */
export interface IndicatorValue {
  id: string
  city: string
  /** the city's own code, e.g. `L-07` */
  code: string
  /** canonical id of the definition, e.g. `charging.piles-per-vehicle` */
  definition: string
  definitionVersion: string
  period: string
  /** RFC 3339: everything known by then */
  asOf: string
  /** null when it cannot be given; the reason stands in `openQuestions` */
  value: number | null
  unit: string
  numerator: number | null
  denominator: number | null
  rowsCounted: number
  rowsExcluded: number
  comparator: string | null
  target: number | null
  /** null when value or target is missing */
  met: boolean | null
  openQuestions: string[]
}

/** A row that was looked at: counted, or left out with its reason. */
export interface MeasuredRow {
  /** register code, `vehicle-days` (the days of one vehicle), `baseline`, `indicator` */
  readonly kind: string
  readonly id: string
  /** version of the row that was read, so that a changed row shows */
  readonly versionId: string
  readonly name: string
  readonly included: boolean
  /** Chinese; null when counted */
  readonly reason: string | null
  readonly numerator: number
  readonly denominator: number
  /** how many rows it stands for: 1, or the days of a vehicle */
  readonly count: number
  /** the day that placed it, e.g. of registration; null when none did */
  readonly day: string | null
  readonly districtCode: string | null
  readonly enterpriseId: string | null
}

/** How rows become a number; all of it is linear, so a reader can add up by hand. */
export type Combine =
  | { readonly kind: 'sum' }
  | { readonly kind: 'ratio'; readonly scale: 1 | 100 }
  /** change of numerator ÷ denominator against the baseline, in percent */
  | { readonly kind: 'change' }
  /** 1 when every row is met, else 0 */
  | { readonly kind: 'all' }

/** Rows of one measurement and what hinders a value although rows are there. */
export interface RowSet {
  readonly rows: readonly MeasuredRow[]
  readonly baseline: number | null
  /** Chinese sentence; null when nothing hinders */
  readonly obstacle: string | null
  /** readings of the plan we had to choose, each a Chinese sentence */
  readonly assumptions: readonly string[]
}

/** Everything of a profile that a measurement depends on; stored with the value so that it can be measured again. */
export interface Snapshot {
  readonly cityCode: string
  readonly cityName: string
  readonly madeUp: boolean
  readonly indicator: ProfileIndicator
  readonly parts: readonly ProfileIndicator[]
  /** creation period as days [from, to); null where the plan is silent */
  readonly creationFrom: string | null
  readonly creationTo: string | null
  readonly periodOpenQuestions: readonly string[]
}

/** A value with everything that explains it. */
export interface Measured extends IndicatorValue {
  readonly name: string
  readonly snapshot: Snapshot
  readonly rows: readonly MeasuredRow[]
  /** sha256 over the sorted rows */
  readonly rowDigest: string
  readonly baseline: number | null
  readonly obstacle: string | null
  readonly metReason: string | null
  readonly assumptions: readonly string[]
  /** part of the numerator placed inside the period itself, and by calendar year; null when rows carry no day */
  readonly inPeriod: number | null
  readonly byYear: Readonly<Record<string, number>> | null
  /** the period was not over at `asOf` */
  readonly provisional: boolean
}

export type { Profile, ProfileIndicator }
