import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { Draft, DraftHead } from '../../api/access.ts'
import { api } from '../../api/client.ts'
import { DataTable, type Column } from '../../shared/data-table.tsx'
import { minuteText } from '../../shared/format.ts'
import { PageTitle } from '../../shared/page.tsx'
import { EmptyState, ProblemLine, Reading } from '../../shared/states.tsx'
import { useRead } from '../reads.ts'
import { listCopies } from './draft/local-copy.ts'
import { useMayMakeRules } from './may.ts'
import { useAccessWords } from './words.ts'
import './access.css'

/** Drafts in work: begin one, go on with one, throw one away. */
export function DraftsPage() {
  const t = useAccessWords()
  const mayMake = useMayMakeRules()
  const drafts = useRead<{ items: readonly DraftHead[] }>('/access/drafts', {}, { asOf: false })
  const copies = useQuery({ queryKey: ['access-copies'], queryFn: listCopies, gcTime: 0 }).data ?? []
  const columns: Column<DraftHead>[] = [
    { key: 'title', title: t('title'), cell: ({ draftId, title }) => <><Link to={`/desk/access/drafts/${draftId}`}>{title}</Link>{copies.includes(draftId) ? <> <span className="tag tag-attention">{t('draft-unsaved-here')}</span></> : null}</> },
    { key: 'saved', title: t('saved-by'), cell: ({ authorName, updatedAt }) => `${authorName}　${minuteText(updatedAt)}` },
    { key: 'times', title: t('saved-times'), numeric: true, cell: ({ revision }) => revision },
    { key: 'begun', title: t('begun'), cell: ({ createdAt }) => minuteText(createdAt) },
    ...(mayMake('access:write') ? [{ key: 'delete', title: '', cell: (draft: DraftHead) => <DeleteDraft draft={draft} /> }] : []),
  ]
  return (
    <>
      <PageTitle title={t('drafts')} state={drafts.data ? t('drafts-state', { count: drafts.data.items.length }) : undefined} />
      {mayMake('access:write') ? <BeginDraft /> : null}
      <Reading read={drafts}>
        {({ items }) => (items.length === 0 ? <EmptyState title={t('drafts-empty')} provider={t('drafts-provider')} /> : <DataTable caption={t('drafts')} columns={columns} rows={items} keyOf={({ draftId }) => draftId} />)}
      </Reading>
    </>
  )
}

function BeginDraft() {
  const t = useAccessWords()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const [title, setTitle] = useState('')
  const begin = useMutation({
    mutationFn: () => api.post<Draft>('/access/drafts', { title: title.trim() }),
    onSuccess: async ({ draftId }) => {
      await queries.invalidateQueries({ queryKey: ['/access/drafts'] })
      await navigate({ to: `/desk/access/drafts/${draftId}` })
    },
  })
  return (
    <>
      <form className="filters" onSubmit={(event) => { event.preventDefault(); if (title.trim()) begin.mutate() }}>
        <label>{t('draft-title')}<input className="plain-input" style={{ display: 'block', width: 360, maxWidth: '100%' }} required maxLength={100} placeholder={t('draft-title-hint')} value={title} onChange={(event) => setTitle(event.target.value)} /></label>
        <button type="submit" className="button primary" disabled={begin.isPending}>{t('draft-begin')}</button>
      </form>
      {begin.error ? <ProblemLine error={begin.error} /> : null}
    </>
  )
}

/** Thrown away for good, so it asks by name, in place. */
function DeleteDraft({ draft }: { draft: DraftHead }) {
  const t = useAccessWords()
  const queries = useQueryClient()
  const [asks, setAsks] = useState(false)
  const remove = useMutation({ mutationFn: () => api.remove(`/access/drafts/${draft.draftId}`, `"${draft.revision}"`), onSuccess: () => queries.invalidateQueries({ queryKey: ['/access/drafts'] }) })
  if (!asks) return <button type="button" className="link-button" onClick={() => setAsks(true)}>{t('draft-delete')}</button>
  return (
    <span role="alertdialog" aria-label={t('draft-delete')}>
      {t('draft-delete-sure', { title: draft.title })} <button type="button" className="button small" onClick={() => remove.mutate()}>{t('draft-delete')}</button> <button type="button" className="button small" autoFocus onClick={() => setAsks(false)}>{t('cancel')}</button>
      {remove.error ? <ProblemLine error={remove.error} /> : null}
    </span>
  )
}
