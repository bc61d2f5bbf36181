import { addPerson, hashPassword, type DataScope } from '../../src/accounts/index.ts'
import type { ForeignCase, TestRoom } from './room.ts'

/** Accounts: mounted with the server itself; foreign things are people of another city and of another district. */
export const accountsRoom: TestRoom = {
  name: 'accounts',
  async foreign({ database, world }) {
    const secret = { hash: await hashPassword('foreign people do not sign in'), setAt: world.now, oneTimeUntil: null }
    const abroad: DataScope = { cityCode: world.foreign.cityCode, districtCode: null, unitCode: null, enterpriseId: null }
    const person = await addPerson(database.db, { account: 'abroad', name: world.foreign.marker, role: 'office-clerk', scope: abroad }, secret)
    const neighbour = await addPerson(
      database.db,
      { account: 'neighbour', name: world.neighbour.districtMarker, role: 'office-clerk', scope: { ...abroad, cityCode: world.home.cityCode, districtCode: world.neighbour.districtCode } },
      secret,
    )
    const byId = (extra: Omit<ForeignCase, 'of' | 'params'> = {}): ForeignCase[] => [
      { of: 'city', params: { personId: person.personId }, ...extra },
      { of: 'district', params: { personId: neighbour.personId }, ...extra, ...(extra.visibleTo ? { visibleTo: 'administrator' } : {}) },
    ]
    const newPerson = { account: 'intruder', name: '越界', role: 'office-clerk' }
    return {
      'POST /api/v1/session': { exempt: 'names an account, shows nothing before the password is right' },
      'DELETE /api/v1/session': { exempt: 'ends the caller’s own session only' },
      'POST /api/v1/session/password': { exempt: 'changes the caller’s own password only' },
      'GET /api/v1/people/:personId': byId({ visibleTo: 'foreign-administrator' }),
      'PATCH /api/v1/people/:personId': byId({ body: { name: '改名' } }),
      'POST /api/v1/people/:personId/password': byId(),
      'POST /api/v1/people': [
        { of: 'city', body: { ...newPerson, cityCode: world.foreign.cityCode } },
        { of: 'city', body: { ...newPerson, districtCode: '990201' } },
        { of: 'city', body: { ...newPerson, role: 'enterprise', enterpriseId: world.foreign.enterpriseId } },
        { of: 'district', body: { ...newPerson, districtCode: world.neighbour.districtCode } },
      ],
    }
  },
}
