import { z } from 'zod'
import { recordAudit, type Actor } from '../../accounts/index.ts'
import { newId } from '../../base/ids.ts'
import { ProblemError } from '../../base/problems.ts'
import { addDays, formatInstant } from '../../base/time.ts'
import { transaction } from '../../runtime/database.ts'
import { notFound, type App } from '../../runtime/http.ts'
import { cancelJob, findJob, listJobs, orderJob, secondsLeft, type JobRow } from '../../runtime/jobs.ts'
import type { AccessDeps } from './deps.ts'
import { readBase } from './drafts.ts'
import { replayKind, type ReplayInput, type ReplayOrder } from './jobs.ts'
import { problem } from './problems.ts'
import { replayLimitDays } from './replay.ts'
import { findDraft } from './store.ts'

const tags = ['access']
const params = z.object({ id: z.uuid() })
const listed = 50

const instantOrNull = (at: number | null): string | null => (at === null ? null : formatInstant(at))

const present = (job: JobRow, now: number) => {
  const { draftId, draftTitle, draftRevision, from, to } = job.question as ReplayOrder
  return {
    replayId: job.jobId, draftId, draftTitle, draftRevision, from, to, requestedBy: job.requestedBy, state: job.state, step: job.step, done: job.done, total: job.total, secondsLeft: secondsLeft(job, now),
    cancelRequested: job.cancelRequested, createdAt: formatInstant(job.createdAt), startedAt: instantOrNull(job.startedAt), finishedAt: instantOrNull(job.finishedAt), result: job.result, problems: job.problems,
  }
}

/** A replay shows vehicles: it is for people who may see all it was made of. */
const maySee = ({ scope }: Actor, job: JobRow): boolean => (scope.districtCode === null || scope.districtCode === job.districtCode) && (scope.enterpriseId === null || scope.enterpriseId === job.enterpriseId)

/** What-if on recorded tracks: a draft against the version it was begun from, worked through beside the web. */
export function replayRoutes(app: App, { db, clock, rules }: AccessDeps): void {
  const config = { access: 'access:read' as const }
  const getJob = async (actor: Actor, jobId: string): Promise<JobRow> => {
    const job = await findJob(db, { cityCode: actor.scope.cityCode, jobId, kind: replayKind })
    if (!job || !maySee(actor, job)) throw notFound('该推演')
    return job
  }

  app.post('/api/v1/access/drafts/:id/replays', { config, schema: { tags, summary: '推演：以记录的轨迹比较草稿与其依据版本（后台任务）', params, body: z.strictObject({ from: z.iso.date(), to: z.iso.date() }) } }, async (request, reply) => {
    const { cityCode, districtCode, enterpriseId } = request.actor.scope
    const draft = await findDraft(db, cityCode, request.params.id)
    if (!draft) throw notFound('草稿')
    const { from, to } = request.body
    if (from >= to || to > addDays(from, replayLimitDays)) throw new ProblemError(problem('access-replay-period', { limitDays: replayLimitDays }))
    const { ruleSet, findings } = await rules.check(cityCode, draft.document)
    if (!ruleSet || findings.some((each) => each.severity === 'error' && each.path[0] === 'zones')) throw new ProblemError(findings.filter((each) => each.severity === 'error').map((each) => each.problem), 422)
    const base = await readBase({ db, rules }, cityCode, draft)
    if (!base) throw new ProblemError(problem('access-city-without-rules', { city: cityCode }), 404)
    const now = clock()
    const jobId = newId<'job'>(now)
    const order: ReplayOrder = { draftId: draft.draftId, draftTitle: draft.title, draftRevision: draft.revision, from, to, asOf: now }
    const input: ReplayInput = { base, draft: ruleSet }
    await transaction(db, async (inside) => {
      await orderJob(inside, { jobId, kind: replayKind, scope: { cityCode, districtCode, enterpriseId }, requestedBy: request.actor.name, question: order, input, now })
      await recordAudit(inside, { actor: request.actor, action: 'access.replay', object: `access-draft/${draft.draftId}`, detail: { from, to } })
    })
    return reply.code(202).header('location', `/api/v1/access/replays/${jobId}`).send(present(await getJob(request.actor, jobId), now))
  })

  app.get('/api/v1/access/replays', { config, schema: { tags, summary: '推演任务，新的在前', querystring: z.strictObject({ draft: z.uuid().optional() }) } }, async (request) => {
    const jobs = await listJobs(db, { cityCode: request.actor.scope.cityCode, kind: replayKind, limit: listed })
    return { asOf: formatInstant(clock()), items: jobs.filter((job) => maySee(request.actor, job)).map((job) => present(job, clock())).filter((each) => request.query.draft === undefined || each.draftId === request.query.draft) }
  })

  app.get('/api/v1/access/replays/:id', { config, schema: { tags, summary: '一次推演：进度、剩余时间、结果', params } }, async (request) => ({ asOf: formatInstant(clock()), ...present(await getJob(request.actor, request.params.id), clock()) }))

  app.post('/api/v1/access/replays/:id/cancel', { config, schema: { tags, summary: '停止推演', params } }, async (request) => {
    const { jobId, cityCode } = await getJob(request.actor, request.params.id)
    const now = clock()
    if (!(await cancelJob(db, { cityCode, jobId, now }))) throw new ProblemError(problem('access-replay-over'), 409)
    await recordAudit(db, { actor: request.actor, action: 'access.replay-cancel', object: `job/${jobId}` })
    return present(await getJob(request.actor, jobId), now)
  })
}
