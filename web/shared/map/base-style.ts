import type { GeoJSONSourceSpecification, LayerSpecification, StyleSpecification } from 'maplibre-gl'
import { wordNow } from '../language.ts'
import { colour, mapColour } from '../tokens.ts'
import { mapWords } from './words.ts'

/** The city's own street network as a quiet ground; `/api/v1/network/{layer}.geojson`. */
export const baseLayers = ['green', 'water', 'streets', 'districts', 'zones'] as const
export type BaseLayer = (typeof baseLayers)[number]

const source = (layer: BaseLayer): GeoJSONSourceSpecification => ({ type: 'geojson', data: { type: 'FeatureCollection', features: [] }, attribution: layer === 'streets' ? wordNow(mapWords['own-network']) : '' })

/** Width of a street by its class, growing with the zoom. Classes unknown to the table are drawn thin. */
const streetWidth = (extra: number): LayerSpecification['paint'] & object => {
  const byClass = (ring: number, main: number, other: number) => ['match', ['get', 'class'], ['ring', 'expressway', 'motorway', 'trunk', 'bridge'], ring + extra, ['arterial', 'primary', 'main', 'secondary'], main + extra, other + extra]
  return ['interpolate', ['exponential', 1.6], ['zoom'], 9, byClass(1.2, 0.8, 0.3), 13, byClass(5, 3.5, 1.6), 17, byClass(18, 14, 9)] as never
}

const lineOnly = ['in', ['geometry-type'], ['literal', ['LineString', 'MultiLineString']]]
/** Streets for living in: drawn when one is near, so that the city as a whole stays quiet. */
const isLane = ['in', ['get', 'class'], ['literal', ['local', 'residential', 'service']]]
/** Built-up area and city centre lie in the same file; only districts are drawn as such. */
const isDistrict = ['==', ['get', 'kind'], 'district']
const areaOnly = ['in', ['geometry-type'], ['literal', ['Polygon', 'MultiPolygon']]]

const layers = [
  { id: 'land', type: 'background', paint: { 'background-color': mapColour.land } },
  { id: 'green', type: 'fill', source: 'green', paint: { 'fill-color': mapColour.green } },
  { id: 'water', type: 'fill', source: 'water', filter: areaOnly, paint: { 'fill-color': mapColour.water, 'fill-outline-color': mapColour.waterLine } },
  { id: 'river', type: 'line', source: 'water', filter: lineOnly, paint: { 'line-color': mapColour.water, 'line-width': 6 } },
  { id: 'lane-edge', type: 'line', source: 'streets', minzoom: 12.5, filter: isLane, layout: { 'line-cap': 'round' }, paint: { 'line-color': mapColour.streetEdge, 'line-width': streetWidth(1.5) } },
  { id: 'lane', type: 'line', source: 'streets', minzoom: 12.5, filter: isLane, layout: { 'line-cap': 'round' }, paint: { 'line-color': mapColour.street, 'line-width': streetWidth(0) } },
  { id: 'street-edge', type: 'line', source: 'streets', filter: ['!', isLane], layout: { 'line-cap': 'round' }, paint: { 'line-color': mapColour.streetEdge, 'line-width': streetWidth(1.5) } },
  { id: 'street', type: 'line', source: 'streets', filter: ['!', isLane], layout: { 'line-cap': 'round' }, paint: { 'line-color': mapColour.street, 'line-width': streetWidth(0) } },
  { id: 'zone', type: 'fill', source: 'zones', filter: areaOnly, paint: { 'fill-pattern': 'hatch', 'fill-opacity': 0.22 } },
  { id: 'zone-edge', type: 'line', source: 'zones', paint: { 'line-color': colour.attention, 'line-width': 1.2, 'line-dasharray': [4, 2] } },
  { id: 'district', type: 'line', source: 'districts', filter: isDistrict, paint: { 'line-color': mapColour.district, 'line-width': 1, 'line-dasharray': [3, 3] } },
  { id: 'water-name', type: 'symbol', source: 'water', layout: { 'text-field': ['get', 'name'], 'text-size': 12 }, paint: { 'text-color': '#4d7590', 'text-halo-color': '#ffffff', 'text-halo-width': 1 } },
  { id: 'street-name', type: 'symbol', source: 'streets', minzoom: 13.5, filter: ['has', 'name'], layout: { 'symbol-placement': 'line', 'text-field': ['get', 'name'], 'text-size': 11 }, paint: { 'text-color': mapColour.label, 'text-halo-color': '#ffffff', 'text-halo-width': 1.5 } },
  { id: 'district-name', type: 'symbol', source: 'districts', maxzoom: 14, filter: isDistrict, layout: { 'text-field': ['get', 'name'], 'text-size': 13, 'text-letter-spacing': 0.2 }, paint: { 'text-color': mapColour.label, 'text-halo-color': '#ffffff', 'text-halo-width': 1.5 } },
]

const drawsZones = ({ id }: { id: string }): boolean => id === 'zone' || id === 'zone-edge'

export const baseStyle = (withZones = true): StyleSpecification => ({
  version: 8, sources: Object.fromEntries(baseLayers.map((layer) => [layer, source(layer)])), layers: layers.filter((layer) => withZones || !drawsZones(layer)) as LayerSpecification[],
})
