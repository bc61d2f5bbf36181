/** Answers of the access room: rules as data, drafts and versions, zones with their strips, what may drive where and why. */
import { api, type Query, type Read } from './client.ts'

export const effects = ['no-go', 'pass-needed', 'limited', 'allowed'] as const
export type Effect = (typeof effects)[number]

export type Position = readonly [lon: number, lat: number]
export type Ring = readonly Position[]
export interface RoadList {
  readonly type: 'RoadList'
  readonly reachMetres: number
  readonly roads: readonly { readonly name: string; readonly line: Ring }[]
}
export type ZoneGeometry = { readonly type: 'Polygon'; readonly coordinates: readonly Ring[] } | { readonly type: 'MultiPolygon'; readonly coordinates: readonly (readonly Ring[])[] } | RoadList

export interface Zone {
  readonly code: string
  readonly title: string
  readonly geometry: ZoneGeometry | null
  readonly openQuestions: readonly string[]
}

export const dayKinds = ['workday', 'rest-day', 'holiday'] as const
export type DayKind = (typeof dayKinds)[number]

/** Half-open hours `07:00`–`09:00`; `to` before `from` runs over midnight. */
export interface TimeSpan {
  readonly days?: readonly DayKind[]
  readonly weekdays?: readonly number[]
  readonly months?: readonly number[]
  readonly from: string
  readonly to: string
}

export interface VehicleMatch {
  readonly category?: readonly string[]
  readonly energy?: readonly string[]
  readonly body?: readonly string[]
  readonly plateColour?: readonly string[]
  readonly purpose?: readonly string[]
  readonly enterpriseStatus?: readonly string[]
  readonly passes?: readonly string[]
  readonly plates?: readonly string[]
  readonly unifiedMark?: boolean
  readonly grossMassKgOver?: number
  readonly grossMassKgUpTo?: number
}

export interface RuleExample {
  readonly title: string
  readonly vehicle: string
  readonly at: string
  readonly zone?: string
  readonly point?: { readonly lon: number; readonly lat: number }
  readonly expect: { readonly allowed: boolean; readonly effect?: Effect; readonly rule?: string | null }
}

export interface AccessRule {
  readonly code: string
  readonly title: string
  readonly zones: readonly string[]
  readonly times: readonly TimeSpan[]
  readonly periods: readonly string[]
  readonly vehicles: readonly VehicleMatch[]
  readonly exceptions: readonly VehicleMatch[]
  readonly effect: Effect
  readonly passes: readonly string[]
  readonly limit: string | null
  readonly priority: number
  readonly effectiveFrom: string | null
  readonly effectiveTo: string | null
  readonly notice: { readonly code: string; readonly clause: string; readonly text: string }
  readonly examples: readonly RuleExample[]
  readonly openQuestions: readonly string[]
}

export interface Notice {
  readonly code: string
  readonly number: string | null
  readonly title: string
  readonly authority: string
  readonly source: string
}

interface Named {
  readonly code: string
  readonly title: string
}

export interface RuleSet {
  readonly code: string
  readonly title: string
  readonly cityCode: string | null
  readonly status: 'policy' | 'example' | 'made-up'
  readonly source: string
  readonly calendar: string
  readonly effectiveFrom: string
  readonly effectiveTo: string | null
  readonly notices: readonly Notice[]
  readonly passes: readonly Named[]
  readonly vehicleClasses: readonly (Named & { readonly facts: Readonly<Record<string, unknown>> })[]
  readonly periods: readonly (Named & { readonly spans: readonly TimeSpan[]; readonly openQuestions: readonly string[] })[]
  readonly zones: readonly Zone[]
  readonly rules: readonly AccessRule[]
  readonly openQuestions: readonly string[]
}

export interface DecidedBy {
  readonly rule: string
  readonly title: string
  readonly notice: string | null
  readonly noticeTitle: string
  readonly authority: string
  readonly clause: string
  readonly text: string
  readonly zone: Named | null
}

export interface Answer {
  readonly allowed: boolean
  readonly effect: Effect
  readonly decidedBy: DecidedBy | null
  readonly passes: readonly string[]
  readonly limit: string | null
  readonly from: string | null
  readonly until: string | null
  readonly nextAllowed: string | null
  readonly assumed: readonly string[]
  readonly beyondCalendar: string | null
  readonly at: string
}

export interface StripPart {
  readonly from: string
  readonly to: string
  readonly allowed: boolean
  readonly effect: Effect
  readonly rule: string | null
  readonly text: string | null
}

export interface DayStrip {
  readonly day: string
  readonly dayKind: DayKind
  readonly dayName: string | null
  readonly parts: readonly StripPart[]
}

export type ZoneArea = GeoJSON.Polygon | GeoJSON.MultiPolygon | GeoJSON.MultiLineString
export interface ZoneFeature {
  readonly id: string
  readonly geometry: ZoneArea
  readonly properties: { readonly code: string; readonly title: string; readonly ruleSet: string; readonly now: Omit<Answer, 'at'>; readonly today: DayStrip; readonly week: readonly DayStrip[] }
}

