import { z } from 'zod'
import type { DataScope } from '../../accounts/index.ts'
import { declareProblems, ProblemError } from '../../base/problems.ts'
import { addDays, dayOf, formatInstant, parseInstant, parsePeriod } from '../../base/time.ts'
import { secondsFromMs } from '../../base/units.ts'
import { listLatest, listPositions, type FrameRow, type LatestRow, type PositionRow } from '../../events/index.ts'
import type { Clock } from '../../runtime/clock.ts'
import type { Db } from '../../runtime/database.ts'
import { notFound, type Routes } from '../../runtime/http.ts'
import { journeyParameters } from './parameters.ts'
import { addFrameRoutes } from './routes-frames.ts'
import { listDayVersions, listStretches, listVehicleDays } from './store.ts'
import { streamPositions } from './stream.ts'
import { thinTrack } from './derive-thin.ts'

/** What the map shows of a vehicle beside its position. */
export interface DirectoryVehicle {
  readonly id: string
  readonly plate: string
  readonly enterpriseId: string | null
  readonly enterpriseName: string | null
  readonly districtCode: string | null
  readonly category: string
  readonly energy: string | null
}

/** The vehicles a person may see; handed in by the wiring so that journeys need not know how registers are read. */
export interface VehicleDirectory {
  listVehicles(scope: DataScope, asOf: number): Promise<readonly DirectoryVehicle[]>
  findVehicle(scope: DataScope, id: string, asOf: number): Promise<DirectoryVehicle | undefined>
}

export interface JourneysDeps {
  readonly db: Db
  readonly clock: Clock
  readonly vehicles: VehicleDirectory
  /** the installation's own city: its people see frames that belong to no known vehicle */
  readonly defaultCity: string
  /** a frame's bytes in words, by the gateway's own codec */
  readonly decode: (frame: FrameRow) => unknown
  /** pause between two looks at the newest positions; default 1 s */
  readonly streamPauseMs?: number
}

const problem = declareProblems('journeys', {
  'journeys-time-invalid': { message: '“{value}”不是有效的时间', cause: '时间须带时区，日期写作 2025-03-31', action: '请改为例如 2025-03-31T08:00:00+08:00 的写法' },
  'journeys-range-invalid': { message: '时间范围无效', cause: '起始不早于截止，或跨度超过 {limitDays} 天', action: '请缩小范围后重试' },
})

export const instantFrom = (text: string): number => {
  const instant = parseInstant(text)
  if (instant === undefined) throw new ProblemError(problem('journeys-time-invalid', { value: text }))
  return instant
}

const dayFrom = (text: string): string => {
  if (parsePeriod(text)?.kind !== 'day') throw new ProblemError(problem('journeys-time-invalid', { value: text }))
  return text
}

const asOfQuery = { asOf: z.string().optional().describe('按哪一时刻所知，RFC 3339') }
const vehicleParams = z.object({ id: z.uuid() })
const instantOrNull = (instant: number | null) => (instant === null ? null : formatInstant(instant))
const trackLimitDays = 8
const daysLimit = 1100

const presentPosition = (row: LatestRow, vehicle: DirectoryVehicle) => ({ ...vehicle, ...row, vehicleId: row.vehicleId, observedAt: formatInstant(row.observedAt), receivedAt: formatInstant(row.receivedAt) })

const presentPoint = (row: PositionRow) => ({
  observedAt: formatInstant(row.observedAt), receivedAt: formatInstant(row.receivedAt), source: row.source, lon: row.lon, lat: row.lat, speedKmh: row.speedKmh,
  directionDegrees: row.directionDegrees, odometerMetres: row.odometerMetres, fixValid: row.fixValid, backfilled: row.backfilled, frameId: row.frameId, frameItem: row.frameItem,
})

