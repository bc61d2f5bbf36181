import { parentPort } from 'node:worker_threads'
import { ProblemError, type Problem } from '../../base/problems.ts'
import type { PlanningProblem } from '../model/index.ts'
import { compile } from './instance/compile.ts'
import { writePlan } from './plan.ts'
import { beginSearch, usesMip, type Searching } from './begin-search.ts'
import { MipThread } from './cover/mip.ts'
import type { PooledRoute } from './cover/route-pool.ts'
import type { Best } from './best.ts'
import { explainsWith, type Budget, type Surroundings } from './budget.ts'
import { reorder } from './instance/reorder.ts'

/** What one worker is started with. Several workers exchange their best plans `syncs` times. */
export interface WorkerTask {
  readonly kind: 'task'
  readonly problem: PlanningProblem
  readonly seed: number
  readonly stream: number
  readonly workers: number
  readonly budget: Budget
  readonly syncs: number
  /** [0] 1 when the caller wants no more, [1] 1 when a worker has a first plan */
  readonly control: Int32Array
  /** [stream * 4]: iterations, cost, vehicles, unassigned */
  readonly progress: Float64Array
  readonly clock: 'wall' | 'cpu'
  /** instant of the call on the clock all threads share, in milliseconds */
  readonly calledAt: number
}

/** `refused`: something about the problem that only shows when it is compiled. */
export type WorkerReply = { readonly kind: 'refused'; readonly problems: readonly Problem[] } | { readonly kind: 'sync'; readonly best: Best; readonly routes: readonly PooledRoute[] } | { readonly kind: 'done'; readonly best: Best; readonly iterations: number; readonly plan: ReturnType<typeof writePlan> }

/** What a worker goes on with: a better plan or its own, and the others' routes. */
export interface SyncAnswer {
  readonly kind: 'answer'
  readonly best: Best | null
  readonly routes: readonly PooledRoute[]
}

/** Routes a worker shows the others at a sync point. */
const sharedRoutes = 500

const port = parentPort!
let answered: (answer: SyncAnswer) => void = () => {}

/** Seconds on the task's clock. The time given begins with the call, so starting the thread and compiling count as part of it. */
function clockOf(task: WorkerTask): () => number {
  if (task.clock === 'wall') return () => (performance.timeOrigin + performance.now() - task.calledAt) / 1000
  const processor = (): number => {
    const { user, system } = process.threadCpuUsage()
    return (user + system) / 1e6
  }
  // the start of the thread counts for the task it was started for
  const before = hasWorked ? processor() : 0
  return () => processor() - before
}
let hasWorked = false

async function work(task: WorkerTask): Promise<void> {
  const own = clockOf(task)
  hasWorked = true
  const problem = reorder(task.problem)
  const isCancelled = () => Atomics.load(task.control, 0) === 1
  const instance = compile(problem, isCancelled)
  const mip = usesMip(problem, instance, task.budget) ? new MipThread() : null
  const now = task.clock === 'cpu' ? () => own() + (mip?.ranSeconds ?? 0) : own
  const outside: Surroundings = { now, isCancelled, report: ({ iterations, cost, vehicles, unassigned }) => task.progress.set([iterations, cost, vehicles, unassigned], task.stream * 4) }
  const search = beginSearch(problem, instance, {
    seed: task.seed,
    stream: task.stream,
    budget: task.budget,
    began: 0,
    mip,
    isAlone: task.workers === 1,
    outside,
  })
  // what was cut short may still take too long to write: the caller waits for it only so long
  if (!search.isCut) Atomics.store(task.control, 1, 1)
  for (let sync = 1; sync <= task.syncs && task.workers > 1; sync++) {
    search.advance(sync / (task.syncs + 1))
    const { best, routes } = await exchange(search)
    search.adopt?.(best, routes)
  }
  search.advance(1)
  mip?.end()
  const explains = explainsWith(outside)
  // a search cut short knows no reasons
  const mayExplain = (): boolean => !search.isCut && explains()
  const plan = writePlan(problem, instance, search.best.packed, { iterations: search.iterations, seconds: now(), seed: task.seed, workers: task.workers, mayExplain })
  port.postMessage({ kind: 'done', best: search.best, iterations: search.iterations, plan } satisfies WorkerReply)
}

function exchange(search: Searching): Promise<SyncAnswer> {
  const answer = new Promise<SyncAnswer>((resolve) => (answered = resolve))
  port.postMessage({ kind: 'sync', best: search.best, routes: search.listRoutes?.(sharedRoutes) ?? [] } satisfies WorkerReply)
  return answer
}

port.on('message', (message: WorkerTask | SyncAnswer) => {
  if (message.kind === 'answer') return answered(message)
  work(message).catch((error: unknown) => {
    // thrown outside the promise, it ends the thread as an error of ours
    if (!(error instanceof ProblemError)) setImmediate(() => { throw error })
    else port.postMessage({ kind: 'refused', problems: error.problems } satisfies WorkerReply)
  })
})
