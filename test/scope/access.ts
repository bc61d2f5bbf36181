import { join } from 'node:path'
import { accessRoutes, createRules, readCalendars } from '../../src/city/access/index.ts'
import { newId } from '../../src/base/ids.ts'
import { orderJob } from '../../src/runtime/jobs.ts'
import { insertDraft, insertVersion, lockRules } from '../../src/city/access/store.ts'
import type { ForeignCase, TestContext, TestRoom } from './room.ts'

const cities = join(import.meta.dirname, '../../cities')

export const accessDeps = ({ database: { db }, clock }: TestContext) =>
  ({ db, clock, rules: createRules({ db, clock, directoryOf: () => join(cities, 'demo'), calendars: readCalendars(join(cities, 'calendar')) }) })

/** Access rules: published rules are public law; drafts and versions of a foreign city carry the marker. */
export const accessRoom: TestRoom = {
  name: 'access',
  async mount(app, context) {
    await app.register(accessRoutes(accessDeps(context)))
  },
  async foreign(context) {
    const { database: { db }, world } = context
    const { cityCode, marker } = world.foreign
    const deps = accessDeps(context)
    const document = deps.rules.fileOf(cityCode)!
    await lockRules(db, cityCode)
    const versionId = await insertVersion(db, { cityCode, title: marker, document: { ...document, title: marker }, noticeNumber: '外〔2026〕1号', effectiveFrom: world.now, author: { id: null, name: marker }, now: world.now })
    const draftId = await insertDraft(db, { cityCode, title: marker, baseVersionId: versionId, document: { ...document, title: `${marker}，改` }, authorName: marker, now: world.now })
    // A replay of the whole city shows vehicles of every district: nothing for somebody of one.
    const orderReplay = async (city: string, draftTitle: string): Promise<string> => {
      const jobId = newId<'job'>(world.now)
      await orderJob(db, { jobId, kind: 'access.replay', scope: { cityCode: city, districtCode: null, enterpriseId: null }, requestedBy: '某人', question: { draftId, draftTitle, draftRevision: 1, from: '2026-01-01', to: '2026-02-01' }, input: null, now: world.now })
      return jobId
    }
    const [foreignReplay, cityWideReplay] = [await orderReplay(cityCode, marker), await orderReplay(world.home.cityCode, world.neighbour.districtMarker)]
    const seen = (id: string): ForeignCase[] => [{ of: 'city', params: { id }, visibleTo: 'foreign-office-clerk' }]
    const change = (body?: unknown): ForeignCase[] => [{ of: 'city', params: { id: draftId }, ...(body === undefined ? {} : { body }) }]
    const publicLaw = { exempt: 'traffic rules in force are public law in every city; plates are looked up within the caller\'s own scope only' }
    return {
      'GET /api/v1/rule-checks': publicLaw,
      'POST /api/v1/rule-checks:batch': publicLaw,
      'GET /api/v1/access/zones': publicLaw,
      'GET /api/v1/access/rules': publicLaw,
      'GET /api/v1/access/calendar': publicLaw,
      'GET /api/v1/access/closures': publicLaw,
      'GET /api/v1/access/versions': [{ of: 'city', visibleTo: 'foreign-office-clerk' }],
      'GET /api/v1/access/versions/:id': seen(versionId),
      'GET /api/v1/access/versions/:id/diff': seen(versionId),
      'GET /api/v1/access/drafts': [{ of: 'city', visibleTo: 'foreign-office-clerk' }],
      'GET /api/v1/access/drafts/:id': seen(draftId),
      'GET /api/v1/access/drafts/:id/base': seen(draftId),
      'GET /api/v1/access/drafts/:id/diff': seen(draftId),
      'POST /api/v1/access/drafts': { exempt: 'writes into the caller\'s own city; the body names no place' },
      'PUT /api/v1/access/drafts/:id': change({ title: '改动', document }),
      'DELETE /api/v1/access/drafts/:id': change(),
      'POST /api/v1/access/drafts/:id/replays': change({ from: '2026-01-01', to: '2026-01-02' }),
      'GET /api/v1/access/replays': [{ of: 'city', visibleTo: 'foreign-office-clerk' }, { of: 'district', visibleTo: 'clerk' }],
      'GET /api/v1/access/replays/:id': [{ of: 'city', params: { id: foreignReplay }, visibleTo: 'foreign-office-clerk' }, { of: 'district', params: { id: cityWideReplay }, visibleTo: 'clerk' }],
      'POST /api/v1/access/replays/:id/cancel': [{ of: 'city', params: { id: foreignReplay } }, { of: 'district', params: { id: cityWideReplay } }],
      'POST /api/v1/access/drafts/:id/publish': change({ noticeNumber: '外', effectiveFrom: '2030-01-01T00:00:00+08:00' }),
      'POST /api/v1/access/closures': { exempt: 'writes into the caller\'s own city; the body names no place' },
      'POST /api/v1/access/closures/:id/withdraw': change(),
    }
  },
}
