import maplibregl from 'maplibre-gl'
import { useEffect, useRef, useState } from 'react'
import { colour } from '../tokens.ts'
import { boundsOf, createMap, loadGround } from './ground.ts'
import { useMapWords } from './words.ts'
import type { CityMapProps, MapLine, MapPoint } from './city-map-types.ts'
import { drawHatch, drawIcon, icons, type IconName } from './icons.ts'

/** Above this many points a layer is drawn as clusters with their counts. */
const clusterAbove = 200

const pointsGeojson = (points: readonly MapPoint[]): GeoJSON.FeatureCollection => ({
  type: 'FeatureCollection',
  features: points.map(({ id, lon, lat, icon, label, heading }) => ({ type: 'Feature', geometry: { type: 'Point', coordinates: [lon, lat] }, properties: { id, icon, label: label ?? '', heading: icons[icon].turns ? (heading ?? 0) : 0 } })),
})

const linesGeojson = (lines: readonly MapLine[]): GeoJSON.FeatureCollection => ({
  type: 'FeatureCollection',
  features: lines.map(({ id, coordinates, colour: stroke, dashed }) => ({ type: 'Feature', geometry: { type: 'LineString', coordinates: coordinates as [number, number][] }, properties: { id, stroke, dashed: dashed ?? false } })),
})

function addOwnLayers(map: maplibregl.Map): void {
  const empty: GeoJSON.FeatureCollection = { type: 'FeatureCollection', features: [] }
  map.addSource('lines', { type: 'geojson', data: empty })
  map.addSource('points', { type: 'geojson', data: empty, cluster: false, clusterRadius: 46, clusterMaxZoom: 15 })
  const text = { 'text-size': 12, 'text-font': ['sans'] }
  map.addLayer({ id: 'line', type: 'line', source: 'lines', filter: ['!', ['get', 'dashed']], layout: { 'line-cap': 'round', 'line-join': 'round' }, paint: { 'line-color': ['get', 'stroke'], 'line-width': 3.5 } })
  map.addLayer({ id: 'line-dashed', type: 'line', source: 'lines', filter: ['get', 'dashed'], paint: { 'line-color': ['get', 'stroke'], 'line-width': 2, 'line-dasharray': [2, 2] } })
  map.addLayer({ id: 'cluster', type: 'circle', source: 'points', filter: ['has', 'point_count'], paint: { 'circle-color': '#ffffff', 'circle-stroke-color': colour.programme, 'circle-stroke-width': 2, 'circle-radius': ['step', ['get', 'point_count'], 14, 50, 18, 200, 23] } })
  map.addLayer({ id: 'cluster-count', type: 'symbol', source: 'points', filter: ['has', 'point_count'], layout: { ...text, 'text-field': ['get', 'point_count_abbreviated'], 'text-allow-overlap': true }, paint: { 'text-color': colour.ink } })
  map.addLayer({ id: 'chosen', type: 'circle', source: 'points', filter: ['==', ['get', 'id'], ''], paint: { 'circle-radius': 17, 'circle-color': colour.link, 'circle-opacity': 0.15, 'circle-stroke-color': colour.link, 'circle-stroke-width': 2.5 } })
  map.addLayer({ id: 'point', type: 'symbol', source: 'points', filter: ['!', ['has', 'point_count']], layout: { ...text, 'icon-image': ['get', 'icon'], 'icon-size': ['interpolate', ['linear'], ['zoom'], 9, 0.5, 13, 0.75, 16, 1], 'icon-rotate': ['get', 'heading'], 'icon-rotation-alignment': 'map', 'icon-allow-overlap': true, 'icon-ignore-placement': true, 'text-field': ['step', ['zoom'], '', 14, ['get', 'label']], 'text-optional': true, 'text-anchor': 'top', 'text-offset': [0, 1] }, paint: { 'text-color': colour.ink, 'text-halo-color': '#ffffff', 'text-halo-width': 1.5 } })
}

/** Where a chosen mark goes: right of a card on a wide map, above it on a narrow one. */
function offsetBeside(map: maplibregl.Map, covered: number): [number, number] {
  const { clientWidth, clientHeight } = map.getContainer()
  if (covered === 0) return [0, 0]
  return clientWidth > covered + 80 ? [covered / 2, 0] : [0, -clientHeight / 4]
}

