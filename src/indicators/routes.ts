import { z } from 'zod'
import { ProblemError } from '../base/problems.ts'
import { formatInstant, halfYearOf, parseInstant, parsePeriod, type Period, startOfDay } from '../base/time.ts'
import type { Clock } from '../runtime/clock.ts'
import type { Db } from '../runtime/database.ts'
import { notFound, type Routes } from '../runtime/http.ts'
import type { Actor } from '../accounts/index.ts'
import { definitionOf } from './definitions/index.ts'
import { findFact, liveId, recordMeasurement, type Fact, type ProfileDirectory } from './facts.ts'
import { explainFact, explainRow, pageRows, presentValue } from './lineage.ts'
import { measureCity } from './measure.ts'
import { indicatorProblem } from './problems.ts'
import { mayRead, profileFor } from './scope.ts'
import { listLatestValues, listValuesOf, type RecordedValue } from './store.ts'

export interface IndicatorDeps {
  readonly db: Db
  readonly clock: Clock
  readonly cities: ProfileDirectory
  /** appended to the audit log; absent in tests that do not look at it */
  readonly audit?: (actor: Actor, action: string, detail: Readonly<Record<string, unknown>>) => Promise<void>
}

export function periodFrom(text: string, now: number): Period {
  const period = parsePeriod(text)
  if (!period) throw new ProblemError(indicatorProblem('period-unknown', { value: text }))
  if (startOfDay(period.from) > now) throw new ProblemError(indicatorProblem('period-not-begun', { value: text }))
  return period
}

/** Knowledge instant of a question; never ahead of now. */
export function asOfFrom(text: string | undefined, now: number): number {
  if (text === undefined) return now
  const asOf = parseInstant(text)
  if (asOf === undefined) throw new ProblemError(indicatorProblem('as-of-malformed', { value: text }))
  if (asOf > now) throw new ProblemError(indicatorProblem('as-of-ahead', { value: text }))
  return asOf
}

const city = z.string().regex(/^\d{6}$/).optional()
const question = z.strictObject({ city, period: z.string().max(30).optional(), asOf: z.string().max(40).optional() })
const factParams = z.strictObject({ id: z.string().max(300) })
const read = { access: 'indicators:read' } as const
const tags = ['indicators']

function presentRecorded({ context, ...value }: RecordedValue) {
  const { snapshot, ...explained } = context
  const { clause, targetText, direction, scope, group } = snapshot.indicator
  return {
    ...value, ...explained, measuredAt: formatInstant(value.measuredAt), origin: 'recorded', cityName: snapshot.cityName, madeUp: snapshot.madeUp,
    clause, targetText, direction, scope, group, lineage: `/api/v1/facts/${value.id}/lineage`,
  }
}

/** Values of a city, their recording, and the family tree of each. Figures are the whole city's; rows are shown inside the caller's scope. */
export function indicatorRoutes(deps: IndicatorDeps): Routes {
  return async (app) => {
    await app.register(valueRoutes(deps))
    await app.register(factRoutes(deps))
  }
}

