import type { PlanningProblem } from '../model/index.ts'
import { CarriedPlacement } from './carried-placement.ts'
import type { Instance } from './instance.ts'
import { Placement } from './placement.ts'
import { Random } from './random.ts'
import type { Routes } from './routes.ts'

/** Reasons from the hardest to the softest; the first that holds is told. */
const sentences = {
  'skill-missing': '没有车辆具备该订单要求的能力',
  'load-too-large': '订单的货量超过每一种车辆的容量',
  'unreachable-in-time': '任何车辆单独前往也无法在时间窗、班次、续航或里程限制内完成',
  'penalty-cheaper': '送达的成本高于未送的罚金',
  'fleet-exhausted': '车辆已全部使用，剩余容量或时间装不下该订单',
  'no-place-found': '在给定时间内没有找到可行的位置',
} as const

type Reason = keyof typeof sentences

/** Why a task is not in the plan that `routes` holds. */
export function explainAbsence(problem: PlanningProblem, instance: Instance, routes: Routes, task: number): { reason: Reason; message: string } {
  const reason = reasonOf(problem, instance, routes, task)
  return { reason, message: sentences[reason] }
}

function reasonOf(problem: PlanningProblem, instance: Instance, routes: Routes, task: number): Reason {
  const { fleet, mate, tasks } = instance
  const order = problem.orders[instance.orderOf[task]!]!
  const kinds = problem.vehicles.map((_, kind) => kind)
  const skilled = kinds.filter((kind) => order.skills.every((skill) => problem.vehicles[kind]!.skills.includes(skill)))
  if (skilled.length === 0) return 'skill-missing'
  const roomy = skilled.filter((kind) => fleet.mayServe[kind * tasks + task] === 1)
  if (roomy.length === 0) return 'load-too-large'
  const random = new Random(1)
  const single = new Placement(instance, routes, random, routes.exact)
  const carried = new CarriedPlacement(instance, routes, random, routes.exact)
  const alone = (kind: number) => (mate[task]! >= 0 ? carried.priceAlone(task, mate[task]!, kind) : single.priceAlone(task, kind))
  if (roomy.every((kind) => alone(kind) === Infinity)) return 'unreachable-in-time'
  if (order.penalty !== undefined && roomy.some((kind) => routes.mayOpen(kind))) return 'penalty-cheaper'
  return roomy.some((kind) => routes.mayOpen(kind) && alone(kind) < Infinity) ? 'no-place-found' : 'fleet-exhausted'
}
