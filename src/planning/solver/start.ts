import type { PlanningProblem } from '../model/index.ts'
import { taskKind, type Instance } from './instance.ts'
import type { Start } from './search.ts'

/** The plan given with the problem, packed; orders that no longer exist were refused before. */
export function packStart(problem: PlanningProblem, instance: Instance): Start | null {
  if (!problem.routes?.length) return null
  const tasksOf = new Map<string, number[]>()
  for (let task = 0; task < instance.tasks; task++) {
    const id = problem.orders[instance.orderOf[task]!]!.id
    tasksOf.set(id, [...(tasksOf.get(id) ?? []), task])
  }
  const packed: number[] = []
  const frozen: number[] = []
  const used = new Set<number>()
  for (const route of problem.routes) {
    const tasks = route.stops.flatMap((id) => {
      const next = tasksOf.get(id)!.find((task) => !used.has(task))
      if (next !== undefined) used.add(next)
      return next === undefined ? [] : [next]
    })
    // a carried order of which one end is missing cannot be kept
    const whole = tasks.filter((task) => instance.kind[task]! < taskKind.carryPickup || tasks.includes(instance.mate[task]!))
    if (whole.length === 0) continue
    packed.push(problem.vehicles.findIndex((each) => each.id === route.vehicle), whole.length, ...whole)
    frozen.push(...whole.slice(0, route.frozenStops))
  }
  return { packed: Int32Array.from(packed), frozen: Int32Array.from(frozen) }
}
