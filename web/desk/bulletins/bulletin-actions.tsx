import { useState } from 'react'
import { api } from '../../api/client.ts'
import type { Bulletin } from '../../api/programme.ts'
import { ProblemLine } from '../../shared/states.tsx'
import { useMay } from '../session.tsx'
import type { useAutosave } from './autosave.ts'
import { useBulletinWords } from './words.ts'

interface BulletinActionsProps {
  readonly bulletin: Bulletin
  readonly autosave: ReturnType<typeof useAutosave>
  readonly correcting: boolean
  readonly onCorrect: (reason: string) => void
  readonly onChanged: () => void
}

/** Publish (typed confirmation: it cannot be undone), draft again, or correct what is published. */
export function BulletinActions({ bulletin, autosave, correcting, onCorrect, onChanged }: BulletinActionsProps) {
  const t = useBulletinWords()
  const may = useMay()
  const [asking, setAsking] = useState<'publish' | 'correct' | null>(null)
  const [error, setError] = useState<unknown>(null)
  const act = async (step: 'publish' | 'recompose') => {
    setError(null)
    try {
      await autosave.flush()
      await api.post<Bulletin>(`/bulletins/${bulletin.id}/${step}`, undefined, autosave.version.current)
      setAsking(null)
      location.reload()
    } catch (problem) {
      setError(problem)
      onChanged()
    }
  }
  return (
    <span className="actions">
      {error ? <ProblemLine error={error} /> : null}
      {bulletin.status === 'draft' ? (
        <>
          <button type="button" className="button" title={t('recompose-note')} onClick={() => void act('recompose')}>{t('recompose')}</button>
          {may('programme:publish') ? <button type="button" className="button primary" onClick={() => setAsking('publish')}>{t('publish')}</button> : null}
        </>
      ) : correcting ? null : <button type="button" className="button" onClick={() => setAsking('correct')}>{t('correct')}</button>}
      {asking === 'publish' ? <Typed label={t('publish-type')} button={t('publish-confirm')} accepts={(text) => text.trim() === bulletin.document.documentNumber} onDone={() => void act('publish')} onCancel={() => setAsking(null)} /> : null}
      {asking === 'correct' ? <Typed label={t('reason')} hint={t('reason-hint')} button={t('correct')} accepts={(text) => text.trim() !== ''} onDone={(text) => { onCorrect(text.trim()); setAsking(null) }} onCancel={() => setAsking(null)} /> : null}
    </span>
  )
}

function Typed({ label, hint, button, accepts, onDone, onCancel }: { label: string; hint?: string; button: string; accepts: (text: string) => boolean; onDone: (text: string) => void; onCancel: () => void }) {
  const t = useBulletinWords()
  const [text, setText] = useState('')
  return (
    <span className="typed">
      <label>{label} <input className="plain-input" style={{ width: 240 }} value={text} onChange={(event) => setText(event.target.value)} autoFocus /></label>
      {hint ? <span className="secondary small">{hint}</span> : null}
      <button type="button" className="button primary" disabled={!accepts(text)} onClick={() => onDone(text)}>{button}</button>
      <button type="button" className="button" onClick={onCancel}>{t('cancel')}</button>
    </span>
  )
}
