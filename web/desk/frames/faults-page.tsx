import { Link } from '@tanstack/react-router'
import type { LatestPositions } from '../../api/journeys.ts'
import { DataTable } from '../../shared/data-table.tsx'
import { dayText, minuteText, nowMs } from '../../shared/format.ts'
import { PageTitle, Section } from '../../shared/page.tsx'
import { DataAge, EmptyState, Reading } from '../../shared/states.tsx'
import { protocolName } from '../map/vehicle-card.tsx'
import { useRead } from '../reads.ts'
import { FaultyFrameList } from './faulty-frame-list.tsx'
import { useFrameWords } from './words.ts'

const dayMs = 86_400_000

/** Frames that could not be used, and terminals that fell silent: who must look at which device. */
export function FaultsPage() {
  const t = useFrameWords()
  return (
    <>
      <PageTitle title={t('faults-title')} state={t('faults-state')} />
      <FaultyFrameList />
      <SilentVehicles />
    </>
  )
}

function SilentVehicles() {
  const t = useFrameWords()
  const positions = useRead<LatestPositions>('/positions/latest', {}, { asOf: false, every: 30_000 })
  return (
    <Section title={t('silent')}>
      <Reading read={positions}>
        {({ items }) => {
          const silent = items.filter(({ observedAt }) => nowMs() - Date.parse(observedAt) > dayMs)
          if (silent.length === 0) return <EmptyState title={t(items.length === 0 ? 'silent-unknown' : 'silent-none')} provider={t('silent-provider')} />
          return (
            <DataTable
              caption={t('silent')}
              rows={silent}
              keyOf={({ vehicleId }) => vehicleId}
              columns={[
                { key: 'plate', title: t('vehicle'), cell: ({ plate, vehicleId }) => <Link to={`/desk/registers/vehicles/${vehicleId}`}>{plate}</Link> },
                { key: 'protocol', title: t('protocol'), cell: ({ source }) => protocolName(source) },
                { key: 'last', title: t('last'), cell: ({ observedAt }) => <>{minuteText(observedAt)} <DataAge at={observedAt} /></> },
                { key: 'track', title: '', cell: ({ vehicleId, observedAt }) => <Link to={`/desk/vehicles/${vehicleId}/track/${dayText(observedAt)}`}>{t('track')}</Link> },
              ]}
            />
          )
        }}
      </Reading>
    </Section>
  )
}
