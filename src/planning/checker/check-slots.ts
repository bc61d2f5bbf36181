import type { PlanningProblem } from '../model/index.ts'
import { slack, type Violation } from './check-plan.ts'

/** One stay of one vehicle at a berth or at a charging point. */
export interface Hold {
  readonly kind: 'berth' | 'charger'
  readonly place: string
  /** id of the berths; empty for a charging point */
  readonly berth: string
  readonly from: number
  readonly to: number
}

/** In each slot of time no more vehicles at the berths, or at the charging points, than there are. A vehicle counts once a slot. */
export function checkSlots(problem: PlanningProblem, holds: readonly (readonly Hold[])[]): Violation[] {
  const taken = new Map<string, { hold: Hold; slot: number; routes: Set<number> }>()
  holds.forEach((list, route) => list.forEach((hold) => {
    const room = roomOf(problem, hold)
    if (!room) return
    // the edges are drawn in by the slack: a stay that touches a slot by a rounding error does not use it
    for (let slot = Math.floor((hold.from + slack) / room.slotSeconds); slot < Math.ceil((hold.to - slack) / room.slotSeconds); slot++) {
      const key = JSON.stringify([hold.kind, hold.place, hold.berth, slot])
      const entry = taken.get(key) ?? { hold, slot, routes: new Set<number>() }
      entry.routes.add(route)
      taken.set(key, entry)
    }
  }))
  return [...taken.values()].flatMap(({ hold, slot, routes }) => {
    const room = roomOf(problem, hold)!
    return routes.size <= room.count ? [] : [{ code: `${hold.kind}-overbooked`, route: Math.max(...routes), message: `${routes.size} vehicles at ${hold.place} ${hold.berth} from ${slot * room.slotSeconds}, room for ${room.count}` }]
  })
}

function roomOf(problem: PlanningProblem, hold: Hold): { count: number; slotSeconds: number } | undefined {
  const place = problem.places.find((each) => each.id === hold.place)
  if (hold.kind === 'berth') return place?.berths?.find((each) => each.id === hold.berth)
  return place?.chargers?.points === undefined ? undefined : { count: place.chargers.points, slotSeconds: place.chargers.slotSeconds }
}
