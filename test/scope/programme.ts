import { join } from 'node:path'
import { loadProfile, type Profile } from '../../src/profiles/index.ts'
import { createBulletin, programmeRoutes, type MeasuredValue, type ProgrammeDeps } from '../../src/programme/index.ts'
import { checkFiguresUnchanged } from '../../src/reports/index.ts'
import { formatInstant } from '../../src/base/time.ts'
import type { ForeignCase, TestContext, TestRoom } from './room.ts'

const demo = loadProfile(join(import.meta.dirname, '../../cities/demo')).profile!
/** The demo city's plan as the plan of a test city: plans are public, so the marker stands in what was measured, not in the plan. */
const planOf = (code: string): Profile => ({ ...demo, code, name: `试验市${code}` })

export function programmeDeps({ database: { db }, clock, world }: TestContext): ProgrammeDeps {
  const values = async ({ cityCode, period, asOf }: { cityCode: string; period: string; asOf: number }): Promise<MeasuredValue[]> =>
    [['D-03', 21], ['D-08', 10], ['D-07', 3.6]].map(([code, value]) => ({
      id: `${cityCode === world.foreign.cityCode ? world.foreign.marker : 'value'}-${code}`,
      city: cityCode, code: String(code), definition: 'test', definitionVersion: '1', period, asOf: formatInstant(asOf), value: Number(value), unit: '', numerator: null, denominator: null, rowsCounted: 21, rowsExcluded: 2, met: null, openQuestions: [],
    }))
  return { db, clock, profiles: [planOf(world.home.cityCode), planOf(world.foreign.cityCode)], findValues: values, measure: values, checkFigures: checkFiguresUnchanged }
}

/** Programme: targets, tasks and a bulletin of the foreign city. */
export const programmeRoom: TestRoom = {
  name: 'programme',
  async mount(app, context) {
    await app.register(programmeRoutes(programmeDeps(context)))
  },
  async foreign(context) {
    const deps = programmeDeps(context)
    const { cityCode, marker } = context.world.foreign
    const actor = { personId: null, name: marker, role: 'office-clerk', scope: { cityCode, districtCode: null, unitCode: null, enterpriseId: null } } as const
    const bulletin = await createBulletin(deps, deps.profiles.find((each) => each.code === cityCode)!, { period: '2026H1', actor })
    const query = { city: cityCode }
    const seen: ForeignCase[] = [{ of: 'city', query, visibleTo: 'foreign-office-clerk' }]
    const one: ForeignCase[] = [{ of: 'city', params: { id: bulletin.bulletinId }, query, visibleTo: 'foreign-office-clerk' }]
    const change = (body?: unknown): ForeignCase[] => [
      { of: 'city', params: { id: bulletin.bulletinId }, query, ...(body === undefined ? {} : { body }) },
      { of: 'city', params: { id: bulletin.bulletinId }, ...(body === undefined ? {} : { body }) },
    ]
    return {
      'GET /api/v1/profiles/:code': { exempt: 'plans are public documents, open without signing in' },
      'GET /api/v1/targets': seen,
      'GET /api/v1/tasks': seen,
      'GET /api/v1/bulletins': seen,
      'GET /api/v1/bulletins/:id': one,
      'GET /api/v1/bulletins/:id/versions': one,
      'POST /api/v1/bulletins': [{ of: 'city', body: { city: cityCode, period: '2026H2' } }, { of: 'district', body: { period: '2026H2' } }],
      'PATCH /api/v1/bulletins/:id': change({ title: '改动' }),
      'POST /api/v1/bulletins/:id/recompose': change(),
      'POST /api/v1/bulletins/:id/publish': change(),
    }
  },
}
