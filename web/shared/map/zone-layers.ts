import type maplibregl from 'maplibre-gl'
import { colour } from '../tokens.ts'
import { effectLook } from '../rules/effect.tsx'
import type { EditedPath, MapZone, VertexRef, ZoneLook } from './zone-map-types.ts'

const looks: readonly ZoneLook[] = ['no-go', 'pass-needed', 'limited', 'allowed', 'border', 'before', 'after']
const lookColour: Readonly<Record<ZoneLook, string>> = {
  'no-go': effectLook['no-go'].colour, 'pass-needed': effectLook['pass-needed'].colour, 'limited': effectLook.limited.colour, 'allowed': effectLook.allowed.colour,
  'border': colour.ink, 'before': colour.attention, 'after': colour.link,
}

/** One tile of a hatch: crossed, slanted, dotted or empty, so that effects differ without colour. */
function drawLook(look: ZoneLook): ImageData {
  const size = 20
  const canvas = document.createElement('canvas')
  canvas.width = size
  canvas.height = size
  const context = canvas.getContext('2d')!
  context.strokeStyle = lookColour[look]
  context.fillStyle = lookColour[look]
  context.lineWidth = 2
  const line = (fromX: number, fromY: number, toX: number, toY: number) => {
    context.beginPath()
    context.moveTo(fromX, fromY)
    context.lineTo(toX, toY)
    context.stroke()
  }
  for (const offset of [-size, 0, size]) {
    if (look === 'no-go' || look === 'pass-needed' || look === 'before') line(offset, size, offset + size, 0)
    if (look === 'no-go') line(offset, 0, offset + size, size)
    if (look === 'after') line(offset, 0, offset + size, size)
  }
  if (look === 'limited') {
    context.arc(size / 2, size / 2, 3, 0, Math.PI * 2)
    context.fill()
  }
  return context.getImageData(0, 0, size, size)
}

const empty: GeoJSON.FeatureCollection = { type: 'FeatureCollection', features: [] }

/** Sources and layers of a zone map, above the ground. */
export function addZoneLayers(map: maplibregl.Map): void {
  for (const look of looks) map.addImage(`look-${look}`, drawLook(look), { pixelRatio: 2 })
  for (const source of ['zones', 'zone-names', 'edited-lines', 'edited-points']) if (!map.getSource(source)) map.addSource(source, { type: 'geojson', data: empty })
  const stroke = ['get', 'stroke'] as unknown as string
  map.addLayer({ id: 'zone-fill', type: 'fill', source: 'zones', paint: { 'fill-pattern': ['concat', 'look-', ['get', 'look']], 'fill-opacity': 0.55 } })
  map.addLayer({ id: 'zone-line', type: 'line', source: 'zones', paint: { 'line-color': stroke, 'line-width': 1.8 } })
  map.addLayer({ id: 'zone-chosen', type: 'line', source: 'zones', filter: ['==', ['get', 'id'], ''], paint: { 'line-color': colour.link, 'line-width': 5, 'line-opacity': 0.6 } })
  map.addLayer({ id: 'edited-line', type: 'line', source: 'edited-lines', paint: { 'line-color': colour.link, 'line-width': 2.5 } })
  map.addLayer({ id: 'edited-middle', type: 'circle', source: 'edited-points', minzoom: 13, filter: ['==', ['get', 'kind'], 'middle'], paint: { 'circle-radius': 4, 'circle-color': '#ffffff', 'circle-stroke-color': colour.lineStrong, 'circle-stroke-width': 1.5 } })
  map.addLayer({ id: 'edited-vertex', type: 'circle', source: 'edited-points', filter: ['==', ['get', 'kind'], 'vertex'], paint: { 'circle-radius': 5.5, 'circle-color': '#ffffff', 'circle-stroke-color': colour.link, 'circle-stroke-width': 2 } })
  map.addLayer({ id: 'edited-chosen', type: 'circle', source: 'edited-points', filter: ['==', ['get', 'kind'], 'chosen'], paint: { 'circle-radius': 8, 'circle-color': colour.link, 'circle-stroke-color': '#ffffff', 'circle-stroke-width': 2.5 } })
  map.addLayer({ id: 'zone-name', type: 'symbol', source: 'zone-names', layout: { 'text-field': ['get', 'text'], 'text-size': 12, 'text-font': ['sans'], 'text-line-height': 1.3 }, paint: { 'text-color': colour.ink, 'text-halo-color': '#ffffff', 'text-halo-width': 2 } })
}

export const positionsOf = ({ geometry }: Pick<MapZone, 'geometry'>): [number, number][] =>
  (geometry.type === 'MultiPolygon' ? geometry.coordinates.flat(2) : geometry.coordinates.flat()) as [number, number][]

/** Zones as areas, and a name at the middle of each: a point of its own, so that a big zone is named once. */
export function zonesGeojson(zones: readonly MapZone[]): { areas: GeoJSON.FeatureCollection; names: GeoJSON.FeatureCollection } {
  const features = (make: (zone: MapZone) => GeoJSON.Feature | null): GeoJSON.FeatureCollection => ({ type: 'FeatureCollection', features: zones.flatMap((zone) => make(zone) ?? []) })
  return {
    areas: features(({ id, look, geometry }) => ({ type: 'Feature', geometry, properties: { id, look, stroke: lookColour[look] } })),
    names: features((zone) => {
      const positions = positionsOf(zone)
      if (positions.length === 0 || zone.look === 'before') return null
      const middle = positions.reduce(([lon, lat], each) => [lon + each[0] / positions.length, lat + each[1] / positions.length], [0, 0])
      return { type: 'Feature', geometry: { type: 'Point', coordinates: middle }, properties: { text: zone.word ? `${zone.title}\n${zone.word}` : zone.title } }
    }),
  }
}

/** Lines, vertices and the points half-way between them, where a new vertex can be made. */
export function editedGeojson(paths: readonly EditedPath[], chosen: VertexRef | null): { lines: GeoJSON.FeatureCollection; points: GeoJSON.FeatureCollection } {
  const points: GeoJSON.Feature[] = []
  const lines = paths.map(({ points: line, closed }, path): GeoJSON.Feature => {
    line.forEach((position, point) => {
      const kind = chosen?.path === path && chosen.point === point ? 'chosen' : 'vertex'
      points.push({ type: 'Feature', geometry: { type: 'Point', coordinates: [...position] }, properties: { kind, path, point } })
      const next = line[point + 1] ?? (closed ? line[0] : undefined)
      if (next) points.push({ type: 'Feature', geometry: { type: 'Point', coordinates: [(position[0] + next[0]) / 2, (position[1] + next[1]) / 2] }, properties: { kind: 'middle', path, point } })
    })
    return { type: 'Feature', geometry: { type: 'LineString', coordinates: (closed && line[0] ? [...line, line[0]] : line) as [number, number][] }, properties: {} }
  })
  return { lines: { type: 'FeatureCollection', features: lines }, points: { type: 'FeatureCollection', features: points } }
}
