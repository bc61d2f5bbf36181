import { newId } from '../src/base/ids.ts'
import { accountsPlugin, addPerson, demoPassword, hashPassword, seedDemoAccounts, sessionCookie, type DataScope, type PersonRole } from '../src/accounts/index.ts'
import { systemClock, type Clock } from '../src/runtime/clock.ts'
import type { Database } from '../src/runtime/database.ts'
import { createHttp, type App } from '../src/runtime/http.ts'
import { installJobQueue } from '../src/runtime/jobs.ts'
import { createLog } from '../src/runtime/log.ts'
import { freshDatabase } from './fresh-database.ts'
import { accessRoom } from './scope/access.ts'
import { accountsRoom } from './scope/accounts.ts'
import { baseMapRoom } from './scope/base-map.ts'
import { testCities } from './scope/cities.ts'
import { indicatorsRoom } from './scope/indicators.ts'
import { journeysRoom } from './scope/journeys.ts'
import { documentsRoom } from './scope/documents.ts'
import { programmeRoom } from './scope/programme.ts'
import { registersRoom } from './scope/registers.ts'
import type { TestContext, TestRoom, TestWorld } from './scope/room.ts'

/** Every room whose routes are served. Adding a room is one line here and one file in test/scope. */
export const testRooms: readonly TestRoom[] = [accountsRoom, registersRoom, journeysRoom, indicatorsRoom, programmeRoom, documentsRoom, baseMapRoom, accessRoom]

/** A route as the server knows it; HEAD and OPTIONS twins left out. */
export interface KnownRoute {
  readonly method: string
  readonly url: string
  readonly access: string | undefined
  /** names in the querystring schema */
  readonly query: readonly string[]
  readonly hasBody: boolean
}

export interface TestApp extends TestContext {
  readonly app: App
  readonly routes: readonly KnownRoute[]
  /** `http://127.0.0.1:…`, for answers that stream */
  readonly address: string
  /** Signs in once per account and returns the cookie header's value. */
  signIn(account: string, password?: string): Promise<string>
  close(): Promise<void>
}

const home = { code: '990100', districtCode: '990101', otherDistrictCode: '990102' }
const foreignCity = '990200'

/** People of the foreign city, one of each role: they prove that a foreign marker is really there to be seen. And one of ours the demo lacks. */
const foreignRoles: readonly PersonRole[] = ['office-clerk', 'liaison', 'enterprise', 'inspector', 'administrator', 'auditor']

async function seedPeople({ db }: Database, world: TestWorld): Promise<void> {
  const secret = { hash: await hashPassword(demoPassword), setAt: world.now, oneTimeUntil: null }
  for (const role of foreignRoles) {
    const scope: DataScope = {
      cityCode: world.foreign.cityCode,
      districtCode: null,
      unitCode: role === 'liaison' ? 'transport' : null,
      enterpriseId: role === 'enterprise' ? world.foreign.enterpriseId : null,
    }
    await addPerson(db, { account: `foreign-${role}`, name: world.foreign.marker, role, scope }, secret)
  }
  const district: DataScope = { cityCode: world.home.cityCode, districtCode: world.home.districtCode, unitCode: null, enterpriseId: null }
  await addPerson(db, { account: 'district-administrator', name: '区县管理员', role: 'administrator', scope: district }, secret)
}

function knowRoutes(app: App): KnownRoute[] {
  const routes: KnownRoute[] = []
  app.addHook('onRoute', ({ method, url, config, schema }) => {
    const query = Object.keys((schema?.querystring as { shape?: Record<string, unknown> } | undefined)?.shape ?? {})
    for (const each of [method].flat()) if (each !== 'HEAD' && each !== 'OPTIONS') routes.push({ method: each, url: url.replaceAll(/\([^)]*\)/g, '').replaceAll('::', ':'), access: config?.access, query, hasBody: schema?.body !== undefined })
  })
  return routes
}

/** The server with every room on a fresh database, a home city with the demo accounts, and a foreign city to look for leaks in. */
export async function createTestApp({ clock = systemClock, rooms = testRooms, extraRoutes }: { clock?: Clock; rooms?: readonly TestRoom[]; extraRoutes?: (app: App) => Promise<void> } = {}): Promise<TestApp> {
  const database = await freshDatabase()
  await installJobQueue(database.db)
  const now = clock()
  const world: TestWorld = {
    now,
    home: { cityCode: home.code, districtCode: home.districtCode, enterpriseId: newId<'entity'>(now) },
    foreign: { cityCode: foreignCity, districtCode: '990201', enterpriseId: newId<'entity'>(now), marker: '外市标记7F3A' },
    neighbour: { districtCode: home.otherDistrictCode, enterpriseId: newId<'entity'>(now), districtMarker: '邻区标记9B2C', enterpriseMarker: '别家标记4D8E' },
  }
  await seedDemoAccounts(database.db, { code: home.code, madeUp: true, districtCode: home.districtCode, liaisonUnitCode: 'transport', enterpriseId: world.home.enterpriseId }, now)
  await seedPeople(database, world)
  const app = await createHttp({ log: createLog('silent'), requestId: () => newId<'request'>(clock()) })
  const routes = knowRoutes(app)
  await app.register(accountsPlugin({
    db: database.db,
    clock,
    settings: { sessionHours: 12, sessionIdleMinutes: 30, baseUrl: '' },
    defaultCity: home.code,
    findCity: (cityCode) => testCities[cityCode],
    listEnterprises: async (cityCode) => (cityCode === home.code ? [{ id: world.home.enterpriseId, name: '本市企业' }] : [{ id: world.foreign.enterpriseId, name: world.foreign.marker }]),
  }))
  for (const room of rooms) await room.mount?.(app, { database, clock, world })
  await extraRoutes?.(app)
  const address = await app.listen({ host: '127.0.0.1', port: 0 })
  const cookies = new Map<string, string>()
  return {
    app,
    database,
    clock,
    world,
    routes,
    address,
    async signIn(account, password = demoPassword) {
      const known = cookies.get(account)
      if (known) return known
      const answer = await app.inject({ method: 'POST', url: '/api/v1/session', payload: { account, password } })
      if (answer.statusCode !== 200) throw new Error(`signing in as ${account} answered ${answer.statusCode}: ${answer.body}`)
      const cookie = `${sessionCookie}=${answer.cookies.find((each) => each.name === sessionCookie)!.value}`
      cookies.set(account, cookie)
      return cookie
    },
    async close() {
      await app.close()
      await database.close()
    },
  }
}
