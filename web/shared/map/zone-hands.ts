import type maplibregl from 'maplibre-gl'
import type { MapEditing, MapZone, VertexRef, ZoneMapProps } from './zone-map-types.ts'

/** What the hands need of the newest properties, without hanging the handlers anew. */
export interface Held {
  current: { readonly zones: readonly MapZone[]; readonly selected: string | null; readonly editing: MapEditing | undefined; readonly onSelect: ZoneMapProps['onSelect']; readonly onPlace: ZoneMapProps['onPlace'] }
}

const vertexOf = (feature: maplibregl.MapGeoJSONFeature | undefined): VertexRef | undefined => {
  const { path, point } = (feature?.properties ?? {}) as { path?: number; point?: number }
  return path === undefined || point === undefined ? undefined : { path, point }
}

const metresPerDegree = 111_320
/** A position moved east and north by metres, rounded to about ten centimetres. */
const movedBy = ([lon, lat]: readonly [number, number], east: number, north: number): [number, number] => [
  Number((lon + east / (metresPerDegree * Math.cos((lat * Math.PI) / 180))).toFixed(6)), Number((lat + north / metresPerDegree).toFixed(6)),
]

const rounded = ({ lng, lat }: maplibregl.LngLat): [number, number] => [Number(lng.toFixed(6)), Number(lat.toFixed(6))]

/** Mouse and touch: choose a zone, take a place, choose and drag a vertex, make one from a middle. */
export function addMouse(map: maplibregl.Map, held: Held): void {
  map.on('click', (event) => {
    const { editing, onSelect, onPlace } = held.current
    if (editing) return
    const zone = map.queryRenderedFeatures(event.point, { layers: ['zone-fill', 'zone-line'] })[0]
    if (onPlace) onPlace({ lon: rounded(event.lngLat)[0], lat: rounded(event.lngLat)[1] })
    if (zone) onSelect?.(String(zone.properties['id']))
  })
  const press = (event: maplibregl.MapMouseEvent | maplibregl.MapTouchEvent): void => {
    const { editing } = held.current
    if (!editing || ('points' in event && event.points.length !== 1)) return
    const feature = map.queryRenderedFeatures([[event.point.x - 8, event.point.y - 8], [event.point.x + 8, event.point.y + 8]], { layers: ['edited-chosen', 'edited-vertex', 'edited-middle'] })[0]
    let vertex = vertexOf(feature)
    if (!vertex) return
    event.preventDefault()
    if (feature!.properties['kind'] === 'middle') {
      editing.onInsert(vertex, rounded(event.lngLat))
      vertex = { ...vertex, point: vertex.point + 1 }
    } else editing.onChoose(vertex)
    let moved = false
    const drag = (next: maplibregl.MapMouseEvent | maplibregl.MapTouchEvent) => {
      moved = true
      held.current.editing?.onMove(vertex, rounded(next.lngLat), false)
    }
    const drop = (next: maplibregl.MapMouseEvent | maplibregl.MapTouchEvent) => {
      map.off('mousemove', drag)
      map.off('touchmove', drag)
      if (moved) held.current.editing?.onMove(vertex, rounded(next.lngLat), true)
    }
    map.on('mousemove', drag)
    map.on('touchmove', drag)
    map.once('mouseup', drop)
    map.once('touchend', drop)
  }
  map.on('mousedown', press)
  map.on('touchstart', press)
  for (const layer of ['zone-fill', 'edited-vertex', 'edited-middle', 'edited-chosen']) {
    map.on('mouseenter', layer, () => (map.getCanvas().style.cursor = 'pointer'))
    map.on('mouseleave', layer, () => (map.getCanvas().style.cursor = ''))
  }
}

const arrows: Readonly<Record<string, readonly [east: number, north: number]>> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }
/** Shift moves ten times as far, Alt a tenth. */
const stepOf = (event: KeyboardEvent, metres: number): number => (event.shiftKey ? metres * 10 : event.altKey ? metres / 10 : metres)

function editByKey(event: KeyboardEvent, editing: MapEditing): boolean {
  const { chosen, paths } = editing
  if (event.key === ']' || event.key === 'n') return editing.onStep(1), true
  if (event.key === '[' || event.key === 'p') return editing.onStep(-1), true
  const at = chosen && paths[chosen.path]?.points[chosen.point]
  if (!chosen || !at) return false
  const arrow = arrows[event.key]
  if (arrow) {
    const step = stepOf(event, editing.stepMetres)
    return editing.onMove(chosen, movedBy(at, arrow[0] * step, arrow[1] * step), true), true
  }
  if (event.key === 'Delete' || event.key === 'Backspace') return editing.onDelete(chosen), true
  if (event.key === 'Insert' || event.key === 'a') {
    const { points, closed } = paths[chosen.path]!
    const next = points[chosen.point + 1] ?? (closed ? points[0] : undefined)
    return editing.onInsert(chosen, next ? [Number(((at[0] + next[0]) / 2).toFixed(6)), Number(((at[1] + next[1]) / 2).toFixed(6))] : movedBy(at, 50, 0)), true
  }
  return false
}

/** Keys on the focused map, taken before the map's own: vertices while editing, else zones with [ ] and the place under the cross with Enter. */
export function handleKey(event: KeyboardEvent, map: maplibregl.Map, held: Held): void {
  const { editing, zones, selected, onSelect, onPlace } = held.current
  if (event.ctrlKey || event.metaKey) return
  const take = (): void => {
    event.preventDefault()
    event.stopPropagation()
  }
  if (editing) {
    if (editByKey(event, editing)) take()
    return
  }
  if ((event.key === '[' || event.key === ']') && onSelect && zones.length > 0) {
    const at = zones.findIndex((zone) => zone.id === selected)
    const next = event.key === ']' ? (at + 1) % zones.length : (at <= 0 ? zones.length : at) - 1
    onSelect(zones[next]!.id)
    return take()
  }
  if (event.key === 'Enter' && onPlace) {
    const [lon, lat] = rounded(map.getCenter())
    onPlace({ lon, lat })
    take()
  }
}
