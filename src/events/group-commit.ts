import type { FrameEvents } from './kinds.ts'

/** How many frames were committed together, how long it took, how many wait: for metrics and backpressure. */
export interface CommitReport {
  readonly frames: number
  readonly durationMs: number
  readonly waiting: number
}

interface Waiting {
  readonly frame: FrameEvents
  readonly weight: number
  resolve(): void
  reject(error: unknown): void
}

/**
 * Group commit: frames that arrive while a commit is at work share the next one, so durability costs one
 * fsync for many frames. Up to `lanes` commits run side by side; all frames of a vehicle keep to one lane,
 * so two commits never touch the same rows in a different order.
 */
export class GroupCommit {
  readonly #commit: (frames: readonly FrameEvents[]) => Promise<void>
  readonly #maxRows: number
  readonly #lanes: { queue: Waiting[]; head: number; busy: boolean }[]
  readonly #report: (report: CommitReport) => void

  constructor(options: { commit: (frames: readonly FrameEvents[]) => Promise<void>; lanes: number; maxRows: number; report?: (report: CommitReport) => void }) {
    this.#commit = options.commit
    this.#maxRows = options.maxRows
    this.#report = options.report ?? (() => undefined)
    this.#lanes = Array.from({ length: options.lanes }, () => ({ queue: [], head: 0, busy: false }))
  }

  /** Resolves when the frame is durable; rejects when its commit failed, then nothing of it is stored. */
  record(frame: FrameEvents): Promise<void> {
    const lane = this.#lanes[laneOf(frame.vehicleId ?? frame.terminal, this.#lanes.length)]!
    return new Promise((resolve, reject) => {
      lane.queue.push({ frame, weight: 1 + frame.events.length, resolve, reject })
      if (!lane.busy) {
        lane.busy = true
        // Let everything that arrived in this turn of the event loop join the same commit.
        setImmediate(() => void this.#drain(lane))
      }
    })
  }

  /** Frames handed over and not yet durable. */
  get waiting(): number {
    return this.#lanes.reduce((sum, lane) => sum + lane.queue.length - lane.head, 0)
  }

  /** Resolves when nothing waits any more; used when stopping, after the gateways closed. */
  async settled(): Promise<void> {
    while (this.waiting > 0 || this.#lanes.some((lane) => lane.busy)) await new Promise((resolve) => setTimeout(resolve, 5))
  }

  async #drain(lane: { queue: Waiting[]; head: number; busy: boolean }): Promise<void> {
    while (lane.head < lane.queue.length) {
      const batch: Waiting[] = []
      for (let weight = 0; lane.head < lane.queue.length && weight < this.#maxRows; lane.head++) {
        const next = lane.queue[lane.head]!
        batch.push(next)
        weight += next.weight
      }
      if (lane.head > 4096 || lane.head === lane.queue.length) {
        lane.queue.splice(0, lane.head)
        lane.head = 0
      }
      await this.#commitBatch(batch)
    }
    lane.busy = false
  }

  async #commitBatch(batch: readonly Waiting[]): Promise<void> {
    const started = performance.now()
    try {
      await this.#commit(batch.map((each) => each.frame))
      for (const each of batch) each.resolve()
    } catch (error) {
      if (batch.length === 1) batch[0]!.reject(error)
      // One poisonous frame must not take its neighbours with it: try them one by one.
      else for (const each of batch) await this.#commitBatch([each])
    }
    this.#report({ frames: batch.length, durationMs: performance.now() - started, waiting: this.waiting })
  }
}

function laneOf(key: string, lanes: number): number {
  let hash = 0
  for (let at = 0; at < key.length; at++) hash = (hash * 31 + key.charCodeAt(at)) | 0
  return (hash >>> 0) % lanes
}
