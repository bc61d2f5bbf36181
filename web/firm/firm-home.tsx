import { Link } from '@tanstack/react-router'
import type { LatestPositions } from '../api/journeys.ts'
import { Freshness } from '../desk/freshness.tsx'
import { useHomeWords } from '../desk/home-words.ts'
import { vehicleState } from '../desk/map/vehicle-state.ts'
import { useMapWords } from '../desk/map/words.ts'
import { useRead } from '../desk/reads.ts'
import { useSession } from '../desk/session.tsx'
import { DataTable } from '../shared/data-table.tsx'
import { dayText, nowMs } from '../shared/format.ts'
import { MapIcon } from '../shared/map/icon.tsx'
import { PageTitle, Section } from '../shared/page.tsx'
import { DataAge, EmptyState, Reading } from '../shared/states.tsx'

/** A firm's first page: its vehicles now, the silent ones first, because those are what it owes. */
export function FirmHome() {
  const t = useHomeWords()
  const { name, roleName } = useSession()
  const positions = useRead<LatestPositions>('/positions/latest', {}, { asOf: false, every: 30_000 })
  return (
    <>
      <PageTitle title={t('title')} state={t('greeting-plain', { name, role: roleName })} actions={<Link className="button primary" to="/desk/map">{t('open-map')}</Link>} />
      <Freshness />
      <Section title={t('fleet')} aside={<Link to="/desk/registers/vehicles">{t('more')}</Link>}>
        <Reading read={positions}>{({ items }) => (items.length === 0 ? <EmptyState title={t('fleet-none')} provider={t('fleet-provider')} /> : <Fleet items={items} />)}</Reading>
      </Section>
    </>
  )
}

function Fleet({ items }: { items: LatestPositions['items'] }) {
  const t = useHomeWords()
  const map = useMapWords()
  return (
    <DataTable
      caption={t('fleet')}
      rows={[...items].sort((a, b) => a.observedAt.localeCompare(b.observedAt))}
      keyOf={({ vehicleId }) => vehicleId}
      columns={[
        { key: 'plate', title: t('plate'), cell: ({ plate, vehicleId }) => <Link to={`/desk/registers/vehicles/${vehicleId}`}>{plate}</Link> },
        { key: 'state', title: t('state'), cell: (position) => { const state = vehicleState(position, nowMs()); return <><MapIcon name={state} /> {map(state)}</> } },
        { key: 'last', title: t('last'), cell: ({ observedAt }) => <DataAge at={observedAt} /> },
        { key: 'soc', title: t('soc'), unit: '%', numeric: true, cell: ({ socPercent }) => (socPercent === null ? '—' : Math.round(socPercent)) },
        { key: 'track', title: '', cell: ({ vehicleId, observedAt }) => <Link to={`/desk/vehicles/${vehicleId}/track/${dayText(observedAt)}`}>{t('track')}</Link> },
      ]}
    />
  )
}
