import { useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useMemo, useState } from 'react'
import type { LivePosition } from '../../api/journeys.ts'
import { nowMs } from '../../shared/format.ts'
import { PageTitle } from '../../shared/page.tsx'
import { EmptyState, Loading, ProblemLine } from '../../shared/states.tsx'
import type { MapPoint } from '../../shared/map/city-map-types.ts'
import { LazyMap } from '../../shared/map/lazy-map.tsx'
import { useFrameSearch } from '../reads.ts'
import { LayerChoice } from './layer-choice.tsx'
import { useLivePositions } from './live-positions.ts'
import { usePlaceLayers, type PlaceLayer } from './place-layers.ts'
import { VehicleCard } from './vehicle-card.tsx'
import { VehicleList } from './vehicle-list.tsx'
import { vehicleState } from './vehicle-state.ts'
import { useMapWords } from './words.ts'
import './map-page.css'

const pointOf = (position: LivePosition, now: number): MapPoint => ({ id: position.vehicleId, lon: position.lon, lat: position.lat, icon: vehicleState(position, now), label: position.plate, heading: position.directionDegrees })

const countStates = (positions: readonly LivePosition[], now: number) => {
  const counts = { 'vehicle-moving': 0, 'vehicle-halted': 0, 'vehicle-silent': 0 }
  for (const position of positions) counts[vehicleState(position, now)]++
  return { all: positions.length, moving: counts['vehicle-moving'], halted: counts['vehicle-halted'], silent: counts['vehicle-silent'] }
}

/** Vehicles as they move, linked both ways with a list; the chosen vehicle is part of the address. */
export function LiveMapPage() {
  const t = useMapWords()
  const { vehicle = null } = useSearch({ strict: false }) as { vehicle?: string }
  const { asOf, district } = useFrameSearch()
  const navigate = useNavigate()
  const { positions, error, retry, connected } = useLivePositions()
  const [layers, setLayers] = useState<readonly PlaceLayer[]>([])
  const [now, setNow] = useState(nowMs)
  useEffect(() => {
    const timer = setInterval(() => setNow(nowMs()), 5000)
    return () => clearInterval(timer)
  }, [])
  const places = usePlaceLayers(layers)
  const seen = useMemo(() => (positions ?? []).filter(({ districtCode }) => !district || districtCode === district), [positions, district])
  const points = useMemo(() => [...places, ...seen.map((each) => pointOf(each, now))], [places, seen, now])
  const choose = (id: string | null) => void navigate({ to: '.', search: (before: object) => ({ ...before, vehicle: id ?? undefined }), replace: true })
  const chosen = seen.find(({ vehicleId }) => vehicleId === vehicle)

  if (error && !positions) return <ProblemLine error={error} onRetry={retry} />
  if (!positions) return <Loading />
  if (positions.length === 0)
    return (
      <>
        <PageTitle title={t('title')} />
        <EmptyState title={t('empty')} provider={t('empty-provider')} />
      </>
    )
  return (
    <>
      <PageTitle title={t('title')} state={`${t('state', countStates(seen, now))}${asOf ? t('no-as-of') : ''}`} actions={<span className={connected ? 'live' : 'live lost'} role="status">{t(connected ? 'live' : 'line-lost')}</span>} />
      <LayerChoice layers={layers} onChange={setLayers} />
      <div className="map-split">
        <VehicleList positions={seen} chosen={vehicle} now={now} onChoose={choose} />
        <div className="map-with-card">
          <LazyMap title={t('title')} points={points} selected={vehicle} follow covered={340} onSelect={(id) => (seen.some(({ vehicleId }) => vehicleId === id) ? choose(id) : undefined)} />
          {chosen ? <VehicleCard position={chosen} now={now} onClose={() => choose(null)} /> : null}
        </div>
      </div>
    </>
  )
}
