import { parentPort, workerData } from 'node:worker_threads'
import { ProblemError, type Problem } from '../../base/problems.ts'
import type { Budget } from '../solver/search.ts'
import type { EchelonPlan } from './plan.ts'
import type { EchelonProblem } from './schema.ts'
import { searchEchelons } from './search-echelons.ts'

export interface EchelonTask {
  readonly problem: EchelonProblem
  readonly seed: number
  readonly budget: Budget
  /** [0] 1 when the caller wants no more */
  readonly control: Int32Array
  /** iterations, cost, vehicles, unassigned of the search under way */
  readonly progress: Float64Array
  readonly clock: 'wall' | 'cpu'
}

export type EchelonReply = { readonly kind: 'done'; readonly plan: EchelonPlan } | { readonly kind: 'refused'; readonly problems: readonly Problem[] }

const { problem, seed, budget, control, progress, clock } = workerData as EchelonTask
const wall = (): number => performance.now() / 1000
const processor = (): number => {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1e6
}
try {
  const plan = searchEchelons(problem, {
    seed,
    budget,
    outside: {
      now: clock === 'cpu' ? processor : wall,
      isCancelled: () => Atomics.load(control, 0) === 1,
      report: ({ iterations, cost, vehicles, unassigned }) => progress.set([iterations, cost, vehicles, unassigned]),
    },
  })
  parentPort!.postMessage({ kind: 'done', plan } satisfies EchelonReply)
} catch (error) {
  if (!(error instanceof ProblemError)) throw error
  parentPort!.postMessage({ kind: 'refused', problems: error.problems } satisfies EchelonReply)
}
