import { createHash } from 'node:crypto'
import cookie from '@fastify/cookie'
import multipart from '@fastify/multipart'
import swagger from '@fastify/swagger'
import fastify, { LogController, type FastifyBaseLogger, type FastifyInstance, type FastifyReply, type FastifyRequest, type RawReplyDefaultExpression, type RawRequestDefaultExpression, type RawServerDefault } from 'fastify'
import { hasZodFastifySchemaValidationErrors, jsonSchemaTransform, serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod'
import { declareProblems, ProblemError, type Problem } from '../base/problems.ts'
import type { Log } from './log.ts'

/** The HTTP server every room hangs its routes on: zod schemas in, RFC 9457 problems out, an access rule on every route. */
export type App = FastifyInstance<RawServerDefault, RawRequestDefaultExpression, RawReplyDefaultExpression, FastifyBaseLogger, ZodTypeProvider>

/** A room's routes: `app.register(registerRoutes(deps))`. */
export type Routes = (app: App) => Promise<void>

/** Who may call a route: everybody, anyone signed in, or people with a permission (accounts/permissions.ts). */
export type Access = 'public' | 'signed-in' | `${string}:${string}`

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access
  }
}

const problem = declareProblems('runtime', {
  'not-found': { message: '没有找到 {what}', cause: '地址有误，或该记录不在您可查看的范围内', action: '请检查地址，或从列表重新进入' },
  'request-invalid': { message: '请求内容不合要求：{reason}', cause: '字段缺失、类型不符或有多余参数', action: '请按接口说明修改后重试' },
  'internal-error': { message: '系统出错，编号 {errorId}', cause: '这是系统自身的问题，已记录', action: '请稍后重试；仍不行请把编号告知管理员' },
  'upload-too-large': { message: '上传的文件过大', cause: '超过 {limitMegabytes} MB 的上限', action: '请拆分文件后再上传' },
  'version-conflict': { message: '内容已被他人修改', cause: '您看到的版本不是最新版本', action: '请刷新后重新修改' },
})
export const runtimeProblem = problem

export const notFound = (what: string): ProblemError => new ProblemError(problem('not-found', { what }), 404)
export const versionConflict = (): ProblemError => new ProblemError(problem('version-conflict'), 412)

/** RFC 9457 body: the first problem is the head, all of them are in `errors`. */
function send(reply: FastifyReply, status: number, problems: readonly Problem[]): FastifyReply {
  const [head] = problems as [Problem, ...Problem[]]
  return reply
    .code(status)
    .type('application/problem+json; charset=utf-8')
    .send(JSON.stringify({ type: `/docs/problems#${head.code}`, title: head.message, status, detail: `${head.cause}。${head.action}。`, code: head.code, cause: head.cause, action: head.action, instance: reply.request.id, errors: problems.map((each) => ({ code: each.code, message: each.message, cause: each.cause, action: each.action, ...each.details })) }))
}

/**
 * Reads the rest of a body nobody wants. A server that answers and closes in the middle of an upload resets the connection, and the
 * sender sees a broken line instead of the answer; whoever stalls, or goes on for too long, sees that.
 */
function drain(raw: FastifyRequest['raw']): Promise<void> {
  if (raw.readableEnded || raw.destroyed) return Promise.resolve()
  return new Promise((resolve) => {
    const [stall, deadline] = [setTimeout(resolve, drainStallMs), setTimeout(resolve, drainLimitMs)]
    let left = drainLimitBytes
    raw.on('data', (chunk: Buffer) => {
      stall.refresh()
      left -= chunk.length
      if (left < 0) resolve()
    })
    for (const event of ['end', 'close', 'error'] as const) raw.once(event, () => resolve())
    stall.unref()
    deadline.unref()
    raw.resume()
  })
}
const drainLimitBytes = 512 * 2 ** 20
const drainStallMs = 5000
const drainLimitMs = 60_000

