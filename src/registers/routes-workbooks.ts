import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { ProblemError } from '../base/problems.ts'
import { dayOf, formatInstant, parseInstant } from '../base/time.ts'
import { holdsUnstorableText, type App, type Routes } from '../runtime/http.ts'
import type { AnyRegister, ReferenceField } from './define.ts'
import type { RegisterDeps } from './deps.ts'
import type { Entity } from './entity.ts'
import { applyImport, checkImport, getImport, mapImport, problemWorkbook, revertWholeImport, uploadImport } from './imports/work.ts'
import { begun, everyPage } from './pages.ts'
import { registerProblem as problem } from './problems.ts'
import { parseListQuery, type RawQuery } from './query.ts'
import { listQuerySchema } from './schema.ts'
import { listImports, listProblems, type ImportRecord } from './store-imports.ts'
import { referredEntities } from './store-titles.ts'
import { exportWorkbook } from './workbook/export.ts'
import { renderTemplate } from './workbook/template.ts'

const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const attachment = (name: string): string => `attachment; filename="export.xlsx"; filename*=UTF-8''${encodeURIComponent(name)}`

/** How long a request waits for its work before it answers 202 with the work going on. */
const patienceMs = 1500

const instantOrNull = (value: number | null): string | null => (value === null ? null : formatInstant(value))

/** An import on the wire. */
export const presentImport = ({ cityCode: _, uploadedAt, checkedAt, appliedAt, revertedAt, ...record }: ImportRecord) => ({ ...record, uploadedAt: formatInstant(uploadedAt), checkedAt: instantOrNull(checkedAt), appliedAt: instantOrNull(appliedAt), revertedAt: instantOrNull(revertedAt) })

/** References are written by natural key, districts by name: what the import reads back. */
async function exportNames(deps: RegisterDeps, register: AnyRegister, entities: readonly Entity[], asOf: number): Promise<Map<string, string>> {
  const cityCode = entities[0]!.cityCode
  const names = new Map<string, string>(deps.divisions(cityCode).map((each) => [each.code, each.name]))
  for (const code of register.codes) {
    const field = register.fields[code]!
    if (field.type !== 'reference') continue
    const ids = [...new Set(entities.map((each) => each.data[code] as string | undefined).filter((id) => id !== undefined))]
    for (const each of await referredEntities(deps.db, field as ReferenceField, { cityCode, ids, asOf })) names.set(each.id, each.naturalKey)
  }
  return names
}

/** The one file of a multipart request. What cannot be read as such is the sender's to mend, not an error of ours. */
async function readUpload(request: FastifyRequest): Promise<{ fileName: string; bytes: Buffer }> {
  const malformed = (reason: string) => new ProblemError(problem('query-malformed', { name: 'file', value: '', reason }))
  try {
    const file = await request.file()
    if (!file) throw malformed('请以 multipart/form-data 上传一个文件')
    const bytes = await file.toBuffer()
    if (holdsUnstorableText(file.filename)) throw malformed('文件名含有不能保存的字符')
    return { fileName: file.filename, bytes }
  } catch (error) {
    if (error instanceof ProblemError || (error as { statusCode?: number }).statusCode !== undefined) throw error
    throw malformed('上传的内容不完整，请重新上传')
  }
}

function workbookRoutes(app: App, register: AnyRegister, deps: RegisterDeps): void {
  const path = `/api/v1/${register.plural}`
  const tags = [register.title]
  app.get(`${path}/template.xlsx`, { config: { access: 'registers:read' }, schema: { tags, summary: `${register.title}导入模板` } }, async (request, reply) =>
    reply.type(xlsx).header('content-disposition', attachment(`${register.title}导入模板.xlsx`)).send(await renderTemplate(register, deps.divisions(request.actor.scope.cityCode))),
  )
  app.get(`${path}/export.xlsx`, { config: { access: 'registers:read' }, schema: { tags, summary: `导出${register.title}，筛选条件与列表相同，不截断`, querystring: listQuerySchema(register) } }, async (request, reply) => {
    const { total: _, ...options } = parseListQuery(register, request.query as RawQuery, { scope: request.actor.scope, now: deps.clock() })
    const conditions = Object.entries(request.query as RawQuery).map(([name, value]) => `${name}=${String(value)}`)
    const remarks = [`${register.title}导出`, `截至 ${formatInstant(options.asOf)}`, `条件：${conditions.join('，') || '无'}`, `导出人：${request.actor.name}`]
    const pages = await begun(everyPage(deps.db, register, options))
    await deps.audit?.(request.actor, 'register.export', { object: register.code, conditions })
    const stream = exportWorkbook({ register, actor: request.actor, entities: pages, namesOf: (entities) => exportNames(deps, register, entities, options.asOf), remarks })
    return reply.type(xlsx).header('content-disposition', attachment(`${register.title}${dayOf(options.asOf)}.xlsx`)).send(stream)
  })
  app.post(`${path}/imports`, { config: { access: 'registers:write' }, schema: { tags, summary: `导入${register.title}：上传工作簿`, consumes: ['multipart/form-data'] } }, async (request, reply) => {
    const record = await uploadImport(deps, { register, actor: request.actor, ...(await readUpload(request)) })
    return reply.code(201).header('location', `/api/v1/imports/${record.id}`).send(presentImport(record))
  })
}

