import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { addressOf, api } from '../../api/client.ts'
import type { Entity, RegisterDescription } from '../../api/registers.ts'
import { ProblemLine } from '../../shared/states.tsx'
import { useRegisterWords } from './words.ts'

/** Deregistering asks for the reason, which stays in the history; nothing is deleted. */
export function EndEntity({ register, entity, etag, onEnded }: { register: RegisterDescription; entity: Entity; etag: () => string | null; onEnded: () => void }) {
  const t = useRegisterWords()
  const navigate = useNavigate()
  const [open, setOpen] = useState(false)
  const [reason, setReason] = useState('')
  const [error, setError] = useState<unknown>(null)
  const end = async () => {
    try {
      await api.remove(`${addressOf(`/${register.plural}/${entity.id}`, { reason }).slice('/api/v1'.length)}`, etag())
      onEnded()
      void navigate({ to: `/desk/registers/${register.plural}` })
    } catch (problem) {
      setError(problem)
    }
  }
  if (!open) return <p><button type="button" className="button" onClick={() => setOpen(true)}>{t('end')}</button></p>
  return (
    <div className="field">
      <label htmlFor="end-reason">{t('end-reason')}</label>
      <input id="end-reason" className="plain-input" value={reason} onChange={(event) => setReason(event.target.value)} autoFocus />
      {error ? <ProblemLine error={error} /> : null}
      <p className="actions" style={{ marginTop: 8 }}>
        <button type="button" className="button" disabled={reason.trim() === ''} onClick={() => void end()}>{t('end-confirm')}</button>
        <button type="button" className="button" onClick={() => setOpen(false)}>{t('cancel')}</button>
      </p>
    </div>
  )
}
