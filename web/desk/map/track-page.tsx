import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { Track, TripsOfDay } from '../../api/journeys.ts'
import { dateInText, kilometres } from '../../shared/format.ts'
import { LazyMap } from '../../shared/map/lazy-map.tsx'
import { PageTitle } from '../../shared/page.tsx'
import { EmptyState, Reading } from '../../shared/states.tsx'
import { useFrameWords } from '../frame-words.ts'
import { useRead } from '../reads.ts'
import { DayChoice } from './day-choice.tsx'
import { Playback } from './playback.tsx'
import { usePlayer } from './player.ts'
import { haltPoints, pointAt, timed, trackLines } from './timed-point.ts'
import { TripTable } from './trip-table.tsx'
import { useMapWords } from './words.ts'
import './map-page.css'

const dayMs = 86_400_000
const startOfDay = (day: string) => Date.parse(`${day}T00:00:00+08:00`)

/** One vehicle, one day: map, player, trips and halts; every point opens the frame it came in. */
export function TrackPage() {
  const { id, day } = useParams({ strict: false }) as { id: string; day: string }
  const start = startOfDay(day)
  const track = useRead<Track>(`/vehicles/${id}/track`, { from: `${day}T00:00:00+08:00`, to: new Date(start + dayMs).toISOString(), maxPoints: 4000 })
  const trips = useRead<TripsOfDay>(`/vehicles/${id}/trips`, { day }, { asOf: false })
  return <Reading read={track}>{(found) => <TrackOfDay key={day} id={id} day={day} track={found} trips={trips.data?.day === day ? trips.data : undefined} />}</Reading>
}

function TrackOfDay({ id, day, track, trips }: { id: string; day: string; track: Track; trips: TripsOfDay | undefined }) {
  const t = useMapWords()
  const frame = useFrameWords()
  const navigate = useNavigate()
  const points = useMemo(() => timed(track.items), [track])
  const halts = useMemo(() => trips?.halts ?? [], [trips])
  const [from, to] = [points[0]?.time ?? startOfDay(day), points.at(-1)?.time ?? startOfDay(day) + dayMs]
  const player = usePlayer(from, to)
  const here = points.length > 0 ? pointAt(points, player.at) : undefined
  const lines = useMemo(() => trackLines(points), [points])
  const marks = useMemo(() => [...haltPoints(halts), ...(here ? [{ id: 'here', lon: here.lon, lat: here.lat, icon: 'vehicle-moving' as const, heading: here.directionDegrees, label: track.vehicle.plate }] : [])], [halts, here, track])
  const version = trips?.versions.find(({ supersededAt }) => supersededAt === null)
  const state = points.length === 0 ? t('track-none', { day: dateInText(day) }) : version ? t('track-state', { day: dateInText(day), distance: kilometres(version.distanceMetres), trips: version.tripCount, halts: version.haltCount, points: track.pointCount }) : t('track-not-derived', { day: dateInText(day), points: track.pointCount })
  const back = (
    <>
      <Link to="/desk/map" search={{ vehicle: id } as never}>{t('title')}</Link> / <Link to={`/desk/registers/vehicles/${id}`}>{track.vehicle.plate}</Link>
    </>
  )
  return (
    <>
      <PageTitle title={t('track-title', { plate: track.vehicle.plate })} state={state} back={back} actions={<DayChoice day={day} onChange={(chosen) => void navigate({ to: `/desk/vehicles/${id}/track/${chosen}` })} />} />
      {points.length === 0 ? (
        <EmptyState title={t('track-none', { day: dateInText(day) })} provider={t('track-none-provider')} />
      ) : (
        <div className="track-split">
          <div>
            <div className="track-map"><LazyMap title={frame('map')} points={marks} lines={lines} selected="here" follow still /></div>
            <Playback player={player} points={points} halts={halts} here={here} from={from} to={to} />
          </div>
          <TripTable trips={trips} version={version} onPick={player.setAt} />
        </div>
      )}
    </>
  )
}
