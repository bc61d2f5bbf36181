import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Actor } from '../accounts/actor.ts'
import { ProblemError } from '../base/problems.ts'
import { dayOf, formatInstant, parsePeriod } from '../base/time.ts'
import type { App, Routes } from '../runtime/http.ts'
import { checkAuthority } from './authority.ts'
import { differences } from './check.ts'
import { typed, type AnyRegister } from './define.ts'
import { writingOf, type RegisterDeps } from './deps.ts'
import { describeRegister } from './describe.ts'
import type { Entity } from './entity.ts'
import { presentEntity, presentVersion, unmasked, visibleData } from './present.ts'
import { registerProblem as problem } from './problems.ts'
import { everyPage } from './pages.ts'
import { parseListQuery, readInstant, type RawQuery } from './query.ts'
import { registerWorkbookRoutes } from './routes-workbooks.ts'
import { dataSchema, entitySchema, listQuerySchema, patchSchema } from './schema.ts'
import { belongsTo, recordVersions } from './store-record.ts'
import { countEntities, getEntity, historyOf, listEntities } from './store.ts'
import { titlesOf } from './store-titles.ts'

const refuse = (found: ReturnType<typeof checkAuthority>): void => {
  if (found) throw new ProblemError(found, 403)
}

/** Version named by If-Match: `"…"`, weak or not. */
function expectedVersion(request: FastifyRequest): string {
  const match = /^(?:W\/)?"?([0-9a-f-]{36})"?$/.exec(String(request.headers['if-match'] ?? ''))
  if (!match) throw new ProblemError(problem('version-required'), 428)
  return match[1]!
}

const sendEntity = (reply: FastifyReply, register: AnyRegister, entity: Entity, actor: Actor): unknown => {
  void reply.header('etag', `"${entity.versionId}"`).header('cache-control', 'private, no-cache')
  return presentEntity(register, entity, actor)
}

function readRoutes(app: App, register: AnyRegister, deps: RegisterDeps): void {
  const config = { access: 'registers:read' } as const
  const path = `/api/v1/${register.plural}`
  const tags = [register.title]
  app.get(path, { config, schema: { tags, summary: `${register.title}列表`, querystring: listQuerySchema(register) } }, async (request) => {
    const { total, ...options } = parseListQuery(register, request.query as RawQuery, { scope: request.actor.scope, now: deps.clock() })
    const page = await listEntities(deps.db, typed(register), options)
    return {
      asOf: formatInstant(options.asOf),
      items: page.entities.map((each) => presentEntity(register, each, request.actor)),
      titles: await titlesOf(deps.db, register, page.entities, options),
      next: page.next,
      ...(total ? { total: await countEntities(deps.db, typed(register), options) } : {}),
    }
  })
  app.get(`${path}.geojson`, { config, schema: { tags, summary: `${register.title}的点位（GeoJSON）`, querystring: listQuerySchema(register), hide: !register.pointField } }, async (request, reply) => {
    const { total: _, ...options } = parseListQuery(register, request.query as RawQuery, { scope: request.actor.scope, now: deps.clock() })
    const features: unknown[] = []
    for await (const page of everyPage(deps.db, register, options)) features.push(...page.map((entity) => featureOf(register, entity, request.actor)))
    return reply.type('application/geo+json; charset=utf-8').send(JSON.stringify({ type: 'FeatureCollection', features: features.filter((each) => each !== undefined) }))
  })
  const params = z.object({ id: z.string() })
  app.get(`${path}/:id`, { config, schema: { tags, summary: `一条${register.title}`, params, querystring: z.looseObject({ asOf: z.string().optional(), validAt: z.string().optional() }), response: { 200: entitySchema } } }, async (request, reply) => {
    const entity = await getEntity(deps.db, typed(register), { scope: request.actor.scope, key: { id: request.params.id }, ...readInstant(request.query, deps.clock()) })
    return sendEntity(reply, register, entity, request.actor) as z.infer<typeof entitySchema>
  })
  app.get(`${path}/:id/history`, { config, schema: { tags, summary: `${register.title}的全部版本`, params, querystring: z.looseObject({ asOf: z.string().optional() }) } }, async (request) => {
    const { asOf } = readInstant(request.query, deps.clock())
    const versions = await historyOf(deps.db, typed(register), { scope: request.actor.scope, id: request.params.id, asOf })
    const items = versions.map((version, at) => presentVersion(register, version, request.actor, versions[at + 1] ? differences(register, versions[at + 1]!.data, version.data) : register.codes.filter((code) => code in version.data)))
    return { asOf: formatInstant(asOf), items, titles: await titlesOf(deps.db, register, versions, { asOf }) }
  })
}

function featureOf(register: AnyRegister, entity: Entity, actor: Actor): unknown {
  const point = register.pointField ? (entity.data[register.pointField] as { lon: number; lat: number } | undefined) : undefined
  if (!point) return undefined
  const data = visibleData(register, entity, actor)
  const listed = register.codes.filter((code) => register.fields[code]!.listed && data[code] !== undefined)
  return { type: 'Feature', id: entity.id, geometry: { type: 'Point', coordinates: [point.lon, point.lat] }, properties: { id: entity.id, naturalKey: entity.naturalKey, ...Object.fromEntries(listed.map((code) => [code, data[code]])) } }
}

