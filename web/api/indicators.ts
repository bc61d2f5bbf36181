import type { Baseline } from './programme.ts'

/** Answers of the indicators room: values and the family tree of each. */

export interface IndicatorValue {
  readonly id: string
  readonly city: string
  readonly cityName: string
  readonly madeUp: boolean
  readonly code: string
  readonly name: string
  readonly definition: string
  readonly definitionVersion: string
  readonly period: string
  readonly asOf: string
  readonly value: number | null
  readonly unit: string
  readonly numerator: number | null
  readonly denominator: number | null
  readonly rowsCounted: number
  readonly rowsExcluded: number
  readonly comparator: string | null
  readonly target: number | null
  readonly targetText: string
  readonly met: boolean | null
  readonly metReason?: string | null
  readonly obstacle?: string | null
  readonly openQuestions: readonly string[]
  readonly assumptions?: readonly string[]
  readonly byYear?: Readonly<Record<string, number>> | null
  readonly provisional?: boolean
  readonly origin: 'measured' | 'recorded'
  readonly measuredAt?: string
  readonly clause: string
  readonly group: string | null
}

export interface IndicatorList {
  readonly period: string
  readonly asOf: string
  readonly items: readonly IndicatorValue[]
}

export interface IndicatorDetail extends IndicatorValue {
  readonly plan: {
    readonly yearly: { readonly kind: string; readonly values: readonly { readonly year: number; readonly value: number | null; readonly text: string }[]; readonly clause: string } | null
    readonly baseline: Baseline | null
  }
  readonly recorded: readonly IndicatorValue[]
}

export interface FactRow {
  readonly kind: string
  readonly kindTitle: string
  readonly id: string
  readonly versionId: string
  readonly name: string
  readonly included: boolean
  readonly reason: string | null
  readonly numerator: number
  readonly denominator: number
  readonly count: number
  readonly day: string | null
  readonly href: string | null
  readonly lineage: string | null
}

export interface FactSide {
  readonly count: number
  readonly rows: readonly FactRow[]
  readonly rowsShown: number
  readonly rowsVisible: number
}

export interface FactLineage extends IndicatorValue {
  readonly measuredBy?: string
  readonly verification: { readonly rowDigest: string; readonly recordedDigest: string | null; readonly differs: boolean }
  readonly definitionDetail: {
    readonly id: string
    readonly version: string
    readonly text: string
    readonly formula: string
    readonly source: string
    readonly cityText: string
    readonly cityFormula: string | null
    readonly status: 'stated' | 'implied' | 'open'
    readonly clause: string
    readonly quotes: readonly { readonly clause: string; readonly text: string }[]
    readonly scope: { readonly text: string }
    readonly targetText: string
  }
  readonly calculation: string | null
  readonly baseline: Baseline | null
  readonly counted: FactSide
  readonly leftOut: FactSide & { readonly reasons: readonly { readonly reason: string; readonly count: number }[] }
  readonly rowsHidden: number
}

export interface FactDay {
  readonly day: string
  readonly distanceMetres: number
  readonly distanceSource: 'odometer' | 'gnss'
  readonly tripCount: number
  readonly haltCount: number
  readonly pointCount: number
  readonly leftOutCount: number
  readonly derivationVersion: string
  readonly recordedAt: string
  readonly note: string | null
}

/** One vehicle's days behind a figure, or one day's positions with their frames. */
export interface FactRowLineage {
  readonly factId: string
  readonly vehicle: { readonly id: string; readonly name: string }
  readonly days?: readonly FactDay[]
  readonly day?: FactDay
  readonly positions?: readonly { readonly observedAt: string; readonly lon: number; readonly lat: number; readonly speedKmh: number; readonly odometerMetres: number | null; readonly frameId: string }[]
}