/** Live map, track replay, vehicle-days, trips, frames. Every route asks the directory first, so nobody sees a vehicle outside their scope. */
export function journeysRoutes(deps: JourneysDeps): Routes {
  const { db, clock, vehicles } = deps
  const getVehicle = async (scope: DataScope, id: string): Promise<DirectoryVehicle> => {
    const vehicle = await vehicles.findVehicle(scope, id, clock())
    if (!vehicle) throw notFound('车辆')
    return vehicle
  }

  return async (app) => {
    app.get('/api/v1/positions/latest', { config: { access: 'positions:read' }, schema: { tags: ['journeys'], summary: '各车最新位置', querystring: z.strictObject({}) } }, async (request) => {
      const now = clock()
      const known = new Map((await vehicles.listVehicles(request.actor.scope, now)).map((vehicle) => [vehicle.id, vehicle]))
      const latest = await listLatest(db, [...known.keys()])
      return { asOf: formatInstant(now), items: latest.map((row) => presentPosition(row, known.get(row.vehicleId)!)) }
    })

    app.get('/api/v1/stream/positions', { config: { access: 'positions:read' }, schema: { tags: ['journeys'], summary: '新位置的事件流（SSE）' } }, async (request, reply) => {
      const watched = async () => new Map((await vehicles.listVehicles(request.actor.scope, clock())).map((vehicle) => [vehicle.id, vehicle]))
      await streamPositions({ db, clock, request, reply, watched, present: presentPosition, pauseMs: deps.streamPauseMs ?? 1000 })
    })

    app.get(
      '/api/v1/vehicles/:id/track',
      { config: { access: 'positions:read' }, schema: { tags: ['journeys'], summary: '轨迹', params: vehicleParams, querystring: z.strictObject({ from: z.string(), to: z.string(), maxPoints: z.coerce.number().int().min(2).max(20_000).optional(), ...asOfQuery }) } },
      async (request) => {
        const vehicle = await getVehicle(request.actor.scope, request.params.id)
        const [from, to] = [instantFrom(request.query.from), instantFrom(request.query.to)]
        if (from >= to || dayOf(to) > addDays(dayOf(from), trackLimitDays)) throw new ProblemError(problem('journeys-range-invalid', { limitDays: trackLimitDays }))
        const receivedBefore = request.query.asOf === undefined ? null : instantFrom(request.query.asOf)
        const points = await listPositions(db, { vehicleId: vehicle.id, from, to, receivedBefore })
        const shown = request.query.maxPoints === undefined ? points : thinTrack(points, request.query.maxPoints)
        return { vehicle, from: formatInstant(from), to: formatInstant(to), pointCount: points.length, items: shown.map(presentPoint) }
      },
    )

    app.get(
      '/api/v1/vehicles/:id/days',
      { config: { access: 'positions:read' }, schema: { tags: ['journeys'], summary: '车日', params: vehicleParams, querystring: z.strictObject({ from: z.string(), to: z.string(), ...asOfQuery }) } },
      async (request) => {
        const vehicle = await getVehicle(request.actor.scope, request.params.id)
        const [from, to] = [dayFrom(request.query.from), dayFrom(request.query.to)]
        if (from >= to || to > addDays(from, daysLimit)) throw new ProblemError(problem('journeys-range-invalid', { limitDays: daysLimit }))
        const asOf = request.query.asOf === undefined ? null : instantFrom(request.query.asOf)
        const days = await listVehicleDays(db, { vehicleId: vehicle.id, from, to, asOf })
        return { vehicle, derivation: journeyParameters.version, items: days.map(presentDay) }
      },
    )

    app.get(
      '/api/v1/vehicles/:id/trips',
      { config: { access: 'positions:read' }, schema: { tags: ['journeys'], summary: '某日的行程与停留', params: vehicleParams, querystring: z.strictObject({ day: z.string() }) } },
      async (request) => {
        const vehicle = await getVehicle(request.actor.scope, request.params.id)
        const day = dayFrom(request.query.day)
        const { trips, halts } = await listStretches(db, { vehicleId: vehicle.id, day })
        const versions = await listDayVersions(db, { vehicleId: vehicle.id, day })
        const timed = <Row extends { startedAt: number; endedAt: number }>(row: Row) => ({ ...row, durationSeconds: secondsFromMs(row.endedAt - row.startedAt), startedAt: formatInstant(row.startedAt), endedAt: formatInstant(row.endedAt) })
        return { vehicle, day, trips: trips.map(timed), halts: halts.map(timed), versions: versions.map(presentDay) }
      },
    )

    addFrameRoutes(app, deps)
  }
}

type DayRow = Awaited<ReturnType<typeof listVehicleDays>>[number]
const presentDay = (row: DayRow) => ({
  ...row, recordedAt: formatInstant(row.recordedAt), supersededAt: instantOrNull(row.supersededAt), firstObservedAt: instantOrNull(row.firstObservedAt), lastObservedAt: instantOrNull(row.lastObservedAt),
})
