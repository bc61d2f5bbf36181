import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { recordAudit } from '../../accounts/index.ts'
import { ProblemError } from '../../base/problems.ts'
import { dayOf, formatInstant, parseInstant } from '../../base/time.ts'
import { transaction } from '../../runtime/database.ts'
import { notFound, type App } from '../../runtime/http.ts'
import { requireCity, type AccessDeps } from './deps.ts'
import { deriveChangedAreas, deriveDiff } from './derive-diff.ts'
import { derivePartsInForce } from './derive-parts.ts'
import { readBase } from './drafts.ts'
import { accessProblem } from './engine/check-finding.ts'
import type { CheckedRuleSet } from './engine/check-rule-set.ts'
import { isTooDeep } from './engine/describe-shape.ts'
import { instantOfMinute, localMinuteOf, minuteInstant } from './engine/local-time.ts'
import { ruleSetSchema, type RuleSet } from './engine/rule-set.ts'
import { problem } from './problems.ts'
import { deleteDraft, findDraft, findVersion, insertDraft, insertVersion, listDrafts, listVersions, lockRules, updateDraft, type RuleDraft, type RuleVersion } from './store.ts'

const uploadLimitMegabytes = 16
const params = z.object({ id: z.uuid() })
const tags = ['access']

/** Revision named by If-Match: `"3"`. */
function expectedRevision(request: FastifyRequest): number {
  const match = /^(?:W\/)?"?(\d+)"?$/.exec(String(request.headers['if-match'] ?? ''))
  if (!match) throw new ProblemError(problem('access-revision-required'), 428)
  return Number(match[1])
}

const changed = (mine: number, latest: RuleDraft | undefined): ProblemError =>
  latest ? new ProblemError(problem('access-draft-changed', { by: latest.authorName, mine, latest: latest.revision }), 412) : notFound('草稿')

const presentFindings = ({ findings, publishable, examplesRan }: CheckedRuleSet) => ({
  publishable, examplesRan,
  findings: findings.map(({ severity, problem: { code, message, cause, action, details } }) => ({ severity, code, message, cause, action, ...details })),
})

const presentVersion = ({ document: _, effectiveFrom, publishedAt, ...version }: RuleVersion) => ({ ...version, effectiveFrom: formatInstant(effectiveFrom), publishedAt: formatInstant(publishedAt) })
const presentDraft = ({ createdAt, updatedAt, ...draft }: RuleDraft) => ({ ...draft, createdAt: formatInstant(createdAt), updatedAt: formatInstant(updatedAt) })

const presentDiff = (before: RuleSet, after: RuleSet) => ({ items: deriveDiff(before, after), areas: deriveChangedAreas(before, after) })

/** Every version with the time it is in force: a later one ends it, or keeps it from ever holding. */
function presentVersions(versions: readonly RuleVersion[], now: number) {
  const parts = derivePartsInForce(null, versions, [])
  return versions.map((version) => {
    const part = parts.find((each) => each.ruleSet === version.document)
    const to = part?.to === null || part?.to === undefined ? null : instantOfMinute(part.to)
    const state = !part ? 'never' : version.effectiveFrom > now ? 'coming' : to !== null && to <= now ? 'past' : 'in-force'
    return { ...presentVersion(version), effectiveTo: to === null ? null : formatInstant(to), state }
  })
}

/** A body too large is said in the room's own words. */
const tooLarge = (error: { statusCode?: number }): never => {
  if (error.statusCode === 413) throw new ProblemError(problem('access-upload-too-large', { limitMegabytes: uploadLimitMegabytes }), 413)
  throw error
}

/** A document is kept whatever its state, as long as it can be kept at all. */
function storable(document: unknown): unknown {
  if (isTooDeep(document)) throw new ProblemError(problem('access-document-deep'), 422)
  return document
}

