import { wordNow } from '../shared/language.ts'

/** One field, row or cell of a refusal. */
export interface ProblemDetail {
  readonly code: string
  readonly message: string
  readonly cause?: string
  readonly action?: string
  readonly field?: string
  readonly pointer?: string
  readonly [detail: string]: unknown
}

/** A refusal of the server (RFC 9457), or a line that is down: a sentence and what to do. */
export class ApiProblem extends Error {
  readonly status: number
  readonly code: string
  readonly action: string
  readonly errors: readonly ProblemDetail[]

  constructor(problem: { status: number; code: string; title: string; action: string; errors?: readonly ProblemDetail[] }) {
    super(problem.title)
    this.status = problem.status
    this.code = problem.code
    this.action = problem.action
    this.errors = problem.errors ?? []
  }
}

export type QueryValue = string | number | boolean | null | undefined
export type Query = Readonly<Record<string, QueryValue | readonly string[]>>

/** `/api/v1` + path + query; empty values are left out. */
export function addressOf(path: string, query: Query = {}): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (Array.isArray(value)) for (const each of value) search.append(name, String(each))
    else if (value !== undefined && value !== null && value !== '') search.set(name, String(value))
  }
  const text = search.toString()
  return `/api/v1${path}${text ? `?${text}` : ''}`
}

/** Called when the server no longer knows the session; the frame then asks to sign in over the page, so that typed text stays. */
let onSessionLost: () => void = () => {}
export const whenSessionIsLost = (listener: () => void): void => {
  onSessionLost = listener
}

async function problemOf(response: Response): Promise<ApiProblem> {
  const fallback = {
    status: response.status,
    code: 'unexpected-answer',
    title: wordNow(['服务器的回答无法识别（{status}）', 'The server gave an answer that cannot be read ({status})'], { status: response.status }),
    action: wordNow(['请稍后重试', 'Please try again later']),
  }
  if (!response.headers.get('content-type')?.includes('json')) return new ApiProblem(fallback)
  const body = (await response.json().catch(() => null)) as Partial<{ title: string; code: string; action: string; errors: ProblemDetail[] }> | null
  return new ApiProblem({ ...fallback, ...(body?.title ? { title: body.title } : {}), ...(body?.code ? { code: body.code } : {}), ...(body?.action ? { action: body.action } : {}), errors: body?.errors ?? [] })
}

/** A body with the version it was read at; hand `etag` back in `If-Match` when changing it. */
export interface Read<Body> {
  readonly body: Body
  readonly etag: string | null
}

interface Call {
  readonly method: string
  readonly path: string
  readonly query?: Query | undefined
  readonly body?: unknown
  readonly etag?: string | null | undefined
  readonly signal?: AbortSignal | undefined
}

async function send({ method, path, query, body, etag, signal }: Call): Promise<Response> {
  const headers: Record<string, string> = { accept: 'application/json' }
  if (etag) headers['if-match'] = etag
  if (method === 'POST') headers['idempotency-key'] = crypto.randomUUID?.() ?? String(performance.now())
  const form = body instanceof FormData
  if (body !== undefined && !form) headers['content-type'] = 'application/json'
  let response: Response
  try {
    response = await fetch(addressOf(path, query), { method, headers, credentials: 'same-origin', ...(body === undefined ? {} : { body: form ? body : JSON.stringify(body) }), ...(signal ? { signal } : {}) })
  } catch (error) {
    if (signal?.aborted) throw error
    throw new ApiProblem({ status: 0, code: 'offline', title: wordNow(['与服务器的连接中断', 'The server cannot be reached']), action: wordNow(['请检查网络；恢复后会自动重试', 'Check the network; it is tried again by itself']) })
  }
  if (response.ok) return response
  const problem = await problemOf(response)
  if (response.status === 401 && path !== '/session') onSessionLost()
  throw problem
}

async function read<Body>(call: Call): Promise<Read<Body>> {
  const response = await send(call)
  const text = await response.text()
  return { body: (text ? JSON.parse(text) : null) as Body, etag: response.headers.get('etag') }
}

export const api = {
  get: async <Body>(path: string, query?: Query, signal?: AbortSignal): Promise<Body> => (await read<Body>({ method: 'GET', path, query, signal })).body,
  getWithVersion: <Body>(path: string, query?: Query, signal?: AbortSignal): Promise<Read<Body>> => read<Body>({ method: 'GET', path, query, signal }),
  /** `etag`: the version the step was decided on */
  post: async <Body>(path: string, body?: unknown, etag?: string | null): Promise<Body> => (await read<Body>({ method: 'POST', path, body, etag })).body,
  put: async <Body>(path: string, body: unknown, etag?: string | null): Promise<Body> => (await read<Body>({ method: 'PUT', path, body, etag })).body,
  patch: <Body>(path: string, body: unknown, etag?: string | null): Promise<Read<Body>> => read<Body>({ method: 'PATCH', path, body, etag }),
  remove: async (path: string, etag?: string | null): Promise<void> => {
    await send({ method: 'DELETE', path, etag })
  },
}
