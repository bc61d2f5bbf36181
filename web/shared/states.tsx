import type { ReactNode } from 'react'
import { ApiProblem } from '../api/client.ts'
import { ageText, nowMs } from './format.ts'
import { useSharedWords } from './words.ts'

/** What will appear here, who provides it, and what to do next. */
export function EmptyState({ title, provider, children }: { title: string; provider?: string; children?: ReactNode }) {
  return (
    <div className="empty-state">
      <p className="empty-title">{title}</p>
      {provider ? <p>{provider}</p> : null}
      {children ? <div className="actions">{children}</div> : null}
    </div>
  )
}

/** One problem in one sentence with what to do about it. */
export function ProblemLine({ error, onRetry }: { error: unknown; onRetry?: (() => void) | undefined }) {
  const t = useSharedWords()
  const [message, action] = error instanceof ApiProblem ? [error.message, error.action] : [error instanceof Error ? error.message : String(error), '']
  return (
    <div className="problem-line" role="alert">
      <span>
        {message}
        {action ? `。${action}。` : ''}
      </span>
      {onRetry ? (
        <button type="button" className="link-button" onClick={onRetry}>
          {t('try-again')}
        </button>
      ) : null}
    </div>
  )
}

export const Loading = () => {
  const t = useSharedWords()
  return (
    <p className="loading" role="status">
      {t('loading')}
    </p>
  )
}

/** The three faces of a read: waiting, failed, there. */
export function Reading<Data>({ read, children }: { read: { data: Data | undefined; error: unknown; refetch: () => unknown }; children: (data: Data) => ReactNode }) {
  if (read.data !== undefined) return <>{children(read.data)}</>
  if (read.error) return <ProblemLine error={read.error} onRetry={() => void read.refetch()} />
  return <Loading />
}

export type Saving = { readonly state: 'idle' | 'unsaved' | 'saving' | 'saved' | 'offline' | 'conflict' } | { readonly state: 'invalid'; readonly reason: string }

/** Whether what was typed is safe. */
export function SaveState({ saving }: { saving: Saving }) {
  const t = useSharedWords()
  if (saving.state === 'idle') return null
  return (
    <span className={`save-state save-${saving.state}`} role="status" aria-live="polite">
      {saving.state === 'invalid' ? t('invalid', { reason: saving.reason }) : t(saving.state)}
    </span>
  )
}

/** The save state a failed write leaves behind. */
export function savingAfter(error: unknown): Saving {
  if (!(error instanceof ApiProblem)) return { state: 'invalid', reason: String(error) }
  if (error.status === 0) return { state: 'offline' }
  if (error.status === 412 || error.status === 409) return { state: 'conflict' }
  const [first] = error.errors
  return { state: 'invalid', reason: `${first?.message ?? error.message}${(first?.action ?? error.action) ? `，${first?.action ?? error.action}` : ''}` }
}

/** How old a layer's newest datum is; older than `staleSeconds` it is said with a mark. */
export function DataAge({ at, staleSeconds = 600 }: { at: string | null | undefined; staleSeconds?: number }) {
  const t = useSharedWords()
  if (!at) return <span className="data-age data-age-stale">{t('no-data-yet')}</span>
  const stale = (nowMs() - new Date(at).getTime()) / 1000 > staleSeconds
  return (
    <time className={stale ? 'data-age data-age-stale' : 'data-age'} dateTime={at} title={at}>
      {t('data-age', { age: ageText(at, nowMs()) })}
    </time>
  )
}
