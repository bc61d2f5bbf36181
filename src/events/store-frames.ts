import { rows, sql, type Db } from '../runtime/database.ts'
import type { SourceProtocol } from './kinds.ts'

/** A frame that could not become facts, or only in part, without its bytes. */
export interface FaultyFrameRow {
  frameId: string
  receivedAt: number
  protocol: SourceProtocol
  terminal: string
  vehicleId: string | null
  faultCode: string
  faultMessage: string
  byteLength: number
}

/** Whose faulty frames are asked for. */
export interface FaultQuestion {
  readonly vehicleIds: readonly string[]
  /** frames of no known vehicle too: unknown terminals, garbage */
  readonly withoutVehicle: boolean
  readonly protocol?: SourceProtocol | undefined
}

/** Where a page of faulty frames ended; the next begins below it. */
export interface FrameCursor {
  readonly receivedAt: number
  readonly frameId: string
}

const isAskedFor = ({ vehicleIds, withoutVehicle, protocol }: FaultQuestion) => sql`fault_code is not null
  and (vehicle_id = any(${vehicleIds}::uuid[]) or (${withoutVehicle}::bool and vehicle_id is null)) and (${protocol ?? null}::text is null or protocol = ${protocol ?? null}::text)`

/** Faulty frames, newest first; those below `before` when given. Frames received in the same millisecond keep the order of their ids. */
export const listFaultyFrames = (db: Db, { code, before, limit, ...question }: FaultQuestion & { code?: string | undefined; before?: FrameCursor | undefined; limit: number }): Promise<FaultyFrameRow[]> =>
  rows(db, sql<FaultyFrameRow>`select frame_id as "frameId", received_at as "receivedAt", protocol, terminal, vehicle_id as "vehicleId", fault_code as "faultCode",
      coalesce(fault_message, '') as "faultMessage", length(bytes) as "byteLength"
    from frame where ${isAskedFor(question)} and (${code ?? null}::text is null or fault_code = ${code ?? null}::text)
      and ${before ? sql`(received_at, frame_id) < (to_timestamp(${before.receivedAt}::float8 / 1000), ${before.frameId}::uuid)` : sql`true`}
    order by received_at desc, frame_id desc limit ${limit}`)

/** How many frames failed for which reason since an instant, the most frequent first. */
export const countFaults = (db: Db, { since, ...question }: FaultQuestion & { since: number }): Promise<{ code: string; frames: number }[]> =>
  rows(db, sql<{ code: string; frames: number }>`select fault_code as code, count(*) as frames from frame
    where ${isAskedFor(question)} and received_at >= to_timestamp(${since}::float8 / 1000) group by 1 order by 2 desc, 1`)
