import type { PlanningProblem, Travel } from '../model/index.ts'

/** Distance and driving time between two places by id, on a profile. Written for the checker alone: nothing here is shared with the search. */
export interface Ways {
  metres(from: string, to: string): number
  seconds(from: string, to: string): number
}

export function waysOf(problem: PlanningProblem, profile: string | undefined): Ways {
  const travel = profile === undefined ? problem.travel[0]! : problem.travel.find((each) => each.profile === profile)!
  const order = new Map(problem.places.map((place, at) => [place.id, at]))
  const at = (id: string) => order.get(id)!
  if (travel.kind === 'matrix') {
    const cell = (table: readonly unknown[], from: string, to: string): number => (from === to ? 0 : (table[at(from)] as number[])[at(to)]!)
    return { metres: (from, to) => cell(travel.distanceMetres, from, to), seconds: (from, to) => cell(travel.durationSeconds ?? travel.distanceMetres, from, to) }
  }
  const metres = (from: string, to: string): number => (from === to ? 0 : straight(problem, travel, at(from), at(to)))
  return { metres, seconds: (from, to) => metres(from, to) / travel.metresPerSecond }
}

function straight(problem: PlanningProblem, travel: Exclude<Travel, { kind: 'matrix' }>, from: number, to: number): number {
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
