import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/client.ts'
import { DataTable } from '../../shared/data-table.tsx'
import { minuteText } from '../../shared/format.ts'
import { PageTitle } from '../../shared/page.tsx'
import { Loading, ProblemLine } from '../../shared/states.tsx'
import { actionName, useSystemWords } from './words.ts'

interface AuditEntry {
  readonly seq: number
  readonly at: string
  readonly actor: { readonly name: string; readonly role: string }
  readonly action: string
  readonly object: string
  readonly detail: unknown
}

interface Verdict {
  readonly ok: boolean
  readonly entries: number
  readonly hash: string
  readonly firstBroken: { readonly seq: number; readonly reason: string } | null
}

/** What was done by whom, newest first; the chain can be checked on the spot. */
export function AuditPage() {
  const t = useSystemWords()
  const entries = useInfiniteQuery({
    queryKey: ['/audit'],
    queryFn: ({ pageParam }) => api.get<{ items: readonly AuditEntry[]; next: number | null }>('/audit', { before: pageParam || undefined, limit: 100 }),
    initialPageParam: 0,
    getNextPageParam: ({ next }) => next ?? undefined,
  })
  return (
    <>
      <PageTitle title={t('audit')} state={t('audit-state')} />
      <Verification />
      {entries.error ? <ProblemLine error={entries.error} /> : null}
      {entries.data ? (
        <DataTable
          caption={t('audit')}
          compact
          rows={entries.data.pages.flatMap(({ items }) => items)}
          keyOf={({ seq }) => String(seq)}
          columns={[
            { key: 'at', title: t('at'), width: 150, cell: ({ at }) => minuteText(at) },
            { key: 'who', title: t('who'), cell: ({ actor }) => <span className="nowrap">{actor.name}</span> },
            { key: 'action', title: t('action'), cell: ({ action }) => <span className="nowrap">{actionName(action)}</span> },
            { key: 'object', title: t('object'), width: 330, cell: ({ object }) => <code className="small audit-code">{object}</code> },
            { key: 'detail', title: t('detail'), cell: ({ detail }) => <code className="small secondary audit-code">{detail ? JSON.stringify(detail) : ''}</code> },
          ]}
        />
      ) : <Loading />}
      {entries.hasNextPage ? <p><button type="button" className="button" onClick={() => void entries.fetchNextPage()}>{t('older')}</button></p> : null}
    </>
  )
}

function Verification() {
  const t = useSystemWords()
  const [verdict, setVerdict] = useState<Verdict | null>(null)
  const [error, setError] = useState<unknown>(null)
  const verify = () => void api.get<Verdict>('/audit/verification').then(setVerdict, setError)
  return (
    <div className="filters">
      <button type="button" className="button" onClick={verify}>{t('verify')}</button>
      {verdict?.ok ? <span className="met">{t('verified', { entries: verdict.entries, hash: verdict.hash.slice(0, 12) })}</span> : null}
      {verdict?.firstBroken ? <span className="tag-attention">{t('broken', verdict.firstBroken)}</span> : null}
      {error ? <ProblemLine error={error} /> : null}
    </div>
  )
}
