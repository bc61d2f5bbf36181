import { MessageChannel, receiveMessageOnPort, Worker, type MessagePort } from 'node:worker_threads'
import * as highs from 'highs'
import type { MipReply } from './mip-thread.ts'

/** Columns of zeros and ones, as few of them as are cheapest, with every row between its bounds. */
export interface CoverModel {
  readonly costs: Float64Array
  /** rows of column c: `rows[starts[c] … starts[c + 1])` */
  readonly starts: Int32Array
  readonly rows: Int32Array
  readonly lower: Float64Array
  readonly upper: Float64Array
  /** columns of a solution that is known */
  readonly known: Uint8Array
  readonly seconds?: number
  /** branches at most, where the clock must not decide */
  readonly nodes?: number
}

/** Solves a model while the caller waits; null when nothing was found or the caller wants no more. */
export interface MipSolver {
  solve(model: CoverModel, isCancelled: () => boolean): Uint8Array | null
}

/** HiGHS as WebAssembly. Its types are written for CommonJS, its module is not: the default export is the loader. */
export const loadMip = (): Promise<highs.Highs> => (highs.default as unknown as () => Promise<highs.Highs>)()

export function solveModel(mip: highs.Highs, { costs, starts, rows, lower, upper, known, seconds, nodes }: CoverModel): Uint8Array | null {
  const size = costs.length
  return mip.withModel({
    numCols: size,
    numRows: lower.length,
    colCost: costs,
    colLower: new Float64Array(size),
    colUpper: new Float64Array(size).fill(1),
    rowLower: lower,
    rowUpper: upper,
    matrix: { format: 'csc', numRows: lower.length, numCols: size, starts, indices: rows, values: new Float64Array(rows.length).fill(1) },
    integrality: new Int32Array(size).fill(mip.constants.variableType.integer),
  }, (model) => {
    model.options.set({ output_flag: false, mip_rel_gap: 1e-7, ...(seconds === undefined ? {} : { time_limit: seconds }), ...(nodes === undefined ? {} : { mip_max_nodes: nodes }) })
    model.setSolution({ colValue: Float64Array.from(known) })
    model.run()
    const values = model.getSolution().colValue
    return values.length === size ? Uint8Array.from(values, (value) => (value > 0.5 ? 1 : 0)) : null
  })
}

/** Milliseconds between two looks at whether the caller wants no more. */
const looksEvery = 20

/**
 * HiGHS in a thread of its own: it cannot be interrupted while it works at the root of its tree, but it can be left behind. The calling
 * thread sleeps meanwhile, so one worker still uses one core.
 */
export class MipThread implements MipSolver {
  /** seconds the thread has run, for a clock that counts them */
  ranSeconds = 0
  readonly #signal = new Int32Array(new SharedArrayBuffer(4))
  readonly #port: MessagePort
  readonly #thread: Worker

  constructor() {
    const { port1, port2 } = new MessageChannel()
    this.#port = port1
    this.#thread = new Worker(new URL('./mip-thread.ts', import.meta.url), { workerData: { port: port2, signal: this.#signal }, transferList: [port2] })
    this.#thread.unref()
    port1.unref()
  }

  solve(model: CoverModel, isCancelled: () => boolean): Uint8Array | null {
    Atomics.store(this.#signal, 0, 0)
    this.#port.postMessage(model)
    while (Atomics.wait(this.#signal, 0, 0, looksEvery) === 'timed-out') if (isCancelled()) return null
    const reply = receiveMessageOnPort(this.#port)?.message as MipReply | undefined
    this.ranSeconds = reply?.ranSeconds ?? this.ranSeconds
    return reply?.chosen ?? null
  }

  end(): void {
    void this.#thread.terminate()
  }
}
