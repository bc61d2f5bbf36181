import { z } from 'zod'
import { recordAudit } from '../../accounts/index.ts'
import { ProblemError } from '../../base/problems.ts'
import { formatInstant, parseInstant } from '../../base/time.ts'
import { transaction } from '../../runtime/database.ts'
import { notFound, type App } from '../../runtime/http.ts'
import { requireCity, type AccessDeps } from './deps.ts'
import { derivePartsInForce } from './derive-parts.ts'
import { orientZone } from './engine/check-geometry.ts'
import { instantOfMinute, localMinuteOf, minuteInstant } from './engine/local-time.ts'
import { geometrySchema } from './engine/rule-set.ts'
import { vehicleMatchSchema } from './engine/vehicle-match.ts'
import { problem } from './problems.ts'
import { insertClosure, listClosures, lockRules, withdrawClosure, type Closure } from './store.ts'

const tags = ['access']
const city = z.string().regex(/^\d{6}$/).optional()
const body = z.strictObject({
  title: z.string().min(1).max(100),
  reason: z.string().min(1).max(500).describe('公众看到的原因和条文'),
  noticeNumber: z.string().min(1).max(100),
  authority: z.string().min(1).max(100),
  geometry: geometrySchema,
  vehicles: z.array(vehicleMatchSchema).min(1).default([{}]),
  exceptions: z.array(vehicleMatchSchema).default([]),
  startsAt: minuteInstant.optional().describe('默认立即'),
  endsAt: minuteInstant,
})

const present = ({ startsAt, endsAt, recordedAt, withdrawnAt, authorName: _, ...closure }: Closure) => ({ ...closure, startsAt: formatInstant(startsAt), endsAt: formatInstant(endsAt), recordedAt: formatInstant(recordedAt), withdrawnAt: withdrawnAt === null ? null : formatInstant(withdrawnAt) })

/** Codes of checks a closure must pass: its area, not a whole rule set's manners. */
const areaCodes = /^access-(ring|hole|parts|antimeridian|position|looks|geometry)/

/** Temporary closures: an event, snow, works. In force with their start, gone with their end, above every other rule. */
export function closureRoutes(app: App, { db, clock, rules }: AccessDeps): void {
  app.get('/api/v1/access/closures', { config: { access: 'public' }, schema: { tags, summary: '临时交通管制（未结束的）', querystring: z.strictObject({ city }) } }, async (request) => ({
    asOf: formatInstant(clock()), items: (await listClosures(db, request.query.city ?? request.actor.scope.cityCode, clock())).map(present),
  }))

  app.post('/api/v1/access/closures', { config: { access: 'access:publish' }, schema: { tags, summary: '发布临时交通管制', body } }, async (request, reply) => {
    requireCity(request.actor)
    const { cityCode } = request.actor.scope
    const now = clock()
    const [startsAt, endsAt] = [request.body.startsAt === undefined ? now : parseInstant(request.body.startsAt)!, parseInstant(request.body.endsAt)!]
    // A field knows whole minutes: what begins with the one that runs is not in the past.
    if (startsAt < instantOfMinute(localMinuteOf(now))) throw new ProblemError(problem('access-closure-times', { reason: '开始时间早于现在，管制不能追溯既往' }), 422)
    if (endsAt <= startsAt) throw new ProblemError(problem('access-closure-times', { reason: '结束时间不晚于开始时间' }), 422)
    const { geometry } = orientZone({ code: 'closure', title: request.body.title, geometry: request.body.geometry, openQuestions: [] }).zone
    const closure = { ...request.body, geometry: geometry!, startsAt, endsAt, authorName: request.actor.name, recordedAt: now }
    const [part] = derivePartsInForce(null, [], [{ ...closure, geometry: request.body.geometry, closureId: 'new-closure-0', withdrawnAt: null }])
    const { findings } = await rules.check(cityCode, part!.ruleSet)
    const wrong = findings.filter((each) => each.severity === 'error' && areaCodes.test(each.problem.code))
    if (wrong.length > 0) throw new ProblemError(wrong.map((each) => each.problem), 422)
    const closureId = await transaction(db, async (inside) => {
      await lockRules(inside, cityCode)
      const id = await insertClosure(inside, cityCode, closure)
      await recordAudit(inside, { actor: request.actor, action: 'access.close', object: `access-closure/${id}`, detail: { title: closure.title, noticeNumber: closure.noticeNumber, startsAt: formatInstant(startsAt), endsAt: request.body.endsAt } })
      return id
    })
    return reply.code(201).send({ closureId })
  })

  app.post('/api/v1/access/closures/:id/withdraw', { config: { access: 'access:publish' }, schema: { tags, summary: '提前解除临时交通管制', params: z.object({ id: z.uuid() }) } }, async (request) => {
    requireCity(request.actor)
    const { cityCode } = request.actor.scope
    await transaction(db, async (inside) => {
      await lockRules(inside, cityCode)
      if (!(await withdrawClosure(inside, { cityCode, closureId: request.params.id, by: request.actor.name, now: clock() }))) throw notFound('该临时管制')
      await recordAudit(inside, { actor: request.actor, action: 'access.reopen', object: `access-closure/${request.params.id}` })
    })
    return { withdrawn: true }
  })
}
