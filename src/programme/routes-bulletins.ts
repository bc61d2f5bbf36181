import { z } from 'zod'
import { ProblemError } from '../base/problems.ts'
import { formatInstant } from '../base/time.ts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Profile } from '../profiles/index.ts'
import { versionConflict, type Routes } from '../runtime/http.ts'
import { createBulletin, editBulletin, getBulletin, publishBulletin, recomposeBulletin, type BulletinDeps } from './bulletins.ts'
import { documentEdit } from './document-schema.ts'
import { programmeProblem } from './problems.ts'
import { bulletinEntry, bulletinFull } from './response-shapes.ts'
import { profileFor } from './scope.ts'
import { listBulletins, listVersions, type BulletinEntry, type BulletinVersion } from './store.ts'

type Deps = BulletinDeps & { readonly profiles: readonly Profile[] }

const city = z.string().regex(/^\d{6}$/).optional()
const byCity = z.strictObject({ city })
const byVersion = z.strictObject({ city, version: z.coerce.number().int().positive().optional() })
const byId = z.strictObject({ id: z.uuid() })
const tags = ['bulletins']

const presentEntry = ({ bulletinId, cityCode, period, version, status, asOf, recordedAt, authorName, reason, title, documentNumber }: BulletinEntry) => ({
  id: bulletinId, cityCode, period, version, status, asOf: formatInstant(asOf), recordedAt: formatInstant(recordedAt), authorName, reason, title, documentNumber,
})
const present = ({ document, ...facts }: BulletinVersion) => {
  const { title: _title, documentNumber: _number, ...rest } = presentEntry({ ...facts, title: document.title, documentNumber: document.documentNumber })
  return { ...rest, document: document as z.infer<typeof bulletinFull>['document'] }
}

/** A version is its own ETag: who edits names the version they saw. */
const etagOf = ({ version }: Pick<BulletinVersion, 'version'>): string => `"v${version}"`

function requireCurrent(request: FastifyRequest, current: BulletinVersion): void {
  const seen = request.headers['if-match']
  if (seen === undefined) throw new ProblemError(programmeProblem('bulletin-version-required'), 428)
  if (seen !== etagOf(current)) throw versionConflict()
}

/** Bulletins: compose, read, edit text, compose again, publish. `{id}.pdf` and `.docx` are the reports room's. */
export function bulletinRoutes(deps: Deps): Routes {
  const read = { access: 'programme:read' } as const
  const write = { access: 'programme:write' } as const
  const send = (reply: FastifyReply, bulletin: BulletinVersion) => {
    reply.header('etag', etagOf(bulletin))
    return present(bulletin)
  }
  /** The bulletin somebody wants to change, in the version they saw. */
  const toChange = async (request: FastifyRequest, { id, city }: { id: string; city: string | undefined }) => {
    const profile = profileFor(deps.profiles, request.actor, { city, write: true })
    const current = await getBulletin(deps.db, { cityCode: profile.code, bulletinId: id })
    requireCurrent(request, current)
    return { profile, current }
  }
  return async (app) => {
    app.get('/api/v1/bulletins', { config: read, schema: { tags, summary: '通报目录', querystring: byCity, response: { 200: z.strictObject({ items: z.array(bulletinEntry) }) } } }, async (request) => {
      const profile = profileFor(deps.profiles, request.actor, request.query)
      return { items: (await listBulletins(deps.db, { cityCode: profile.code })).map(presentEntry) }
    })
    app.post('/api/v1/bulletins', { config: write, schema: { tags, summary: '按指标值起草通报', body: z.strictObject({ city, period: z.string().max(30) }), response: { 201: bulletinFull } } }, async (request, reply) => {
      const profile = profileFor(deps.profiles, request.actor, { city: request.body.city, write: true })
      const bulletin = await createBulletin(deps, profile, { period: request.body.period, actor: request.actor })
      reply.code(201).header('location', `/api/v1/bulletins/${bulletin.bulletinId}`)
      return send(reply, bulletin)
    })
    app.get('/api/v1/bulletins/:id', { config: read, schema: { tags, summary: '通报全文（可取历史版本）', params: byId, querystring: byVersion, response: { 200: bulletinFull } } }, async (request, reply) => {
      const profile = profileFor(deps.profiles, request.actor, request.query)
      const { version } = request.query
      return send(reply, await getBulletin(deps.db, { cityCode: profile.code, bulletinId: request.params.id, ...(version === undefined ? {} : { version }) }))
    })
    app.get('/api/v1/bulletins/:id/versions', { config: read, schema: { tags, summary: '通报的全部版本', params: byId, querystring: byCity, response: { 200: z.strictObject({ items: z.array(bulletinEntry) }) } } }, async (request) => {
      const profile = profileFor(deps.profiles, request.actor, request.query)
      const key = { cityCode: profile.code, bulletinId: request.params.id }
      await getBulletin(deps.db, key)
      return { items: (await listVersions(deps.db, key)).map(presentEntry) }
    })
    app.patch('/api/v1/bulletins/:id', { config: write, schema: { tags, summary: '修改文字（数字不能改）', params: byId, querystring: byCity, body: documentEdit, response: { 200: bulletinFull } } }, async (request, reply) => {
      const { current } = await toChange(request, { id: request.params.id, city: request.query.city })
      return send(reply, await editBulletin(deps, current, { edit: request.body, actor: request.actor }))
    })
    const change = { params: byId, querystring: byCity, response: { 200: bulletinFull } }
    app.post('/api/v1/bulletins/:id/recompose', { config: write, schema: { tags, summary: '重新计算并重新起草', ...change } }, async (request, reply) => {
      const { profile, current } = await toChange(request, { id: request.params.id, city: request.query.city })
      return send(reply, await recomposeBulletin(deps, profile, { current, actor: request.actor }))
    })
    app.post('/api/v1/bulletins/:id/publish', { config: { access: 'programme:publish' }, schema: { tags, summary: '发布并锁定', ...change } }, async (request, reply) => {
      const { current } = await toChange(request, { id: request.params.id, city: request.query.city })
      return send(reply, await publishBulletin(deps, current, request.actor))
    })
  }
}
