import { ProblemError } from '../base/problems.ts'
import { accountsProblem } from './problems.ts'

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS'])

export interface RequestOrigin {
  readonly method: string
  readonly host: string | undefined
  readonly origin: string | undefined
  readonly fetchSite: string | undefined
}

/**
 * Whether an unsafe request was made by a page of ours, or by no page at all (a script, a device). Browsers send
 * Sec-Fetch-Site, older ones Origin; neither can be forged by a page. Stands beside SameSite=Lax, which older browsers
 * lack and which lets sibling sub-domains through.
 */
export function isOwnOrigin({ method, host, origin, fetchSite }: RequestOrigin, baseUrl: string): boolean {
  if (safeMethods.has(method)) return true
  if (fetchSite !== undefined) return fetchSite === 'same-origin' || fetchSite === 'none'
  if (origin === undefined) return true
  if (baseUrl !== '' && URL.canParse(baseUrl) && origin === new URL(baseUrl).origin) return true
  return URL.canParse(origin) && host !== undefined && new URL(origin).host === host
}

export function refuseForeignOrigin(request: RequestOrigin, baseUrl: string): void {
  if (!isOwnOrigin(request, baseUrl)) throw new ProblemError(accountsProblem('cross-site-refused', { origin: request.origin ?? request.fetchSite }), 403)
}
