import { Link } from '@tanstack/react-router'
import type { FactDay, FactRowLineage, IndicatorValue } from '../../api/indicators.ts'
import { DataTable } from '../../shared/data-table.tsx'
import { clockText, dateInText, dayText, kilometres, numberText } from '../../shared/format.ts'
import { PageTitle } from '../../shared/page.tsx'
import { Reading } from '../../shared/states.tsx'
import { useRead } from '../reads.ts'
import { useMay } from '../session.tsx'
import { useIndicatorWords } from './words.ts'

/** Below a journey figure: the days of a vehicle, and the positions of a day with the frames they came in. */
export function RowLineage({ value, row }: { value: IndicatorValue; row: string }) {
  const lineage = useRead<FactRowLineage>(`/facts/${value.id}/lineage`, { row }, { asOf: false })
  return <Reading read={lineage}>{(found) => (found.days ? <Days value={value} lineage={found} days={found.days} /> : <Positions value={value} lineage={found} />)}</Reading>
}

const Back = ({ value, lineage, withVehicle }: { value: IndicatorValue; lineage: FactRowLineage; withVehicle: boolean }) => (
  <>
    <Link to={`/desk/facts/${value.id}`}>{value.name}</Link>
    {withVehicle ? <> / <Link to={`/desk/facts/${value.id}`} search={{ row: `vehicle-days:${lineage.vehicle.id}` } as never}>{lineage.vehicle.name}</Link></> : null}
  </>
)

function Days({ value, lineage, days }: { value: IndicatorValue; lineage: FactRowLineage; days: readonly FactDay[] }) {
  const t = useIndicatorWords()
  const { vehicle } = lineage
  return (
    <>
      <PageTitle title={t('vehicle-days', { vehicle: vehicle.name })} back={<Back value={value} lineage={lineage} withVehicle={false} />} state={t('vehicle-days-state', { count: days.filter(({ note }) => note === null).length, name: value.name, distance: kilometres(days.reduce((sum, { note, distanceMetres }) => (note === null ? sum + distanceMetres : sum), 0)) })} />
      <DataTable
        caption={t('vehicle-days', { vehicle: vehicle.name })}
        compact
        rows={days}
        keyOf={({ day }) => day}
        columns={[
          { key: 'day', title: t('day'), cell: ({ day }) => <Link to={`/desk/facts/${value.id}`} search={{ row: `vehicle-day:${vehicle.id}/${day}` } as never}>{dayText(day)}</Link> },
          { key: 'distance', title: t('distance'), unit: 'km', numeric: true, cell: ({ distanceMetres }) => kilometres(distanceMetres) },
          { key: 'source', title: t('distance-source'), cell: ({ distanceSource }) => (distanceSource === 'odometer' ? t('odometer') : 'GNSS') },
          { key: 'trips', title: t('trips'), numeric: true, cell: ({ tripCount }) => tripCount },
          { key: 'points', title: t('points'), numeric: true, cell: ({ pointCount }) => numberText(pointCount) },
          { key: 'note', title: t('note'), cell: ({ note }) => note ?? '' },
          { key: 'track', title: '', cell: ({ day }) => <Link to={`/desk/vehicles/${vehicle.id}/track/${day}`}>{t('track')}</Link> },
        ]}
      />
    </>
  )
}

function Positions({ value, lineage }: { value: IndicatorValue; lineage: FactRowLineage }) {
  const t = useIndicatorWords()
  const may = useMay()
  const { vehicle, day, positions = [] } = lineage
  return (
    <>
      <PageTitle title={`${vehicle.name}　${day ? dateInText(day.day) : ''}`} back={<Back value={value} lineage={lineage} withVehicle />} state={day ? `${kilometres(day.distanceMetres)} km　${numberText(day.pointCount)} ${t('points')}` : undefined} actions={day ? <Link className="button" to={`/desk/vehicles/${vehicle.id}/track/${day.day}`}>{t('track')}</Link> : undefined} />
      <DataTable
        caption={t('positions')}
        compact
        rows={positions}
        keyOf={({ observedAt, frameId }) => `${observedAt}-${frameId}`}
        columns={[
          { key: 'time', title: t('time'), cell: ({ observedAt }) => clockText(observedAt) },
          { key: 'speed', title: t('speed'), unit: 'km/h', numeric: true, cell: ({ speedKmh }) => numberText(speedKmh, 0) },
          { key: 'odometer', title: t('odometer'), unit: 'km', numeric: true, cell: ({ odometerMetres }) => kilometres(odometerMetres) },
          { key: 'point', title: 'WGS-84', cell: ({ lon, lat }) => `${lon.toFixed(5)}, ${lat.toFixed(5)}` },
          { key: 'frame', title: t('frame'), cell: ({ frameId }) => (may('frames:read') ? <Link to={`/desk/frames/${frameId}`}>{t('open-frame')}</Link> : '') },
        ]}
      />
    </>
  )
}