/** A restricted zone in words: its name, the notice, what is forbidden when. */
function showZone(map: maplibregl.Map, { lngLat, features }: maplibregl.MapLayerMouseEvent): void {
  const zone = features?.[0]?.properties as { name?: string; notice?: string; rules?: string } | undefined
  if (!zone?.name) return
  const rules = JSON.parse(zone.rules ?? '[]') as readonly { readonly text: string }[]
  const content = document.createElement('div')
  for (const [tag, text] of [['b', zone.name], ...rules.map(({ text }) => ['p', text]), ['small', zone.notice ?? '']] as [string, string][]) {
    const part = document.createElement(tag)
    part.textContent = text
    content.append(part)
  }
  new maplibregl.Popup({ maxWidth: '300px', closeButton: true }).setLngLat(lngLat).setDOMContent(content).addTo(map)
}

/** The map everybody sees: quiet ground, marks with shapes, clusters above 200, linked to a list by `selected`. */
export default function CityMap({ title, points, lines = [], selected = null, follow = false, still = false, covered = 0, onSelect, height = '100%' }: CityMapProps) {
  const t = useMapWords()
  const container = useRef<HTMLDivElement>(null)
  const [map, setMap] = useState<maplibregl.Map | null>(null)
  const [missing, setMissing] = useState<readonly string[]>([])
  const select = useRef(onSelect)
  select.current = onSelect
  const fitted = useRef(false)

  useEffect(() => {
    const made = createMap(container.current!, title)
    const stop = new AbortController()
    made.on('load', () => {
      for (const name of Object.keys(icons) as IconName[]) made.addImage(name, drawIcon(name), { pixelRatio: 2 })
      made.addImage('hatch', drawHatch(colour.attention), { pixelRatio: 2 })
      addOwnLayers(made)
      setMap(made)
      loadGround(made, stop.signal).then((names) => stop.signal.aborted || setMissing(names), () => {})
    })
    made.on('click', 'point', (event) => select.current?.(String(event.features?.[0]?.properties['id'])))
    made.on('click', 'cluster', (event) => made.easeTo({ center: event.lngLat, zoom: made.getZoom() + 2 }))
    made.on('click', 'zone', (event) => {
      if (made.queryRenderedFeatures(event.point, { layers: ['point', 'cluster'] }).length === 0) showZone(made, event)
    })
    for (const layer of ['point', 'cluster']) {
      made.on('mouseenter', layer, () => (made.getCanvas().style.cursor = 'pointer'))
      made.on('mouseleave', layer, () => (made.getCanvas().style.cursor = ''))
    }
    return () => {
      stop.abort()
      made.remove()
    }
  }, [title])

  useEffect(() => {
    if (!map) return
    const source = map.getSource('points') as maplibregl.GeoJSONSource
    source.setClusterOptions({ cluster: points.length > clusterAbove, clusterRadius: 46, clusterMaxZoom: 15 })
    source.setData(pointsGeojson(points))
    ;(map.getSource('lines') as maplibregl.GeoJSONSource).setData(linesGeojson(lines))
    const coordinates = [...points.map(({ lon, lat }) => [lon, lat] as const), ...lines.flatMap((line) => line.coordinates)]
    if (fitted.current || coordinates.length === 0) return
    fitted.current = true
    map.fitBounds(boundsOf(coordinates), { padding: 48, maxZoom: 15, duration: 0 })
  }, [map, points, lines])

  useEffect(() => {
    if (!map) return
    map.setFilter('chosen', ['==', ['get', 'id'], selected ?? ''])
    const point = still ? undefined : points.find(({ id }) => id === selected)
    if (point && (covered > 0 || !map.getBounds().contains([point.lon, point.lat]) || map.getZoom() < 12.5)) map.easeTo({ center: [point.lon, point.lat], zoom: Math.max(map.getZoom(), 13.5), duration: 300, offset: offsetBeside(map, covered) })
    // `points` is left out on purpose: the view follows the choice, and a moving vehicle only when asked to
  }, [map, selected])

  useEffect(() => {
    if (!map || !follow) return
    const point = points.find(({ id }) => id === selected)
    if (point && !map.getBounds().contains([point.lon, point.lat])) map.easeTo({ center: [point.lon, point.lat], duration: 0 })
  }, [map, follow, points, selected])

  return (
    <div className="city-map" style={{ height }}>
      <div ref={container} className="city-map-canvas" data-ready={map ? 'yes' : undefined} data-points={points.length} />
      {missing.includes('streets') ? <p className="city-map-note">{t('no-ground')}</p> : null}
    </div>
  )
}
