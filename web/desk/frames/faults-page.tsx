import { Link } from '@tanstack/react-router'
import type { LatestPositions } from '../../api/journeys.ts'
import { DataTable } from '../../shared/data-table.tsx'
import { dayText, minuteText, nowMs } from '../../shared/format.ts'
import { PageTitle, Section } from '../../shared/page.tsx'
import { DataAge, EmptyState, Reading } from '../../shared/states.tsx'
import { protocolName } from '../map/vehicle-card.tsx'
import { useRead } from '../reads.ts'
import { useFrameWords } from './words.ts'

const dayMs = 86_400_000

/** Terminals that fell silent: who must look at which vehicle. */
export function FaultsPage() {
  const t = useFrameWords()
  const positions = useRead<LatestPositions>('/positions/latest', {}, { asOf: false, every: 30_000 })
  return (
    <>
      <PageTitle title={t('faults-title')} />
      <Section title={t('silent')}>
        <Reading read={positions}>
          {({ items }) => {
            const silent = items.filter(({ observedAt }) => nowMs() - Date.parse(observedAt) > dayMs)
            if (silent.length === 0) return <EmptyState title={t('silent-none')} provider={t('faults-provider')} />
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
    </>
  )
}
