import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Layers of the base map, in drawing order. */
export const layerNames = ['districts', 'green', 'water', 'zones', 'streets'] as const
export type LayerName = (typeof layerNames)[number]

export type Position = readonly [lon: number, lat: number]
export type Geometry =
  | { readonly type: 'Polygon'; readonly coordinates: readonly (readonly Position[])[] }
  | { readonly type: 'LineString'; readonly coordinates: readonly Position[] }

export interface Feature<Properties = Readonly<Record<string, unknown>>> {
  readonly type: 'Feature'
  readonly properties: Properties
  readonly geometry: Geometry
}

export interface Layer<Properties = Readonly<Record<string, unknown>>> {
  readonly type: 'FeatureCollection'
  readonly features: readonly Feature<Properties>[]
}

export const streetClasses = ['expressway', 'arterial', 'secondary', 'local'] as const
export type StreetClass = (typeof streetClasses)[number]

/** A run of one street with the same class and structure. */
export interface StreetProperties {
  readonly name: string
  readonly class: StreetClass
  readonly bridge?: true
  readonly tunnel?: true
}

const emptyLayer = '{"type":"FeatureCollection","features":[]}\n'

/** Text of a layer file; an empty FeatureCollection for a city that has none. */
export function readLayerText(worldDirectory: string | undefined, layer: LayerName): string {
  const path = join(worldDirectory ?? '', `${layer}.geojson`)
  return worldDirectory !== undefined && existsSync(path) ? readFileSync(path, 'utf8') : emptyLayer
}

export const readLayer = <Properties>(worldDirectory: string, layer: LayerName): Layer<Properties> => JSON.parse(readLayerText(worldDirectory, layer)) as Layer<Properties>
