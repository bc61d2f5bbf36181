import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Actor } from '../../accounts/index.ts'
import { ProblemError } from '../../base/problems.ts'
import { canonicalJson } from '../../base/canonical-json.ts'
import { formatInstant, parseInstant } from '../../base/time.ts'
import { notFound, type App } from '../../runtime/http.ts'
import { createAllowance } from './allowance.ts'
import { ask, getFacts, type Question } from './ask.ts'
import { askingOf, type AccessDeps } from './deps.ts'
import { deriveZoneFeatures } from './derive-strips.ts'
import { calendarWarningDays, isCalendarEnding } from './engine/calendar.ts'
import { localMinuteOf } from './engine/local-time.ts'
import { vehicleFactsSchema, type VehicleFacts } from './engine/vehicle-match.ts'
import { problem } from './problems.ts'
import { ruleSetAt, type RulesInForce } from './rules-in-force.ts'

const city = z.string().regex(/^\d{6}$/).optional()
const lonLat = z.string().regex(/^-?\d{1,3}(\.\d+)?,-?\d{1,2}(\.\d+)?$/).describe('经度,纬度（WGS-84）').optional()
const point = z.strictObject({ lon: z.number().min(-180).max(180), lat: z.number().min(-90).max(90) })
const question = z.strictObject({ vehicle: z.string().max(40).optional(), facts: vehicleFactsSchema.optional(), passes: vehicleFactsSchema.shape.passes.optional(), at: z.string().optional(), point: point.optional(), zone: z.string().max(64).optional(), from: point.optional(), to: point.optional() })
export const batchLimit = 1000
const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

const pointFrom = (text: string | undefined): { lon: number; lat: number } | undefined => {
  if (text === undefined) return undefined
  const [lon, lat] = text.split(',').map(Number) as [number, number]
  if (Math.abs(lon) > 180 || Math.abs(lat) > 90) throw new ProblemError(problem('access-place-invalid', { value: text }))
  return { lon, lat }
}

/** A vehicle described instead of named: what the map's filters can say. */
const factsQuery = { category: z.string().max(40).optional(), energy: z.string().max(40).optional(), body: z.string().max(40).optional(), grossMassKg: z.coerce.number().positive().max(200_000).optional() }

function statedFacts({ category, energy, body, grossMassKg }: { [Fact in keyof typeof factsQuery]?: z.infer<(typeof factsQuery)[Fact]> }): VehicleFacts | undefined {
  const stated = Object.fromEntries(Object.entries({ category, energy, body, grossMassKg }).filter(([, value]) => value !== undefined))
  return Object.keys(stated).length === 0 ? undefined : vehicleFactsSchema.parse(stated)
}

function instantAsked(text: string | undefined, { clock }: AccessDeps): number {
  const at = text === undefined ? clock() : parseInstant(text)
  if (at === undefined) throw new ProblemError(problem('access-time-invalid', { value: text }))
  return at
}

/** The rules of the city asked for; they are public in every city. */
async function rulesOf({ rules }: AccessDeps, actor: Actor, cityCode: string | undefined): Promise<{ cityCode: string; inForce: RulesInForce }> {
  const code = cityCode ?? actor.scope.cityCode
  const inForce = await rules.of(code)
  if (!inForce.current && inForce.parts.length === 0) throw new ProblemError(problem('access-city-without-rules', { city: code }), 404)
  return { cityCode: code, inForce }
}

/** Unless told otherwise: above what a firm's planning asks, below what keeps a core busy. */
const standardQuestionsPerMinute = 120_000
/** A route is looked up on the streets and asked part by part: it takes as long as so many places. */
const questionsOfRoute = 20
const weightOf = ({ from }: { readonly from?: unknown }): number => (from === undefined ? 1 : questionsOfRoute)

/** Answers 304 when the caller holds what this text would say; the text changes with the rules, the question and the minute, not with the second. */
function holdsAlready(request: FastifyRequest, reply: FastifyReply, ...says: readonly (string | number)[]): boolean {
  const etag = `W/"${createHash('sha1').update(says.join('|')).digest('base64url')}"`
  void reply.header('etag', etag).header('cache-control', 'private, no-cache')
  if (request.headers['if-none-match'] !== etag) return false
  void reply.code(304)
  return true
}

