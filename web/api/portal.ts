import { api } from './client.ts'

/** What the public reads; GET /portal/overview. Figures come as printed: the page computes none. */
export interface PortalOverview {
  readonly city: { readonly code: string; readonly name: string; readonly madeUp: boolean; readonly programme: string; readonly period: string }
  readonly asOf: string
  readonly targets: readonly PortalTarget[]
  readonly counts: { readonly nodes: number; readonly stopPoints: number; readonly bays: number; readonly chargingStations: number; readonly piles: number }
  readonly documents: readonly { readonly id: string; readonly title: string; readonly number: string | null; readonly date: string | null; readonly href: string }[]
  /** who stands behind the page; what is not known stays null and is not shown */
  readonly organiser: string | null
  readonly contact: string | null
}

export interface PortalTarget {
  readonly code: string
  readonly name: string
  /** as printed, e.g. `3.6∶1`; null when there is no value */
  readonly text: string | null
  readonly unit: string
  readonly targetText: string
  readonly met: boolean | null
  /** part of the way to the target, 0–1; null where a way cannot be told (ratios, papers) */
  readonly progress: number | null
  readonly openQuestion: string | null
}

export const placeKinds = ['nodes', 'stop-points', 'charging-stations'] as const
export type PlaceKind = (typeof placeKinds)[number]

/** Public properties of a place on the map. */
export interface PublicPlace {
  readonly id: string
  readonly name: string
  readonly address?: string | null
  readonly district?: string | null
  readonly [property: string]: unknown
}

export const readOverview = (): Promise<PortalOverview> => api.get('/portal/overview')
export const readPlaces = (kind: PlaceKind): Promise<GeoJSON.FeatureCollection<GeoJSON.Point, PublicPlace>> => api.get(`/portal/${kind}.geojson`)
