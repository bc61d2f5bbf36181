import type { Halt, Trip, TripsOfDay, VehicleDay } from '../../api/journeys.ts'
import { DataTable } from '../../shared/data-table.tsx'
import { clockText, durationText, kilometres, minuteText } from '../../shared/format.ts'
import { wordNow } from '../../shared/language.ts'
import { Loading } from '../../shared/states.tsx'
import { leftOutNames, useMapWords } from './words.ts'

type Stretch = { readonly kind: 'trip' | 'halt'; readonly startedAt: string; readonly endedAt: string; readonly durationSeconds: number; readonly trip: Trip | null }

const stretchesOf = (trips: readonly Trip[], halts: readonly Halt[]): Stretch[] =>
  [...trips.map((trip) => ({ ...trip, kind: 'trip' as const, trip })), ...halts.map((halt) => ({ ...halt, kind: 'halt' as const, trip: null }))].sort((a, b) => a.startedAt.localeCompare(b.startedAt))

/** Trips and halts in order; a row moves the player to its beginning. Beneath: how the day was derived. */
export function TripTable({ trips, version, onPick }: { trips: TripsOfDay | undefined; version: VehicleDay | undefined; onPick: (at: number) => void }) {
  const t = useMapWords()
  if (!trips) return <Loading />
  return (
    <div>
      <DataTable
        caption={t('trips-and-halts')}
        compact
        rows={stretchesOf(trips.trips, trips.halts)}
        keyOf={({ kind, startedAt }) => `${kind}-${startedAt}`}
        onSelect={({ startedAt }) => onPick(Date.parse(startedAt))}
        columns={[
          { key: 'kind', title: t('kind'), cell: ({ kind }) => t(kind) },
          { key: 'from', title: t('from'), cell: ({ startedAt }) => clockText(startedAt).slice(0, 5) },
          { key: 'to', title: t('to'), cell: ({ endedAt }) => clockText(endedAt).slice(0, 5) },
          { key: 'duration', title: t('duration'), numeric: true, cell: ({ durationSeconds }) => durationText(Math.max(60, Math.round(durationSeconds / 60) * 60)) },
          { key: 'distance', title: t('distance'), unit: 'km', numeric: true, cell: ({ trip }) => (trip ? kilometres(trip.distanceMetres) : '') },
        ]}
      />
      {version ? <Derivation version={version} older={trips.versions.length - 1} /> : null}
    </div>
  )
}

function Derivation({ version, older }: { version: VehicleDay; older: number }) {
  const t = useMapWords()
  const reasons = Object.entries(version.leftOut).filter(([, count]) => count > 0).map(([reason, count]) => `${leftOutNames[reason] ? wordNow(leftOutNames[reason]) : reason} ${count}`).join('、')
  return (
    <div className="as-of">
      <p>{t('derived', { source: t(`distance-source-${version.distanceSource}`), version: version.derivationVersion, at: minuteText(version.recordedAt) })}</p>
      {version.leftOutCount > 0 ? <p>{t('left-out', { count: version.leftOutCount, reasons })}</p> : null}
      {older > 0 ? <p>{t('superseded', { count: older })}</p> : null}
    </div>
  )
}