/** Drafts and published versions: what officers read and edit. Everything here is the caller's own city. */
export function draftRoutes(app: App, deps: AccessDeps): void {
  const { db, clock, rules } = deps
  const reading = { config: { access: 'access:read' as const } }
  const writing = { config: { access: 'access:write' as const }, bodyLimit: uploadLimitMegabytes * 2 ** 20, errorHandler: tooLarge }
  const getDraft = async (request: FastifyRequest, id: string): Promise<RuleDraft> => {
    const draft = await findDraft(db, request.actor.scope.cityCode, id)
    if (!draft) throw notFound('草稿')
    return draft
  }
  const sendDraft = async (reply: FastifyReply, cityCode: string, draft: RuleDraft) => {
    const checked = await rules.check(cityCode, draft.document)
    void reply.header('etag', `"${draft.revision}"`).header('cache-control', 'private, no-cache')
    return { ...presentDraft(draft), ...presentFindings(checked) }
  }

  app.get('/api/v1/access/versions', { ...reading, schema: { tags, summary: '已发布的规则版本' } }, async (request) => ({ items: presentVersions(await listVersions(db, request.actor.scope.cityCode), clock()) }))

  app.get('/api/v1/access/versions/:id', { ...reading, schema: { tags, summary: '一个已发布的版本', params } }, async (request) => {
    const version = await findVersion(db, request.actor.scope.cityCode, request.params.id)
    if (!version) throw notFound('版本')
    return { ...presentVersion(version), document: version.document }
  })

  app.get('/api/v1/access/versions/:id/diff', { ...reading, schema: { tags, summary: '一个版本与前一版本（第一版与随城市文件提供的规则）的差异', params } }, async (request) => {
    const { cityCode } = request.actor.scope
    const versions = await listVersions(db, cityCode)
    const at = versions.findIndex((each) => each.versionId === request.params.id)
    if (at < 0) throw notFound('版本')
    const [before, after] = [at === 0 ? rules.fileOf(cityCode) : versions[at - 1]!.document, versions[at]!.document]
    return before ? presentDiff(before, after) : { items: [], areas: [] }
  })

  app.get('/api/v1/access/drafts', { ...reading, schema: { tags, summary: '草稿' } }, async (request) => ({ items: (await listDrafts(db, request.actor.scope.cityCode)).map(({ document: _, ...draft }) => presentDraft({ ...draft, document: undefined })) }))

  app.post('/api/v1/access/drafts', { ...writing, schema: { tags, summary: '起草：从现行版本或某一旧版本复制，或提交规则集', body: z.strictObject({ title: z.string().min(1).max(100), document: z.unknown().optional(), versionId: z.uuid().optional().describe('以这一版本的内容起草，用于恢复旧规则') }) } }, async (request, reply) => {
    requireCity(request.actor)
    const { cityCode } = request.actor.scope
    const latest = (await listVersions(db, cityCode)).at(-1)
    const earlier = request.body.versionId === undefined ? undefined : await findVersion(db, cityCode, request.body.versionId)
    if (request.body.versionId !== undefined && !earlier) throw notFound('版本')
    const document = storable(request.body.document) ?? earlier?.document ?? latest?.document ?? rules.fileOf(cityCode)
    if (!document) throw new ProblemError(problem('access-city-without-rules', { city: cityCode }), 404)
    const id = await insertDraft(db, { cityCode, title: request.body.title, baseVersionId: latest?.versionId ?? null, document, authorName: request.actor.name, now: clock() })
    await recordAudit(db, { actor: request.actor, action: 'access.draft', object: `access-draft/${id}`, detail: { title: request.body.title } })
    return sendDraft(reply.code(201), cityCode, (await findDraft(db, cityCode, id))!)
  })

  app.get('/api/v1/access/drafts/:id', { ...reading, schema: { tags, summary: '一份草稿及其检查结果', params } }, async (request, reply) => sendDraft(reply, request.actor.scope.cityCode, await getDraft(request, request.params.id)))

  app.get('/api/v1/access/drafts/:id/base', { ...reading, schema: { tags, summary: '草稿所依据的规则集：某一版本，或随城市文件提供的规则', params } }, async (request) => {
    const base = await readBase(deps, request.actor.scope.cityCode, await getDraft(request, request.params.id))
    if (!base) throw notFound('草稿的依据')
    return { document: base }
  })

  app.get('/api/v1/access/drafts/:id/diff', { ...reading, schema: { tags, summary: '草稿与其依据版本的差异', params } }, async (request) => {
    const { cityCode } = request.actor.scope
    const draft = await getDraft(request, request.params.id)
    const [before, after] = [await readBase(deps, cityCode, draft), ruleSetSchema.safeParse(draft.document)]
    if (!before || !after.success) throw new ProblemError((await rules.check(cityCode, draft.document)).findings.map((each) => each.problem).slice(0, 20))
    return presentDiff(before, after.data)
  })

  app.put('/api/v1/access/drafts/:id', { ...writing, schema: { tags, summary: '保存草稿（须带 If-Match），随即运行样例和检查', params, body: z.strictObject({ title: z.string().min(1).max(100).optional(), document: z.unknown(), baseVersionId: z.uuid().nullable().optional() }) } }, async (request, reply) => {
    const { cityCode } = request.actor.scope
    const draft = await getDraft(request, request.params.id)
    requireCity(request.actor)
    const revision = expectedRevision(request)
    const saved = await updateDraft(db, { cityCode, draftId: draft.draftId, title: request.body.title ?? draft.title, document: storable(request.body.document), baseVersionId: request.body.baseVersionId === undefined ? draft.baseVersionId : request.body.baseVersionId, revision, authorName: request.actor.name, now: clock() })
    const latest = await findDraft(db, cityCode, draft.draftId)
    if (!saved || !latest) throw changed(revision, latest)
    return sendDraft(reply, cityCode, latest)
  })

  app.delete('/api/v1/access/drafts/:id', { ...writing, schema: { tags, summary: '删除草稿（须带 If-Match）', params } }, async (request, reply) => {
    const { cityCode } = request.actor.scope
    const draft = await getDraft(request, request.params.id)
    requireCity(request.actor)
    const revision = expectedRevision(request)
    if (!(await deleteDraft(db, { cityCode, draftId: draft.draftId, revision }))) throw changed(revision, await findDraft(db, cityCode, draft.draftId))
    await recordAudit(db, { actor: request.actor, action: 'access.discard', object: `access-draft/${draft.draftId}`, detail: { title: draft.title } })
    return reply.code(204).send()
  })

  app.post(
    '/api/v1/access/drafts/:id/publish',
    { config: { access: 'access:publish' }, schema: { tags, summary: '发布（须带 If-Match、文号；生效时间不写即立即生效）', params, body: z.strictObject({ noticeNumber: z.string().min(1).max(100), effectiveFrom: minuteInstant.optional().describe('默认立即') }) } },
    async (request, reply) => {
      const draft = await getDraft(request, request.params.id)
      requireCity(request.actor)
      const versionId = await publish(deps, draft, { revision: expectedRevision(request), ...request.body, actor: request.actor })
      const version = await findVersion(db, request.actor.scope.cityCode, versionId)
      return reply.code(201).send(presentVersion(version!))
    },
  )
}

