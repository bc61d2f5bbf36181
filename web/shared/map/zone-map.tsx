import type maplibregl from 'maplibre-gl'
import { useEffect, useMemo, useRef, useState, type RefObject } from 'react'
import { useRuleWords } from '../rules/words.ts'
import { boundsOf, createMap, loadGround } from './ground.ts'
import { drawIcon, icons, type IconName } from './icons.ts'
import { addMouse, handleKey, type Held } from './zone-hands.ts'
import { addZoneLayers, editedGeojson, positionsOf, zonesGeojson } from './zone-layers.ts'
import type { MapPoint } from './city-map-types.ts'
import type { MapEditing, ZoneMapProps } from './zone-map-types.ts'

const setData = (map: maplibregl.Map, source: string, data: GeoJSON.FeatureCollection): void => (map.getSource(source) as maplibregl.GeoJSONSource).setData(data) as unknown as void

function addMarks(map: maplibregl.Map): void {
  for (const name of Object.keys(icons) as IconName[]) map.addImage(name, drawIcon(name), { pixelRatio: 2 })
  map.addSource('marks', { type: 'geojson', data: { type: 'FeatureCollection', features: [] } })
  map.addLayer({ id: 'mark', type: 'symbol', source: 'marks', layout: { 'icon-image': ['get', 'icon'], 'icon-size': 1.1, 'icon-allow-overlap': true, 'text-field': ['get', 'label'], 'text-size': 12, 'text-font': ['sans'], 'text-anchor': 'top', 'text-offset': [0, 1], 'text-optional': true }, paint: { 'text-color': '#1c2733', 'text-halo-color': '#ffffff', 'text-halo-width': 2 } })
}

/** The map on its ground, once; `null` until it stands. */
function useGround(title: string, held: Held) {
  const container = useRef<HTMLDivElement>(null)
  const [map, setMap] = useState<maplibregl.Map | null>(null)
  useEffect(() => {
    const made = createMap(container.current!, title, { withZones: false })
    const stop = new AbortController()
    made.on('load', () => {
      addZoneLayers(made)
      addMarks(made)
      addMouse(made, held)
      setMap(made)
      loadGround(made, stop.signal, ['green', 'water', 'streets', 'districts']).catch(() => {})
    })
    const onKey = (event: KeyboardEvent) => handleKey(event, made, held)
    const element = container.current!
    element.addEventListener('keydown', onKey, { capture: true })
    return () => {
      element.removeEventListener('keydown', onKey, { capture: true })
      stop.abort()
      setMap(null)
      made.remove()
    }
  }, [title])
  return { container, map }
}

/** An A4 page's type area in CSS pixels, with room for a line above the map. */
const paper = { width: 690, height: 620 }

/** On paper the map stands as it is on the screen, shrunk with its scale bar to the page: a canvas cannot be laid out anew there. */
function usePaper(frame: RefObject<HTMLDivElement | null>): void {
  useEffect(() => {
    const before = () => {
      const element = frame.current
      if (!element) return
      const { clientWidth, clientHeight } = element
      Object.assign(element.style, { width: `${clientWidth}px`, height: `${clientHeight}px`, zoom: String(Math.min(1, paper.width / clientWidth, paper.height / clientHeight)) })
    }
    const after = () => frame.current && Object.assign(frame.current.style, { width: '', height: '', zoom: '' })
    window.addEventListener('beforeprint', before)
    window.addEventListener('afterprint', after)
    return () => {
      window.removeEventListener('beforeprint', before)
      window.removeEventListener('afterprint', after)
    }
  }, [])
}

