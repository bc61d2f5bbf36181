import type { DataScope } from '../../src/accounts/index.ts'
import { dayOf, formatInstant, addDays } from '../../src/base/time.ts'
import { enterpriseRegister } from '../../src/city/enterprises/index.ts'
import { journeysRoutes, type DirectoryVehicle } from '../../src/city/journeys/index.ts'
import { vehicleRegister } from '../../src/city/vehicles/index.ts'
import { createFactSink, listPositions } from '../../src/events/index.ts'
import { findEntity, listEntities, type Entity } from '../../src/registers/index.ts'
import { seedForeignRows } from './registers.ts'
import type { ForeignCase, TestContext, TestRoom } from './room.ts'

/** The vehicles of the register, with their firm's name, inside the scope. */
const directory = ({ database: { db } }: TestContext) => {
  const card = async ({ id, data, enterpriseId, districtCode }: Entity, asOf: number, scope: DataScope): Promise<DirectoryVehicle> => {
    const firm = enterpriseId ? await findEntity(db, enterpriseRegister, { scope: { ...scope, districtCode: null }, key: { id: enterpriseId }, asOf }) : undefined
    return { id, plate: String(data['plate']), enterpriseId, enterpriseName: firm?.data.name ?? null, districtCode, category: String(data['category']), energy: null }
  }
  return {
    async listVehicles(scope: DataScope, asOf: number) {
      const { entities } = await listEntities(db, vehicleRegister, { scope, asOf, limit: 1000 })
      return Promise.all(entities.map((each) => card(each as unknown as Entity, asOf, scope)))
    },
    async findVehicle(scope: DataScope, id: string, asOf: number) {
      const found = await findEntity(db, vehicleRegister, { scope, key: { id }, asOf })
      return found && card(found as unknown as Entity, asOf, scope)
    },
  }
}

/** Journeys and frames: a position of a vehicle in every foreign place. */
export const journeysRoom: TestRoom = {
  name: 'journeys',
  async mount(app, context) {
    await app.register(journeysRoutes({ db: context.database.db, clock: context.clock, vehicles: directory(context), decode: ({ bytes }) => ({ length: bytes.length }), streamPauseMs: 20 }))
  },
  async foreign(context) {
    const { db } = context.database
    const { now } = context.world
    const sink = createFactSink(db)
    const day = dayOf(now)
    const span = { from: formatInstant(now - 60_000), to: formatInstant(now + 60_000) }
    const cases: Record<'track' | 'days' | 'trips' | 'frames', ForeignCase[]> = { track: [], days: [], trips: [], frames: [] }
    for (const { place, ids } of (await seedForeignRows(context)).values()) {
      const id = ids.get('vehicle')!
      const position = { kind: 'position', observedAt: now, lon: 119.2, lat: 34.6, altitudeMetres: null, speedKmh: 0, directionDegrees: 0, odometerMetres: null, fixValid: true, ignitionOn: null, loadState: null, alarmFlags: 0, backfilled: false } as const
      await sink.record({ protocol: 'jt808', terminal: place.marker, bytes: new Uint8Array([0x7e]), receivedAt: now, vehicleId: id, events: [position], fault: null })
      const [point] = await listPositions(db, { vehicleId: id, from: now, to: now + 1, receivedBefore: null })
      const known = { of: place.of, visibleTo: place.visibleTo }
      cases.track.push({ ...known, params: { id }, query: span })
      cases.days.push({ ...known, params: { id }, query: { from: day, to: addDays(day, 1) } })
      cases.trips.push({ ...known, params: { id }, query: { day } })
      cases.frames.push({ ...known, params: { id: point!.frameId } })
    }
    return {
      'GET /api/v1/vehicles/:id/track': cases.track,
      'GET /api/v1/vehicles/:id/days': cases.days,
      'GET /api/v1/vehicles/:id/trips': cases.trips,
      'GET /api/v1/frames/:id': cases.frames,
    }
  },
}
