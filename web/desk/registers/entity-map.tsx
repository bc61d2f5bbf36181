import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { api, type Query } from '../../api/client.ts'
import type { RegisterDescription } from '../../api/registers.ts'
import type { MapPoint } from '../../shared/map/city-map-types.ts'
import { LazyMap } from '../../shared/map/lazy-map.tsx'
import { iconOfPlace } from '../map/place-layers.ts'

/** Every row that matches the filters and has a point, not only the rows of the page. */
export default function EntityMap({ register, query, selected, onSelect }: { register: RegisterDescription; query: Query; selected: string | null; onSelect: (id: string) => void }) {
  const { order: _, ...filters } = query
  const places = useQuery({ queryKey: [`/${register.plural}`, 'geojson', filters], queryFn: () => api.get<GeoJSON.FeatureCollection<GeoJSON.Point>>(`/${register.plural}.geojson`, filters) })
  const points = useMemo(() => (places.data?.features ?? []).map((feature): MapPoint => {
    const properties = feature.properties as Record<string, unknown>
    return { id: String(properties['id']), lon: feature.geometry.coordinates[0]!, lat: feature.geometry.coordinates[1]!, icon: iconOfPlace(register.plural, properties), label: String(properties['name'] ?? properties['naturalKey']) }
  }), [places.data, register])
  return <div className="entity-map"><LazyMap title={register.title} points={points} selected={selected} onSelect={onSelect} /></div>
}
