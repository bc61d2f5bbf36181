import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { askRules, readClosures, readZones, type Zones } from '../api/access.ts'
import { ApiProblem } from '../api/client.ts'
import { AsOf } from '../shared/figure.tsx'
import { minuteText } from '../shared/format.ts'
import type { MapPoint } from '../shared/map/city-map-types.ts'
import { LazyZoneMap } from '../shared/map/lazy-zone-map.tsx'
import type { MapZone } from '../shared/map/zone-map-types.ts'
import { AnswerText } from '../shared/rules/answer.tsx'
import { EffectLegend, EffectPatterns, useZoneWord } from '../shared/rules/effect.tsx'
import { useRuleWords } from '../shared/rules/words.ts'
import { ZoneList } from '../shared/rules/zone-list.tsx'
import { EmptyState, Loading, ProblemLine } from '../shared/states.tsx'
import { usePortalWords } from './words.ts'

interface Place {
  readonly lon: number
  readonly lat: number
}

const titlesOf = (list: Zones['passes']): Readonly<Record<string, string>> => Object.fromEntries(list.map(({ code, title }) => [code, title]))

/** "May my vehicle drive in now?" for everybody: zones now, today and this week, any place on the map, always with the notice. */
export function Access() {
  const t = usePortalWords()
  const [vehicle, setVehicle] = useState<string | undefined>(undefined)
  const [local, setLocal] = useState('')
  const at = local ? `${local.slice(0, 16)}:00+08:00` : undefined
  const zones = useQuery({ queryKey: ['access-zones', vehicle, at], queryFn: () => readZones({ vehicle, at }), placeholderData: keepPreviousData, refetchInterval: at ? false : 60_000, retry: (count, error) => !(error instanceof ApiProblem) && count < 2 })
  if (zones.error instanceof ApiProblem && zones.error.code === 'access-city-without-rules') return <EmptyState title={t('access-empty')} provider={t('access-provider')} />
  if (zones.error && !zones.data) return <ProblemLine error={zones.error} onRetry={() => void zones.refetch()} />
  if (!zones.data) return <Loading />
  return (
    <>
      <EffectPatterns />
      <p className="secondary">{t('access-note')}</p>
      <div className="access-tools">
        <label>{t('access-vehicle')}
          <select value={vehicle ?? zones.data.vehicle ?? ''} onChange={(event) => setVehicle(event.target.value)}>{zones.data.vehicleClasses.map(({ code, title }) => <option key={code} value={code}>{title}</option>)}</select>
        </label>
        <label>{t('access-at')}<input type="datetime-local" value={local} onChange={(event) => setLocal(event.target.value)} /></label>
        {local ? <button type="button" className="button" onClick={() => setLocal('')}>{t('access-now')}</button> : null}
      </div>
      <Closures />
      <ZonesAndPlace zones={zones.data} vehicle={vehicle ?? zones.data.vehicle ?? ''} at={at} />
      <AsOf at={zones.data.asOf} />
    </>
  )
}

/** What is closed today or soon, before anything else. */
function Closures() {
  const t = usePortalWords()
  const items = useQuery({ queryKey: ['access-closures'], queryFn: readClosures, refetchInterval: 60_000 }).data?.items.filter(({ withdrawnAt }) => !withdrawnAt) ?? []
  if (items.length === 0) return null
  return <ul className="access-closed" aria-label={t('access-closures')}>{items.map(({ closureId, title, startsAt, endsAt, reason, noticeNumber }) => <li key={closureId}><b>{t('access-closures')}</b> {t('access-closed', { title, from: minuteText(startsAt), to: minuteText(endsAt), reason, notice: noticeNumber })}</li>)}</ul>
}

function ZonesAndPlace({ zones, vehicle, at }: { zones: Zones; vehicle: string; at: string | undefined }) {
  const t = usePortalWords()
  const words = useRuleWords()
  const zoneWord = useZoneWord()
  const [chosen, setChosen] = useState<string | null>(null)
  const [place, setPlace] = useState<Place | null>(null)
  const [mapWanted, setMapWanted] = useState(() => window.matchMedia('(min-width: 901px)').matches)
  const here = useQuery({ queryKey: ['access-here', vehicle, at, place], queryFn: () => askRules({ vehicle, at, point: `${place!.lon},${place!.lat}` }), enabled: place !== null })
  const mapZones = useMemo(() => zones.features.map(({ id, geometry, properties }): MapZone => ({ id, geometry, title: properties.title, look: properties.now.effect, word: zoneWord(properties.now) })), [zones, words('now')])
  const marks = useMemo((): MapPoint[] => (place ? [{ id: 'place', icon: 'place', ...place }] : []), [place])
  const passTitles = titlesOf(zones.passes)
  return (
    <>
      <EffectLegend />
      <p className="phone-only"><button type="button" className="button" aria-pressed={mapWanted} onClick={() => setMapWanted(!mapWanted)}>{t(mapWanted ? 'as-list' : 'as-map')}</button></p>
      <div className={mapWanted ? 'access-split with-map' : 'access-split'}>
        <div aria-live="polite">
          {place ? <div className="access-here"><h3>{t('access-here', { lon: place.lon, lat: place.lat })}</h3>{here.data ? <AnswerText answer={here.data} passTitles={passTitles} /> : here.error ? <ProblemLine error={here.error} /> : <Loading />}</div> : null}
          {zones.features.length === 0 ? <p>{t('access-none')}</p> : <ZoneList features={zones.features} chosen={chosen} onChoose={setChosen} at={zones.asOf} isNow={at === undefined} passTitles={passTitles} />}
        </div>
        {mapWanted ? <LazyZoneMap title={words('zone-map')} zones={mapZones} points={marks} selected={chosen} onSelect={setChosen} onPlace={setPlace} /> : null}
      </div>
    </>
  )
}
