import { useQueries } from '@tanstack/react-query'
import { api } from '../api/client.ts'
import type { LatestPositions } from '../api/journeys.ts'
import type { EntityPage } from '../api/registers.ts'
import { ageText, nowMs } from '../shared/format.ts'
import { DataAge } from '../shared/states.tsx'
import { useHomeWords } from './home-words.ts'
import { useRegisters } from './registers/descriptions.ts'
import { useRead } from './reads.ts'
import { useMay } from './session.tsx'

const dayMs = 86_400_000

/** One line: how old the newest position is, when each register was last written. */
export function Freshness() {
  const t = useHomeWords()
  const may = useMay()
  const registers = useRegisters().data?.items ?? []
  const positions = useRead<LatestPositions>('/positions/latest', {}, { asOf: false, enabled: may('positions:read'), every: 30_000 }).data?.items
  const newest = useQueries({ queries: registers.map(({ plural }) => ({ queryKey: [`/${plural}`, 'newest'], queryFn: () => api.get<EntityPage>(`/${plural}`, { order: '-recordedAt', limit: 1 }), staleTime: 60_000 })) })
  const latest = positions?.reduce<string | null>((found, { observedAt }) => (found === null || observedAt > found ? observedAt : found), null)
  const silent = positions?.filter(({ observedAt }) => nowMs() - Date.parse(observedAt) > dayMs).length ?? 0
  return (
    <section className="freshness" aria-label={t('freshness')}>
      {may('positions:read') ? <span>{t('positions')}：<DataAge at={latest} />{silent > 0 ? `（${t('silent', { count: silent })}）` : ''}</span> : null}
      {registers.map(({ plural, title }, index) => {
        const read = newest[index]?.data
        if (!read) return null
        const [row] = read.items
        return <span key={plural} className="secondary">{row ? t('fresh-registers', { title, age: ageText(row.recordedAt, nowMs()) }) : t('fresh-empty', { title })}</span>
      })}
    </section>
  )
}
