import { Worker } from 'node:worker_threads'
import { ProblemError } from '../../base/problems.ts'
import type { Progress } from '../solver/budget.ts'
import type { EchelonReply, EchelonTask } from './echelon-worker.ts'
import type { EchelonPlan } from './plan.ts'
import type { EchelonProblem } from './schema.ts'

export interface SolvingEchelons {
  readonly plan: Promise<EchelonPlan>
  progress(): Progress
  /** asks for the best plan so far */
  cancel(): void
}

/** Plans all levels in a thread of their own. The problem must come from `parseEchelons`. Rejects only for errors of ours and problems. */
export function solveEchelons(problem: EchelonProblem, options: { seconds?: number; iterations?: number; seed?: number; clock?: 'wall' | 'cpu' }): SolvingEchelons {
  const control = new Int32Array(new SharedArrayBuffer(4))
  const progress = new Float64Array(new SharedArrayBuffer(32))
  const budget = options.iterations === undefined ? { seconds: options.seconds ?? 10 } : { iterations: options.iterations }
  const task: EchelonTask = { problem, seed: options.seed ?? 1, budget, control, progress, clock: options.clock ?? 'wall', calledAt: performance.timeOrigin + performance.now() }
  const thread = new Worker(new URL('./echelon-worker.ts', import.meta.url), { workerData: task })
  const plan = new Promise<EchelonPlan>((resolve, reject) => {
    thread.on('error', reject)
    thread.on('exit', (code) => reject(new Error(`echelon worker ended with code ${code}`)))
    thread.on('message', (reply: EchelonReply) => (reply.kind === 'done' ? resolve(reply.plan) : reject(new ProblemError(reply.problems))))
  })
  return {
    plan: plan.finally(() => void thread.terminate()),
    cancel: () => Atomics.store(control, 0, 1),
    progress: () => ({ iterations: progress[0]!, cost: progress[0]! > 0 ? progress[1]! : Infinity, vehicles: progress[2]!, unassigned: progress[3]! }),
  }
}
