import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { RuleSet, Version } from '../../../api/access.ts'
import { api, ApiProblem } from '../../../api/client.ts'
import { momentInText, nowMs } from '../../../shared/format.ts'
import { EmptyState, ProblemLine } from '../../../shared/states.tsx'
import { useSession } from '../../session.tsx'
import { useMayMakeRules } from '../may.ts'
import { ConflictPanel } from './conflict.tsx'
import type { FindingPlace } from './findings.ts'
import { dropCopy } from './local-copy.ts'
import { FindingsTab } from './findings-tab.tsx'
import type { DraftWork } from './use-draft.ts'
import { useDraftWords } from './words.ts'

interface PublishTabProps {
  readonly work: DraftWork
  readonly draftId: string
  readonly versions: readonly Version[]
  readonly onGo: (place: FindingPlace) => void
  readonly onPublished: (version: Version) => void
}

/** What stands in the way, else number, date and the number once more: a version cannot be taken back. */
export function PublishTab({ work, draftId, versions, onGo, onPublished }: PublishTabProps) {
  const t = useDraftWords()
  const mayMake = useMayMakeRules()
  const latest = versions.at(-1)
  const errors = work.saved.findings.filter(({ severity }) => severity === 'error').length
  if (!mayMake('access:publish')) return <EmptyState title={t('no-write')} />
  if (latest && latest.versionId !== work.saved.baseVersionId) return <Outdated work={work} draftId={draftId} latest={latest} />
  if (errors > 0) return <><p className="problem-line">{t('publish-blocked', { count: errors })}</p><FindingsTab work={work} onGo={onGo} /></>
  return <PublishForm work={work} draftId={draftId} onPublished={onPublished} />
}

/** The next full hour, as a beginning that is not in the past. */
const soon = (): string => {
  const at = new Date(Math.ceil(nowMs() / 3_600_000) * 3_600_000 + 8 * 3_600_000)
  return at.toISOString().slice(0, 16)
}

function PublishForm({ work, draftId, onPublished }: Pick<PublishTabProps, 'work' | 'draftId' | 'onPublished'>) {
  const t = useDraftWords()
  const { name } = useSession()
  const queries = useQueryClient()
  const [number, setNumber] = useState('')
  const [again, setAgain] = useState('')
  const [from, setFrom] = useState(soon)
  const isWaiting = work.saving.state !== 'idle' && work.saving.state !== 'saved'
  const publish = useMutation({
    mutationFn: () => api.post<Version>(`/access/drafts/${draftId}/publish`, { noticeNumber: number.trim(), ...(from !== '' && { effectiveFrom: `${from.slice(0, 16)}:00+08:00` }) }, `"${work.saved.revision}"`),
    onSuccess: async (version) => {
      onPublished(version)
      void dropCopy(draftId)
      // the draft itself is gone: reading it anew would only say so
      await queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'access-draft' })
    },
    // somebody published meanwhile: the versions say so, and the way to merge appears
    onError: () => queries.invalidateQueries({ queryKey: ['/access/versions'] }),
  })
  const agrees = number.trim() !== '' && again.trim() === number.trim()
  return (
    <form className="form" onSubmit={(event) => { event.preventDefault(); if (agrees && !isWaiting) publish.mutate() }}>
      {isWaiting ? <p className="problem-line">{t('publish-unsaved')} <button type="button" className="link-button" onClick={() => void work.save()}>{t('save-now')}</button></p> : null}
      <div className="field"><label htmlFor="notice-number">{t('publish-notice')}</label><input id="notice-number" className="plain-input" required maxLength={100} value={number} onChange={(event) => setNumber(event.target.value)} /><p className="hint">{t('publish-notice-hint')}</p></div>
      <div className="field"><label htmlFor="in-force-from">{t('publish-from')}</label><input id="in-force-from" className="plain-input" type="datetime-local" value={from} onChange={(event) => setFrom(event.target.value)} /><p className="hint">{t('publish-from-hint')}</p></div>
      <p>{t('publish-author')}：{name}</p>
      <p className="problem-line">{t('publish-sure')}</p>
      <div className="field"><label htmlFor="number-again">{t('publish-retype')}</label><input id="number-again" className="plain-input" autoComplete="off" value={again} onChange={(event) => setAgain(event.target.value)} />{again !== '' && !agrees ? <p className="field-problem">{t('publish-retype-wrong')}</p> : null}</div>
      {publish.error ? <ProblemLine error={publish.error} onRetry={publish.error instanceof ApiProblem && publish.error.status === 412 ? () => location.reload() : undefined} /> : null}
      <p><button type="submit" className="button primary" disabled={!agrees || isWaiting || publish.isPending}>{t('publish')}</button></p>
    </form>
  )
}

const readDocument = async (path: string): Promise<RuleSet> => (await api.get<{ document: RuleSet }>(path)).document

/** Another version came out since the draft was begun: merged first, then published. */
function Outdated({ work, draftId, latest }: { work: DraftWork; draftId: string; latest: Version }) {
  const t = useDraftWords()
  const read = useMutation({ mutationFn: async () => ({ base: await readDocument(`/access/drafts/${draftId}/base`), theirs: await readDocument(`/access/versions/${latest.versionId}`) }) })
  return (
    <>
      <p className="problem-line">{t('outdated', { number: latest.number, author: latest.authorName, at: momentInText(latest.publishedAt) })}</p>
      {read.error ? <ProblemLine error={read.error} /> : null}
      {read.data ? <ConflictPanel title={t('merge-version', { number: latest.number })} base={read.data.base} mine={work.ruleSet} theirs={read.data.theirs} onMerge={(merged) => { work.resolve(merged, latest.versionId); void work.save() }} /> : <button type="button" className="button primary" disabled={read.isPending} onClick={() => read.mutate()}>{t('merge-version', { number: latest.number })}</button>}
    </>
  )
}
