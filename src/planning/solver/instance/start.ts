import { ProblemError } from '../../../base/problems.ts'
import type { PlanningProblem } from '../../model/index.ts'
import { planningProblem } from '../../model/problems.ts'
import { ExactSimulation } from '../judges/exact-simulation.ts'
import { taskKind, tolerance, type Instance } from './instance.ts'
import { Random } from '../random.ts'
import { Routes, type Packed } from '../routes.ts'

/** Orders of laying that are drawn at random when those with what found no room in front lead nowhere. */
const shuffles = 20

/** The routes people follow, as far as they can still be driven. */
export interface GivenPlan {
  readonly packed: Packed
  /** tasks that stay where they are */
  readonly frozen: Int32Array
  /** for each task the route it was on and the task that followed; -1 when new, -1 when it was the last */
  readonly oldRoute: Int32Array
  readonly oldNext: Int32Array
  /** stops left in each given route */
  readonly oldSize: Int32Array
  /** given routes from which something is gone, by route: they change whatever is done */
  readonly isCut: Uint8Array
  /** tasks around which there is something to do: new ones, those that no longer fit, neighbours of what is gone */
  readonly focus: Int32Array
}

/** The given plan, packed: what is still ordered and, beside it, what can still be driven. Throws a ProblemError when a frozen part cannot. */
export function packStart(problem: PlanningProblem, instance: Instance): GivenPlan | null {
  if (!problem.routes?.length) return null
  const { tasks } = instance
  const oldRoute = new Int32Array(tasks).fill(-1)
  const oldNext = new Int32Array(tasks).fill(-1)
  const oldSize = new Int32Array(problem.routes.length)
  const isCut = new Uint8Array(problem.routes.length)
  const frozen: number[] = []
  const focus = new Set<number>()
  const tasksOf = tasksByOrder(problem, instance)
  const standing = problem.routes.map((given, at): Given => {
    const visits = given.stops.map((id) => tasksOf.get(id)?.shift() ?? -1)
    const kept = visits.filter((task) => isWhole(instance, task, visits))
    visits.forEach((task, position) => {
      if (kept.includes(task)) return
      isCut[at] = 1
      for (const near of [visits[position - 1], visits[position + 1]]) if (near !== undefined && near >= 0) focus.add(near)
    })
    oldSize[at] = kept.length
    kept.forEach((task, position) => {
      oldRoute[task] = at
      oldNext[task] = kept[position + 1] ?? -1
    })
    const fixed = visits.slice(0, given.frozenStops).filter((task) => kept.includes(task))
    frozen.push(...fixed)
    return { at, kind: problem.vehicles.findIndex((each) => each.id === given.vehicle), kept, fixed }
  })
  const routes = layAll(problem, instance, standing)
  for (let task = 0; task < tasks; task++) if (routes.routeOf[task]! < 0) focus.add(task)
  return { packed: routes.pack(), frozen: Int32Array.from(frozen), oldRoute, oldNext, oldSize, isCut, focus: Int32Array.from(focus) }
}

/** A given route as far as it still stands: its vehicle kind, its tasks, and those of them that stay where they are. */
interface Given {
  readonly at: number
  readonly kind: number
  readonly kept: readonly number[]
  readonly fixed: readonly number[]
}

/**
 * Lays the given routes, each as it was. Where they share berths or charging points, one laid before another may take the slot that a frozen stop
 * of the other needs: then the frozen parts of all are laid first, those that found no room before the others, until all stand; what cannot
 * stand even as the first is a problem.
 */
function layAll(problem: PlanningProblem, instance: Instance, given: readonly Given[]): Routes {
  const isShared = (instance.schedule?.shared.length ?? 0) > 0
  const random = new Random(1, 0)
  let first: readonly Given[] = []
  for (let tries = 0; ; tries++) {
    const { routes, stuck } = layInTurn(instance, given, first)
    if (!stuck) return routes
    const isHopeless = !isShared || tries > given.length + shuffles || (tries > 0 && first[0] === stuck.route)
    if (isHopeless) throw new ProblemError(planningProblem('frozen-impossible', { route: stuck.route.at + 1, value: problem.orders[instance.orderOf[stuck.task]!]!.id }))
    const next = tries === 0 ? given : [stuck.route, ...first.filter((each) => each !== stuck.route)]
    first = tries > given.length ? shuffled(given, random) : next
  }
}

function shuffled<Item>(list: readonly Item[], random: Random): Item[] {
  const items = [...list]
  for (let at = items.length - 1; at > 0; at--) {
    const other = random.below(at + 1)
    const item = items[at]!
    items[at] = items[other]!
    items[other] = item
  }
  return items
}

