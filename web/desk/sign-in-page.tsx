import { useQuery } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { readDemoAccounts } from '../api/city.ts'
import { signIn, type DemoAccount } from '../api/session.ts'
import { PageTitle } from '../shared/page.tsx'
import { ProblemLine } from '../shared/states.tsx'
import { setLanguage, useLanguage } from '../shared/language.ts'
import { useSharedWords } from '../shared/words.ts'
import { useFrameWords } from './frame-words.ts'
import { useSessionChange } from './session.tsx'

/** One form, and in the demo city its accounts to click. */
export function SignInPage() {
  const demoAccounts = useQuery({ queryKey: ['demo-accounts'], queryFn: readDemoAccounts, staleTime: Infinity }).data ?? []
  const t = useFrameWords()
  const shared = useSharedWords()
  const language = useLanguage()
  return (
    <main className="sign-in">
      <div>
        <PageTitle title={t('desk')} state={t('sign-in-state')} />
        <SignInForm />
        <p className="small" style={{ marginTop: 24 }}>
          <a href="/">{t('to-portal')}</a>
          {'　'}
          <button type="button" className="link-button" lang={language === 'zh' ? 'en' : 'zh-CN'} onClick={() => setLanguage(language === 'zh' ? 'en' : 'zh')}>
            {shared('language')}
          </button>
        </p>
      </div>
      {demoAccounts.length > 0 ? <DemoAccounts accounts={demoAccounts} /> : null}
    </main>
  )
}

function useSigningIn(onSignedIn?: () => void) {
  const changed = useSessionChange()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const enter = async (account: string, password: string) => {
    setBusy(true)
    setError(null)
    try {
      await signIn(account, password)
      if (onSignedIn) onSignedIn()
      else await changed()
    } catch (problem) {
      setError(problem)
    }
    setBusy(false)
  }
  return { busy, error, enter }
}

/** Name and password. `account` fixed: the same person comes back. */
export function SignInForm({ account: fixed, onSignedIn }: { account?: string; onSignedIn?: () => void }) {
  const t = useFrameWords()
  const [account, setAccount] = useState(fixed ?? '')
  const [password, setPassword] = useState('')
  const { busy, error, enter } = useSigningIn(onSignedIn)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void enter(account, password)
  }
  return (
    <form onSubmit={submit}>
      <div className="field">
        <label htmlFor="account">{t('account')}</label>
        <input id="account" className="plain-input" value={account} readOnly={fixed !== undefined} onChange={(event) => setAccount(event.target.value)} autoComplete="username" autoCapitalize="none" required />
      </div>
      <div className="field">
        <label htmlFor="password">{t('password')}</label>
        <input id="password" className="plain-input" type="password" value={password} onChange={(event) => setPassword(event.target.value)} autoComplete="current-password" required autoFocus={fixed !== undefined} />
      </div>
      {error ? <ProblemLine error={error} /> : null}
      <button type="submit" className="button primary" disabled={busy}>
        {t(busy ? 'signing-in' : 'sign-in')}
      </button>
    </form>
  )
}

function DemoAccounts({ accounts }: { accounts: readonly DemoAccount[] }) {
  const t = useFrameWords()
  const { busy, error, enter } = useSigningIn()
  return (
    <section className="demo-accounts" aria-labelledby="demo-title">
      <h2 id="demo-title">{t('demo-accounts')}</h2>
      <p className="secondary small">{t('demo-accounts-note')}</p>
      {error ? <ProblemLine error={error} /> : null}
      {accounts.map((each) => (
        <button key={each.account} type="button" disabled={busy} onClick={() => void enter(each.account, each.password)}>
          <span>{each.name}</span>
          <code className="secondary small">{each.account}</code>
          <small>{each.roleName}</small>
        </button>
      ))}
    </section>
  )
}
