import { listRelaxed } from '../model/relaxations.ts'
import type { PlanningProblem } from '../model/problem.ts'
import { CarriedPlacement } from './moves/carried-placement.ts'
import { compile } from './instance/compile.ts'
import { ExactSimulation } from './judges/exact-simulation.ts'
import type { Instance } from './instance/instance.ts'
import { Placement } from './moves/placement.ts'
import { Random } from './random.ts'
import { Routes } from './routes.ts'

const sentences = {
  'skill-missing': '没有车辆具备该订单要求的能力',
  'load-too-large': '订单的货量超过每一种车辆的容量',
  'unreachable-in-time': '任何车辆单独前往也无法在时间窗、班次、限行或出勤时长内完成',
  'out-of-range': '任何车辆单独前往也超出电池续航或里程限制',
  'order-not-allowed': '车辆的停靠数或其他规则不允许该订单',
  'slots-taken': '有车可派，但可行时段的泊位或充电桩已被其他车辆占用',
  'penalty-cheaper': '送达的成本高于未送的罚金',
  'fleet-exhausted': '车辆已全部使用，剩余容量或时间装不下该订单',
  'no-place-found': '在给定时间内没有找到可行的位置',
} as const

export type AbsenceReason = keyof typeof sentences

/** What an order is told that no vehicle can serve even alone, by the constraint without which one could. */
const reasonOf: Readonly<Record<string, AbsenceReason>> = {
  skills: 'skill-missing', capacity: 'load-too-large', bans: 'unreachable-in-time', windows: 'unreachable-in-time', shift: 'unreachable-in-time', duty: 'unreachable-in-time',
  breaks: 'unreachable-in-time', release: 'unreachable-in-time', distance: 'out-of-range', energy: 'out-of-range', stops: 'order-not-allowed',
}

export interface Absence {
  readonly reason: AbsenceReason
  readonly message: string
  /** codes of the constraints each of which alone makes the order impossible: without any one of them a vehicle could serve it */
  readonly constraints?: readonly string[]
  /** what serving it would cost: in a route of the plan, or with one more vehicle */
  readonly servingCost?: number
}

/** Why a task is not in the plan that `routes` holds. */
export function explainAbsence(problem: PlanningProblem, instance: Instance, routes: Routes, task: number): Absence {
  const order = problem.orders[instance.orderOf[task]!]!
  const alone = single(problem, order)
  const prices = pricesAlone(alone)
  const own = Math.min(...prices)
  if (own === Infinity) {
    const constraints = listRelaxed(alone).filter((relaxed) => Math.min(...pricesAlone(relaxed.problem)) < Infinity)
    const first = constraints.find(({ code }) => reasonOf[code] !== undefined)
    const reason = first ? reasonOf[first.code]! : hardest(alone)
    const message = constraints.length > 0 ? `${sentences[reason]}；仅放宽其中一项即可送达：${constraints.map(({ name }) => name).join('、')}` : `${sentences[reason]}；放宽任何单独一项都不够`
    return { reason, message, constraints: constraints.map(({ code }) => code) }
  }
  const place = cheapestPlace(instance, routes, task)
  const mayOpen = prices.some((price, kind) => price < Infinity && routes.mayOpen(kind))
  if (mayOpen && place === Infinity && areSlotsTaken(instance, routes, task)) return { reason: 'slots-taken', message: sentences['slots-taken'], servingCost: own }
  const reason = order.penalty !== undefined && (mayOpen || place < Infinity) ? 'penalty-cheaper' : mayOpen || place < Infinity ? 'no-place-found' : 'fleet-exhausted'
  const servingCost = Math.min(place, own)
  return { reason, message: reason === 'fleet-exhausted' ? `${sentences[reason]}；再用一辆车专送的成本约为 ${own.toFixed(2)}` : sentences[reason], servingCost }
}

/** Whether a vehicle is left that could serve the task, were it not for the berths and charging points that other routes hold. */
function areSlotsTaken(instance: Instance, routes: Routes, task: number): boolean {
  const { fleet, tasks, mate, schedule } = instance
  if (!schedule?.shared.length) return false
  for (let kind = 0; kind < fleet.kinds; kind++) if (routes.mayOpen(kind) && fleet.mayServe[kind * tasks + task] === 1 && routes.exact!.priceAlone(kind, task, mate[task]!) < Infinity) return false
  return true
}

/** The problem of one order alone, with no more places than it and the vehicles need. */
function single(problem: PlanningProblem, order: PlanningProblem['orders'][number]): PlanningProblem {
  const wanted = new Set([order.pickup?.place, order.delivery?.place, ...problem.vehicles.flatMap((each) => [each.start, each.end, each.reload?.place, ...(each.energy?.stations ?? [])])])
  const kept = problem.places.flatMap((place, at) => (wanted.has(place.id) ? [at] : []))
  const cut = (rows: readonly unknown[]): number[][] => kept.map((from) => kept.map((to) => (rows[from] as number[])[to]!))
  const { routes: _, replanning: __, ...rest } = problem
  return {
    ...rest,
    orders: [order],
    places: kept.map((at) => problem.places[at]!),
    travel: problem.travel.map((travel) => {
      if (travel.kind === 'matrix') return { ...travel, distanceMetres: cut(travel.distanceMetres), ...(travel.durationSeconds && { durationSeconds: cut(travel.durationSeconds) }) }
      if (travel.kind !== 'timetable') return travel
      return { ...travel, distanceMetres: cut(travel.distanceMetres), durationSeconds: cut(travel.durationSeconds), exceptions: travel.exceptions.filter((pair) => wanted.has(pair.from) && wanted.has(pair.to)) }
    }),
  }
}

/** [kind] cost of a vehicle that serves the only order of a problem and nothing else, whether or not one is left. */
function pricesAlone(problem: PlanningProblem): number[] {
  const instance = compile(problem)
  const routes = new Routes(instance)
  const exact = ExactSimulation.when(instance, routes)
  routes.exact = exact
  const { mate, fleet, tasks } = instance
  const random = new Random(1)
  const placement = mate[0]! >= 0 ? null : new Placement(instance, routes, random, exact)
  const carried = new CarriedPlacement(instance, routes, random, exact)
  return Array.from({ length: fleet.kinds }, (_, kind) => {
    let isAllowed = fleet.maxStops[kind]! >= tasks
    for (let task = 0; task < tasks; task++) isAllowed &&= fleet.mayServe[kind * tasks + task] === 1
    if (!isAllowed) return Infinity
    return placement ? placement.priceAlone(0, kind) : carried.priceAlone(0, mate[0]!, kind)
  })
}

/** No constraint alone is to blame: the first of the hard ones that forbids it is told. */
function hardest(problem: PlanningProblem): AbsenceReason {
  const order = problem.orders[0]!
  const skilled = problem.vehicles.filter((vehicle) => order.skills.every((skill) => vehicle.skills.includes(skill)))
  if (skilled.length === 0) return 'skill-missing'
  return skilled.every((vehicle) => order.load?.some((amount, at) => amount > vehicle.capacity[at]!)) ? 'load-too-large' : 'unreachable-in-time'
}

/** What the task would cost in a route of the plan; Infinity when none takes it. */
function cheapestPlace(instance: Instance, routes: Routes, task: number): number {
  const random = new Random(1)
  if (instance.mate[task]! >= 0) {
    const carried = new CarriedPlacement(instance, routes, random, routes.exact)
    carried.mayOpenRoutes = false
    carried.find(task)
    return carried.delta
  }
  const placement = new Placement(instance, routes, random, routes.exact)
  placement.mayOpenRoutes = false
  placement.find(task)
  return placement.delta
}