export interface Zones {
  readonly asOf: string
  readonly vehicle: string | null
  readonly vehicleClasses: readonly Named[]
  readonly passes: readonly Named[]
  readonly features: readonly ZoneFeature[]
}

export interface RulesInForce {
  readonly asOf: string
  readonly ruleSet: RuleSet
}

export interface Finding {
  readonly severity: 'error' | 'warning' | 'note'
  readonly code: string
  readonly message: string
  readonly cause: string
  readonly action: string
  /** `/rules/2/examples/0`: where it stands */
  readonly pointer?: string
  /** `120.8, 34.6`: where on the ground */
  readonly at?: string
  readonly [detail: string]: unknown
}

export interface DraftHead {
  readonly draftId: string
  readonly title: string
  readonly baseVersionId: string | null
  readonly revision: number
  readonly authorName: string
  readonly createdAt: string
  readonly updatedAt: string
}

export interface Draft extends DraftHead {
  readonly document: unknown
  readonly publishable: boolean
  readonly examplesRan: boolean
  readonly findings: readonly Finding[]
}

export interface Version {
  readonly versionId: string
  readonly number: number
  readonly title: string
  readonly noticeNumber: string
  readonly effectiveFrom: string
  readonly effectiveTo: string | null
  readonly authorName: string
  readonly publishedAt: string
  readonly state: 'in-force' | 'coming' | 'past' | 'never'
}

export interface Difference {
  readonly what: 'rule' | 'zone' | 'notice' | 'period' | 'pass' | 'vehicleClass' | 'ruleSet'
  readonly code: string
  readonly title: string
  readonly kind: 'added' | 'removed' | 'changed'
  readonly fields: readonly { readonly field: string; readonly before: unknown; readonly after: unknown }[]
}

interface ChangedArea extends Named {
  readonly before: ZoneGeometry | null
  readonly after: ZoneGeometry | null
}

export interface RuleDiff {
  readonly items: readonly Difference[]
  readonly areas: readonly ChangedArea[]
}

export interface Touched {
  readonly vehicles: number
  readonly firms: number
  readonly trips: number
  readonly positions: number
  readonly distanceMetres: number
}

type VehicleTouch = Omit<Touched, 'vehicles' | 'firms'>

export interface ReplayRow {
  readonly vehicleId: string
  readonly plate: string
  readonly firm: string | null
  readonly newlyBarred: VehicleTouch
  readonly newlyAllowed: VehicleTouch
}

/** What a draft does to recorded traffic. */
export interface ReplayResult {
  readonly positions: number
  readonly vehicleDays: number
  readonly before: Touched
  readonly after: Touched
  readonly newlyBarred: Touched
  readonly newlyAllowed: Touched
  readonly rows: readonly ReplayRow[]
  readonly rowsLeftOut: number
}

/** A replay as ordered: worked through beside the web, looked after until it is over. */
export interface Replay {
  readonly replayId: string
  readonly draftRevision: number
  readonly from: string
  readonly to: string
  readonly requestedBy: string
  readonly state: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled'
  readonly step: string
  readonly done: number
  readonly total: number
  readonly secondsLeft: number | null
  readonly cancelRequested: boolean
  readonly createdAt: string
  readonly result: ReplayResult | null
  readonly problems: readonly { readonly message: string; readonly action: string }[] | null
}

export interface Closure {
  readonly closureId: string
  readonly title: string
  readonly reason: string
  readonly noticeNumber: string
  readonly authority: string
  readonly geometry: ZoneGeometry
  readonly startsAt: string
  readonly endsAt: string
  readonly withdrawnAt: string | null
}

export interface CalendarDay {
  readonly day: string
  readonly to?: string
  readonly name: string
}

export interface Calendar {
  readonly isEnding: boolean
  readonly warningDays: number
  readonly calendar: Named & { readonly from: string; readonly to: string; readonly sources: readonly { readonly number: string; readonly title: string; readonly issuedOn: string }[]; readonly holidays: readonly CalendarDay[]; readonly makeUpWorkdays: readonly CalendarDay[] }
}

export const readZones = (query: Query): Promise<Zones> => api.get('/access/zones', query)
export const askRules = (query: Query): Promise<Answer> => api.get('/rule-checks', query)
/** For a vehicle described by its facts; refusals of the one question are thrown as those of the call. */
export const askWithFacts = (question: object): Promise<{ items: readonly (Answer | { problem: { message: string; action: string } })[] }> => api.post('/rule-checks:batch', { items: [question] })
export const readDraft = (id: string): Promise<Read<Draft>> => api.getWithVersion(`/access/drafts/${id}`)
export const readClosures = (): Promise<{ readonly asOf: string; readonly items: readonly Closure[] }> => api.get('/access/closures')
