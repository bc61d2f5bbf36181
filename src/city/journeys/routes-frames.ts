import { z } from 'zod'
import type { Actor } from '../../accounts/index.ts'
import { dayMs, formatInstant } from '../../base/time.ts'
import { countFaults, findFrame, listFaultyFrames, type FaultyFrameRow, type FrameCursor } from '../../events/index.ts'
import { notFound, type App } from '../../runtime/http.ts'
import type { DirectoryVehicle, JourneysDeps } from './routes.ts'

const countedDays = 30
const protocol = z.enum(['jt808', 'gb32960'])
const fault = z.strictObject({ code: z.string(), message: z.string().describe('技术说明，供终端厂商核对') })

const frame = {
  receivedAt: z.string(), protocol, terminal: z.string().describe('终端号或车架号；读不出时为空'), vehicleId: z.string().nullable(),
}

const faultyFrames = z.strictObject({
  items: z.array(z.strictObject({ frameId: z.string(), ...frame, plate: z.string().nullable(), fault, byteLength: z.int() })),
  next: z.string().nullable().describe('更早一页的 before；没有更早的为 null'),
  counts: z.array(z.strictObject({ code: z.string(), frames: z.int() })).describe('近 30 天按原因计数，不受 code 与翻页影响'),
  countedSince: z.string(),
})

const wholeFrame = z.strictObject({ id: z.string(), ...frame, hex: z.string(), fault: fault.nullable(), decoded: z.unknown() })

const faultQuery = z.strictObject({
  fault: z.literal('true').describe('目录只列有问题的报文'),
  code: z.string().regex(/^[a-z0-9-]{1,60}$/).optional(),
  protocol: protocol.optional(),
  before: z.string().regex(/^\d{1,15}_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/).optional().describe('上一页的 next'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})

/** The cursor is the order itself, so a page neither repeats nor skips a frame while new ones arrive. */
const cursorText = ({ receivedAt, frameId }: FrameCursor): string => `${receivedAt}_${frameId}`
const cursorFrom = (text: string): FrameCursor => {
  const [receivedAt, frameId] = text.split('_') as [string, string]
  return { receivedAt: Number(receivedAt), frameId }
}

/**
 * A frame of no known vehicle has no city of its own: the ports belong to the installation. Only its standard city may read it,
 * and there only people who see the whole city.
 */
const mayReadStrangers = ({ role, scope }: Actor, defaultCity: string): boolean =>
  scope.cityCode === defaultCity && scope.districtCode === null && scope.enterpriseId === null && role !== 'enterprise'

const presentFaulty = (row: FaultyFrameRow, vehicle: DirectoryVehicle | undefined) => ({
  frameId: row.frameId, receivedAt: formatInstant(row.receivedAt), protocol: row.protocol, terminal: row.terminal, vehicleId: row.vehicleId, plate: vehicle?.plate ?? null,
  fault: { code: row.faultCode, message: row.faultMessage }, byteLength: row.byteLength,
})

/** Frames: one with its bytes and words, and the list of those that could not be used, with how many failed for which reason. */
export function addFrameRoutes(app: App, { db, clock, vehicles, decode, defaultCity }: JourneysDeps): void {
  app.get('/api/v1/frames', { config: { access: 'frames:read' }, schema: { tags: ['journeys'], summary: '有问题的报文', querystring: faultQuery, response: { 200: faultyFrames } } }, async ({ actor, query }) => {
    const now = clock()
    const known = new Map((await vehicles.listVehicles(actor.scope, now)).map((vehicle) => [vehicle.id, vehicle]))
    const question = { vehicleIds: [...known.keys()], withoutVehicle: mayReadStrangers(actor, defaultCity), protocol: query.protocol }
    const since = now - countedDays * dayMs
    const [found, counts] = await Promise.all([
      listFaultyFrames(db, { ...question, code: query.code, before: query.before === undefined ? undefined : cursorFrom(query.before), limit: query.limit + 1 }),
      countFaults(db, { ...question, since }),
    ])
    const shown = found.slice(0, query.limit)
    const items = shown.map((row) => presentFaulty(row, row.vehicleId === null ? undefined : known.get(row.vehicleId)))
    return { items, next: found.length > shown.length ? cursorText(shown.at(-1)!) : null, counts, countedSince: formatInstant(since) }
  })

  app.get('/api/v1/frames/:id', { config: { access: 'frames:read' }, schema: { tags: ['journeys'], summary: '原始报文', params: z.object({ id: z.uuid() }), response: { 200: wholeFrame } } }, async ({ actor, params }) => {
    const found = await findFrame(db, params.id)
    const isSeen = found && (found.vehicleId === null ? mayReadStrangers(actor, defaultCity) : await vehicles.findVehicle(actor.scope, found.vehicleId, clock()))
    if (!found || !isSeen) throw notFound('报文')
    const { frameId, receivedAt, protocol, terminal, vehicleId, bytes, faultCode, faultMessage } = found
    return {
      id: frameId, receivedAt: formatInstant(receivedAt), protocol, terminal, vehicleId, hex: bytes.toString('hex'),
      fault: faultCode === null ? null : { code: faultCode, message: faultMessage ?? '' }, decoded: decode(found),
    }
  })
}
