import { parentPort, workerData } from 'node:worker_threads'
import { ProblemError, type Problem } from '../../base/problems.ts'
import type { Budget } from '../solver/budget.ts'
import type { EchelonPlan } from './plan.ts'
import type { EchelonProblem } from './schema.ts'
import { searchEchelons } from './search-echelons.ts'

export interface EchelonTask {
  readonly problem: EchelonProblem
  readonly seed: number
  readonly budget: Budget
  /** [0] 1 when the caller wants no more, [1] 1 when the last tier has a first plan */
  readonly control: Int32Array
  /** iterations, cost, vehicles, unassigned of the search under way */
  readonly progress: Float64Array
  readonly clock: 'wall' | 'cpu'
  /** instant of the call on the clock all threads share, in milliseconds: the time given begins with it */
  readonly calledAt: number
}

export type EchelonReply = { readonly kind: 'done'; readonly plan: EchelonPlan } | { readonly kind: 'refused'; readonly problems: readonly Problem[] }

const { problem, seed, budget: asked, control, progress, clock, calledAt } = workerData as EchelonTask
const wall = (): number => (performance.timeOrigin + performance.now() - calledAt) / 1000
const processor = (): number => {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1e6
}
const now = clock === 'cpu' ? processor : wall
// starting the thread is part of the time given
const budget: Budget = asked.seconds === undefined ? asked : { seconds: Math.max(0.05, asked.seconds - now()) }
try {
  const plan = searchEchelons(problem, {
    seed,
    budget,
    outside: {
      now,
      isCancelled: () => Atomics.load(control, 0) === 1,
      report: ({ iterations, cost, vehicles, unassigned }) => {
        Atomics.store(control, 1, 1)
        progress.set([iterations, cost, vehicles, unassigned])
      },
    },
  })
  parentPort!.postMessage({ kind: 'done', plan } satisfies EchelonReply)
} catch (error) {
  if (!(error instanceof ProblemError)) throw error
  parentPort!.postMessage({ kind: 'refused', problems: error.problems } satisfies EchelonReply)
}
