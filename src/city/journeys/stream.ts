import type { FastifyReply, FastifyRequest } from 'fastify'
import { listLatest, type LatestRow } from '../../events/index.ts'
import { wait, type Clock } from '../../runtime/clock.ts'
import type { Db } from '../../runtime/database.ts'
import type { DirectoryVehicle } from './routes.ts'

interface StreamOptions {
  readonly db: Db
  readonly clock: Clock
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  /** vehicles the caller may see, asked again once a minute so that a changed register shows */
  readonly watched: () => Promise<ReadonlyMap<string, DirectoryVehicle>>
  readonly present: (row: LatestRow, vehicle: DirectoryVehicle) => unknown
  readonly pauseMs: number
}

const rewatchMs = 60_000

/**
 * Server-sent events: an event `positions` with every vehicle whose newest position was received since the last one.
 * The event id is that instant of receipt; a caller coming back with `Last-Event-ID` gets what came meanwhile, and one with an
 * id that means nothing here gets everything.
 */
export async function streamPositions({ db, clock, request, reply, watched, present, pauseMs }: StreamOptions): Promise<void> {
  let isOpen = true
  request.raw.on('close', () => (isOpen = false))
  let vehicles = await watched()
  let watchedAt = clock()
  const lastSeen = Number(request.headers['last-event-id'])
  let since = Number.isFinite(lastSeen) && lastSeen > 0 ? lastSeen : 0
  reply.hijack()
  const { raw } = reply
  raw.on('error', () => (isOpen = false))
  raw.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache, no-transform', connection: 'keep-alive', 'x-accel-buffering': 'no' })
  raw.write(`retry: ${pauseMs}\n\n`)
  try {
    for (let silent = 0; isOpen; await wait(pauseMs)) {
      if (clock() - watchedAt > rewatchMs) {
        vehicles = await watched()
        watchedAt = clock()
      }
      const fresh = (await listLatest(db, [...vehicles.keys()])).filter((row) => row.receivedAt > since)
      if (!isOpen) break
      if (fresh.length > 0) {
        since = fresh.reduce((latest, row) => Math.max(latest, row.receivedAt), since)
        raw.write(`id: ${since}\nevent: positions\ndata: ${JSON.stringify(fresh.map((row) => present(row, vehicles.get(row.vehicleId)!)))}\n\n`)
        silent = 0
      } else if (++silent % 15 === 0) raw.write(': still here\n\n')
    }
  } catch (error) {
    request.log.error({ err: error }, 'the position stream ended')
  }
  raw.end()
}
