/** Answers of the registers room: what a register looks like, its rows, their history. */

export type FieldType = 'text' | 'integer' | 'decimal' | 'date' | 'boolean' | 'enum' | 'enum-list' | 'district' | 'reference' | 'point'

export interface Choice {
  readonly code: string
  readonly title: string
}

export interface FieldDescription {
  readonly code: string
  readonly title: string
  readonly type: FieldType
  readonly hint: string
  readonly required: boolean
  readonly listed: boolean
  readonly searchable: boolean
  readonly personal: boolean
  readonly unit?: string
  readonly min?: number
  readonly max?: number
  readonly maxLength?: number
  readonly values?: readonly Choice[]
  readonly register?: string
}

export interface RegisterDescription {
  readonly code: string
  readonly plural: string
  readonly title: string
  readonly description: string
  readonly naturalKey: readonly string[]
  readonly pointField: string | null
  readonly mayWrite: boolean
  readonly fields: readonly FieldDescription[]
}

export type EntityData = Readonly<Record<string, unknown>>

export interface Entity {
  readonly id: string
  readonly versionId: string
  readonly naturalKey: string
  readonly districtCode: string | null
  readonly enterpriseId: string | null
  readonly data: EntityData
  readonly validFrom: string
  readonly recordedAt: string
  readonly source: { readonly kind: 'import' | 'form' | 'interface' | 'seed'; readonly ref: string; readonly author: string }
}

export interface EntityPage {
  readonly asOf: string
  readonly items: readonly Entity[]
  /** names of what the rows refer to, by entity id */
  readonly titles: Readonly<Record<string, string>>
  readonly next: string | null
  readonly total?: number
}

export interface EntityVersion extends Entity {
  readonly ended: boolean
  readonly endedReason: string | null
  readonly retractedAt: string | null
  /** codes of the fields that differ from the version recorded before */
  readonly changed: readonly string[]
}

export interface EntityHistory {
  readonly asOf: string
  readonly items: readonly EntityVersion[]
  readonly titles: Readonly<Record<string, string>>
}

/** A point as registers keep it: WGS-84, and as it was declared. */
export interface SurveyedPoint {
  readonly lon: number
  readonly lat: number
  readonly system: string
  readonly declaredLon: number
  readonly declaredLat: number
}
