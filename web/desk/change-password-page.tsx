import { useState, type FormEvent } from 'react'
import { changePassword, type Session } from '../api/session.ts'
import { PageTitle } from '../shared/page.tsx'
import { ProblemLine } from '../shared/states.tsx'
import { useFrameWords } from './frame-words.ts'
import { useSessionChange } from './session.tsx'

/** After a one-time password nothing else opens before one's own is set. */
export function ChangePasswordPage({ session }: { session: Session }) {
  const t = useFrameWords()
  const changed = useSessionChange()
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const [error, setError] = useState<unknown>(null)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setError(null)
    try {
      await changePassword(current, next)
      await changed()
    } catch (problem) {
      setError(problem)
    }
  }
  return (
    <main className="sign-in">
      <div>
        <PageTitle title={t('change-password')} state={`${session.name} · ${t('change-password-state')}`} />
        <form onSubmit={(event) => void submit(event)}>
          <div className="field">
            <label htmlFor="current">{t('password')}</label>
            <input id="current" className="plain-input" type="password" autoComplete="current-password" value={current} onChange={(event) => setCurrent(event.target.value)} required />
          </div>
          <div className="field">
            <label htmlFor="next">{t('new-password')}</label>
            <input id="next" className="plain-input" type="password" autoComplete="new-password" aria-describedby="next-hint" value={next} onChange={(event) => setNext(event.target.value)} required />
            <p id="next-hint" className="hint">{t('new-password-hint')}</p>
          </div>
          {error ? <ProblemLine error={error} /> : null}
          <button type="submit" className="button primary">{t('change-password')}</button>
        </form>
      </div>
    </main>
  )
}
