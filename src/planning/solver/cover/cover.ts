import { taskKind, type Instance } from '../instance/instance.ts'
import type { CoverModel, MipSolver } from './mip.ts'
import type { PooledRoute } from './route-pool.ts'
import { bookedKind, type Packed } from '../routes.ts'

/** What a cover is made of, and when to stop. */
export interface CoverTask {
  readonly routes: readonly PooledRoute[]
  /** the plan to beat */
  readonly best: Packed
  /** added to every route: large when fewer vehicles come first */
  readonly perVehicle: number
  /** seconds, or branches where the clock must not decide */
  readonly limits: Pick<CoverModel, 'seconds' | 'nodes'>
  isCancelled(): boolean
}

interface Column {
  readonly cost: number
  readonly rows: readonly number[]
  readonly isInBest: boolean
}

/**
 * The cheapest plan that can be put together from the routes: each task in exactly one of them, or left out at its penalty, and no more
 * vehicles of a kind than there are (set partitioning over a route pool: Rochat & Taillard 1995; Subramanian, Uchoa & Ochi 2013). Null when
 * nothing was found in time.
 */
export function coverTasks(mip: MipSolver, instance: Instance, task: CoverTask): Packed | null {
  const columns = [...routeColumns(instance, task), ...leftOut(instance, task)]
  const starts = new Int32Array(columns.length + 1)
  columns.forEach((each, at) => (starts[at + 1] = starts[at]! + each.rows.length))
  const model: CoverModel = {
    costs: Float64Array.from(columns, (each) => each.cost),
    starts,
    rows: Int32Array.from(columns.flatMap((each) => each.rows)),
    ...rowBounds(instance),
    known: Uint8Array.from(columns, (each) => (each.isInBest ? 1 : 0)),
    ...task.limits,
  }
  const chosen = mip.solve(model, () => task.isCancelled())
  return chosen && pack(task.routes.filter((_, at) => chosen[at] === 1))
}

/** Row 0 … tasks-1: the task; then the kinds, then the limits over several kinds. */
function rowBounds({ tasks, fleet, kind }: Instance): { lower: Float64Array; upper: Float64Array } {
  const lower = new Float64Array(tasks + fleet.kinds + fleet.limits.length)
  const upper = new Float64Array(lower.length).fill(1)
  for (let task = 0; task < tasks; task++) lower[task] = kind[task] === taskKind.carryDelivery ? 0 : 1
  fleet.count.forEach((count, each) => (upper[tasks + each] = count))
  fleet.limits.forEach((limit, at) => (upper[tasks + fleet.kinds + at] = limit.count))
  return { lower, upper }
}

function routeColumns({ tasks, fleet }: Instance, { routes, best, perVehicle }: CoverTask): Column[] {
  const known = new Set<string>()
  for (let at = 0; at < best.length && best[at] !== bookedKind; at += 2 + best[at + 1]!) known.add(`${best[at]}:${best.subarray(at + 2, at + 2 + best[at + 1]!).toSorted().join()}`)
  return routes.map((route) => {
    const set = route.tasks.toSorted()
    return {
      cost: route.cost + perVehicle,
      rows: [...set, tasks + route.kind, ...fleet.limitsOf[route.kind]!.map((limit) => tasks + fleet.kinds + limit)],
      isInBest: known.has(`${route.kind}:${set.join()}`),
    }
  })
}

/** A column for each task that may stay out, alone in its row. */
function leftOut(instance: Instance, { best }: CoverTask): Column[] {
  const placed = new Uint8Array(instance.tasks)
  for (let at = 0; at < best.length && best[at] !== bookedKind; at += 2 + best[at + 1]!) for (let stop = 0; stop < best[at + 1]!; stop++) placed[best[at + 2 + stop]!] = 1
  return Array.from({ length: instance.tasks }, (_, task) => task)
    .filter((task) => instance.kind[task] !== taskKind.carryDelivery && (instance.isMandatory[task] === 0 || placed[task] === 0))
    .map((task) => ({ cost: instance.penalty[task]!, rows: [task], isInBest: placed[task] === 0 }))
}

function pack(routes: readonly PooledRoute[]): Packed {
  return Int32Array.from(routes.flatMap((each) => [each.kind, each.tasks.length, ...each.tasks]))
}