function valueRoutes({ db, clock, cities, audit }: IndicatorDeps): Routes {
  return async (app) => {
    const listed = question.extend({ origin: z.enum(['measured', 'recorded']).default('measured').describe('measured 即时计算；recorded 最近一次记录') })
    app.get('/api/v1/indicators', { config: read, schema: { tags, summary: '各项指标', querystring: listed } }, async (request) => {
      const profile = profileFor(cities, request.actor, request.query.city)
      const now = clock()
      const period = periodFrom(request.query.period ?? halfYearOf(now), now)
      const asOf = asOfFrom(request.query.asOf, now)
      const about = { city: profile.code, cityName: profile.name, madeUp: profile.madeUp, period: period.name, from: period.from, to: period.to, asOf: formatInstant(asOf), origin: request.query.origin }
      if (request.query.origin === 'recorded') return { ...about, items: (await listLatestValues(db, { city: profile.code, period: period.name, asOf })).map(presentRecorded) }
      const values = await measureCity(db, profile, { period, asOf })
      return { ...about, items: values.map((value) => presentValue({ ...value, id: liveId(value) }, 'measured')) }
    })

    app.get('/api/v1/indicators/:code', { config: read, schema: { tags, summary: '一项指标：现值、口径、历次记录', params: z.strictObject({ code: z.string().max(10) }), querystring: question } }, async (request) => {
      const profile = profileFor(cities, request.actor, request.query.city)
      const now = clock()
      const period = periodFrom(request.query.period ?? halfYearOf(now), now)
      const [value] = await measureCity(db, profile, { period, asOf: asOfFrom(request.query.asOf, now), codes: [request.params.code] })
      if (!value) throw notFound(`指标 ${request.params.code}`)
      const { id, version, text, formula, source } = definitionOf(value.snapshot.indicator.canonical)
      const recorded = await listValuesOf(db, { city: profile.code, code: value.code, limit: 50 })
      return { ...presentValue({ ...value, id: liveId(value) }, 'measured'), plan: value.snapshot.indicator, definitionDetail: { id, version, text, formula, source }, recorded: recorded.map(presentRecorded) }
    })

    const asked = question.extend({ period: z.string().max(30), codes: z.array(z.string().max(10)).max(100).optional() })
    app.post('/api/v1/indicators/measure', { config: { access: 'indicators:measure' }, schema: { tags, summary: '计算并记录指标值', body: asked } }, async (request, reply) => {
      const profile = profileFor(cities, request.actor, request.body.city)
      // A figure of the whole city is not recorded by somebody who answers for one district of it.
      if (request.actor.scope.districtCode !== null && request.actor.scope.districtCode !== profile.code) throw notFound(`城市 ${profile.code} 的指标`)
      const now = clock()
      const period = periodFrom(request.body.period, now)
      const { codes } = request.body
      const values = await recordMeasurement(db, { city: profile, period: period.name, asOf: asOfFrom(request.body.asOf, now), now, by: request.actor.name, ...(codes && { codes }) })
      await audit?.(request.actor, 'indicators.measure', { object: `${profile.code}/${period.name}`, values: values.map((value) => value.id) })
      return reply.code(201).send({ city: profile.code, period: period.name, items: values.map((value) => presentValue(value, 'recorded')) })
    })
  }
}

function factRoutes({ db, cities }: IndicatorDeps): Routes {
  /** The fact behind an id, when its city is in the caller's scope. */
  const getFact = async (actor: Actor, id: string): Promise<Fact> => {
    const fact = await findFact(db, cities, id)
    const profile = fact && cities.find(fact.value.city)
    if (!fact || !profile || !mayRead(actor, profile)) throw notFound('该数据')
    return fact
  }
  return async (app) => {
    app.get('/api/v1/facts/:id', { config: read, schema: { tags, summary: '一个数', params: factParams } }, async (request) => {
      const fact = await getFact(request.actor, request.params.id)
      return fact.recorded ? presentRecorded(fact.recorded) : presentValue(fact.value, fact.origin)
    })
    app.get('/api/v1/facts/:id/lineage', { config: read, schema: { tags, summary: '依据：口径、算式、计入与未计入的行，直至报文', params: factParams, querystring: z.strictObject({ row: z.string().max(120).optional() }) } }, async (request) => {
      const fact = await getFact(request.actor, request.params.id)
      return request.query.row === undefined ? explainFact(fact, request.actor) : await explainRow(db, fact, request.actor, request.query.row)
    })
    const paging = z.strictObject({ included: z.enum(['true', 'false']).optional(), cursor: z.string().max(40).optional(), limit: z.coerce.number().int().min(1).max(1000).default(100) })
    app.get('/api/v1/facts/:id/rows', { config: read, schema: { tags, summary: '计入与未计入的行', params: factParams, querystring: paging } }, async (request) => {
      const { included, cursor, limit } = request.query
      return pageRows(await getFact(request.actor, request.params.id), request.actor, { included: included === undefined ? undefined : included === 'true', cursor, limit })
    })
  }
}
