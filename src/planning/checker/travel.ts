import type { PlanLeg, PlanningProblem, Travel, TravelOption } from '../model/index.ts'

/** One leg as it was driven. `leaves` is the earliest instant it can have begun, given when the vehicle was free. */
export interface Driven {
  readonly metres: number
  readonly seconds: number
  readonly leaves: number
  /** why nobody can have driven it so */
  readonly fault?: string
}

/** Travel on a profile between two places by id. Written for the checker alone: nothing here is shared with the search. */
export interface Ways {
  drive(from: string, to: string, free: number, leg: PlanLeg | undefined): Driven
}

export function waysOf(problem: PlanningProblem, profile: string | undefined): Ways {
  const travel = profile === undefined ? problem.travel[0]! : problem.travel.find((each) => each.profile === profile)!
  const order = new Map(problem.places.map((place, at) => [place.id, at]))
  const at = (id: string) => order.get(id)!
  if (travel.kind === 'matrix' || travel.kind === 'timetable') {
    const cell = (table: readonly unknown[], from: string, to: string): number => (table[at(from)] as number[])[at(to)]!
    const exceptions = new Map(travel.kind === 'timetable' ? travel.exceptions.map((each) => [`${each.from}\n${each.to}`, each.options] as const) : [])
    return {
      drive: (from, to, free, leg) => {
        if (from === to) return { metres: 0, seconds: 0, leaves: free }
        const options = exceptions.get(`${from}\n${to}`)
        if (options) return byTimetable(options, free, leg)
        return { metres: cell(travel.distanceMetres, from, to), seconds: cell(travel.durationSeconds ?? travel.distanceMetres, from, to), leaves: free }
      },
    }
  }
  return {
    drive: (from, to, free) => {
      const metres = from === to ? 0 : straight(problem, travel, at(from), at(to))
      return { metres, seconds: metres / travel.metresPerSecond, leaves: free }
    },
  }
}

/** The option the plan names, in the step that holds when it says it left. */
function byTimetable(options: readonly TravelOption[], free: number, leg: PlanLeg | undefined): Driven {
  const nowhere = { metres: 0, seconds: 0, leaves: free }
  if (!leg) return { ...nowhere, fault: 'the plan does not say when and how' }
  const option = options[leg.option]
  if (!option) return { ...nowhere, fault: `there is no option ${leg.option}` }
  const step = option.departures.findLast(([from]) => from <= leg.departure) ?? option.departures[0]!
  const [, seconds] = step
  if (seconds === null) return { ...nowhere, fault: `option ${leg.option} may not be begun at ${leg.departure}` }
  return { metres: option.distanceMetres, seconds, leaves: leg.departure }
}

function straight(problem: PlanningProblem, travel: Extract<Travel, { kind: 'euclidean' | 'great-circle' }>, from: number, to: number): number {
  const a = problem.places[from]!
  const b = problem.places[to]!
  if (travel.kind === 'great-circle') {
    const [lat1, lat2, dLon] = [a.lat!, b.lat!, b.lon! - a.lon!].map((degrees) => (degrees * Math.PI) / 180) as [number, number, number]
    const half = Math.sin((lat2 - lat1) / 2) ** 2 + Math.cos(lat1) * Math.cos(lat2) * Math.sin(dLon / 2) ** 2
    return 2 * 6_371_008.8 * Math.atan2(Math.sqrt(half), Math.sqrt(1 - half)) * travel.detourRatio
  }
  const exact = Math.hypot(a.x! - b.x!, a.y! - b.y!)
  if (travel.rounding === 'nearest') return Math.round(exact)
  return travel.rounding === 'none' ? exact : Math.trunc(Number((exact * 10).toFixed(6))) / 10
}
