import type { CompiledRules } from './compile.ts'
import type { VehicleTables } from './day-tables.ts'
import { rankInZones } from './answers.ts'
import { dayNumberOf, instantOfMinute, localMinuteOf, minutesOfDay } from './local-time.ts'
import { partsOfPath } from './paths.ts'
import { noRule } from './ranked-rule.ts'
import { minutesOf } from './table-store.ts'

/** Half-open stretch of a day, epoch ms, in which no rule changes anything for the vehicle anywhere. */
export interface RuleInterval {
  readonly from: number
  readonly to: number
}

/** The day of a vehicle cut at every rule change in any zone; covers the day from midnight to midnight. */
export function intervalsOfDay(compiled: CompiledRules, vehicle: VehicleTables, day: string): RuleInterval[] {
  const dayNumber = dayNumberOf(day)
  const minutes = new Set([0, minutesOfDay])
  for (let zone = 0; zone <= compiled.everywhere; zone++) {
    const table = vehicle.table(dayNumber, zone)
    for (const minute of minutesOf(vehicle.store.pool, table)) minutes.add(minute)
  }
  const cuts = [...minutes].sort((a, b) => a - b).map((minute) => instantOfMinute(dayNumber * minutesOfDay + minute))
  return cuts.slice(1).map((to, at) => ({ from: cuts[at]!, to }))
}

/** What the engine needs of a street graph: vertex v has the half-edges first[v] … first[v + 1] − 1 to head[edge]. */
export interface RoadGraph {
  readonly lon: Float64Array
  readonly lat: Float64Array
  readonly first: Uint32Array
  readonly head: Uint32Array
}

export const edgeStates = { open: 0, limited: 1, closed: 2 } as const

/** Zones along every half-edge: each entry the sets of zones its parts lie in; equal sets are one array. Made once a rule set and graph. */
export function zonesOfEdges(compiled: CompiledRules, graph: RoadGraph): (readonly number[])[][] {
  const edges: (readonly number[])[][] = Array.from({ length: graph.head.length })
  const sets = new Map<string, readonly number[]>()
  const shared = (zones: readonly number[]): readonly number[] => {
    const key = zones.join()
    return sets.get(key) ?? sets.set(key, zones).get(key)!
  }
  for (let vertex = 0; vertex < graph.lon.length; vertex++) {
    for (let edge = graph.first[vertex]!; edge < graph.first[vertex + 1]!; edge++) {
      const head = graph.head[edge]!
      const parts = partsOfPath(compiled, [{ lon: graph.lon[vertex]!, lat: graph.lat[vertex]! }, { lon: graph.lon[head]!, lat: graph.lat[head]! }])
      edges[edge] = parts.length === 1 ? [shared(parts[0]!.zones)] : [...new Set(parts.map((part) => shared(part.zones)))]
    }
  }
  return edges
}

/**
 * State of every half-edge in every interval, one array an interval: closed when the vehicle may not be on some part of it, limited
 * when it may under conditions. Intervals come from `intervalsOfDay` of the same vehicle, so each state holds all through.
 */
export function edgesClosed(vehicle: VehicleTables, compiled: CompiledRules, { intervals, edges }: { intervals: readonly RuleInterval[]; edges: readonly (readonly (readonly number[])[])[] }): Uint8Array[] {
  const { sets, first, setOf } = numberSets(edges)
  const stateOf = (zones: readonly number[], minute: number): number => {
    const rank = rankInZones(vehicle, zones, minute)
    if (!vehicle.isAllowed(rank)) return edgeStates.closed
    return rank !== noRule && compiled.rules[rank]!.rule.effect === 'limited' ? edgeStates.limited : edgeStates.open
  }
  return intervals.map(({ from }) => {
    const minute = localMinuteOf(from)
    const stateOfSet = Uint8Array.from(sets, (zones) => stateOf(zones, minute))
    const states = new Uint8Array(edges.length)
    for (let edge = 0; edge < edges.length; edge++) {
      for (let at = first[edge]!; at < first[edge + 1]!; at++) {
        const state = stateOfSet[setOf[at]!]!
        if (state > states[edge]!) states[edge] = state
      }
    }
    return states
  })
}

/** Edges as numbers of sets of zones: edge e lies in the sets setOf[first[e]] … setOf[first[e + 1] − 1]. */
function numberSets(edges: readonly (readonly (readonly number[])[])[]): { sets: (readonly number[])[]; first: Uint32Array; setOf: Uint32Array } {
  const sets: (readonly number[])[] = []
  const byArray = new Map<readonly number[], number>()
  const byContent = new Map<string, number>()
  const numberOf = (zones: readonly number[]): number => {
    const held = byArray.get(zones)
    if (held !== undefined) return held
    const key = zones.join()
    const number = byContent.get(key) ?? sets.push(zones) - 1
    byContent.set(key, number)
    byArray.set(zones, number)
    return number
  }
  const first = new Uint32Array(edges.length + 1)
  edges.forEach((parts, edge) => (first[edge + 1] = first[edge]! + parts.length))
  const setOf = new Uint32Array(first[edges.length]!)
  edges.forEach((parts, edge) => parts.forEach((zones, at) => (setOf[first[edge]! + at] = numberOf(zones))))
  return { sets, first, setOf }
}
