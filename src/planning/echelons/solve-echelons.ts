import { Worker } from 'node:worker_threads'
import { ProblemError } from '../../base/problems.ts'
import { graceMs, type Progress } from '../solver/budget.ts'
import { planOfNothing } from '../solver/plan.ts'
import type { EchelonReply, EchelonTask } from './echelon-worker.ts'
import type { EchelonPlan } from './plan.ts'
import type { EchelonProblem } from './schema.ts'

export interface SolvingEchelons {
  readonly plan: Promise<EchelonPlan>
  progress(): Progress
  /** asks for the best plan so far; before there is a first plan everything is left out */
  cancel(): void
}

/** Plans all levels in a thread of their own. The problem must come from `parseEchelons`. Rejects only for errors of ours and problems. */
export function solveEchelons(problem: EchelonProblem, options: { seconds?: number; iterations?: number; seed?: number; clock?: 'wall' | 'cpu' }): SolvingEchelons {
  const control = new Int32Array(new SharedArrayBuffer(8))
  const progress = new Float64Array(new SharedArrayBuffer(32))
  const budget = options.iterations === undefined ? { seconds: options.seconds ?? 10 } : { iterations: options.iterations }
  const seed = options.seed ?? 1
  const task: EchelonTask = { problem, seed, budget, control, progress, clock: options.clock ?? 'wall', calledAt: performance.timeOrigin + performance.now() }
  const thread = new Worker(new URL('./echelon-worker.ts', import.meta.url), { workerData: task })
  let giveUp = (_: EchelonPlan): void => {}
  const plan = new Promise<EchelonPlan>((resolve, reject) => {
    giveUp = resolve
    thread.on('error', reject)
    thread.on('exit', (code) => reject(new Error(`echelon worker ended with code ${code}`)))
    thread.on('message', (reply: EchelonReply) => (reply.kind === 'done' ? resolve(reply.plan) : reject(new ProblemError(reply.problems))))
  })
  return {
    plan: plan.finally(() => void thread.terminate()),
    cancel: () => {
      Atomics.store(control, 0, 1)
      // a thread that starts, or fills tables, does not look up
      setTimeout(() => (Atomics.load(control, 1) === 0 ? giveUp(echelonsOfNothing(problem, seed)) : undefined), graceMs)
    },
    progress: () => ({ iterations: progress[0]!, cost: progress[0]! > 0 ? progress[1]! : Infinity, vehicles: progress[2]!, unassigned: progress[3]! }),
  }
}

/** The answer to a cancel that comes before the last tier has a plan. */
function echelonsOfNothing(problem: EchelonProblem, seed: number): EchelonPlan {
  const [nothing, last] = [planOfNothing({ orders: [] }, seed, 1), planOfNothing(problem, seed, 1)]
  return {
    format: 'lvpei-echelon-plan/1',
    cost: last.cost,
    distanceMetres: 0,
    iterations: 0,
    seconds: 0,
    seed,
    levels: [...problem.tiers.map(() => ({ plan: nothing, shipments: [] })), { plan: last, shipments: [] }],
    facilities: problem.tiers.flatMap(({ facilities }, tier) => facilities.map(({ place }) => ({ tier, place, load: problem.loads.map(() => 0), cost: 0, readyAt: problem.isSynchronised ? 0 : null }))),
  }
}
