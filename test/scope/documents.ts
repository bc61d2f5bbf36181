import { join } from 'node:path'
import { demoRoutes, documentRoutes, publishedDocumentRoutes } from '../../src/commands/room-routes.ts'
import { portalRoutes } from '../../src/portal/index.ts'
import { halfYearOf } from '../../src/base/time.ts'
import { readSettings } from '../../src/runtime/settings.ts'
import { programmeDeps } from './programme.ts'
import type { TestContext, TestRoom } from './room.ts'

/** What the wiring hands to documents, for the two test cities. */
function documentCore(context: TestContext) {
  const { profiles } = programmeDeps(context)
  const find = (code: string) => profiles.find((each) => each.code === code)
  const cities = { profiles, find, get: (code: string) => find(code)!, directoryOf: () => join('cities', 'demo'), standard: profiles[0]! }
  return { cities, database: context.database, settings: { ...readSettings({}), baseUrl: 'http://127.0.0.1' }, demo: { progress: null } }
}

/** Documents set in type, and what the public reads. Their bytes are compressed, so `test/documents-scope.test.ts` walks them by status. */
export const documentsRoom: TestRoom = {
  name: 'documents',
  async mount(app, context) {
    const core = documentCore(context)
    const { db, clock, profiles, findValues } = programmeDeps(context)
    await app.register(documentRoutes(core))
    await app.register(publishedDocumentRoutes(core))
    await app.register(demoRoutes(core))
    await app.register(portalRoutes({ db, clock, profiles, defaultCity: profiles[0]!.code, findValues, periodAt: halfYearOf, listPublished: async () => [] }))
  },
  foreign: async () => ({
    'GET /api/v1/bulletins/:id.pdf': { exempt: 'compressed bytes carry no marker; test/documents-scope.test.ts walks it by status' },
    'GET /api/v1/bulletins/:id.docx': { exempt: 'compressed bytes carry no marker; test/documents-scope.test.ts walks it by status' },
    'GET /api/v1/documents/fonts': { exempt: 'fonts of this machine, no data of a city' },
    'GET /api/v1/portal/overview': { exempt: 'public: progress and published documents of any city, open without signing in' },
    'GET /api/v1/portal/:kind': { exempt: 'public: places with what stands on a sign' },
    'GET /api/v1/portal/documents/:file': { exempt: 'published documents only; test/documents-scope.test.ts shows that a draft does not exist here' },
    'GET /api/v1/demo': { exempt: 'progress of the simulated fleet of the made-up city' },
  }),
}
