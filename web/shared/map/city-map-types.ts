import type { IconName } from './icons.ts'

/** A mark on the map, WGS-84 degrees. */
export interface MapPoint {
  readonly id: string
  readonly lon: number
  readonly lat: number
  readonly icon: IconName
  readonly label?: string
  /** degrees clockwise from north, for marks that turn */
  readonly heading?: number | undefined
}

export interface MapLine {
  readonly id: string
  readonly coordinates: readonly (readonly [lon: number, lat: number])[]
  readonly colour: string
  readonly dashed?: boolean
}

export interface CityMapProps {
  readonly title: string
  readonly points: readonly MapPoint[]
  readonly lines?: readonly MapLine[]
  readonly selected?: string | null
  /** keep a moving selected mark in view */
  readonly follow?: boolean
  /** the view stays where it is when the selection changes */
  readonly still?: boolean
  /** pixels of the map's left side that lie under a card, so that a chosen mark is put beside it */
  readonly covered?: number
  readonly onSelect?: (id: string) => void
  readonly height?: string
}
