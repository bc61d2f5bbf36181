import type { DataScope } from '../../src/accounts/index.ts'
import { dayOf, formatInstant, addDays } from '../../src/base/time.ts'
import { enterpriseRegister } from '../../src/city/enterprises/index.ts'
import { journeysRoutes, type DirectoryVehicle } from '../../src/city/journeys/index.ts'
import { vehicleRegister } from '../../src/city/vehicles/index.ts'
import { createFactSink, listFaultyFrames, listPositions } from '../../src/events/index.ts'
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

const unreadable = { code: 'checksum-mismatch', message: 'made up for the matrix' }

/**
 * Frames of no vehicle: the whole home city may see them, nobody narrowed to a district or a firm. Another city's people are not
 * callers of the matrix; src/city/journeys/routes-frames.test.ts asks as one of them.
 */
async function strangersFrames({ database: { db }, world }: TestContext): Promise<{ of: 'district' | 'enterprise'; id: string }[]> {
  const sink = createFactSink(db)
  const markers = { district: world.neighbour.districtMarker, enterprise: world.neighbour.enterpriseMarker }
  for (const terminal of Object.values(markers)) await sink.record({ protocol: 'gb32960', terminal, bytes: new Uint8Array([0x23]), receivedAt: world.now, vehicleId: null, events: [], fault: unreadable })
  const stored = await listFaultyFrames(db, { vehicleIds: [], withoutVehicle: true, limit: 100 })
  return (['district', 'enterprise'] as const).map((of) => ({ of, id: stored.find(({ terminal }) => terminal === markers[of])!.frameId }))
}

/** Journeys and frames: a position and a faulty frame of a vehicle in every foreign place, and faulty frames of nobody's vehicle. */
export const journeysRoom: TestRoom = {
  name: 'journeys',
  async mount(app, context) {
    await app.register(journeysRoutes({ db: context.database.db, clock: context.clock, vehicles: directory(context), decode: ({ bytes }) => ({ length: bytes.length }), defaultCity: context.world.home.cityCode, streamPauseMs: 20 }))
  },
  async foreign(context) {
    const { db } = context.database
    const { now } = context.world
    const sink = createFactSink(db)
    const day = dayOf(now)
    const span = { from: formatInstant(now - 60_000), to: formatInstant(now + 60_000) }
    const cases: Record<'track' | 'days' | 'trips' | 'frames' | 'faults', ForeignCase[]> = { track: [], days: [], trips: [], frames: [], faults: [] }
    for (const { place, ids } of (await seedForeignRows(context)).values()) {
      const id = ids.get('vehicle')!
      const position = { kind: 'position', observedAt: now, lon: 119.2, lat: 34.6, altitudeMetres: null, speedKmh: 0, directionDegrees: 0, odometerMetres: null, fixValid: true, ignitionOn: null, loadState: null, alarmFlags: 0, backfilled: false } as const
      await sink.record({ protocol: 'jt808', terminal: place.marker, bytes: new Uint8Array([0x7e]), receivedAt: now, vehicleId: id, events: [position], fault: null })
      await sink.record({ protocol: 'jt808', terminal: place.marker, bytes: new Uint8Array([0x7e]), receivedAt: now, vehicleId: id, events: [], fault: unreadable })
      const [point] = await listPositions(db, { vehicleId: id, from: now, to: now + 1, receivedBefore: null })
      const known = { of: place.of, visibleTo: place.visibleTo }
      cases.track.push({ ...known, params: { id }, query: span })
      cases.days.push({ ...known, params: { id }, query: { from: day, to: addDays(day, 1) } })
      cases.trips.push({ ...known, params: { id }, query: { day } })
      cases.frames.push({ ...known, params: { id: point!.frameId } })
      cases.faults.push({ ...known, query: { fault: 'true', limit: '200' } }, { ...known, query: { fault: 'true', code: unreadable.code, protocol: 'jt808', limit: '200' } })
    }
    for (const { of, id } of await strangersFrames(context)) {
      cases.frames.push({ of, params: { id }, visibleTo: 'clerk' })
      cases.faults.push({ of, query: { fault: 'true', protocol: 'gb32960', limit: '200' }, visibleTo: 'inspector' })
    }
    return {
      'GET /api/v1/vehicles/:id/track': cases.track,
      'GET /api/v1/vehicles/:id/days': cases.days,
      'GET /api/v1/vehicles/:id/trips': cases.trips,
      'GET /api/v1/frames': cases.faults,
      'GET /api/v1/frames/:id': cases.frames,
    }
  },
}
