import { MessageChannel, receiveMessageOnPort, Worker, type MessagePort } from 'node:worker_threads'
import * as highs from 'highs'
import type { MipReply } from './mip-thread.ts'

/** Columns of zeros and ones, as few of them as are cheapest, with every row between its bounds. */
export interface CoverModel {
  readonly costs: Float64Array
  /** rows of column c: `rows[starts[c] … starts[c + 1])`, ascending */
  readonly starts: Int32Array
  readonly rows: Int32Array
  readonly lower: Float64Array
  readonly upper: Float64Array
  /** the first columns are a solution that is known */
  readonly known: number
  /** columns the search for whole numbers can take; of more the most promising are chosen by their reduced costs */
  readonly most: number
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

/** Null when nothing better than the known columns was found. */
export function solveModel(mip: highs.Highs, model: CoverModel): Uint8Array | null {
  const { costs, known, seconds, nodes } = model
  const columns = choosePromising(mip, model)
  if (columns.length <= known) return null
  const whole = { ...partOf(model, columns), colUpper: new Float64Array(columns.length).fill(1), integrality: new Int32Array(columns.length).fill(mip.constants.variableType.integer) }
  return mip.withModel(whole, (solver) => {
    solver.options.set({ output_flag: false, mip_rel_gap: 1e-7, ...(seconds === undefined ? {} : { time_limit: seconds }), ...(nodes === undefined ? {} : { mip_max_nodes: nodes }) })
    solver.setSolution({ colValue: Float64Array.from(columns, (column) => (column < known ? 1 : 0)) })
    solver.run()
    const values = solver.getSolution().colValue
    if (values.length !== columns.length) return null
    const chosen = new Uint8Array(costs.length)
    columns.forEach((column, at) => (chosen[column] = values[at]! > 0.5 ? 1 : 0))
    return chosen
  })
}

/** A new column is taken into the relaxation while fewer than so many of a round serve some row of it. */
const columnsPerRow = 3
/** After so many rounds without an end prices are good enough to choose by. */
const mostRounds = 40
const leastGain = 1e-6

/**
 * The known columns, and those that could be part of something better: by the prices of rows in the relaxed problem, solved by taking up columns
 * until none has negative reduced costs, a column whose reduced costs exceed what the known solution costs above the relaxation cannot.
 */
function choosePromising(mip: highs.Highs, model: CoverModel): number[] {
  const { costs, starts, rows, known, most, seconds } = model
  const all = Array.from({ length: costs.length }, (_, column) => column)
  if (costs.length <= most) return all
  const reduced = new Float64Array(costs.length)
  const isTaken = new Uint8Array(costs.length).fill(1, 0, known)
  const began = performance.now()
  const bound = mip.withModel(partOf(model, all.slice(0, known)), (solver) => {
    solver.options.set({ output_flag: false, presolve: 'off', solver: 'simplex' })
    for (let round = 0; ; round++) {
      solver.run()
      const prices = solver.getSolution().rowDual
      for (let column = 0; column < costs.length; column++) {
        let value = costs[column]!
        for (let at = starts[column]!; at < starts[column + 1]!; at++) value -= prices[rows[at]!]!
        reduced[column] = value
      }
      const taken = chooseEntering(model, reduced, isTaken)
      const isLate = seconds !== undefined && performance.now() - began > 1000 * seconds
      if (taken.length === 0 || round === mostRounds || isLate) return solver.getObjectiveValue()
      const { colCost, colLower, colUpper, matrix } = partOf(model, taken)
      solver.addCols({ cost: colCost, lower: colLower, upper: colUpper, matrix })
      for (const column of taken) isTaken[column] = 1
    }
  })
  let excess = -bound
  for (let column = 0; column < known; column++) excess += costs[column]!
  const others = all.slice(known).filter((column) => reduced[column]! < excess - leastGain)
  return [...all.slice(0, known), ...others.sort((a, b) => reduced[a]! - reduced[b]!).slice(0, most - known)]
}

/** Columns with negative reduced costs, the most negative first, few for each row. */
function chooseEntering({ starts, rows, lower }: CoverModel, reduced: Float64Array, isTaken: Uint8Array): number[] {
  const negative: number[] = []
  for (let column = 0; column < reduced.length; column++) if (reduced[column]! < -leastGain && isTaken[column] === 0) negative.push(column)
  negative.sort((a, b) => reduced[a]! - reduced[b]!)
  const served = new Int32Array(lower.length)
  return negative.filter((column) => {
    const own = rows.subarray(starts[column]!, starts[column + 1]!)
    if (own.every((row) => served[row]! >= columnsPerRow)) return false
    for (const row of own) served[row]!++
    return true
  })
}

/** The relaxed problem of some of the columns. */
function partOf({ costs, starts, rows, lower, upper }: CoverModel, columns: readonly number[]) {
  const begins = new Int32Array(columns.length + 1)
  columns.forEach((column, at) => (begins[at + 1] = begins[at]! + starts[column + 1]! - starts[column]!))
  const indices = new Int32Array(begins[columns.length]!)
  columns.forEach((column, at) => indices.set(rows.subarray(starts[column]!, starts[column + 1]!), begins[at]!))
  return {
    numCols: columns.length,
    numRows: lower.length,
    colCost: Float64Array.from(columns, (column) => costs[column]!),
    colLower: new Float64Array(columns.length),
    colUpper: new Float64Array(columns.length).fill(Infinity),
    rowLower: lower,
    rowUpper: upper,
    matrix: { format: 'csc' as const, numRows: lower.length, numCols: columns.length, starts: begins, indices, values: new Float64Array(indices.length).fill(1) },
  }
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
