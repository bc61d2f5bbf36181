import type { Plan } from '../model/index.ts'
import { ExactSimulation } from '../solver/judges/exact-simulation.ts'
import type { Instance } from '../solver/instance/instance.ts'
import { Routes, type Packed } from '../solver/routes.ts'
import type { Shipment } from './plan.ts'
import type { Tier } from './schema.ts'

const slack = 1e-6

export const notBrought = { reason: 'goods-not-brought', message: '上一级的车辆没有把该订单的货送到它所属的站点' } as const

/** Goods that a plan of the level above does bring, `[facility * dimensions + dimension]`; it may have left shipments out. */
export function broughtBy(plan: Plan, tier: Tier, { shipments, dimensions }: { shipments: readonly Shipment[]; dimensions: number }): Float64Array {
  const served = new Set(plan.routes.flatMap((route) => route.stops.map((stop) => stop.order)))
  const facilityOf = new Map(tier.facilities.map(({ place }, at) => [place, at]))
  const brought = new Float64Array(tier.facilities.length * dimensions)
  for (const { id, facility, load } of shipments) if (served.has(id)) load.forEach((goods, dimension) => (brought[facilityOf.get(facility)! * dimensions + dimension]! += goods))
  return brought
}

/**
 * A tier's plan without the orders whose goods nobody brings to their facility: of the least penalty first, and of those as few as will do.
 * A route that cannot be driven without a stop is given up. Returns the tasks left out beside it.
 */
export function withoutUndelivered(instance: Instance, packed: Packed, { brought, facilityOf }: { brought: Float64Array; facilityOf: (kind: number) => number }): { packed: Packed; left: ReadonlySet<number> } {
  const { dimensions, amount, penalty, tasks } = instance
  const routes = new Routes(instance)
  routes.exact = ExactSimulation.when(instance, routes)
  routes.load(packed)
  const left = new Set<number>()
  const leaveOut = (task: number): void => {
    left.add(task)
    const route = routes.routeOf[task]!
    routes.remove(task)
    if (routes.size[route]! === 0) return
    routes.refresh(route)
    if (!routes.isDrivable(route)) leaveOut(routes.next[routes.startOf(route)]!)
  }
  for (let facility = 0; facility * dimensions < brought.length; facility++) {
    for (;;) {
      const own = Array.from({ length: tasks }, (_, task) => task).filter((task) => routes.routeOf[task]! >= 0 && facilityOf(routes.kindOf[routes.routeOf[task]!]!) === facility)
      const short = Array.from({ length: dimensions }, (_, dimension) => own.reduce((sum, task) => sum + amount[task * dimensions + dimension]!, -brought[facility * dimensions + dimension]!))
      if (short.every((each) => each <= slack)) break
      const lowest = Math.min(...own.map((task) => penalty[task]!))
      const covers = (task: number): number => Math.min(...short.map((each, dimension) => (each > slack ? amount[task * dimensions + dimension]! / each : Infinity)))
      // the smallest that is enough, or else the largest
      const rank = (task: number): number => (covers(task) >= 1 ? 1 / covers(task) : covers(task) - 1)
      leaveOut(own.filter((task) => penalty[task] === lowest).reduce((a, b) => (rank(b) > rank(a) ? b : a)))
    }
  }
  routes.commit()
  return { packed: routes.pack(), left }
}