/** "Can I go?", one by one and a thousand at a time, and the zones for the map. Rules are public law: open to everybody. */
export function checkRoutes(app: App, deps: AccessDeps): void {
  const config = { access: 'public' } as const
  const tags = ['access']
  const { questionsPerMinute = standardQuestionsPerMinute } = deps
  const allowance = createAllowance(questionsPerMinute)
  const countQuestions = ({ actor, ip }: FastifyRequest, reply: FastifyReply, count: number): void => {
    const seconds = actor.personId === null ? allowance.take(ip, count, deps.clock()) : null
    if (seconds === null) return
    void reply.header('retry-after', String(seconds))
    throw new ProblemError(problem('access-too-many-questions', { perMinute: questionsPerMinute, seconds }), 429)
  }

  app.get(
    '/api/v1/rule-checks',
    { config, schema: { tags, summary: '此车此时此地能否通行，依据哪条规定', querystring: z.strictObject({ city, vehicle: z.string().min(1).max(40).describe('车辆类别代码，或登录后可查看的号牌'), passes: z.string().max(200).optional().describe('另持有的通行证种类，以逗号分隔'), at: z.string().optional().describe('RFC 3339，默认现在'), point: lonLat, zone: z.string().max(64).optional(), from: lonLat, to: lonLat }) } },
    async (request, reply) => {
      countQuestions(request, reply, weightOf(request.query))
      const { cityCode, inForce } = await rulesOf(deps, request.actor, request.query.city)
      const { vehicle, at = formatInstant(deps.clock()), zone } = request.query
      const asked: Question = { vehicle, passes: request.query.passes?.split(','), at, zone, point: pointFrom(request.query.point), from: pointFrom(request.query.from), to: pointFrom(request.query.to) }
      return { ...(await ask(asked, askingOf(deps, inForce, { actor: request.actor, cityCode }))), warnings: inForce.warnings }
    },
  )

  app.post(
    '/api/v1/rule-checks::batch',
    { config, schema: { tags, summary: `能否通行，一次至多 ${batchLimit} 问；逐问作答，一问有误不影响其他`, body: z.strictObject({ city, items: z.array(question).min(1).max(batchLimit, { message: `一次至多 ${batchLimit} 问，请分批提交` }) }) } },
    async (request, reply) => {
      countQuestions(request, reply, request.body.items.reduce((sum, each) => sum + weightOf(each), 0))
      const { cityCode, inForce } = await rulesOf(deps, request.actor, request.body.city)
      const asking = askingOf(deps, inForce, { actor: request.actor, cityCode })
      const items: unknown[] = []
      for (const [at, each] of request.body.items.entries()) {
        // A thousand questions take a while: others are answered in between.
        if (at % 32 === 31) await breathe()
        items.push(await ask({ ...each, at: each.at ?? formatInstant(asking.now) }, asking).catch((error: unknown) => {
          if (!(error instanceof ProblemError)) throw error
          return { problem: error.problems[0] }
        }))
      }
      return { asOf: formatInstant(asking.now), revision: inForce.revision, warnings: inForce.warnings, items }
    },
  )

  app.get(
    '/api/v1/access/zones',
    { config, schema: { tags, summary: '通行管理区域（GeoJSON）：现在、今天、一周', querystring: z.strictObject({ city, vehicle: z.string().max(40).optional(), at: z.string().optional(), ...factsQuery }) } },
    async (request, reply) => {
      const { cityCode, inForce } = await rulesOf(deps, request.actor, request.query.city)
      const vehicle = request.query.vehicle ?? inForce.current?.vehicleClasses[0]?.code
      const at = instantAsked(request.query.at, deps)
      const stated = statedFacts(request.query)
      const facts = await getFacts(stated ? { facts: stated } : { vehicle }, askingOf(deps, inForce, { actor: request.actor, cityCode }))
      if (holdsAlready(request, reply, cityCode, inForce.revision, canonicalJson(facts), localMinuteOf(at))) return ''
      countQuestions(request, reply, inForce.compiled.zones.length)
      const held = ruleSetAt(inForce.parts, at)
      const classes = held?.vehicleClasses.map(({ code, title }) => ({ code, title })) ?? []
      return reply.type('application/geo+json; charset=utf-8').send(JSON.stringify({ type: 'FeatureCollection', asOf: formatInstant(at), revision: inForce.revision, vehicle: stated ? null : vehicle, facts, vehicleClasses: classes, passes: held?.passes ?? [], features: deriveZoneFeatures(inForce.compiled, inForce.compiled.vehicle(facts), at) }))
    },
  )

  app.get('/api/v1/access/rules', { config, schema: { tags, summary: '现行规则集全文', querystring: z.strictObject({ city, at: z.string().optional().describe('RFC 3339，默认现在') }) } }, async (request, reply) => {
    const { cityCode, inForce } = await rulesOf(deps, request.actor, request.query.city)
    const ruleSet = request.query.at === undefined ? inForce.current : ruleSetAt(inForce.parts, instantAsked(request.query.at, deps))
    if (!ruleSet) throw notFound('该时刻的规则')
    if (holdsAlready(request, reply, cityCode, inForce.revision, inForce.parts.findIndex((part) => part.ruleSet === ruleSet))) return ''
    return { asOf: formatInstant(deps.clock()), revision: inForce.revision, ruleSet }
  })

  app.get('/api/v1/access/calendar', { config, schema: { tags, summary: '规则所用的工作日历：法定节假日、调休上班日、来源和止期', querystring: z.strictObject({ city }) } }, async (request) => {
    const { inForce } = await rulesOf(deps, request.actor, request.query.city)
    const calendar = deps.rules.calendarOf(inForce.current?.calendar ?? '')
    if (!calendar) throw notFound('工作日历')
    return { asOf: formatInstant(deps.clock()), calendar, isEnding: isCalendarEnding(calendar, deps.clock()), warningDays: calendarWarningDays }
  })
}
