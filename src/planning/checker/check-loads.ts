import { slack } from './check-plan.ts'
import type { Walk } from './check-times.ts'

/** What is on board between any two stops, dimension by dimension, trip by trip. */
export function checkLoads(walk: Walk): void {
  const { route, vehicle, problem, orders, broken } = walk
  const zero = problem.loads.map(() => 0)
  const loadOf = (id: string): readonly number[] => orders.get(id)?.load ?? zero
  const isCarried = (id: string): boolean => Boolean(orders.get(id)?.pickup && orders.get(id)?.delivery)
  const goods = (from: number): number[] => {
    const sum = [...zero]
    for (const stop of route.stops.slice(from)) {
      if (stop.kind === 'reload') break
      if (stop.kind === 'delivery' && !isCarried(stop.order)) loadOf(stop.order).forEach((amount, at) => (sum[at]! += amount))
    }
    return sum
  }
  let board = goods(0)
  const compare = (where: string) => board.forEach((amount, at) => {
    if (amount > vehicle.capacity[at]! + slack) broken('overload', `${problem.loads[at]}: ${amount} on board ${where}, room ${vehicle.capacity[at]}`)
    if (amount < -slack) broken('load-negative', `${problem.loads[at]}: ${amount} ${where}`)
  })
  compare('at departure')
  route.stops.forEach((stop, at) => {
    if (stop.kind === 'reload') board = goods(at + 1)
    else if (stop.kind === 'pickup') board = board.map((amount, dimension) => amount + loadOf(stop.order)[dimension]!)
    else if (stop.kind === 'delivery') board = board.map((amount, dimension) => amount - loadOf(stop.order)[dimension]!)
    compare(`after ${stop.order || stop.kind}`)
  })
}