/** Draws the zones and keeps the view: on all of them, on the chosen one, back again when `fitKey` changes. */
function useZones(map: maplibregl.Map | null, { zones, selected = null, fitKey = '', editing }: ZoneMapProps): void {
  const fitted = useRef<string | null>(null)
  const areas = useMemo(() => zonesGeojson(zones), [zones])
  useEffect(() => {
    if (!map) return
    setData(map, 'zones', areas.areas)
    setData(map, 'zone-names', areas.names)
    const all = zones.flatMap(positionsOf)
    if (fitted.current === fitKey || all.length === 0) return
    fitted.current = fitKey
    const chosen = zones.find(({ id }) => id === selected)
    const own = chosen && fitKey !== '' ? positionsOf(chosen) : []
    map.fitBounds(boundsOf(own.length > 0 ? own : all), { padding: 48, maxZoom: 16, duration: 0 })
  }, [map, areas, fitKey])
  useEffect(() => {
    if (!map) return
    map.setFilter('zone-chosen', ['==', ['get', 'id'], selected ?? ''])
    const zone = zones.find(({ id }) => id === selected)
    if (!zone || editing || positionsOf(zone).length === 0) return
    const bounds = boundsOf(positionsOf(zone))
    if (!map.getBounds().contains(bounds.getCenter())) map.fitBounds(bounds, { padding: 80, maxZoom: 14, duration: 200 })
    // `zones` is left out on purpose: the view follows the choice, not every new picture of the zones
  }, [map, selected])
}

/** Draws marks and what is being edited, and keeps the one in hand in view. */
function useMarks(map: maplibregl.Map | null, points: readonly MapPoint[], editing: MapEditing | undefined): void {
  useEffect(() => {
    if (!map) return
    setData(map, 'marks', { type: 'FeatureCollection', features: points.map(({ lon, lat, icon, label }) => ({ type: 'Feature', geometry: { type: 'Point', coordinates: [lon, lat] }, properties: { icon, label: label ?? '' } })) })
    const [first] = points
    if (first && !editing && !map.getBounds().contains([first.lon, first.lat])) map.easeTo({ center: [first.lon, first.lat], duration: 200 })
  }, [map, points])
  useEffect(() => {
    if (!map) return
    const { chosen, paths } = editing ?? { chosen: null, paths: [] }
    const { lines, points: vertices } = editedGeojson(paths, chosen)
    setData(map, 'edited-lines', lines)
    setData(map, 'edited-points', vertices)
    const at = chosen && paths[chosen.path]?.points[chosen.point]
    if (at && !map.getBounds().contains([at[0], at[1]])) map.easeTo({ center: [at[0], at[1]], duration: 150 })
  }, [map, editing?.paths, editing?.chosen])
}

const noPoints: readonly MapPoint[] = []

/** Zones hatched by what holds in them; chosen by mouse or keys, a place taken, vertices moved. */
export default function ZoneMap(props: ZoneMapProps) {
  const { title, zones, points = noPoints, selected = null, onSelect, onPlace, editing, onCentre } = props
  const t = useRuleWords()
  const held: Held = useRef({ zones, selected, editing, onSelect, onPlace })
  held.current = { zones, selected, editing, onSelect, onPlace }
  const frame = useRef<HTMLDivElement>(null)
  const { container, map } = useGround(title, held)
  useZones(map, props)
  useMarks(map, points, editing)
  usePaper(frame)
  useEffect(() => {
    if (!map || !onCentre) return
    const tell = () => onCentre([map.getCenter().lng, map.getCenter().lat])
    tell()
    map.on('moveend', tell)
    return () => void map.off('moveend', tell)
  }, [map])
  return (
    <div className="zone-map" ref={frame} data-selected={selected ?? undefined}>
      <div ref={container} className="zone-map-canvas" data-ready={map ? 'yes' : undefined} data-zones={zones.length} />
      {editing ? null : <p className="zone-map-keys">{t(onPlace ? 'map-keys-place' : 'map-keys')}</p>}
      {onPlace ? <svg className="zone-map-cross" viewBox="0 0 24 24" aria-hidden="true"><path d="M12 0v24M0 12h24" stroke="#1c2733" strokeWidth="1.5" /></svg> : null}
    </div>
  )
}
