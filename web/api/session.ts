import { api } from './client.ts'

/** Who is signed in (GET /session). The public of a city has no person. */
export interface Session {
  readonly signedIn: boolean
  readonly personId: string | null
  readonly account: string | null
  readonly name: string
  readonly role: string
  readonly roleName: string
  readonly scope: { readonly cityCode: string; readonly districtCode: string | null; readonly unitCode: string | null; readonly enterpriseId: string | null }
  readonly permissions: readonly string[]
  readonly passwordMustChange: boolean
  readonly expiresAt: string | null
}

/** An account of the made-up city, offered on the sign-in page; the server lists none for a real city. */
export interface DemoAccount {
  readonly account: string
  readonly name: string
  readonly roleName: string
  readonly password: string
}

export const readSession = (): Promise<Session> => api.get('/session')
export const signIn = (account: string, password: string): Promise<Session> => api.post('/session', { account, password })
export const signOut = (): Promise<void> => api.remove('/session')
export const changePassword = (current: string, next: string): Promise<void> => api.post('/session/password', { current, next })
