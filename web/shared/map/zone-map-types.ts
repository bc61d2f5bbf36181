import type { Effect, ZoneArea } from '../../api/access.ts'
import type { MapPoint } from './city-map-types.ts'

/** How a zone is drawn: by what holds there, or by what became of it between two rule sets, or as a bare border. */
export type ZoneLook = Effect | 'border' | 'before' | 'after'

export interface MapZone {
  readonly id: string
  readonly title: string
  readonly geometry: ZoneArea
  readonly look: ZoneLook
  /** short word under the name */
  readonly word?: string
}

/** A line being edited: a ring (its first point is not said again at the end) or a road. */
export interface EditedPath {
  readonly points: readonly (readonly [lon: number, lat: number])[]
  readonly closed: boolean
}

export interface VertexRef {
  readonly path: number
  readonly point: number
}

/** Editing on the map: positions as they are, what is chosen, and what a hand does. */
export interface MapEditing {
  readonly paths: readonly EditedPath[]
  readonly chosen: VertexRef | null
  readonly onChoose: (vertex: VertexRef) => void
  /** `done` false while the pointer still drags */
  readonly onMove: (vertex: VertexRef, to: readonly [lon: number, lat: number], done: boolean) => void
  /** a new point after the vertex */
  readonly onInsert: (after: VertexRef, at: readonly [lon: number, lat: number]) => void
  readonly onDelete: (vertex: VertexRef) => void
  /** the point after (1) or before (−1) the chosen one */
  readonly onStep: (direction: 1 | -1) => void
  /** metres an arrow key moves a point */
  readonly stepMetres: number
}

export interface ZoneMapProps {
  readonly title: string
  readonly zones: readonly MapZone[]
  readonly points?: readonly MapPoint[]
  readonly selected?: string | null
  readonly onSelect?: (id: string) => void
  /** a place was clicked, or taken with Enter under the cross */
  readonly onPlace?: (place: { readonly lon: number; readonly lat: number }) => void
  readonly editing?: MapEditing | undefined
  /** told once the map stands: where its middle is */
  readonly onCentre?: (centre: readonly [lon: number, lat: number]) => void
  /** changes when the view should go back to all zones, or to the selected one */
  readonly fitKey?: string
}
