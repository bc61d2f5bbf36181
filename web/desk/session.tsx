import { useQuery, useQueryClient } from '@tanstack/react-query'
import { createContext, useContext, useEffect, useState, type ReactNode } from 'react'
import { whenSessionIsLost } from '../api/client.ts'
import { readSession, signOut, type Session } from '../api/session.ts'
import { Loading, ProblemLine } from '../shared/states.tsx'
import { SignInAgain } from './sign-in-again.tsx'
import { SignInPage } from './sign-in-page.tsx'
import { ChangePasswordPage } from './change-password-page.tsx'

const SessionContext = createContext<Session | null>(null)

/** The person at the desk; only used below `SessionGate`. */
export function useSession(): Session {
  const session = useContext(SessionContext)
  if (!session) throw new Error('useSession is used outside the gate')
  return session
}

export const useMay = () => {
  const { permissions } = useSession()
  return (permission: string) => permissions.includes(permission)
}

/** Forgets everything read for the person before, then asks who is there now. */
export function useSessionChange(): () => Promise<void> {
  const queries = useQueryClient()
  return async () => {
    queries.removeQueries({ predicate: (query) => query.queryKey[0] !== 'session' })
    await queries.invalidateQueries({ queryKey: ['session'] })
  }
}

export function useSignOut(): () => Promise<void> {
  const changed = useSessionChange()
  return async () => {
    await signOut()
    await changed()
  }
}

/** Lets in who is signed in. A session that ends while a page is open asks over the page: what was typed stays. */
export function SessionGate({ children }: { children: ReactNode }) {
  const session = useQuery({ queryKey: ['session'], queryFn: readSession, staleTime: 5 * 60_000 })
  const queries = useQueryClient()
  const [lost, setLost] = useState(false)
  useEffect(() => whenSessionIsLost(() => setLost(true)), [])
  if (session.error) return <ProblemLine error={session.error} onRetry={() => void session.refetch()} />
  if (!session.data) return <Loading />
  if (!session.data.signedIn) return <SignInPage />
  if (session.data.passwordMustChange) return <ChangePasswordPage session={session.data} />
  return (
    <SessionContext value={session.data}>
      {children}
      {lost ? (
        <SignInAgain
          account={session.data.account ?? ''}
          onSignedIn={() => {
            setLost(false)
            void queries.refetchQueries({ type: 'active' })
          }}
        />
      ) : null}
    </SessionContext>
  )
}
