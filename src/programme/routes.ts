import { z } from 'zod'
import { ProblemError } from '../base/problems.ts'
import { formatInstant, halfYearOf, parseInstant, startOfDay } from '../base/time.ts'
import { profileSchema, type Profile } from '../profiles/index.ts'
import { notFound, type Routes } from '../runtime/http.ts'
import type { BulletinDeps } from './bulletins.ts'
import { getPeriod } from './compose-bulletin.ts'
import { deriveTargets } from './derive-targets.ts'
import { deriveTasks } from './derive-tasks.ts'
import type { MeasuredValue } from './measured-value.ts'
import { programmeProblem } from './problems.ts'
import { profileEntry, targetRow, taskRow } from './response-shapes.ts'
import { bulletinRoutes } from './routes-bulletins.ts'
import { profileFor } from './scope.ts'

export interface ProgrammeDeps extends BulletinDeps {
  readonly profiles: readonly Profile[]
  /** newest recorded values of a city for a period, known at `asOf`; reads only */
  readonly findValues: (question: { cityCode: string; period: string; asOf: number }) => Promise<readonly MeasuredValue[]>
}

const query = z.strictObject({
  city: z.string().regex(/^\d{6}$/).optional(),
  period: z.string().max(30).optional(),
  asOf: z.string().max(40).optional(),
})

/** Profiles (public: they are public documents), tasks, targets and bulletins. */
export function programmeRoutes(deps: ProgrammeDeps): Routes {
  return async (app) => {
    await app.register(profileRoutes(deps))
    await app.register(standingRoutes(deps))
    await app.register(bulletinRoutes(deps))
  }
}

function profileRoutes({ profiles }: ProgrammeDeps): Routes {
  const config = { access: 'public' } as const
  return async (app) => {
    app.get('/api/v1/profiles', { config, schema: { tags: ['programme'], summary: '城市方案目录', response: { 200: z.strictObject({ items: z.array(profileEntry) }) } } }, async () => ({
      items: profiles.map(({ code, name, level, parent, madeUp, document: { title, number, issuedOn, status }, period, tasks, indicators, openQuestions }) => ({
        code, name, level, parent, madeUp, period, document: { title, number, issuedOn, status }, tasks: tasks.length, indicators: indicators.length, openQuestions: openQuestions.length,
      })),
    }))
    app.get('/api/v1/profiles/:code', { config, schema: { tags: ['programme'], summary: '城市方案全文', params: z.strictObject({ code: z.string() }), response: { 200: profileSchema } } }, async (request) => {
      const found = profiles.find((each) => each.code === request.params.code)
      if (!found) throw notFound(`城市 ${request.params.code} 的方案`)
      return found
    })
  }
}

function standingRoutes(deps: ProgrammeDeps): Routes {
  const config = { access: 'programme:read' } as const
  /** Targets of the asked city as they stand: the period's values known at `asOf`. */
  const readStanding = async (profile: Profile, { period, asOf: asOfText }: z.infer<typeof query>) => {
    const now = deps.clock()
    const asked = asOfText === undefined ? now : parseInstant(asOfText)
    if (asked === undefined) throw new ProblemError(programmeProblem('instant-invalid', { value: asOfText }))
    // Nothing is known of the time after now; the answer says as of when it is.
    const asOf = Math.min(asked, now)
    const { name, to } = getPeriod(period ?? halfYearOf(asOf))
    const values = await deps.findValues({ cityCode: profile.code, period: name, asOf })
    return { period: name, asOf, targets: deriveTargets(profile, values, Math.min(asOf, startOfDay(to))) }
  }
  const answer = <Row extends z.ZodType>(row: Row) => z.strictObject({ cityCode: z.string(), period: z.string(), asOf: z.string(), items: z.array(row) })
  return async (app) => {
    app.get('/api/v1/targets', { config, schema: { tags: ['programme'], summary: '目标、实际与进度', querystring: query, response: { 200: answer(targetRow) } } }, async (request) => {
      const profile = profileFor(deps.profiles, request.actor, request.query)
      const { period, asOf, targets } = await readStanding(profile, request.query)
      return { cityCode: profile.code, period, asOf: formatInstant(asOf), items: targets }
    })
    const tasksQuery = query.extend({ unit: z.string().max(60).optional() })
    app.get('/api/v1/tasks', { config, schema: { tags: ['programme'], summary: '任务表', querystring: tasksQuery, response: { 200: answer(taskRow) } } }, async (request) => {
      const profile = profileFor(deps.profiles, request.actor, request.query)
      const { period, asOf, targets } = await readStanding(profile, request.query)
      const { unit } = request.query
      const tasks = deriveTasks(profile, targets, asOf).filter((task) => unit === undefined || [...task.lead, ...task.joint].some((each) => each.code === unit))
      return { cityCode: profile.code, period, asOf: formatInstant(asOf), items: tasks }
    })
  }
}
