import type { Worker } from 'node:worker_threads'
import { ProblemError } from '../../base/problems.ts'
import type { Plan, PlanningProblem } from '../model/index.ts'
import { isReplanning } from '../model/replanning.ts'
import { planOfNothing } from './plan.ts'
import { returnThread, takeThread } from './threads.ts'
import { isBetter } from './best.ts'
import { graceMs, type Budget, type Progress } from './budget.ts'
import type { SyncAnswer, WorkerReply, WorkerTask } from './worker.ts'

export interface SolveOptions extends Budget {
  readonly seed?: number
  readonly workers?: number
  /** `cpu` counts the seconds a worker's thread really ran: for benchmarks on a machine that does other things as well */
  readonly clock?: 'wall' | 'cpu'
}

/** A search under way in its own threads; the calling thread stays free. */
export interface Solving {
  readonly plan: Promise<Plan>
  /** how far all workers together are, at once */
  progress(): Progress
  /**
   * asks for the best plan so far; it comes within a tenth of a second, from a re-planning with more than a thousand judged stops a little later.
   * Before there is a first plan it is what a tenth of a second allows, perhaps nothing
   */
  cancel(): void
}

/** Searches shorter than this, and those around what changed in a plan, share threads that are kept ready. */
const shortSeconds = 3

/** Sync points of several workers. More would make them one search, fewer would waste what one has found. */
const syncs = 11

/**
 * Searches for a plan with one thread a worker. With `iterations` the result depends on problem, seed and workers only; with `seconds` on
 * the clock as well. The problem must come from `parseProblem`. Rejects only for errors of ours.
 */
export function solve(problem: PlanningProblem, options: SolveOptions): Solving {
  // what changes in a plan in use is one thread's work of less than a second, whatever it is given
  const isNear = isReplanning(problem)
  const workers = isNear ? 1 : Math.max(1, options.workers ?? 1)
  const seed = options.seed ?? 1
  const control = new Int32Array(new SharedArrayBuffer(8))
  const progress = new Float64Array(new SharedArrayBuffer(workers * 32))
  const budget: Budget = options.iterations === undefined ? { seconds: options.seconds ?? 10 } : { iterations: options.iterations }
  const isShort = isNear || (budget.seconds ?? Infinity) < shortSeconds
  const calledAt = performance.timeOrigin + performance.now()
  const threads = Array.from({ length: workers }, (_, stream) => {
    const task: WorkerTask = { kind: 'task', problem, seed, stream, workers, budget, syncs, control, progress, clock: options.clock ?? 'wall', calledAt }
    const thread = takeThread(isShort)
    thread.postMessage(task)
    return thread
  })
  const end = (isReusable: boolean) => threads.forEach((each) => returnThread(each, isReusable))
  const nothing = planOfNothing(problem, seed, workers)
  let giveUp = (_: Plan): void => {}
  const givenUp = new Promise<Plan>((resolve) => (giveUp = resolve))
  const searched = gather(threads, problem.objective === 'vehicles-then-cost')
  const plan = Promise.race([searched, givenUp]).then((found) => {
    // a thread that is still reading the problem cannot be used again
    end(isShort && found !== nothing)
    return found
  }, (error: unknown) => {
    end(false)
    throw error
  })
  return {
    plan,
    cancel: () => {
      Atomics.store(control, 0, 1)
      // threads that start, or fill tables, do not look up; plans in use must be handed back as they are
      if (problem.routes?.length) return
      setTimeout(() => (Atomics.load(control, 1) === 0 ? giveUp(nothing) : undefined), graceMs)
    },
    progress: () => sumProgress(progress, workers),
  }
}

function sumProgress(progress: Float64Array, workers: number): Progress {
  const rows = Array.from({ length: workers }, (_, at) => progress.subarray(at * 4, at * 4 + 4)).filter((row) => row[0]! > 0)
  const best = rows.toSorted((a, b) => a[1]! - b[1]!)[0]
  return { iterations: rows.reduce((sum, row) => sum + row[0]!, 0), cost: best?.[1] ?? Infinity, vehicles: best?.[2] ?? 0, unassigned: best?.[3] ?? 0 }
}

type Sync = Extract<WorkerReply, { kind: 'sync' }>

/** Answers each sync point when all workers have reached it, and resolves with the best plan when all are done. */
function gather(threads: readonly Worker[], isVehiclesFirst: boolean): Promise<Plan> {
  return new Promise((resolve, reject) => {
    const waiting = new Map<number, Sync>()
    const done = new Map<number, Extract<WorkerReply, { kind: 'done' }>>()
    threads.forEach((thread, at) => {
      thread.on('error', reject)
      thread.on('exit', (code) => (done.has(at) ? undefined : reject(new Error(`planner worker ${at} ended with code ${code}`))))
      thread.on('message', (reply: WorkerReply) => {
        if (reply.kind === 'refused') return reject(new ProblemError(reply.problems))
        if (reply.kind === 'sync') waiting.set(at, reply)
        else done.set(at, reply)
        if (waiting.size === threads.length) answer(threads, waiting, isVehiclesFirst)
        if (done.size < threads.length) return
        const order = [...done.entries()].sort(([a], [b]) => a - b).map(([, each]) => each)
        const best = order.reduce((a, b) => (isBetter(b.best, a.best, isVehiclesFirst) ? b : a))
        resolve({ ...best.plan, iterations: order.reduce((sum, each) => sum + each.iterations, 0) })
      })
    })
  })
}

/** The worse half continues from the best plan of all; the rest keeps its own line. */
function answer(threads: readonly Worker[], waiting: Map<number, Sync>, isVehiclesFirst: boolean): void {
  const ranked = threads.map((_, at) => at).sort((a, b) => {
    const [first, second] = [waiting.get(a)!.best, waiting.get(b)!.best]
    return isBetter(first, second, isVehiclesFirst) ? -1 : isBetter(second, first, isVehiclesFirst) ? 1 : a - b
  })
  const { best } = waiting.get(ranked[0]!)!
  const routes = threads.map((_, at) => waiting.get(at)!.routes)
  const kept = Math.ceil(threads.length / 2)
  waiting.clear()
  threads.forEach((thread, at) => {
    const others = routes.filter((_, other) => other !== at).flat()
    thread.postMessage({ kind: 'answer', best: ranked.indexOf(at) < kept ? null : best, routes: others } satisfies SyncAnswer)
  })
}
