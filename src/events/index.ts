import type { Db } from '../runtime/database.ts'
import { GroupCommit, type CommitReport } from './group-commit.ts'
import type { FactSink } from './kinds.ts'
import { recordFrames } from './store.ts'

export type { FactSink, FrameEvents, PositionEvent, SourceProtocol, TerminalSessionEvent, VehicleEvent, VehicleStateEvent } from './kinds.ts'
export type { CommitReport } from './group-commit.ts'
export { findFrame, findNeighbours, instantsOfDay, listLatest, listPositions, listTouchedDays, settleTouchedDay } from './store.ts'
export type { FrameRow, LatestRow, PositionRow, TouchedDay } from './store.ts'

export interface FactStore extends FactSink {
  /** frames handed over and not yet durable */
  readonly waiting: number
  /** resolves when nothing waits any more */
  settled(): Promise<void>
}

/** The fact store behind the gateways: group commit on PostgreSQL; `waiting` tells how much is not durable yet. */
export function createFactSink(db: Db, report?: (report: CommitReport) => void): FactStore {
  const commits = new GroupCommit({ commit: (frames) => recordFrames(db, frames), lanes: 2, maxRows: 4000, ...(report && { report }) })
  return {
    record: (frame) => commits.record(frame),
    settled: () => commits.settled(),
    get waiting() {
      return commits.waiting
    },
  }
}
export { listTrackRows, settleTouchedDays, type TrackRow } from './store-tracks.ts'
export { countFaults, listFaultyFrames, type FaultQuestion, type FaultyFrameRow, type FrameCursor } from './store-frames.ts'
