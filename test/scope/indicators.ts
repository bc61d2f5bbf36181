import { join } from 'node:path'
import { indicatorRoutes, recordMeasurement } from '../../src/indicators/index.ts'
import { loadProfile, type Profile } from '../../src/profiles/index.ts'
import { seedForeignRows } from './registers.ts'
import type { ForeignCase, TestContext, TestRoom } from './room.ts'

const demo = loadProfile(join(import.meta.dirname, '../../cities/demo')).profile!
const period = '2025H1'
/** E-tricycles: the foreign rows of the registers hold one in every foreign place. */
const code = demo.indicators.find((each) => each.canonical === 'tricycles.unified')!.code

function citiesOf({ world }: TestContext) {
  const profiles = [{ code: world.home.cityCode, name: '本市' }, { code: world.foreign.cityCode, name: world.foreign.marker }].map((city): Profile => ({ ...demo, ...city }))
  return { profiles, find: (asked: string) => profiles.find((each) => each.code === asked) }
}

/** Indicators: the foreign city's figures, and the rows of other districts and firms behind the home city's. */
export const indicatorsRoom: TestRoom = {
  name: 'indicators',
  async mount(app, context) {
    await app.register(indicatorRoutes({ db: context.database.db, clock: context.clock, cities: citiesOf(context) }))
  },
  async foreign(context) {
    await seedForeignRows(context)
    const cities = citiesOf(context)
    const record = async (cityCode: string): Promise<string> => {
      const now = context.clock()
      const [value] = await recordMeasurement(context.database.db, { city: cities.find(cityCode)!, period, asOf: now, codes: [code], now, by: 'scope-matrix' })
      return value!.id
    }
    const [home, foreign] = [await record(context.world.home.cityCode), await record(context.world.foreign.cityCode)]
    const query = { city: context.world.foreign.cityCode, period }
    const abroad: ForeignCase = { of: 'city', params: { id: foreign }, visibleTo: 'foreign-office-clerk' }
    const withRows: ForeignCase[] = [abroad, { of: 'district', params: { id: home }, visibleTo: 'clerk' }, { of: 'enterprise', params: { id: home }, visibleTo: 'clerk' }]
    return {
      'GET /api/v1/indicators': [{ of: 'city', query, visibleTo: 'foreign-office-clerk' }],
      'GET /api/v1/indicators/:code': [{ of: 'city', params: { code }, query, visibleTo: 'foreign-office-clerk' }],
      'POST /api/v1/indicators/measure': [{ of: 'city', body: query }, { of: 'district', body: { period } }],
      'GET /api/v1/facts/:id': [abroad],
      'GET /api/v1/facts/:id/lineage': withRows,
      'GET /api/v1/facts/:id/rows': withRows,
    }
  },
}
