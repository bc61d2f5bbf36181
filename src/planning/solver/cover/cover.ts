import { taskKind, type Instance } from '../instance/instance.ts'
import type { CoverModel, MipSolver } from './mip.ts'
import type { PooledRoute } from './route-pool.ts'

/** What a cover is made of, and when to stop. */
export interface CoverTask {
  /** routes of the plan to beat that may change */
  readonly present: readonly PooledRoute[]
  /** its other routes, which stay as they are */
  readonly kept: readonly PooledRoute[]
  /** tasks it leaves out; of a carried order the pickup stands for both ends */
  readonly absent: readonly number[]
  /** routes to choose from; those with other tasks are passed over */
  readonly pool: readonly PooledRoute[]
  /** added to every route: large when fewer vehicles come first */
  readonly perVehicle: number
  /** routes in place of the present ones at most */
  readonly mostVehicles: number
  /** columns, and seconds, or branches where the clock must not decide */
  readonly limits: Pick<CoverModel, 'most' | 'seconds' | 'nodes'>
  isCancelled(): boolean
}

interface Column {
  readonly cost: number
  readonly rows: readonly number[]
}

/**
 * The cheapest routes of the pool that can take the place of the present ones: each task in exactly one of them, or left out at its penalty, and no
 * more vehicles of a kind than there are (set partitioning over a route pool: Rochat & Taillard 1995; Subramanian, Uchoa & Ochi 2013). Null when
 * nothing cheaper was found in time.
 */
export function coverTasks(mip: MipSolver, instance: Instance, task: CoverTask): PooledRoute[] | null {
  const { present, absent, pool, perVehicle } = task
  const placed = present.flatMap((each) => [...each.tasks])
  const stops = [...placed, ...absent, ...absent.flatMap((pickup) => (instance.mate[pickup]! >= 0 ? [instance.mate[pickup]!] : []))]
  const rowOf = new Int32Array(instance.tasks).fill(-1)
  stops.forEach((stop, row) => (rowOf[stop] = row))
  const own = new Set(present)
  const others = pool.filter((each) => !own.has(each) && each.tasks.every((stop) => rowOf[stop]! >= 0))
  const { fleet } = instance
  const ofRoute = ({ kind, tasks, cost }: PooledRoute): Column => {
    const limits = [kind, ...fleet.limitsOf[kind]!.map((limit) => fleet.kinds + limit), fleet.kinds + fleet.limits.length]
    return { cost: cost + perVehicle, rows: [...Array.from(tasks, (stop) => rowOf[stop]!).sort((a, b) => a - b), ...limits.map((limit) => stops.length + limit)] }
  }
  const leftOut = (stop: number): Column => ({ cost: instance.penalty[stop]!, rows: [rowOf[stop]!] })
  const optional = placed.filter((stop) => instance.isMandatory[stop] === 0 && instance.kind[stop] !== taskKind.carryDelivery)
  // what is known comes first
  const columns = [...present.map(ofRoute), ...absent.map(leftOut), ...others.map(ofRoute), ...optional.map(leftOut)]
  const starts = new Int32Array(columns.length + 1)
  columns.forEach((each, at) => (starts[at + 1] = starts[at]! + each.rows.length))
  const rows = new Int32Array(starts[columns.length]!)
  columns.forEach((each, at) => rows.set(each.rows, starts[at]!))
  const known = present.length + absent.length
  const chosen = mip.solve({ costs: Float64Array.from(columns, (each) => each.cost), starts, rows, ...rowBounds(instance, task, stops), known, ...task.limits }, () => task.isCancelled())
  if (!chosen || chosen.subarray(0, known).every((each) => each === 1)) return null
  return [...present.filter((_, at) => chosen[at] === 1), ...others.filter((_, at) => chosen[known + at] === 1)]
}

/** A row for each stop; then the kinds, the limits over several kinds, and all vehicles, less what the routes that stay take of them. */
function rowBounds({ fleet, kind }: Instance, { kept, mostVehicles }: CoverTask, stops: readonly number[]): { lower: Float64Array; upper: Float64Array } {
  const size = stops.length + fleet.kinds + fleet.limits.length + 1
  const lower = new Float64Array(size)
  const upper = new Float64Array(size).fill(1)
  stops.forEach((stop, row) => (lower[row] = kind[stop] === taskKind.carryDelivery ? 0 : 1))
  fleet.count.forEach((count, each) => (upper[stops.length + each] = count))
  fleet.limits.forEach((limit, at) => (upper[stops.length + fleet.kinds + at] = limit.count))
  upper[size - 1] = mostVehicles
  for (const each of kept) {
    upper[stops.length + each.kind]!--
    for (const limit of fleet.limitsOf[each.kind]!) upper[stops.length + fleet.kinds + limit]!--
  }
  return { lower, upper }
}
