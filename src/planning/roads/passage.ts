import { dayMs, dayOf, startOfDay } from '../../base/time.ts'
import { msFromMinutes } from '../../base/units.ts'
import { cutsOf, holdsNow, type WeekMinute } from './conditions.ts'
import type { RoadNetwork } from './network.ts'
import { classOf, levelOf, levels, measuresOf, type RoadVehicle } from './vehicle.ts'

/** Edges a city's rules close, and which parts of them they leave open. */
export interface Closures {
  /** the same key: the same parts are open */
  readonly key: string
  /** per edge; 1: somewhere on it the vehicle may not be */
  readonly closed: Uint8Array
  /** whether the part of an edge between two shares (0–1) is open */
  isPartOpen(edge: number, from: number, to: number): boolean
}

/** What a vehicle may drive at a moment: the level of every edge, vertices it cannot cross, turns it cannot make. */
export interface Passage {
  /** per edge, by its signs: 0 closed, 1 for who has business there, 2 open */
  readonly level: Uint8Array
  /** null: no rules but the signs */
  readonly closures: Closures | null
  readonly blockedVertices: ReadonlySet<number>
  /** indices into network.turns */
  readonly turns: readonly number[]
}

const mondayOffset = 3

/** Weekday and minute of an instant as signs here mean them. */
export function weekMinuteOf(instant: number): WeekMinute {
  const day = dayOf(instant)
  return { weekday: (Math.floor(Date.parse(day) / dayMs) + mondayOffset) % 7, minute: Math.floor((instant - startOfDay(day)) / msFromMinutes(1)) }
}

/** What signs, and rules when given, allow a vehicle at an instant. A condition on a turn that is not understood holds. */
export function passageAt(network: RoadNetwork, vehicle: RoadVehicle, at: number, closures: Closures | null = null): Passage {
  const now = weekMinuteOf(at)
  const levelOfSigns = Uint8Array.from(network.signs, (signs) => levelOf(signs, vehicle, now))
  const truckClass = classOf(vehicle)
  const size = measuresOf(vehicle)
  return {
    level: Uint8Array.from(network.signsOf, (signs) => levelOfSigns[signs]!),
    closures,
    // A barrier that opens for its residents only is no way through.
    blockedVertices: new Set(network.barriers.filter((each) => levelOfSigns[each.signs]! < levels.open).map((each) => each.vertex)),
    turns: network.turns.flatMap(({ classes, when }, index) => (classes.includes(truckClass) && (when === null || holdsNow(when, size, now) !== 'no') ? [index] : [])),
  }
}

/** Two passages that allow the same have the same key. */
export const passageKey = ({ level, closures, blockedVertices, turns }: Passage): string =>
  [Buffer.from(level).toString('latin1'), closures?.key ?? '', [...blockedVertices].join(), turns.join()].join('|')

/** What is allowed in each of several passages: the ways that stay open through all of them. */
export function passageInAll(passages: readonly Passage[]): Passage {
  const [start] = passages as [Passage, ...Passage[]]
  const every = passages.flatMap((each) => each.closures ?? [])
  return {
    level: start.level.map((_, edge) => Math.min(...passages.map((each) => each.level[edge]!))),
    closures: every.length === 0 ? null : {
      key: every.map((each) => each.key).join('&'),
      closed: start.level.map((_, edge) => Math.max(...every.map((each) => each.closed[edge]!))),
      isPartOpen: (edge, from, to) => every.every((each) => each.isPartOpen(edge, from, to)),
    },
    blockedVertices: new Set(passages.flatMap((each) => [...each.blockedVertices])),
    turns: [...new Set(passages.flatMap((each) => each.turns))].sort((a, b) => a - b),
  }
}

/** Minutes of the day at which signs may change, 0 included. */
export function signCuts(network: RoadNetwork): number[] {
  const conditions = [...network.signs.flatMap((each) => each.conditional.map((sign) => sign.when)), ...network.turns.flatMap((each) => each.when ?? [])]
  return [...new Set([0, ...conditions.flatMap(cutsOf)])].sort((a, b) => a - b)
}