/** Lays the frozen parts of the routes in `first`, then all routes; `stuck` is the first frozen stop that could not stand. */
function layInTurn(instance: Instance, given: readonly Given[], first: readonly Given[]): { routes: Routes; stuck: { route: Given; task: number } | null } {
  const routes = new Routes(instance)
  routes.exact = ExactSimulation.when(instance, routes)
  let stuck: { route: Given; task: number } | null = null
  for (const { kind, kept, fixed } of first) {
    const held = kept.filter((task) => fixed.includes(task) || fixed.includes(instance.mate[task]!))
    if (held.length > 0 && routes.mayOpen(kind)) lay(routes, kind, held)
  }
  for (const route of given) {
    const laid = route.fixed.length > 0 ? routes.routeOf[route.fixed[0]!]! : -1
    const booked = laid >= 0 ? routes.exact?.bookedBy(laid) : undefined
    if (laid >= 0) lift(routes, route.fixed[0]!)
    const left = drive(routes, route.kind, route.kept, new Set(route.fixed), booked)
    const task = route.fixed.find((each) => left.includes(each))
    if (task !== undefined) stuck ??= { route, task }
  }
  return { routes, stuck }
}

/** Tasks of each order in their own sequence. */
function tasksByOrder(problem: PlanningProblem, instance: Instance): Map<string, number[]> {
  const tasksOf = new Map<string, number[]>()
  for (let task = 0; task < instance.tasks; task++) {
    const { id } = problem.orders[instance.orderOf[task]!]!
    tasksOf.set(id, [...(tasksOf.get(id) ?? []), task])
  }
  return tasksOf
}

/** Still ordered, and not one end of a carried order whose other end is missing. */
const isWhole = (instance: Instance, task: number, visits: readonly number[]): boolean => task >= 0 && (instance.kind[task]! < taskKind.carryPickup || visits.includes(instance.mate[task]!))

/** Opens a route with the tasks; when it cannot be driven as it was, stops are left out until it can. Returns what is left out. */
function drive(routes: Routes, kind: number, tasks: readonly number[], fixed: ReadonlySet<number>, booked?: Int32Array): number[] {
  if (tasks.length === 0) return []
  if (!routes.mayOpen(kind)) return [...tasks]
  if (lay(routes, kind, tasks, booked)) return []
  const { mate } = routes.instance
  const kept = new Set<number>()
  // frozen stops go in first, then the others in their sequence, each only if the route stands with it
  for (const task of [...tasks.filter((each) => fixed.has(each)), ...tasks.filter((each) => !fixed.has(each))]) {
    if (kept.has(task)) continue
    const pair = mate[task]! >= 0 ? [task, mate[task]!] : [task]
    for (const each of pair) kept.add(each)
    if (!lay(routes, kind, tasks.filter((each) => kept.has(each)), booked)) for (const each of pair) kept.delete(each)
    else lift(routes, pair[0]!)
  }
  if (kept.size > 0) lay(routes, kind, tasks.filter((each) => kept.has(each)), booked)
  return tasks.filter((task) => !kept.has(task))
}

/** Opens a route with the tasks if it keeps every rule; `booked` are slots in which its frozen part had a schedule, should that be lost among other ways. */
function lay(routes: Routes, kind: number, tasks: readonly number[], booked?: Int32Array): boolean {
  const route = routes.openRoute(kind)
  for (const task of tasks) routes.insert(task, routes.prev[routes.endOf(route)]!)
  if (booked?.length) routes.exact!.reserve([route], booked)
  routes.refresh(route)
  const stands = isDriven(routes, route)
  if (!stands) lift(routes, tasks[0]!)
  return stands
}

/** Takes every stop of a task's route out; the route closes. */
function lift(routes: Routes, task: number): void {
  const route = routes.routeOf[task]!
  while (routes.routeOf[task] === route) {
    const first = routes.next[routes.startOf(route)]!
    routes.remove(first === task && routes.size[route]! > 1 ? routes.next[first]! : first)
  }
}

/** Whether a route keeps every rule as it stands; the search itself never asks, because it never breaks one. */
export function isDriven(routes: Routes, route: number): boolean {
  const { fleet, tasks, dimensions, has, kind: taskKinds } = routes.instance
  const kind = routes.kindOf[route]!
  if (routes.size[route]! > fleet.maxStops[kind]! || !routes.isDrivable(route)) return false
  let hasPickup = false
  for (let node = routes.next[routes.startOf(route)]!; routes.next[node]! >= 0; node = routes.next[node]!) {
    if (fleet.mayServe[kind * tasks + node] === 0) return false
    if (has.backhaulsLast && hasPickup && taskKinds[node] === taskKind.delivery) return false
    hasPickup ||= taskKinds[node] === taskKind.pickup
  }
  if (has.trips) return true
  for (let dimension = 0; dimension < dimensions; dimension++) {
    const peak = has.peaks ? routes.peakBefore[routes.endOf(route) * dimensions + dimension]! : 0
    if (routes.deliveries[route * dimensions + dimension]! + peak > fleet.capacity[kind * dimensions + dimension]! + tolerance) return false
  }
  return true
}
