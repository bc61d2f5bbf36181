import { useQueries } from '@tanstack/react-query'
import { Link, useSearch } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { api } from '../api/client.ts'
import type { BulletinEntry, Standing, TargetRow, TaskRow } from '../api/programme.ts'
import type { EntityPage } from '../api/registers.ts'
import { PageTitle, Section } from '../shared/page.tsx'
import { EmptyState, Loading } from '../shared/states.tsx'
import { useRead, asOfInstant } from './reads.ts'
import { useRegisters } from './registers/descriptions.ts'
import { useSearchWords } from './search-words.ts'
import { useMay } from './session.tsx'

interface Hit {
  readonly key: string
  readonly to: string
  readonly title: string
  readonly detail: ReactNode
}

/** Plate, site, firm, task, indicator, bulletin: whatever holds the words. */
export function SearchPage() {
  const t = useSearchWords()
  const may = useMay()
  const { q = '', asOf } = useSearch({ strict: false }) as { q?: string; asOf?: string }
  const registers = useRegisters().data?.items ?? []
  const reads = useQueries({ queries: registers.map(({ plural }) => ({ queryKey: [`/${plural}`, 'search', q, asOf], queryFn: () => api.get<EntityPage>(`/${plural}`, { q, limit: 20, asOf: asOfInstant(asOf) }), enabled: q !== '' })) })
  const [programme, indicators] = [may('programme:read'), may('programme:read')]
  const tasks = useRead<Standing<TaskRow>>('/tasks', {}, { enabled: programme }).data?.items ?? []
  const targets = useRead<Standing<TargetRow>>('/targets', {}, { enabled: indicators }).data?.items ?? []
  const bulletins = useRead<{ items: readonly BulletinEntry[] }>('/bulletins', {}, { enabled: programme, asOf: false }).data?.items ?? []
  const holds = (...texts: string[]) => texts.some((text) => text.toLowerCase().includes(q.toLowerCase()))
  const groups: [title: string, hits: Hit[]][] = [
    ...registers.map(({ plural, title }, index): [string, Hit[]] => [title, (reads[index]?.data?.items ?? []).map((entity) => ({ key: entity.id, to: `/desk/registers/${plural}/${entity.id}`, title: String(entity.data['name'] ?? entity.naturalKey), detail: [entity.data['name'] ? entity.naturalKey : null, entity.data['address']].filter(Boolean).join('　') }))]),
    [t('tasks'), tasks.filter(({ title, text }) => holds(title, text)).map((task) => ({ key: task.id, to: `/desk/tasks/${task.id}`, title: task.title, detail: task.deadline.text }))],
    [t('indicators'), targets.filter(({ name, code }) => holds(name, code)).map((target) => ({ key: target.code, to: `/desk/indicators/${target.code}`, title: target.name, detail: target.targetText }))],
    [t('bulletins'), bulletins.filter(({ title, documentNumber }) => holds(title, documentNumber)).map((each) => ({ key: each.id, to: `/desk/bulletins/${each.id}`, title: each.title, detail: each.documentNumber }))],
  ]
  const count = groups.reduce((sum, [, hits]) => sum + hits.length, 0)
  const loading = reads.some((read) => read.isPending && read.fetchStatus !== 'idle')
  return (
    <>
      <PageTitle title={t('title', { q })} state={loading ? undefined : t('state', { count })} />
      {loading ? <Loading /> : count === 0 ? <EmptyState title={t('none', { q })} provider={t('none-provider')} /> : null}
      {groups.filter(([, hits]) => hits.length > 0).map(([title, hits]) => (
        <Section key={title} title={title}>
          <ul className="owed">{hits.map((hit) => <li key={hit.key}><Link to={hit.to}>{hit.title}</Link><span className="secondary">{hit.detail}</span></li>)}</ul>
        </Section>
      ))}
    </>
  )
}