function writeRoutes(app: App, register: AnyRegister, deps: RegisterDeps): void {
  const config = { access: 'registers:write' } as const
  const path = `/api/v1/${register.plural}`
  const tags = [register.title]
  const params = z.object({ id: z.string() })
  const source = { kind: 'form', ref: 'web' } as const
  const seen = (request: FastifyRequest, id: string) => getEntity(deps.db, typed(register), { scope: request.actor.scope, key: { id }, asOf: deps.clock() })
  // Fields are checked by check.ts, whose problems name the field in words; the schema here is for readers of OpenAPI.
  app.post(path, { config, attachValidation: true, schema: { tags, summary: `登记${register.title}`, body: dataSchema(register), querystring: z.object({ validFrom: z.string().optional() }) } }, async (request, reply) => {
    refuse(checkAuthority(register, request.actor))
    const owner = register.owner !== 'self' ? register.owner : undefined
    const data = { ...(owner && request.actor.scope.enterpriseId ? { [owner]: request.actor.scope.enterpriseId } : {}), ...(request.body as Record<string, unknown>) }
    refuse(checkAuthority(register, request.actor, belongsTo(register, '', data)))
    const { validFrom } = request.query as { validFrom?: string }
    const [recorded] = await recordVersions(deps.db, typed(register), [{ kind: 'create', data, ...checkedDay(validFrom) } as never], writingOf(deps, request.actor, source))
    await deps.audit?.(request.actor, 'register.create', { object: `${register.code}/${recorded!.id}`, versionId: recorded!.versionId })
    void reply.code(201).header('location', `${path}/${recorded!.id}`)
    return sendEntity(reply, register, await seen(request, recorded!.id), request.actor)
  })
  app.patch(`${path}/:id`, { config, attachValidation: true, schema: { tags, summary: `修改${register.title}（合并补丁，须带 If-Match）`, params, body: patchSchema(register), querystring: z.object({ validFrom: z.string().optional().describe('生效日期；start 表示更正，自始有效') }) } }, async (request, reply) => {
    refuse(checkAuthority(register, request.actor))
    const { id } = request.params as { id: string }
    const before = await seen(request, id)
    refuse(checkAuthority(register, request.actor, before))
    const expectVersionId = expectedVersion(request)
    const patched = Object.fromEntries(Object.entries({ ...before.data, ...unmasked(register, request.body as Record<string, unknown>, before.data) }).filter(([, value]) => value !== null))
    refuse(checkAuthority(register, request.actor, belongsTo(register, id, patched)))
    const { validFrom } = request.query as { validFrom?: string }
    const [recorded] = await recordVersions(deps.db, typed(register), [{ kind: 'change', id, data: patched, expectVersionId, ...checkedDay(validFrom) } as never], writingOf(deps, request.actor, source))
    await deps.audit?.(request.actor, 'register.change', { object: `${register.code}/${id}`, versionId: recorded!.versionId })
    return sendEntity(reply, register, await seen(request, id), request.actor)
  })
  app.delete(`${path}/:id`, { config, schema: { tags, summary: `注销${register.title}（保留历史，须带 If-Match）`, params, querystring: z.object({ reason: z.string().min(1), endedOn: z.string().optional() }) } }, async (request, reply) => {
    refuse(checkAuthority(register, request.actor))
    const { id } = request.params
    refuse(checkAuthority(register, request.actor, await seen(request, id)))
    const { reason, endedOn = dayOf(deps.clock()) } = request.query
    if (!isDay(endedOn)) throw new ProblemError(problem('query-malformed', { name: 'endedOn', value: endedOn, reason: '应为日期，如 2025-03-31' }))
    const [recorded] = await recordVersions(deps.db, typed(register), [{ kind: 'end', id, endedOn, reason, expectVersionId: expectedVersion(request) }], writingOf(deps, request.actor, source))
    await deps.audit?.(request.actor, 'register.end', { object: `${register.code}/${id}`, versionId: recorded!.versionId, reason })
    return reply.code(204).send()
  })
}

const isDay = (text: string): boolean => parsePeriod(text)?.kind === 'day'

function checkedDay(validFrom: string | undefined): { validFrom?: string } {
  if (validFrom === undefined) return {}
  if (validFrom !== 'start' && !isDay(validFrom)) throw new ProblemError(problem('valid-from-malformed', { value: validFrom }))
  return { validFrom }
}

/** HTTP of every register: `app.register(registerRoutes(deps))`. */
export const registerRoutes =
  (deps: RegisterDeps): Routes =>
  async (app) => {
    app.get('/api/v1/registers', { config: { access: 'registers:read' }, schema: { tags: ['登记'], summary: '各登记的栏目说明，供列表和表单使用' } }, async (request) => ({ items: deps.registers.map((register) => describeRegister(register, request.actor, deps.divisions(request.actor.scope.cityCode))) }))
    for (const register of deps.registers) {
      readRoutes(app, register, deps)
      writeRoutes(app, register, deps)
    }
    await registerWorkbookRoutes(deps)(app)
  }
