import { useQueries } from '@tanstack/react-query'
import { api } from '../../api/client.ts'
import type { MapPoint } from '../../shared/map/city-map-types.ts'
import type { IconName } from '../../shared/map/icons.ts'
import type { Entity, EntityPage } from '../../api/registers.ts'
import { asOfInstant, useFrameSearch } from '../reads.ts'

/** Registers with a point that the live map can lay over the vehicles. */
export const placeLayers = ['nodes', 'stop-points', 'charging-stations'] as const
export type PlaceLayer = (typeof placeLayers)[number]

const tierIcons: Readonly<Record<string, IconName>> = { 'hub': 'node-1', 'public-dc': 'node-2', 'terminal-station': 'node-3' }

/** The mark of a register's row. */
export function iconOfPlace(plural: string, data: Readonly<Record<string, unknown>>): IconName {
  if (plural === 'nodes') return tierIcons[String(data['tier'])] ?? 'node-3'
  if (plural === 'stop-points') return 'stop-point'
  return plural === 'charging-stations' ? 'charging' : 'place'
}

export function pointOfEntity(plural: string, { id, naturalKey, data }: Entity): MapPoint | undefined {
  const point = data['point'] as { lon?: number; lat?: number } | undefined
  if (typeof point?.lon !== 'number' || typeof point.lat !== 'number') return undefined
  return { id, lon: point.lon, lat: point.lat, icon: iconOfPlace(plural, data), label: naturalKey }
}

/** Points of the layers switched on. */
export function usePlaceLayers(layers: readonly PlaceLayer[]): MapPoint[] {
  const { asOf, district } = useFrameSearch()
  const reads = useQueries({
    queries: layers.map((plural) => ({ queryKey: [`/${plural}`, 'layer', asOf, district], queryFn: () => api.get<EntityPage>(`/${plural}`, { limit: 1000, asOf: asOfInstant(asOf), district }), staleTime: 60_000 })),
  })
  return reads.flatMap((read, index) => (read.data?.items ?? []).flatMap((entity) => pointOfEntity(layers[index]!, entity) ?? []))
}