interface Publication {
  readonly revision: number
  readonly noticeNumber: string
  /** undefined: at once */
  readonly effectiveFrom?: string | undefined
  readonly actor: FastifyRequest['actor']
}

/** Turns a draft into the next version: checked, not in the past, on the latest base; audit in the same transaction. */
async function publish({ db, clock, rules }: AccessDeps, draft: RuleDraft, { revision, noticeNumber, effectiveFrom: wanted, actor }: Publication): Promise<string> {
  const { cityCode } = actor.scope
  const now = clock()
  // The rules know whole minutes: what takes effect at once does so with the minute that runs.
  const thisMinute = instantOfMinute(localMinuteOf(now))
  const from = wanted === undefined ? thisMinute : parseInstant(wanted)!
  const effectiveFrom = formatInstant(from)
  if (revision !== draft.revision) throw changed(revision, draft)
  if (from < thisMinute) throw new ProblemError(accessProblem('access-effective-past', { from: effectiveFrom, today: dayOf(now) }), 422)
  const { ruleSet, findings, publishable } = await rules.check(cityCode, { ...(draft.document as RuleSet), effectiveFrom })
  if (!ruleSet || !publishable) throw new ProblemError(findings.filter((each) => each.severity === 'error').map((each) => each.problem), 422)
  const document: RuleSet = { ...ruleSet, cityCode, notices: ruleSet.notices.map((each) => ({ ...each, number: each.number ?? noticeNumber })) }
  return transaction(db, async (inside) => {
    await lockRules(inside, cityCode)
    const latest = (await listVersions(inside, cityCode)).at(-1)
    if ((latest?.versionId ?? null) !== draft.baseVersionId) throw new ProblemError(problem('access-base-outdated', { latest: latest?.number }), 409)
    const versionId = await insertVersion(inside, { cityCode, title: draft.title, document, noticeNumber, effectiveFrom: from, author: { id: actor.personId, name: actor.name }, now })
    if (!(await deleteDraft(inside, { cityCode, draftId: draft.draftId, revision }))) throw changed(revision, await findDraft(inside, cityCode, draft.draftId))
    await recordAudit(inside, { actor, action: 'access.publish', object: `access-version/${versionId}`, detail: { title: draft.title, noticeNumber, effectiveFrom } })
    return versionId
  })
}
