import { Link } from '@tanstack/react-router'
import { addressOf } from '../../api/client.ts'
import type { ImportRecord } from '../../api/imports.ts'
import type { ImportWork } from './import-page.tsx'
import { useImportWords } from './import-words.ts'

/** While the server works: rows done of all, and that one may leave. */
export function WorkingStep({ record }: { record: ImportRecord }) {
  const t = useImportWords()
  const { rowsDone, rowsTotal, state } = record
  return (
    <div role="status">
      <p>{t(state === 'applying' ? 'applying' : 'checking', { done: rowsDone, total: rowsTotal ?? '…' })}</p>
      <progress max={rowsTotal ?? 1} value={rowsTotal ? rowsDone : undefined} style={{ width: 360, maxWidth: '100%' }} />
      <p className="secondary small">{t('background')}</p>
    </div>
  )
}

/** Step four done: what was written, and the way back. */
export function DoneStep({ work }: { work: ImportWork }) {
  const t = useImportWords()
  const { record, register, busy, act } = work
  const { reverted, ...counts } = record.counts!
  return (
    <>
      <p role="status"><b>{record.state === 'reverted' && reverted ? t('reverted-state', { ...reverted }) : t('applied-state', counts)}</b></p>
      <p className="actions" style={{ margin: '12px 0' }}>
        <Link className="button primary" to={`/desk/registers/${register.plural}`}>{t('see-register', { title: register.title })}</Link>
        {counts.bad > 0 ? <a className="button" href={addressOf(`/imports/${record.id}/problems.xlsx`)} download>{t('problems-file')}</a> : null}
        {record.state === 'applied' ? <button type="button" className="button" disabled={busy} onClick={() => void act('revert')}>{t('revert')}</button> : null}
      </p>
      {record.state === 'applied' ? <p className="secondary small">{t('revert-note')}</p> : null}
    </>
  )
}
