import maplibregl from 'maplibre-gl'
import 'maplibre-gl/dist/maplibre-gl.css'
import { addressOf } from '../../api/client.ts'
import { wordNow } from '../language.ts'
import { font } from '../tokens.ts'
import { baseLayers, baseStyle, type BaseLayer } from './base-style.ts'
import { mapWords } from './words.ts'

/** Fetches the ground once; a layer the server does not offer stays empty and is named to the caller. */
export async function loadGround(map: maplibregl.Map, signal: AbortSignal, layers: readonly BaseLayer[] = baseLayers): Promise<string[]> {
  const missing: string[] = []
  await Promise.all(
    layers.map(async (layer) => {
      const response = await fetch(addressOf(`/network/${layer}.geojson`), { signal }).catch(() => undefined)
      if (!response?.ok) return void missing.push(layer)
      const data = (await response.json()) as GeoJSON.FeatureCollection
      if (!signal.aborted) (map.getSource(layer) as maplibregl.GeoJSONSource).setData(data)
    }),
  )
  return missing
}

/** The box around positions. */
export const boundsOf = (coordinates: readonly (readonly [number, number])[]): maplibregl.LngLatBounds => {
  const bounds = new maplibregl.LngLatBounds()
  for (const [lon, lat] of coordinates) bounds.extend([lon, lat])
  return bounds
}

/** A map on the quiet ground; `withZones: false` leaves out the ground's own picture of the zones, for maps that draw them. */
export function createMap(container: HTMLElement, title: string, { withZones = true }: { withZones?: boolean } = {}): maplibregl.Map {
  const map = new maplibregl.Map({ container, style: baseStyle(withZones), localIdeographFontFamily: font.family, attributionControl: { compact: false }, center: [119.2, 34.6], zoom: 10, maxPitch: 0, dragRotate: false, fadeDuration: 0, locale: { 'NavigationControl.ZoomIn': wordNow(mapWords['zoom-in']), 'NavigationControl.ZoomOut': wordNow(mapWords['zoom-out']), 'Map.Title': title } })
  map.addControl(new maplibregl.NavigationControl({ showCompass: false }), 'top-right')
  map.addControl(new maplibregl.ScaleControl({ unit: 'metric' }), 'bottom-left')
  map.touchZoomRotate.disableRotation()
  return map
}
