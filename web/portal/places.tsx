import { useQueries } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { placeKinds, readPlaces, type PlaceKind, type PublicPlace } from '../api/portal.ts'
import { AsOf } from '../shared/figure.tsx'
import { MapIcon } from '../shared/map/icon.tsx'
import type { IconName } from '../shared/map/icons.ts'
import type { MapPoint } from '../shared/map/city-map-types.ts'
import { LazyMap } from '../shared/map/lazy-map.tsx'
import { EmptyState, Loading, ProblemLine } from '../shared/states.tsx'
import { usePortalWords } from './words.ts'

interface Place {
  readonly kind: PlaceKind
  readonly id: string
  readonly lon: number
  readonly lat: number
  readonly properties: PublicPlace
  readonly icon: IconName
}

const tierIcons: Readonly<Record<string, IconName>> = { 'hub': 'node-1', 'public-dc': 'node-2', 'terminal-station': 'node-3' }
const iconOf = (kind: PlaceKind, properties: PublicPlace): IconName => (kind === 'stop-points' ? 'stop-point' : kind === 'charging-stations' ? 'charging' : (tierIcons[String(properties['tier'])] ?? 'node-3'))

/** Rows shown at first and added at a time: a phone's page must not become endless. */
const rowsAtATime = () => (window.matchMedia('(min-width: 901px)').matches ? 60 : 10)

/** Map and list of the same places, linked both ways; on a phone the list comes first and the map on demand. */
export function Places({ asOf }: { asOf: string }) {
  const t = usePortalWords()
  const reads = useQueries({ queries: placeKinds.map((kind) => ({ queryKey: ['places', kind], queryFn: () => readPlaces(kind) })) })
  const [kinds, setKinds] = useState<ReadonlySet<PlaceKind>>(new Set(placeKinds))
  const [search, setSearch] = useState('')
  const [chosen, setChosen] = useState<string | null>(null)
  const [mapWanted, setMapWanted] = useState(() => window.matchMedia('(min-width: 901px)').matches)
  const loaded = reads.map((read) => read.data)
  const places = useMemo(() => placeKinds.flatMap((kind, index) => (loaded[index]?.features ?? []).map((feature): Place => ({ kind, id: feature.properties.id, lon: feature.geometry.coordinates[0]!, lat: feature.geometry.coordinates[1]!, properties: feature.properties, icon: iconOf(kind, feature.properties) }))), loaded)
  const found = useMemo(() => places.filter(({ kind, properties }) => kinds.has(kind) && `${properties.name} ${properties.address ?? ''} ${properties.district ?? ''}`.toLowerCase().includes(search.trim().toLowerCase())), [places, kinds, search])
  const points = useMemo(() => found.map(({ id, lon, lat, icon, properties }): MapPoint => ({ id, lon, lat, icon, label: properties.name })), [found])
  const failed = reads.find((read) => read.error)
  const toggle = (kind: PlaceKind) => setKinds((before) => new Set(before.has(kind) ? [...before].filter((each) => each !== kind) : [...before, kind]))
  if (failed) return <ProblemLine error={failed.error} onRetry={() => reads.forEach((read) => void read.refetch())} />
  if (reads.some((read) => read.isPending)) return <Loading />
  if (places.length === 0) return <EmptyState title={t('places-empty')} provider={t('places-provider')} />
  return (
    <>
      <div className="place-tools">
        {placeKinds.map((kind) => (
          <label key={kind} className="check">
            <input type="checkbox" checked={kinds.has(kind)} onChange={() => toggle(kind)} />
            <MapIcon name={kind === 'nodes' ? 'node-1' : kind === 'stop-points' ? 'stop-point' : 'charging'} />
            {t(kind)}
          </label>
        ))}
        <input className="plain-input" type="search" aria-label={t('find-place')} placeholder={t('find-place')} value={search} onChange={(event) => setSearch(event.target.value)} />
        <button type="button" className="button phone-only" aria-pressed={mapWanted} onClick={() => setMapWanted(!mapWanted)}>{t(mapWanted ? 'as-list' : 'as-map')}</button>
      </div>
      <div className={mapWanted ? 'place-split with-map' : 'place-split'}>
        <PlaceList places={found} chosen={chosen} onChoose={setChosen} />
        {mapWanted ? <LazyMap title={t('places-title')} points={points} selected={chosen} onSelect={setChosen} /> : null}
      </div>
      <AsOf at={asOf} />
    </>
  )
}

function PlaceList({ places, chosen, onChoose }: { places: readonly Place[]; chosen: string | null; onChoose: (id: string) => void }) {
  const t = usePortalWords()
  const [limit, setLimit] = useState(rowsAtATime)
  const picked = places.find(({ id }) => id === chosen)
  const shown = [...(picked ? [picked] : []), ...places.filter(({ id }) => id !== chosen).slice(0, limit)]
  return (
    <div className="place-list">
      <p className="secondary small" role="status">{places.length === 0 ? t('places-none') : t('places-count', { count: places.length })}</p>
      <ul>
        {shown.map((place) => (
          <li key={place.id}>
            <button type="button" aria-pressed={place.id === chosen} onClick={() => onChoose(place.id)}>
              <MapIcon name={place.icon} size={18} />
              <span>
                <b>{place.properties.name}</b>
                <small>{detailOf(place, t)}</small>
              </span>
            </button>
          </li>
        ))}
      </ul>
      {places.length > shown.length ? <p><button type="button" className="button" onClick={() => setLimit(limit + rowsAtATime())}>{t('places-more', { count: places.length - shown.length })}</button></p> : null}
    </div>
  )
}

/** One line of what somebody in front of it needs: tier, bays and time limit, piles; then the address. */
function detailOf({ kind, properties }: Place, t: ReturnType<typeof usePortalWords>): string {
  const number = (name: string) => (typeof properties[name] === 'number' ? (properties[name] as number) : null)
  const bays = number('bayCount')
  const minutes = number('timeLimitMinutes')
  const piles = number('pileCount')
  const tier = String(properties['tier'] ?? '')
  const own = {
    'nodes': [tier === 'hub' ? t('tier-hub') : tier === 'public-dc' ? t('tier-public-dc') : tier === 'terminal-station' ? t('tier-terminal-station') : null],
    'stop-points': [bays === null ? null : t('bays', { count: bays }), minutes === null ? null : t('limit', { minutes }), properties['hours'] ? String(properties['hours']) : null],
    'charging-stations': [piles === null ? null : t('piles', { count: piles })],
  }[kind]
  return [...own, properties.district, properties.address].filter(Boolean).join(' · ')
}