const mappingBody = z.strictObject({
  sheet: z.string().optional(),
  headerRow: z.int().min(1).optional(),
  columns: z.record(z.string(), z.string().nullable()).optional(),
  constants: z.record(z.string(), z.string()).optional(),
})
const checkBody = z.strictObject({ validFrom: z.union([z.literal('start'), z.iso.date()]).optional() }).nullish()
const applyBody = z.strictObject({ mode: z.enum(['all', 'good']) })

function importRoutes(app: App, deps: RegisterDeps): void {
  const params = z.object({ id: z.string() })
  const tags = ['导入']
  const read = { access: 'registers:read' } as const
  const write = { access: 'registers:write' } as const
  /** Work that outlives its request; the server waits for it when it closes. */
  const running = new Set<Promise<void>>()
  app.addHook('onClose', async () => void (await Promise.allSettled(running)))
  const start = async (work: () => Promise<void>): Promise<void> => {
    const done = work().finally(() => running.delete(done))
    running.add(done)
    const { promise: patience, resolve } = Promise.withResolvers<void>()
    const timer = setTimeout(resolve, patienceMs)
    await Promise.race([done, patience])
    clearTimeout(timer)
  }
  app.get('/api/v1/imports', { config: read, schema: { tags, summary: '导入记录', querystring: z.strictObject({ register: z.string().optional(), before: z.string().optional(), limit: z.coerce.number().int().min(1).max(200).default(50) }) } }, async (request) => {
    const { register, before, limit } = request.query
    const instant = before === undefined ? undefined : parseInstant(before.replace(/ (\d{2}:\d{2})$/, '+$1'))
    const found = await listImports(deps.db, request.actor.scope, { ...(register ? { register } : {}), ...(instant === undefined ? {} : { before: instant }), limit })
    return { items: found.map(({ sheets: _, sample: __, ...record }) => presentImport({ ...record, sheets: [], sample: null })), next: found.length === limit ? formatInstant(found.at(-1)!.uploadedAt) : null }
  })
  app.get('/api/v1/imports/:id', { config: read, schema: { tags, summary: '一次导入的状态和结果', params } }, async (request) => presentImport(await getImport(deps, request.actor, request.params.id)))
  app.post('/api/v1/imports/:id/mapping', { config: write, schema: { tags, summary: '第二步：工作表与栏目对应', params, body: mappingBody } }, async (request) => presentImport(await mapImport(deps, request.actor, request.params.id, request.body)))
  const answer = async (request: { actor: Parameters<typeof getImport>[1]; params: { id: string } }, reply: { code(status: number): { send(body: unknown): unknown } }) => {
    const record = await getImport(deps, request.actor, request.params.id)
    return reply.code(record.state === 'checking' || record.state === 'applying' ? 202 : 200).send(presentImport(record))
  }
  app.post('/api/v1/imports/:id/check', { config: write, schema: { tags, summary: '第三步：检查（不写入）', params, body: checkBody } }, async (request, reply) => {
    await start(await checkImport(deps, request.actor, request.params.id, request.body ?? {}))
    return answer(request, reply)
  })
  app.post('/api/v1/imports/:id/apply', { config: write, schema: { tags, summary: '第四步：写入，全部正确才写（all）或只写正确的行（good）', params, body: applyBody } }, async (request, reply) => {
    await start(await applyImport(deps, request.actor, request.params.id, request.body))
    return answer(request, reply)
  })
  app.post('/api/v1/imports/:id/revert', { config: write, schema: { tags, summary: '撤销整次导入', params } }, async (request) => presentImport(await revertWholeImport(deps, request.actor, request.params.id)))
  app.get('/api/v1/imports/:id/problems', { config: read, schema: { tags, summary: '逐行问题', params, querystring: z.strictObject({ after: z.coerce.number().int().min(0).default(0), limit: z.coerce.number().int().min(1).max(1000).default(100) }) } }, async (request) => {
    const record = await getImport(deps, request.actor, request.params.id)
    const items = await listProblems(deps.db, record, request.query)
    return { sheet: record.sheet, items, next: items.length === request.query.limit ? items.at(-1)!.sequence : null }
  })
  app.get('/api/v1/imports/:id/problems.xlsx', { config: read, schema: { tags, summary: '标注了问题的原工作簿', params } }, async (request, reply) => {
    const { fileName, bytes } = await problemWorkbook(deps, request.actor, request.params.id)
    return reply.type(xlsx).header('content-disposition', attachment(fileName)).send(bytes)
  })
}

/** Template, export and import of every register: `app.register(registerWorkbookRoutes(deps))`. */
export const registerWorkbookRoutes =
  (deps: RegisterDeps): Routes =>
  async (app) => {
    for (const register of deps.registers) workbookRoutes(app, register, deps)
    importRoutes(app, deps)
  }