async function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  if ((error instanceof ProblemError ? error.status : (error as { statusCode?: number }).statusCode) === 413) await drain(request.raw)
  if (error instanceof ProblemError) return send(reply, error.status, error.problems)
  if (hasZodFastifySchemaValidationErrors(error)) {
    const problems = error.validation.map((each) => problem('request-invalid', { reason: `${each.instancePath || '/'} ${each.message ?? ''}`, pointer: each.instancePath }))
    return send(reply, 400, problems)
  }
  const { statusCode = 500, code, message } = error as { statusCode?: number; code?: string; message?: string }
  const limitBytes = code === 'FST_REQ_FILE_TOO_LARGE' ? uploadLimitBytes : request.routeOptions.bodyLimit
  if (code === 'FST_REQ_FILE_TOO_LARGE' || statusCode === 413) return send(reply, 413, [problem('upload-too-large', { limitMegabytes: limitBytes / 2 ** 20 })])
  if (statusCode < 500) return send(reply, statusCode, [problem('request-invalid', { reason: message ?? '' })])
  request.log.error({ err: error, errorId: request.id }, 'request failed')
  return send(reply, 500, [problem('internal-error', { errorId: request.id })])
}

export const uploadLimitBytes = 64 * 2 ** 20

/** Every GET of the API answers with an ETag over its body, and 304 when the caller has it. */
function addEtags(app: App): void {
  app.addHook('onSend', async (request, reply, payload) => {
    if (request.method !== 'GET' || reply.statusCode !== 200 || reply.hasHeader('etag') || !(typeof payload === 'string' || Buffer.isBuffer(payload))) return payload
    const etag = `"${createHash('sha1').update(payload).digest('base64url')}"`
    reply.header('etag', etag)
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'private, no-cache')
    if (request.headers['if-none-match'] !== etag) return payload
    reply.code(304)
    return ''
  })
}

/** Whether some text in it is none the database can keep: a NUL, or half of a surrogate pair. Walks without recursion: a body may be nested deep. */
export function holdsUnstorableText(value: unknown): boolean {
  const waiting: unknown[] = [value]
  while (waiting.length > 0) {
    const next = waiting.pop()
    if (typeof next === 'string' && (next.includes('\0') || !next.isWellFormed())) return true
    if (typeof next === 'object' && next !== null && !Buffer.isBuffer(next)) for (const [key, each] of Object.entries(next)) waiting.push(key, each)
  }
  return false
}

/** Builds the server; rooms add their routes, then the caller listens. A route without an access rule stops the start. */
export async function createHttp({ log, requestId }: { log: Log; requestId: () => string }): Promise<App> {
  const app = fastify({ loggerInstance: log as unknown as FastifyBaseLogger, genReqId: requestId, logController: new LogController({ disableRequestLogging: true }), trustProxy: false, bodyLimit: 4 * 2 ** 20, forceCloseConnections: true }).withTypeProvider<ZodTypeProvider>() as unknown as App
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  app.setErrorHandler((error, request, reply) => answerError(error, request, reply))
  app.setNotFoundHandler((request, reply) => send(reply, 404, [problem('not-found', { what: request.url.split('?')[0] })]))
  await app.register(cookie)
  await app.register(multipart, { limits: { fileSize: uploadLimitBytes, files: 1, fields: 20 } })
  await app.register(swagger, {
    openapi: { openapi: '3.1.0', info: { title: '绿配 Lvpei', version: '0.1.0', description: '城市绿色货运配送示范工程平台接口' } },
    transform: jsonSchemaTransform,
  })
  app.addHook('preValidation', async ({ query, params, body }) => {
    if ([query, params, body].some(holdsUnstorableText)) throw new ProblemError(problem('request-invalid', { reason: '含有不能保存的字符（空字符或残缺字符）' }))
  })
  app.addHook('onRoute', (route) => {
    const isApi = route.url.startsWith('/api/')
    if (isApi && !(route.config as { access?: Access } | undefined)?.access && !['HEAD', 'OPTIONS'].includes(String(route.method))) throw new Error(`route ${String(route.method)} ${route.url} declares no access rule`)
  })
  app.addHook('onSend', async (_request, reply) => {
    reply.header('x-content-type-options', 'nosniff').header('referrer-policy', 'same-origin').header('x-frame-options', 'SAMEORIGIN')
  })
  addEtags(app)
  app.get('/api/v1/openapi.json', { config: { access: 'public' }, schema: { hide: true } }, async () => app.swagger())
  return app
}
